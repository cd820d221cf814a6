"""What the clock tells: each thing once, on its day, whoever looks and when."""

from typing import Any

from clock_cases import daily, day, extended, flat, issued, kinds_by_day, notices, printed, read_document, removed
from msgspec.structs import replace

from monitor.deadlines import DAYS, keys_of
from monitor.model.deadlines import CaughtUp, ClockNotice, NoticeKind
from monitor.model.rules import LicenseStatus as Does

FIRST = issued("2031-00001", "2031-03-03", "2031-06-01")
SECOND = extended("2031-00002", "2031-05-30", "2031-06-01", "2031-08-29")
REMINDERS = [("2031-05-02", "reminder"), ("2031-05-18", "reminder"), ("2031-05-25", "reminder")]
LAST_DAYS = [("2031-05-29", "reminder"), ("2031-05-31", "reminder"), ("2031-06-01", "reminder")]


def suspended(until: str, number: str = "2031-00050", on: str = "2031-01-06", **more: Any) -> Any:
    words = f"The rule is suspended until {day(until):%B} {day(until).day}, {day(until).year}."
    return read_document(
        number, on, title="Affiliates; Suspension", delayed_until=day(until), quotes={"delayed_until": words}, **more
    )


def test_the_clock_alone_gives_a_year_of_reminders_the_lapse_and_four_weeks_of_no_document() -> None:
    assert kinds_by_day(daily([FIRST], "2031-03-03", "2032-03-03")) == [
        *REMINDERS,
        *LAST_DAYS,
        ("2031-06-02", "lapsed"),
        ("2031-06-09", "still lapsed"),
        ("2031-06-16", "still lapsed"),
        ("2031-06-23", "still lapsed"),
        ("2031-06-30", "still lapsed"),
    ]


def test_an_extension_cancels_the_later_reminders_and_states_the_days_added() -> None:
    found = daily([FIRST, SECOND], "2031-03-03", "2031-07-01")
    assert kinds_by_day(found) == [*REMINDERS, LAST_DAYS[0], ("2031-05-30", "extended")]
    assert found[-1].headline == "Temporary General License extended, Jun 1 → Aug 29 (89 days more)"
    assert (found[-1].old_day, found[-1].day, found[-1].days) == (day("2031-06-01"), day("2031-08-29"), 89)
    assert found[-1].document_number == "2031-00002"


def test_a_removal_closes_the_lapse() -> None:
    found = daily([FIRST, removed("2031-00003", "2031-06-12")], "2031-06-01", "2031-08-01")
    assert kinds_by_day(found) == [("2031-06-02", "lapsed"), ("2031-06-09", "still lapsed"), ("2031-06-12", "removed")]
    assert "It had ended on June 1, 2031 (a Sunday)." in found[-1].says


def test_a_removal_announced_ahead_is_reminded_of_as_what_it_is() -> None:
    ahead = removed("2031-00003", "2031-04-01", effective_on=day("2031-05-01"))
    found = daily([FIRST, ahead], "2031-03-31", "2031-07-01")
    assert kinds_by_day(found) == [
        ("2031-04-01", "removed"),
        ("2031-04-16", "reminder"),
        ("2031-04-23", "reminder"),
        ("2031-04-27", "reminder"),
        ("2031-04-29", "reminder"),
        ("2031-04-30", "reminder"),
    ]
    assert "2031-00003 ends it: removed." in found[1].says


def test_an_end_before_a_known_removal_is_no_lapse() -> None:
    ahead = removed("2031-00003", "2031-05-20", effective_on=day("2031-06-12"))
    found = daily([FIRST, ahead], "2031-05-31", "2031-07-01")
    assert kinds_by_day(found) == [("2031-06-01", "reminder"), ("2031-06-02", "ended")]
    assert "2031-00003 removes it from June 12, 2031" in found[-1].says


def test_an_extension_after_the_end_states_the_break_and_closes_the_lapse() -> None:
    late = extended("2031-00002", "2031-06-10", "2031-06-01", "2031-09-01")
    found = daily([FIRST, late], "2031-06-01", "2031-07-01")
    assert kinds_by_day(found) == [("2031-06-02", "lapsed"), ("2031-06-09", "still lapsed"), ("2031-06-10", "extended")]
    assert "It was not in force between June 1, 2031 (a Sunday) and June 10, 2031." in found[-1].says


def test_an_end_before_a_known_new_start_is_no_lapse() -> None:
    ahead = extended("2031-00002", "2031-05-20", "2031-06-01", "2031-09-01", effective_on=day("2031-06-10"))
    found = daily([FIRST, ahead], "2031-05-31", "2031-06-20")
    assert kinds_by_day(found) == [("2031-06-01", "reminder"), ("2031-06-02", "ended")]
    assert "in force again from June 10, 2031" in found[-1].says


def test_weekends_and_holidays_change_nothing_and_are_stated() -> None:
    (last,) = daily([FIRST], "2031-05-31", "2031-06-01", holidays={day("2031-06-01"): "Some Day"})
    assert "through the end of June 1, 2031 (a Sunday and a federal holiday, Some Day), Eastern time" in last.says


def test_the_days_of_reminders_can_be_chosen() -> None:
    found = daily([FIRST], "2031-03-03", "2031-06-01", days=(60, 5))
    assert kinds_by_day(found) == [("2031-04-02", "reminder"), ("2031-05-27", "reminder")]
    assert DAYS == (30, 14, 7, 3, 1, 0)


def test_three_weeks_without_a_poll_are_one_notice_of_what_happened_in_between() -> None:
    found = notices([FIRST, SECOND], "2031-05-17", "2031-06-07")
    (missed,) = found
    assert isinstance(missed, CaughtUp)
    assert kinds_by_day(list(missed.notices)) == [*REMINDERS[1:], LAST_DAYS[0], ("2031-05-30", "extended")]
    assert missed.headline == "4 notices from 20 days without a watch, after May 17, 2031"


def test_what_is_due_today_stands_beside_what_was_missed() -> None:
    found = notices([FIRST], "2031-05-20", "2031-06-02")
    assert [type(one) for one in found] == [CaughtUp, ClockNotice]
    assert found[1].key == "license:part-744-supplement-7:end:2031-06-01:lapsed"


def test_a_gap_in_which_nothing_happened_is_not_reported() -> None:
    assert notices([FIRST], "2031-03-05", "2031-04-05") == []


def test_what_was_reported_on_the_day_of_the_last_call_is_not_reported_again() -> None:
    (morning,) = notices([FIRST], "2031-05-30", "2031-05-31")
    late = replace(SECOND, seen_on=day("2031-05-31"))
    found = notices([FIRST, late], "2031-05-30", "2031-06-04", reported=keys_of(morning))
    assert [one.kind for one in found[0].notices] == [NoticeKind.EXTENDED]  # type: ignore[union-attr]


def test_a_document_received_late_is_reported_when_it_was_received() -> None:
    late = replace(SECOND, seen_on=day("2031-06-05"))
    (found,) = notices([FIRST, late], "2031-06-04", "2031-06-05")
    assert isinstance(found, ClockNotice)
    assert (found.kind, found.on) == (NoticeKind.EXTENDED, day("2031-05-30"))


def test_a_suspended_rule_is_announced_before_it_returns_and_on_the_day() -> None:
    found = daily([suspended("2031-11-09")], "2031-10-01", "2031-12-01")
    assert kinds_by_day(found)[-2:] == [("2031-11-09", "reminder"), ("2031-11-10", "returned")]
    assert len(found) == 7
    assert found[-1].headline == "Back in effect today, Nov 10: the suspension has ended"


def test_a_prolonged_suspension_returns_only_at_its_new_end() -> None:
    longer = suspended("2032-11-09", "2031-00060", "2031-10-20")
    found = daily([suspended("2031-11-09"), longer], "2031-10-15", "2032-12-01")
    assert kinds_by_day(found)[0] == ("2031-10-20", "moved")
    assert [on for on, kind in kinds_by_day(found) if kind == "returned"] == ["2032-11-10"]


def test_contradictions_are_reported_once_with_both_sentences() -> None:
    other = extended("2031-00004", "2031-05-30", "2031-06-01", "2031-07-30")
    found = daily([FIRST, SECOND, other], "2031-05-29", "2031-06-01")
    assert kinds_by_day(found) == [("2031-05-30", "contradiction"), ("2031-05-30", "extended")]
    assert [quote.source for quote in found[0].quotes] == ["2031-00002", "2031-00004"]
    assert "keep to the earlier day" in found[0].says


def test_both_ends_of_a_contradiction_are_reminded_of_and_the_first_one_is_unclear() -> None:
    other = extended("2031-00004", "2031-05-30", "2031-06-01", "2031-07-30")
    found = daily([FIRST, SECOND, other], "2031-07-29", "2031-08-31")
    assert kinds_by_day(found) == [
        ("2031-07-30", "reminder"),  # both: 30 days before the one, and the last day of the other
        ("2031-07-30", "reminder"),
        ("2031-07-31", "unclear"),
        ("2031-08-15", "reminder"),
        ("2031-08-22", "reminder"),
        ("2031-08-26", "reminder"),
        ("2031-08-28", "reminder"),
        ("2031-08-29", "reminder"),
        ("2031-08-30", "lapsed"),
    ]


def test_an_extension_that_cannot_be_read_is_no_lapse() -> None:
    quotes = {"general_license": "The license is extended through June 31, 2031."}
    unread = extended("2031-00002", "2031-05-30", "2031-06-01", None, quotes=quotes)
    found = daily([FIRST, unread], "2031-05-29", "2031-06-02")
    assert kinds_by_day(found) == [
        ("2031-05-30", "contradiction"),
        ("2031-05-31", "reminder"),
        ("2031-06-01", "reminder"),
        ("2031-06-02", "unclear"),
    ]


def test_a_correction_is_reported_as_one() -> None:
    correction = read_document(
        "C1-2031-00001", "2031-03-10", status=Does.ISSUED, new="2031-07-01", corrects="2031-00001"
    )
    (found,) = daily([FIRST, correction], "2031-03-05", "2031-03-12")
    assert found.headline == "Temporary General License corrected, Jun 1 → Jul 1 (30 days more)"


def test_a_change_without_a_new_end_is_reported() -> None:
    change = read_document(
        "2031-00005", "2031-03-10", status=Does.AMENDED, title="Amendments to the Temporary General License"
    )
    assert kinds_by_day(daily([FIRST, change], "2031-03-05", "2031-03-12")) == [("2031-03-10", "changed")]


def test_a_license_found_in_the_regulations_is_reported_as_that() -> None:
    text = printed("2031-03-10", "This license is valid from March 3, 2031, through June 1, 2031.")
    (found,) = daily([], "2031-03-05", "2031-03-12", [text])
    assert (found.kind, found.document_number, found.day) == (NoticeKind.CODIFIED, None, day("2031-06-01"))


def test_a_superseded_license_is_reported_with_the_new_one() -> None:
    found = daily([FIRST, issued("2031-00009", "2031-04-01", "2031-12-01")], "2031-03-31", "2031-04-02")
    assert sorted(kinds_by_day(found)) == [("2031-04-01", "issued"), ("2031-04-01", "superseded")]


def test_a_shorter_end_states_the_days_lost() -> None:
    shorter = read_document("2031-00002", "2031-04-01", status=Does.NARROWED, old="2031-06-01", new="2031-05-31")
    (found,) = daily([FIRST, shorter], "2031-03-31", "2031-04-01")
    assert found.headline == "Temporary General License shortened, Jun 1 → May 31 (1 day less)"


def test_the_keys_of_what_was_caught_up_include_what_it_holds() -> None:
    (missed,) = notices([FIRST], "2031-05-10", "2031-05-28")
    assert isinstance(missed, CaughtUp)
    assert keys_of(missed) == (missed.key, *flat([missed]))
