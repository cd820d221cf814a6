"""How the watch stands, and when silence is suspicious."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from samples import FILED, alert

from monitor.model.eastern import EASTERN
from monitor.model.polls import Outcome, Status
from monitor.state_file import open_store
from monitor.status import StatusReport, as_text, status, working_hours
from monitor.store import Store

FRIDAY = at("2019-05-17T16:00")
MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2022, 12, 31), timezones=st.just(EASTERN))  # noqa: DTZ001 - naive bounds
SOURCES = ("inspection", "published", "ecfr")


# -- working hours


@given(st.lists(MOMENTS, min_size=3, max_size=3))
def test_working_hours_add_up(moments: list[datetime]) -> None:
    first, middle, last = sorted(moments, key=datetime.timestamp)
    whole = working_hours(first, last)
    assert working_hours(first, middle) + working_hours(middle, last) == pytest.approx(whole, abs=1e-6)


@given(MOMENTS, st.floats(0, 400))
def test_working_hours_are_at_most_the_hours_of_the_clock_on_the_wall(start: datetime, hours: float) -> None:
    assert 0 <= working_hours(start, start + timedelta(hours=hours)) <= hours + 1e-6


@given(MOMENTS)
def test_a_week_has_five_days_of_hours(start: datetime) -> None:
    assert working_hours(start, start + timedelta(days=7)) == pytest.approx(120)


@given(MOMENTS, MOMENTS)
def test_time_does_not_run_backwards(one: datetime, other: datetime) -> None:
    assert working_hours(max(one, other), min(one, other)) == 0


def test_weekends_do_not_count() -> None:
    assert working_hours(at("2019-05-18T00:00"), at("2019-05-20T00:00")) == 0
    assert working_hours(FRIDAY, at("2019-05-20T09:00")) == pytest.approx(8 + 9)


@pytest.mark.parametrize("sunday", ["2019-03-10", "2019-11-03"])
def test_the_change_of_the_clocks_falls_on_a_sunday_and_does_not_count(sunday: str) -> None:
    change = at(f"{sunday}T12:00")
    assert working_hours(change - timedelta(days=2), change + timedelta(days=1)) == pytest.approx(24)


def test_weekends_are_those_of_washington() -> None:
    late = datetime.fromisoformat("2019-05-18T02:00:00+00:00")  # Friday evening there
    assert working_hours(late, late + timedelta(hours=10)) == pytest.approx(2)


# -- the report


def polled(store: Store, moment: datetime, found: Status = Status.UNCHANGED, *names: str) -> None:
    with store.transaction():
        for name in names or SOURCES:
            store.record_poll(Outcome(source=name, status=found, message="fine", started_at=moment))


def report(folder: Path, now: datetime, hours: float = 26) -> StatusReport:
    with open_store(folder) as store:
        return status(store, str(folder), now, hours, SOURCES)


def test_a_watch_that_never_began_is_stale() -> None:
    found = status(None, "/state", FRIDAY, 26, SOURCES)
    assert found.stale
    assert [source.message for source in found.sources] == ["never polled"] * 3
    text = as_text(found)
    assert text.count("last good poll never; not polled: never polled  STALE") == 3
    assert "nothing kept yet" in text


def test_a_weekend_without_a_poll_is_not_stale_and_a_silent_day_is(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        polled(store, FRIDAY)
    assert not report(tmp_path, at("2019-05-20T16:00")).stale
    assert report(tmp_path, at("2019-05-21T16:00")).stale


def test_a_failing_source_is_stale_though_it_is_polled(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        polled(store, at("2019-05-14T12:00"))
        polled(store, at("2019-05-16T12:00"), Status.FAILED, "ecfr")
        polled(store, at("2019-05-16T12:00"), Status.UNCHANGED, "inspection", "published")
    found = report(tmp_path, at("2019-05-16T12:01"))
    assert [(source.name, source.stale) for source in found.sources if source.stale] == [("ecfr", True)]
    assert found.sources[2].last_status is Status.FAILED


def test_the_state_is_told_in_numbers(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.transaction():
        store.promise(structs.replace(alert(FILED)), [("a@example.org", "<a>"), ("b@example.org", "<b>")])
    found = report(tmp_path, FRIDAY)
    assert found.deliveries == {"owed": 2, "sent": 0, "refused": 0}
    assert found.evidence["alert"] == 1
    text = as_text(found)
    assert "mail      2 owed, 0 sent, 0 refused" in text
    assert found.schema in text
