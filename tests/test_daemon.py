"""When the daemon polls; that it begins, finishes and stops is tested with real processes."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from harness import SOURCES, at, only
from msgspec import structs

from monitor.daemon import next_runs
from monitor.model.eastern import EASTERN
from monitor.model.settings import Page, Schedule, Settings
from monitor.polls.schedule import next_poll, trigger


def runs(lines: tuple[str, ...], start: datetime, end: datetime) -> list[datetime]:
    """Every moment from start to end at which one of the lines fires."""
    fires, found = trigger(lines), list[datetime]()
    moment = fires.get_next_fire_time(None, start)
    while moment is not None and moment <= end:
        found.append(moment)
        moment = fires.get_next_fire_time(moment, moment + timedelta(seconds=1))
    return found


def test_public_inspection_is_read_every_minute_around_the_slots_and_every_five_otherwise() -> None:
    found = runs(Schedule().inspection, at("2019-05-16T08:00"), at("2019-05-16T20:00"))
    assert at("2019-05-16T16:15") in found
    slots = ("08:45", "11:15", "14:00", "16:15", "18:00")
    assert [
        slot for slot in slots for n in (0, 1, 5) if at(f"2019-05-16T{slot}") + timedelta(minutes=n) not in found
    ] == []
    gaps = [later - earlier for earlier, later in pairwise(found)]
    assert max(gaps) <= timedelta(minutes=5)
    assert (found[0], found[-1]) == (at("2019-05-16T08:44"), at("2019-05-16T19:00"))


def test_public_inspection_is_left_alone_on_weekends() -> None:
    assert runs(Schedule().inspection, at("2019-05-18T00:00"), at("2019-05-19T23:59")) == []


def test_the_issue_of_the_day_is_looked_for_from_four_also_on_saturdays() -> None:
    for day in ("2019-05-17", "2019-05-18"):
        assert runs(Schedule().published, at(f"{day}T00:00"), at(f"{day}T12:00"))[0] == at(f"{day}T04:00")


def test_the_codified_lists_are_read_a_few_times_a_day() -> None:
    assert 3 <= len(runs(Schedule().ecfr, at("2019-05-16T00:00"), at("2019-05-16T23:59"))) <= 6


@pytest.mark.parametrize("day", ["2019-03-11", "2019-11-04"])
def test_the_hours_are_those_of_washington_after_the_clocks_change(day: str) -> None:
    before = datetime.fromisoformat(f"{day}T00:00:00-05:00")
    assert trigger(("15 16 * * *",)).get_next_fire_time(None, before) == datetime.fromisoformat(f"{day}T16:15").replace(
        tzinfo=EASTERN
    )


@pytest.mark.parametrize("line", ["99 * * * *", "* * * *", "a b c d e", "0 0 31 2 *"])
def test_a_line_that_never_fires_is_none(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        trigger(("0 6 * * *", line))


def test_the_next_poll_is_that_of_the_first_source_to_come() -> None:
    schedules = Settings(schedule=only(*SOURCES)).schedules
    assert next_poll(schedules, at("2019-05-17T21:20")) == at("2019-05-17T21:35")
    assert next_poll(schedules, at("2019-05-17T21:35")) == at("2019-05-18T04:00")
    assert next_poll(dict.fromkeys(schedules, ()), at("2019-05-17T21:20")) is None


def test_a_page_of_the_operators_own_is_polled_by_its_own_schedule() -> None:
    page = Page(name="names", url="https://names.example/", schedule=("25 21 * * *",))
    schedules = Settings(schedule=only(*SOURCES), pages=(page,)).schedules
    assert next_poll(schedules, at("2019-05-17T21:20")) == at("2019-05-17T21:25")


def test_a_source_without_a_schedule_is_not_announced() -> None:
    scheduler = BackgroundScheduler(timezone=EASTERN)
    for name, lines in structs.asdict(structs.replace(Schedule(), ecfr=())).items():
        scheduler.add_job(print, trigger(lines), id=name)
    scheduler.start(paused=True)
    announced = next_runs(scheduler)
    scheduler.shutdown()
    assert "inspection " in announced
    assert "ecfr" not in announced
