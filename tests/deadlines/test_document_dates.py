"""The deadlines of documents: their kinds, their keys, and what moves them."""

from typing import Any

import pytest
from clock_cases import day, extended, issued, printed, read_document
from msgspec.structs import replace

from monitor.deadlines import deadlines
from monitor.deadlines.licenses import licenses
from monitor.law.rules.reading import read_rule
from monitor.model.deadlines import Deadline, DeadlineKind, ReadDocument
from monitor.model.rules import DateBase, Kind, PartialDate, RuleMetadata, SavingsClause, SymbolicDate

RULE: dict[str, Any] = {"kind": Kind.ENTITY_LIST_RULE, "title": "Additions to the Entity List"}


def rule(number: str = "2031-00007", on: str = "2031-03-03", **reading: Any) -> ReadDocument:
    return read_document(number, on, **{**RULE, **reading})


def one(*documents: ReadDocument) -> Deadline:
    (found,) = deadlines(documents)
    return found


@pytest.mark.parametrize(
    ("reading", "kind", "on"),
    [
        (
            {"savings_clause": SavingsClause(en_route_on=day("2031-03-03"), complete_by=day("2031-04-02"))},
            DeadlineKind.SAVINGS_CLAUSE,
            "2031-04-02",
        ),
        ({"effective_on": day("2031-05-01")}, DeadlineKind.TAKES_EFFECT, "2031-05-01"),
        ({"effective_on": day("2031-05-01"), "kind": Kind.VEU}, DeadlineKind.VALIDATED_END_USER, "2031-05-01"),
        ({"comments_close_on": day("2031-05-01")}, DeadlineKind.COMMENTS_CLOSE, "2031-05-01"),
        ({"effective_through": day("2031-05-01")}, DeadlineKind.RULE_ENDS, "2031-05-01"),
        (
            {"effective_through": day("2032-05-01"), "quotes": {"effective_on": "The rule is suspended until then."}},
            DeadlineKind.SUSPENSION_ENDS,
            "2032-05-01",
        ),
        (
            {"delayed_until": day("2031-05-01"), "quotes": {"delayed_until": "The date is delayed until then."}},
            DeadlineKind.TAKES_EFFECT,
            "2031-05-01",
        ),
        (
            {"delayed_until": day("2031-05-01"), "quotes": {"delayed_until": "Paragraph (b) is stayed until then."}},
            DeadlineKind.SUSPENSION_ENDS,
            "2031-05-01",
        ),
        (
            {"partial_dates": (PartialDate("instruction 5", day("2031-06-01")),)},
            DeadlineKind.PART_TAKES_EFFECT,
            "2031-06-01",
        ),
        (
            {"partial_dates": (PartialDate("instruction 5", day("2031-03-03"), day("2031-06-01")),)},
            DeadlineKind.PART_ENDS,
            "2031-06-01",
        ),
    ],
)
def test_every_date_that_somebody_may_have_to_keep_is_a_deadline(
    reading: dict[str, Any], kind: DeadlineKind, on: str
) -> None:
    found = one(rule(**reading))
    assert (found.kind, found.day, found.document_number) == (kind, day(on), "2031-00007")
    assert found.key.startswith("deadline:2031-00007:")
    assert not found.contradictions


def test_a_rule_effective_by_the_day_it_is_printed_has_no_deadline() -> None:
    assert deadlines([rule(effective_on=day("2031-03-05"))]) == ()


def test_the_end_of_a_license_is_one_deadline_that_every_extension_moves() -> None:
    documents = [
        issued("2031-00001", "2031-03-03", "2031-06-01", effective_through=day("2031-06-01")),
        extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01"),
    ]
    (found,) = deadlines(documents, licenses(documents))
    assert found.kind is DeadlineKind.LICENSE_END
    assert [(m.day, m.document_number) for m in found.moves] == [
        (day("2031-06-01"), "2031-00001"),
        (day("2031-09-01"), "2031-00002"),
    ]
    assert found.move_on(day("2031-05-29")) == found.moves[0]


def test_a_correction_moves_the_deadline_of_what_it_corrects() -> None:
    clause = SavingsClause(en_route_on=day("2031-03-03"), complete_by=day("2031-04-02"))
    corrected = SavingsClause(en_route_on=day("2031-03-03"), complete_by=day("2031-04-12"))
    found = one(
        rule(savings_clause=clause),
        rule("C1-2031-00007", "2031-03-10", savings_clause=corrected, corrects="2031-00007", kind=Kind.CORRECTION),
    )
    assert [m.day for m in found.moves] == [day("2031-04-02"), day("2031-04-12")]


def test_a_comment_period_that_is_extended_or_reopened_is_the_same_one() -> None:
    first = rule("2031-00010", "2031-03-03", title="Request for Comments", comments_close_on=day("2031-04-01"))
    title = "Request for Comments; Extension of Comment Period"
    second = rule("2031-00020", "2031-04-20", title=title, comments_close_on=day("2031-05-01"))
    found = one(second, first)
    assert [m.day for m in found.moves] == [day("2031-04-01"), day("2031-05-01")]


def test_comment_periods_on_other_matters_are_left_out_unless_they_move_one_that_matters() -> None:
    other = rule("2031-00020", title="T; Extension", kind=Kind.NOT_RELEVANT, comments_close_on=day("2031-05-01"))
    assert deadlines([other]) == ()
    first = rule("2031-00010", "2031-03-01", title="T", comments_close_on=day("2031-04-01"))
    assert [m.day for m in one(first, other).moves] == [day("2031-04-01"), day("2031-05-01")]


def test_a_part_keeps_its_key_however_its_words_are_printed() -> None:
    words = ("amendatory instruction 5", "Effective dates: instruction 5")
    texts = [rule(partial_dates=(PartialDate(w, day("2031-06-01"), instructions=("5",)),)) for w in words]
    assert {one(text).key for text in texts} == {"deadline:2031-00007:instructions-5-on"}


SUSPENSION = b"""<RULE><PREAMB><SUBJECT>One-Year Suspension of Expanded End-User Controls</SUBJECT>
<ACT><HD SOURCE="HED">ACTION:</HD><P>Final rule; suspension.</P></ACT>
<SUM><HD SOURCE="HED">SUMMARY:</HD><P>BIS suspends the rule for one year.</P></SUM>
<EFFDATE><HD SOURCE="HED">DATES:</HD><P>This rule is effective November 10, 2031, until November 9, 2032.</P></EFFDATE>
</PREAMB></RULE>"""


def test_a_suspension_as_it_is_printed_ends_with_its_last_day() -> None:
    metadata = RuleMetadata(document_number="2031-00050", title="One-Year Suspension", type="Rule")
    found = one(
        replace(rule("2031-00050", "2031-11-10"), reading=read_rule(SUSPENSION, metadata), title=metadata.title)
    )
    assert (found.kind, found.day) == (DeadlineKind.SUSPENSION_ENDS, day("2032-11-09"))
    assert found.sentence == "This rule is effective November 10, 2031, until November 9, 2032."


def test_two_rules_of_one_day_and_one_title_are_two() -> None:
    pair = [rule(f"2031-0001{n}", title="Same Title", comments_close_on=day(f"2031-04-0{n}")) for n in (1, 2)]
    assert len(deadlines(pair)) == 2


def test_a_delayed_rule_has_its_effective_date_moved() -> None:
    first = rule("2031-00010", title="Cybersecurity Items", effective_on=day("2031-05-01"))
    delay = rule(
        "2031-00020",
        "2031-04-20",
        title="Cybersecurity Items; Delay of Effective Date",
        delayed_until=day("2031-08-01"),
        quotes={"delayed_until": "The effective date is delayed until August 1, 2031."},
    )
    assert [m.day for m in one(first, delay).moves] == [day("2031-05-01"), day("2031-08-01")]


@pytest.mark.parametrize(
    "reading",
    [
        {"effective_on": day("2031-05-01"), "effective_through": day("2031-04-01")},
        {"savings_clause": SavingsClause(en_route_on=day("2031-05-03"), complete_by=day("2031-04-02"))},
        {"comments_close_on": day("2030-05-01")},
        {"partial_dates": (PartialDate("instruction 5", day("2031-06-01"), day("2031-05-01")),)},
        {"partial_dates": (PartialDate("instruction 5", None),)},
        {"effective_on": None, "unread": ("The date “June 31, 2031” is none the calendar has.",)},
    ],
)
def test_dates_that_cannot_be_are_stated_and_give_no_day(reading: dict[str, Any]) -> None:
    found = [d for d in deadlines([rule(**reading)]) if d.contradictions]
    assert len(found) == 1
    assert found[0].day is None
    assert all(quote.source == "2031-00007" for quote in found[0].contradictions[0].quotes)


def test_a_date_without_a_year_keeps_its_day_and_is_stated() -> None:
    quotes = {"comments_close_on": "Comments must be received by May 1."}
    found = one(rule(comments_close_on=day("2031-05-01"), quotes=quotes))
    assert found.day == day("2031-05-01")
    assert "without a year" in found.contradictions[0].says


def test_a_date_that_hangs_on_publication_is_set() -> None:
    hangs = SymbolicDate("comments_close_on", "60 days after publication", DateBase.PUBLICATION, 60)
    assert one(rule(symbolic_dates=(hangs,))).day == day("2031-05-05")
    assert deadlines([replace(rule(symbolic_dates=(hangs,)), publication_date=None)]) == ()


def test_a_note_of_the_regulations_is_a_deadline() -> None:
    texts = [printed(f"2031-12-0{n}", "Text.", "Effective Date Note: effective until May 1, 2032.") for n in (1, 2)]
    (found,) = deadlines([], [], texts)
    assert (found.kind, found.day, len(found.moves)) == (DeadlineKind.EFFECTIVITY_NOTE, day("2032-05-01"), 1)


def test_the_order_of_the_documents_does_not_matter() -> None:
    several = [
        rule(f"2031-0001{n}", f"2031-03-0{n}", title="T", comments_close_on=day(f"2031-04-0{n}")) for n in range(1, 6)
    ]
    assert deadlines(several) == deadlines(several[::-1])
