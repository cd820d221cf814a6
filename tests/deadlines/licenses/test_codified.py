"""What the regulations print of general licenses, beside the documents."""

from clock_cases import SUPPLEMENT, day, extended, issued, only, printed, removed
from msgspec.structs import replace

from monitor.deadlines.licenses import licenses, state_on
from monitor.deadlines.licenses.codified import effectivity_notes, printed_licenses
from monitor.model.deadlines import Codified
from monitor.model.entries import EntryList, ListName, Text
from monitor.model.licenses import LicenseEventKind, LicenseStatus

LEAD = (
    "Notwithstanding the requirements of supplement no. 4 to this part, the requirements of the EAR are restored in "
    "part as of March 3, 2031, and through {end}, pertaining to exports, reexports, and transfers (in-country) to Alfa "
    "Robotics Co., Ltd. (Alfa) and its nine affiliates (see supplement no. 4 to part 744)."
)
SCOPE = ("(c) Authorized transactions. The following transactions are authorized:", "(1) Existing networks. BIS …")
CONDITIONS = ("(b) Limitations. This license relieves nobody.", "(d) Certification statement. Keep one.")
ORDERS = (
    "(a) General Order No. 1:",
    "General Order No. 1 of September 16, 1998; Establishing a validity period on reexport authorizations.",
    "(c) [Reserved]",
    "(d) General Order No. 4: Temporary General License—Continued activities.",
    "(1) Temporary General License (TGL). This TGL authorizes exports to companies in the destinations named.",
    "(i) Product scope. Items named.",
    "(3) Validity date. This TGL is valid only from October 21, 2031, through April 7, 2032.",
    "(4) Recordkeeping requirement. Keep the name.",
    "(f) General Order No. 6. General Order No. 6 of September 6, 2031.",
    "(1) Technology exports. This General License (GL) authorizes the export of technology.",
)


def text(as_of: str, end: str, *scope: str) -> Codified:
    return printed(as_of, LEAD.format(end=end), CONDITIONS[0], *SCOPE, *scope, CONDITIONS[1])


def test_a_printed_license_is_read_with_beneficiaries_scope_conditions_and_end() -> None:
    (one,) = printed_licenses(text("2031-03-05", "June 1, 2031", "(2) Handsets. BIS authorizes."))
    assert one.beneficiaries == ("Alfa Robotics Co., Ltd. (Alfa) and its nine affiliates",)
    assert one.scope == ("Existing networks", "Handsets")
    assert one.conditions == ("Limitations", "Certification statement")
    assert (one.valid_from, one.ends) == (day("2031-03-03"), (day("2031-06-01"),))
    assert one.sentence.startswith("Notwithstanding")
    assert one.sentence.endswith("part 744).")


def test_each_general_order_that_is_a_license_is_one() -> None:
    body = Text(heading="Supplement No. 1 to Part 736—General Orders", paragraphs=ORDERS)
    found = licenses([], [Codified(supplement="Supplement No. 1 to Part 736", as_of=day("2031-11-01"), body=body)])
    assert [(one.name, one.scopes[0].categories) for one in found] == [
        ("General Order No. 4", ("Temporary General License (TGL)",)),
        ("General Order No. 6", ("Technology exports",)),
    ]
    assert found[0].conditions == ("Recordkeeping requirement",)
    states = [state_on(one, day("2031-12-01")) for one in found]
    assert [state.valid_through for state in states] == [day("2032-04-07"), None]
    assert {state.status for state in states} == {LicenseStatus.IN_FORCE}


def test_a_list_at_the_same_place_is_no_license() -> None:
    body = EntryList(list=ListName.MILITARY_END_USER_LIST, heading="`Military End-User' (MEU) List", entries=())
    assert printed_licenses(Codified(supplement=SUPPLEMENT, as_of=day("2031-03-05"), body=body)) == ()


def test_the_regulations_alone_show_a_license_and_its_extension() -> None:
    one = only([], [text("2031-03-05", "June 1, 2031"), text("2031-06-03", "September 1, 2031")])
    assert [(e.event, e.old_expiry, e.new_expiry) for e in one.history] == [
        (LicenseEventKind.CODIFIED, None, day("2031-06-01")),
        (LicenseEventKind.CODIFIED, day("2031-06-01"), day("2031-09-01")),
    ]
    assert state_on(one, day("2031-06-04")).valid_through == day("2031-09-01")
    assert not one.contradictions


def test_the_regulations_add_the_beneficiaries_to_what_a_document_states() -> None:
    one = only([issued("2031-00001", "2031-03-03", "2031-06-01")], [text("2031-03-05", "June 1, 2031")])
    assert len(one.history) == 1
    assert one.identifier == f"{SUPPLEMENT}, Temporary General License, Alfa Robotics Co., Ltd. (Alfa)"


def test_a_monitor_that_begins_in_the_middle_of_a_license_joins_text_and_documents() -> None:
    texts = [text(f"2031-05-{n}", "June 1, 2031") for n in (10, 20, 31)]
    extension = extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01")
    before, after = only([], texts[:2]), only([extension], texts)
    assert before.thread == after.thread
    assert [(e.event, e.new_expiry) for e in after.history] == [
        (LicenseEventKind.CODIFIED, day("2031-06-01")),
        (LicenseEventKind.EXTENDED, day("2031-09-01")),
    ]
    assert state_on(after, day("2031-05-15")).valid_through == day("2031-06-01")
    assert not after.contradictions


def test_a_removal_ends_a_license_that_only_the_regulations_print() -> None:
    one = only([removed("2031-00003", "2031-05-25")], [text("2031-05-10", "June 1, 2031")])
    assert state_on(one, day("2031-05-20")).status is LicenseStatus.IN_FORCE
    assert state_on(one, day("2031-05-25")).status is LicenseStatus.REMOVED


def test_a_monitor_that_begins_between_extensions_knows_the_removal_of_the_license_that_is_printed() -> None:
    texts = [text("2031-05-10", "May 20, 2031"), text("2031-05-25", "September 1, 2031"), printed("2031-09-20")]
    documents = [extended("2031-00002", "2031-05-18", "2031-05-20", "2031-09-01"), removed("2031-00003", "2031-09-04")]
    one = only(documents, texts)
    assert [event.event for event in one.history] == [
        LicenseEventKind.CODIFIED,
        LicenseEventKind.EXTENDED,
        LicenseEventKind.REMOVED,
    ]
    assert state_on(one, day("2031-09-05")).status is LicenseStatus.REMOVED
    assert not one.contradictions


def test_regulations_that_follow_a_document_late_do_not_contradict_it() -> None:
    documents = [
        issued("2031-00001", "2031-03-03", "2031-06-01"),
        extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01"),
    ]
    assert not only(documents, [text("2031-06-04", "June 1, 2031")]).contradictions


def test_regulations_that_print_another_end_than_the_documents_are_reported_once_with_both_sentences() -> None:
    first = issued("2031-00001", "2031-03-03", "2031-06-01")
    texts = [text(f"2031-04-{n:02}", "July 1, 2031") for n in range(1, 9)]
    one = only([first], texts)
    (wrong,) = one.contradictions
    assert [q.source for q in wrong.quotes] == ["2031-00001", f"{SUPPLEMENT} as of 2031-04-01"]
    assert state_on(one, day("2031-05-01")).ends == (day("2031-06-01"), day("2031-07-01"))
    assert state_on(one, day("2031-06-15")).status is LicenseStatus.UNCLEAR


def test_regulations_that_begin_a_license_on_another_day_are_reported_once() -> None:
    first = issued("2031-00001", "2031-03-03", "2031-06-01", valid_from=day("2031-03-04"))
    one = only([first], [text("2031-04-01", "June 1, 2031"), text("2031-04-02", "June 1, 2031")])
    assert [fault.says for fault in one.contradictions] == [
        "The documents begin the license on March 4, 2031, the regulations on March 3, 2031."
    ]


def test_regulations_printed_ahead_of_the_effective_day_do_not_contradict_the_document() -> None:
    ahead = extended("2031-00002", "2031-04-30", "2031-06-01", "2031-09-01", effective_on=day("2031-05-30"))
    documents = [issued("2031-00001", "2031-03-03", "2031-06-01"), ahead]
    assert not only(documents, [text("2031-05-20", "September 1, 2031")]).contradictions


def test_a_contradiction_is_over_once_the_regulations_print_what_the_document_says() -> None:
    first = issued("2031-00001", "2031-03-03", "2031-06-01")
    one = only([first], [text("2031-04-01", "July 1, 2031"), text("2031-04-20", "June 1, 2031")])
    assert state_on(one, day("2031-05-01")).ends == (day("2031-06-01"),)


def test_a_document_that_is_found_late_makes_the_contradiction_known_late() -> None:
    late = issued("2031-00001", "2031-03-03", "2031-06-01", seen_on=day("2031-05-10"))
    one = only([late], [text("2031-04-01", "July 1, 2031")])
    assert one.contradictions[0].announced_on == day("2031-05-10")


def test_a_license_that_is_no_longer_printed_is_reported_and_not_taken_for_removed() -> None:
    gone = Codified(supplement=SUPPLEMENT, as_of=day("2031-04-20"), body=None)
    one = only([issued("2031-00001", "2031-03-03", "2031-06-01")], [text("2031-03-05", "June 1, 2031"), gone])
    assert "do not print the license; no document removes it" in one.contradictions[0].says
    assert state_on(one, day("2031-05-01")).status is LicenseStatus.IN_FORCE


def test_a_removed_license_that_is_no_longer_printed_is_as_it_should_be() -> None:
    documents = [issued("2031-00001", "2031-03-03", "2031-06-01"), removed("2031-00003", "2031-04-01")]
    gone = Codified(supplement=SUPPLEMENT, as_of=day("2031-04-20"), body=None)
    assert not only(documents, [text("2031-03-05", "June 1, 2031"), gone]).contradictions


def test_a_change_of_scope_is_put_to_the_document_that_makes_it() -> None:
    amends = replace(
        extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01"),
        title="Temporary General License: Extension of Validity and Clarifications to Authorized Transactions",
    )
    one = only(
        [issued("2031-00001", "2031-03-03", "2031-06-01"), amends],
        [text("2031-03-05", "June 1, 2031", "(2) Handsets. BIS."), text("2031-06-03", "September 1, 2031")],
    )
    (changed,) = [e for e in one.history if e.event is LicenseEventKind.CHANGED]
    assert changed.document_number == "2031-00002"
    assert changed.scope is not None
    assert changed.scope.gone == ("Handsets",)
    assert [len(scope.categories) for scope in one.scopes] == [2, 1]


def test_a_change_of_scope_that_no_document_makes_is_reported_as_one_of_the_regulations() -> None:
    texts = [text("2031-03-05", "June 1, 2031", "(2) Handsets. BIS."), text("2031-04-05", "June 1, 2031")]
    one = only([issued("2031-00001", "2031-03-03", "2031-06-01")], texts)
    assert [(e.event, e.document_number) for e in one.history[1:]] == [(LicenseEventKind.CHANGED, None)]


def test_several_ends_in_the_regulations_are_all_kept() -> None:
    both = printed("2031-03-05", "Paragraph (a) expires on May 1, 2031.", "Paragraph (b) expires on June 1, 2031.")
    one = only([], [both])
    assert len(one.contradictions) == 1
    assert state_on(one, day("2031-04-01")).ends == (day("2031-05-01"), day("2031-06-01"))


def test_the_order_of_the_texts_and_documents_does_not_matter() -> None:
    documents = [
        issued("2031-00001", "2031-03-03", "2031-06-01"),
        extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01"),
    ]
    texts = [text("2031-03-05", "June 1, 2031", "(2) Handsets. BIS."), text("2031-06-03", "September 1, 2031")]
    assert licenses(documents, texts) == licenses(documents[::-1], texts[::-1])


def test_effectivity_notes_give_their_end() -> None:
    note = "[Effective from November 10, 2031, until November 9, 2032, paragraph (b) is suspended.]"
    assert effectivity_notes(printed("2031-12-01", "Text.", note)) == ((day("2032-11-09"), note),)
    assert effectivity_notes(printed("2031-12-01", "In effect until May 1, 2032.")) == ()
