"""What is overdue, from facts alone."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from harness import at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitor.health.overdue import Facts, FilingFacts, SourceFacts, find_overdue, reason_of_end, undecided_rules
from monitor.model.eastern import EASTERN
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.settings import Limits

MEMORIAL_DAY = IssueCalendar({date(2019, 5, 27): "Memorial Day"})
TUESDAY = at("2019-05-28T09:20")
BEGAN = at("2019-05-01T12:00")


def facts(moment: datetime = TUESDAY, **changes: Any) -> Facts:
    """A morning on which all is well."""
    healthy = Facts(
        moment=moment,
        calendar=MEMORIAL_DAY,
        sources=(SourceFacts(name="ecfr", first_poll=BEGAN, last_good=moment - timedelta(minutes=5)),),
        issue_day=moment.date(),
        issue_there=True,
        ecfr_as_of=moment.date() - timedelta(days=1),
        filings=FilingFacts(count=100, filed_at=moment.replace(hour=8, minute=45), seen_at=moment),
    )
    return structs.replace(healthy, **changes)


def rules(found: Facts) -> list[str]:
    return [one.rule for one in find_overdue(found, Limits())]


def test_a_healthy_morning_has_nothing_overdue() -> None:
    assert rules(facts()) == []
    assert undecided_rules(facts(), Limits()) == frozenset()


def silent(since: datetime | None) -> tuple[SourceFacts, ...]:
    return (SourceFacts(name="ecfr", first_poll=BEGAN, last_good=since),)


def test_a_source_is_stale_after_hours_of_days_with_an_issue() -> None:
    friday = at("2019-05-24T07:30")
    assert rules(facts(sources=silent(friday))) == []  # 16.5 h of Friday, 9.3 of Tuesday; Monday was Memorial Day
    assert rules(facts(sources=silent(friday - timedelta(hours=1)))) == ["stale:ecfr"]
    assert rules(facts(sources=silent(friday), calendar=IssueCalendar({date(2019, 1, 1): "x"}))) == ["stale:ecfr"]


def test_a_source_that_was_never_accepted_is_stale_from_its_first_poll_on() -> None:
    (one,) = find_overdue(facts(sources=silent(None)), Limits())
    assert (one.rule, one.cause) == ("stale:ecfr", BEGAN.isoformat())
    assert "never believed" in one.reason


def test_an_issue_that_is_not_there_is_overdue_and_one_that_is_not_known_is_not() -> None:
    (one,) = find_overdue(facts(issue_there=False), Limits())
    assert (one.rule, one.title) == ("issue", "no issue of May 28, 2019")
    assert rules(facts(issue_there=None)) == []
    assert undecided_rules(facts(issue_there=None), Limits()) == {"issue"}


@pytest.mark.parametrize(("as_of", "late"), [("2019-05-21", False), ("2019-05-20", True)])
def test_the_ecfr_may_be_a_few_business_days_behind(as_of: str, late: bool) -> None:  # noqa: FBT001 - a parameter
    found = facts(ecfr_as_of=date.fromisoformat(as_of))  # Wednesday to Friday and Tuesday are four
    assert rules(found) == (["behind:ecfr"] if late else [])


def test_an_ecfr_that_does_not_answer_is_stale_and_not_behind() -> None:
    found = facts(ecfr_as_of=date(2019, 5, 13), sources=silent(at("2019-05-14T12:00")))
    assert rules(found) == ["stale:ecfr"]
    assert "behind:ecfr" in undecided_rules(found, Limits())


def filed(count: int, moment: str | None, seen: str = "2019-05-28T09:16") -> FilingFacts:
    return FilingFacts(count=count, filed_at=None if moment is None else at(moment), seen_at=at(seen))


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (filed(0, None), ["filings"]),
        (filed(90, "2019-05-24T08:45"), ["filings"]),
        (filed(90, "2019-05-28T08:45"), []),
        (filed(90, None), []),  # no stamp says nothing
        (filed(0, None, "2019-05-28T09:14"), []),  # seen too early
        (None, []),
    ],
)
def test_public_inspection_must_show_the_filing_of_the_day(seen: FilingFacts | None, expected: list[str]) -> None:
    assert rules(facts(filings=seen)) == expected


def test_on_a_day_without_an_issue_nothing_is_filed() -> None:
    holiday = at("2019-05-27T12:00")
    seen = FilingFacts(count=0, filed_at=None, seen_at=holiday)
    assert rules(facts(holiday, filings=seen)) == []


def test_a_poll_before_a_quarter_past_nine_or_on_a_weekend_decides_nothing_about_the_filings() -> None:
    assert "filings" in undecided_rules(facts(filings=filed(0, None, "2019-05-28T09:14")), Limits())
    assert "filings" in undecided_rules(facts(at("2019-06-01T12:00")), Limits())
    assert "filings" not in undecided_rules(facts(at("2019-05-27T12:00")), Limits())


def test_the_end_gives_its_reason() -> None:
    assert reason_of_end("issue", "2019-05-28", facts()) == "It is there now."
    closed = "The Register's list of closings names that day now: Memorial Day."
    assert reason_of_end("issue", "2019-05-27", facts()) == closed
    assert reason_of_end("filings", "2019-05-27", facts()) == closed
    assert reason_of_end("stale:ecfr", "x", facts()) == "It was believed again on May 28, 2019, 9:15 a.m. ET."
    assert reason_of_end("stale:gone", "x", facts()) == "It is no longer watched."
    assert reason_of_end("behind:ecfr", "x", facts()) == "It answers as of May 27, 2019."


MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2020, 12, 31), timezones=st.just(EASTERN))  # noqa: DTZ001 - naive bounds


@given(MOMENTS, st.dates(date(2018, 12, 1), date(2020, 12, 31)))
def test_a_longer_silence_is_never_less_overdue(moment: datetime, as_of: date) -> None:
    behind = facts(moment, ecfr_as_of=as_of)
    further = structs.replace(behind, ecfr_as_of=as_of - timedelta(days=1))
    assert set(rules(behind)) <= set(rules(further))


@given(MOMENTS)
def test_no_rule_is_both_overdue_and_unknown(moment: datetime) -> None:
    seen = FilingFacts(count=0, filed_at=None, seen_at=moment)
    for there in (None, False):
        found = facts(moment, filings=seen, issue_there=there)
        assert not set(rules(found)) & undecided_rules(found, Limits())
