"""The history of a general license by its documents."""

from datetime import UTC, date, datetime, timedelta

import pytest
from clock_cases import day, extended, issued, only, read_document, removed
from msgspec.structs import replace

from monitor.deadlines.licenses import licenses, rows_on, state_on
from monitor.model.deadlines import ReadDocument
from monitor.model.licenses import LicenseEventKind, LicenseStatus
from monitor.model.rules import DateBase, Kind, SymbolicDate
from monitor.model.rules import LicenseStatus as Does

LIFE = [
    issued("2031-00001", "2031-03-03", "2031-06-01"),
    extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01"),
    removed("2031-00003", "2031-09-04"),
]


def status_on(documents: list[ReadDocument], on: str) -> str:
    return state_on(only(documents), day(on)).status.value


@pytest.mark.parametrize(
    ("on", "status", "through", "left"),
    [
        ("2031-03-02", LicenseStatus.NOT_YET, "2031-06-01", None),
        ("2031-03-03", LicenseStatus.IN_FORCE, "2031-06-01", 90),
        ("2031-05-29", LicenseStatus.IN_FORCE, "2031-06-01", 3),
        ("2031-05-30", LicenseStatus.IN_FORCE, "2031-09-01", 94),
        ("2031-09-01", LicenseStatus.IN_FORCE, "2031-09-01", 0),
        ("2031-09-02", LicenseStatus.LAPSED, None, None),
        ("2031-09-04", LicenseStatus.REMOVED, None, None),
    ],
)
def test_a_license_is_in_force_through_the_end_of_its_last_day_and_then_lapses(
    on: str, status: LicenseStatus, through: str | None, left: int | None
) -> None:
    state = state_on(only(LIFE[:1] if on < "2031-03-03" else LIFE), day(on))
    assert (state.status, state.days_left) == (status, left)
    assert state.valid_through == (day(through) if through else None)


def test_the_same_place_is_used_for_another_license_after_the_first_was_removed() -> None:
    first, second = licenses([*LIFE, issued("2033-00001", "2033-01-10", "2033-04-10")])
    assert first.key == second.key
    assert first.thread != second.thread
    assert state_on(first, day("2033-02-01")).status is LicenseStatus.REMOVED
    assert state_on(second, day("2033-02-01")).status is LicenseStatus.IN_FORCE


def test_a_license_issued_over_one_in_force_supersedes_it() -> None:
    first, _ = licenses([LIFE[0], issued("2031-00009", "2031-04-01", "2031-12-01")])
    assert state_on(first, day("2031-03-31")).status is LicenseStatus.IN_FORCE
    assert state_on(first, day("2031-04-01")).status is LicenseStatus.SUPERSEDED


def test_a_license_that_had_lapsed_stays_lapsed_when_another_is_issued_at_its_place() -> None:
    first, _ = licenses([LIFE[0], issued("2032-00009", "2032-04-01", "2032-12-01")])
    assert state_on(first, day("2032-05-01")).status is LicenseStatus.LAPSED


def test_a_license_extended_only_after_it_ended_has_a_gap() -> None:
    late = extended("2031-00002", "2031-06-10", "2031-06-01", "2031-09-01")
    assert status_on([LIFE[0], late], "2031-06-05") == "gap"
    assert status_on([LIFE[0], late], "2031-06-10") == "in force"
    assert state_on(only([LIFE[0], late]), day("2031-06-05"), known_on=day("2031-06-05")).status == "lapsed"


def test_a_license_can_be_issued_before_it_begins() -> None:
    early = issued("2031-00001", "2031-03-03", "2031-06-01", valid_from=day("2031-03-20"))
    assert status_on([early], "2031-03-19") == "not yet in force"
    assert status_on([early], "2031-03-20") == "in force"


def test_a_license_without_an_end_stays_in_force() -> None:
    quotes = {"general_license": "This license authorizes exports of the items named below."}
    state = state_on(only([issued("2031-00001", "2031-03-03", None, quotes=quotes)]), day("2039-01-01"))
    assert (state.status, state.valid_through, state.days_left) == (LicenseStatus.IN_FORCE, None, None)


def test_a_corrected_date_is_no_new_license_and_leaves_no_gap() -> None:
    misprint = issued("2031-00001", "2031-03-03", "2031-03-10")
    correction = read_document(
        "C1-2031-00001", "2031-03-14", status=Does.ISSUED, new="2031-06-10", kind=Kind.CORRECTION, corrects="2031-00001"
    )
    one = only([misprint, correction])
    assert [event.event for event in one.history] == [LicenseEventKind.ISSUED, LicenseEventKind.CORRECTED]
    assert state_on(one, day("2031-03-20")).valid_through == day("2031-06-10")
    assert not one.contradictions


def test_a_shorter_end_is_a_shortening() -> None:
    one = only(
        [LIFE[0], read_document("2031-00002", "2031-04-01", status=Does.NARROWED, old="2031-06-01", new="2031-05-01")]
    )
    assert one.history[-1].event is LicenseEventKind.SHORTENED
    assert state_on(one, day("2031-05-02")).status is LicenseStatus.LAPSED


def test_a_document_that_only_restates_the_end_moves_nothing() -> None:
    one = only([LIFE[0], read_document("2031-00002", "2031-04-01", status=Does.AMENDED, new="2031-06-01")])
    assert [e.event for e in one.history[1:]] == [LicenseEventKind.RESTATED, LicenseEventKind.CHANGED]


def test_two_rules_of_one_day_with_different_ends_are_both_kept_and_stated() -> None:
    one = only([*LIFE[:2], extended("2031-00004", "2031-05-30", "2031-06-01", "2031-08-01")])
    assert [c.key.split(":")[1] for c in one.contradictions] == ["license-ends-of-one-day"]
    assert {q.source for q in one.contradictions[0].quotes} == {"2031-00002", "2031-00004"}
    state = state_on(one, day("2031-07-01"))
    assert (state.valid_through, state.ends) == (day("2031-08-01"), (day("2031-08-01"), day("2031-09-01")))
    assert state_on(one, day("2031-08-15")).status is LicenseStatus.UNCLEAR
    assert state_on(one, day("2031-09-02")).status is LicenseStatus.LAPSED


def test_an_end_before_the_start_is_stated_and_never_taken() -> None:
    one = only([LIFE[0], extended("2031-00002", "2031-05-30", "2031-06-01", "2030-09-01")])
    (wrong,) = one.contradictions
    assert "September 1, 2030, before May 30, 2031" in wrong.says or "before March 3, 2031" in wrong.says
    assert len(wrong.quotes) == 2
    assert state_on(one, day("2031-06-01")).valid_through == day("2031-06-01")
    assert state_on(one, day("2031-06-02")).status is LicenseStatus.UNCLEAR


def test_an_impossible_end_is_reported_with_both_sentences() -> None:
    quotes = {"general_license": "The license is extended through June 31, 2031."}
    one = only([LIFE[0], extended("2031-00002", "2031-05-30", "2031-06-01", None, quotes=quotes)])
    (wrong,) = one.contradictions
    assert [q.sentence for q in wrong.quotes] == [
        "The license is extended through June 31, 2031.",
        "2031-00001: the license is valid through June 1, 2031.",
    ]
    assert state_on(one, day("2031-06-02")).status is LicenseStatus.UNCLEAR


def test_a_missing_year_is_stated() -> None:
    quotes = {"general_license": "The license is extended through September 1."}
    one = only([LIFE[0], extended("2031-00002", "2031-05-30", "2031-06-01", "2031-09-01", quotes=quotes)])
    assert [c.says for c in one.contradictions] == [
        "2031-00002 names September 1 without a year; it is taken as September 1, 2031."
    ]


def test_dates_that_differ_from_the_amendment_are_both_kept() -> None:
    one = only([issued("2031-00001", "2031-03-03", "2031-06-01", effective_through=day("2031-05-31"))])
    assert len(one.contradictions) == 1
    assert state_on(one, day("2031-04-01")).ends == (day("2031-05-31"), day("2031-06-01"))


def test_an_old_end_that_nobody_knew_proves_a_document_that_we_have_not_read() -> None:
    one = only([LIFE[0], extended("2031-00005", "2031-08-20", "2031-09-01", "2031-12-01")])
    assert "replaces the end September 1, 2031, but the last one known was June 1, 2031" in one.contradictions[0].says
    assert state_on(one, day("2031-10-01")).valid_through == day("2031-12-01")


def test_a_printed_text_with_another_end_than_the_filed_one_is_stated() -> None:
    filed = replace(LIFE[0], publication_date=None)
    reprinted = issued("2031-00001", "2031-03-03", "2031-06-02")
    one = only([reprinted, filed])
    assert [q.source for q in one.contradictions[0].quotes] == ["2031-00001 as filed", "2031-00001 as printed"]
    assert state_on(one, day("2031-04-01")).valid_through == day("2031-06-02")


def test_an_open_end_is_set_when_the_day_of_publication_is_known() -> None:
    hangs = SymbolicDate("general_license.new_expiry", "90 days after publication", DateBase.PUBLICATION, 90)
    one = only([issued("2031-00001", "2031-03-03", None, symbolic_dates=(hangs,))])
    assert one.history[0].new_expiry == day("2031-06-03")


def test_a_license_known_only_from_its_extension_begins_there() -> None:
    one = only(LIFE[1:2])
    assert state_on(one, day("2031-06-15")).valid_through == day("2031-09-01")
    assert not one.contradictions


def test_a_removal_before_the_end_ends_the_license_the_day_before() -> None:
    early = removed("2031-00003", "2031-08-01", effective_on=day("2031-08-15"))
    state = state_on(only([*LIFE[:2], early]), day("2031-08-20"))
    assert (state.status, state.ended_on) == (LicenseStatus.REMOVED, day("2031-08-14"))


def test_a_withdrawn_document_is_no_law() -> None:
    withdrawn = replace(LIFE[1], filed_at=None, publication_date=None)
    assert state_on(only([LIFE[0], withdrawn]), day("2031-06-02")).status is LicenseStatus.LAPSED


def test_filing_in_the_evening_counts_for_the_day_in_washington_whatever_the_zone() -> None:
    evening = replace(LIFE[0], filed_at=datetime(2031, 3, 4, 2, 0, tzinfo=UTC))
    assert only([evening]).history[0].public_on == date(2031, 3, 3)


def test_the_rows_show_what_was_public_by_then() -> None:
    (row,) = rows_on(licenses(LIFE), day("2031-05-30"))
    assert (row.status, row.valid_through, row.days_left) == (LicenseStatus.IN_FORCE, day("2031-09-01"), 94)
    assert [(s.document_number, s.old_expiry, s.new_expiry) for s in row.history] == [
        ("2031-00001", None, day("2031-06-01")),
        ("2031-00002", day("2031-06-01"), day("2031-09-01")),
    ]
    assert rows_on(licenses(LIFE), day("2031-03-03") - timedelta(days=1)) == ()


def test_general_orders_are_told_apart_by_their_number() -> None:
    one, other = (f"General Order No. {n}, Supplement No. 1 to part 736" for n in (4, 6))
    found = licenses(
        [
            issued("2031-00001", "2031-03-03", "2031-06-01", license_name=one),
            issued("2031-00002", "2031-03-04", "2031-07-01", license_name=other),
        ]
    )
    assert [license_.general_order for license_ in found] == ["General Order No. 4", "General Order No. 6"]
    assert len({license_.key for license_ in found}) == 2
