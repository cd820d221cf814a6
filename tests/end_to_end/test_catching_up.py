"""Days off leave no gap: what was filed, withdrawn or printed in between is told once, and late."""

from datetime import date, datetime

import pytest
from harness import Bench, at
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.polls import Status
from monitor.sources.inspection import missed_days

WITHDRAWN_IN_BETWEEN = "2019-20571"  # filed on September 19, 2019, withdrawn on the 20th


@pytest.mark.parametrize(
    ("last", "now", "days"),
    [
        ("2019-05-15T12:00", "2019-05-15T18:00", []),
        ("2019-05-15T12:00", "2019-05-16T08:44", [15]),
        ("2019-05-15T19:00", "2019-05-16T08:44", []),
        ("2019-05-15T12:00", "2019-05-22T08:44", [15, 16, 17, 20, 21]),
        ("2019-05-17T19:00", "2019-05-20T08:44", []),
        (
            "2018-01-01T12:00",
            "2019-03-08T08:44",
            [*range(6, 9), *range(11, 16), *range(18, 23), *range(25, 29), 1, *range(4, 8)],
        ),
    ],
)
def test_every_weekday_since_the_last_good_poll_is_asked_for_again(last: str, now: str, days: list[int]) -> None:
    assert [day.day for day in missed_days(at(last), at(now))] == days


MOMENTS = st.datetimes(at("2018-01-01").replace(tzinfo=None), at("2020-01-01").replace(tzinfo=None))


@given(MOMENTS, MOMENTS)
def test_missed_days_are_few_in_order_and_over(one: datetime, other: datetime) -> None:
    last, now = (at(moment.isoformat()) for moment in sorted((one, other)))
    days = missed_days(last, now)
    assert list(days) == sorted(set(days))
    assert all(last.date() <= day < now.date() and day.weekday() < 5 for day in days)
    assert len(days) <= 22


def asked_days(bench: Bench) -> list[date]:
    marked = (request.query for request in bench.replay.requests if "available_on" in request.query)
    return [date.fromisoformat(query.rpartition("=")[2]) for query in marked]


def about(bench: Bench, number: str) -> list[str]:
    return [m.message["Subject"] for m in bench.mailbox.messages if number in m.data.decode()]


def test_a_filing_that_was_withdrawn_while_nobody_looked_is_told_once(bench: Bench) -> None:
    bench.check("2019-09-18T12:00")
    bench.mailbox.clear()
    assert bench.check("2019-09-25T10:00").good
    assert asked_days(bench) == [date(2019, 9, day) for day in (18, 19, 20, 23, 24)]
    (subject,) = about(bench, WITHDRAWN_IN_BETWEEN)
    assert "ithdrawn" in subject
    bench.check("2019-09-25T10:05")
    bench.check("2019-09-26T10:00")
    assert about(bench, WITHDRAWN_IN_BETWEEN) == [subject]


def test_what_was_filed_and_printed_while_nobody_looked_is_told_as_printed(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.mailbox.clear()
    bench.check("2019-05-22T12:00")
    subjects = about(bench, "2019-10616")
    assert len([s for s in subjects if s.startswith("Filed")]) == 0
    assert len([s for s in subjects if s.startswith("Published")]) == 1
    with bench.app.context() as context:
        assert context.readings.filed_at("2019-10616") == at("2019-05-16T16:15")


@pytest.mark.usefixtures("quick_retries")
def test_a_missed_day_that_cannot_be_had_is_asked_for_again_next_time(bench: Bench) -> None:
    bench.check("2019-09-18T12:00")
    bench.mailbox.clear()
    bench.replay.fault("status-500", "available_on.*2019-09-19")
    assert bench.check("2019-09-25T10:00").outcomes[0].status is Status.FAILED
    assert about(bench, WITHDRAWN_IN_BETWEEN) == []
    bench.replay.clear_faults()
    assert bench.check("2019-09-25T10:10").outcomes[0].status is Status.CHANGED
    assert len(about(bench, WITHDRAWN_IN_BETWEEN)) == 1
