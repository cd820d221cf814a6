"""Days with an issue, and hours and days counted by them."""

from datetime import date, datetime, time, timedelta

import pytest
from harness import at, need_shared
from hypothesis import given
from hypothesis import strategies as st

from monitor.model.eastern import EASTERN
from monitor.model.issue_calendar import IssueCalendar, federal_holiday, is_business_day

USUAL = IssueCalendar()
FRIDAY = at("2019-05-17T16:00")
MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2022, 12, 31), timezones=st.just(EASTERN))  # noqa: DTZ001 - naive bounds
DAYS = st.dates(date(2018, 1, 1), date(2024, 12, 31))
CALENDARS = st.dictionaries(DAYS, st.just("Some Day"), max_size=20).map(IssueCalendar)


# -- days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2019-01-01", "New Year's Day"),
        ("2019-01-21", "Martin Luther King, Jr., Day"),
        ("2019-02-18", "Washington's Birthday"),
        ("2019-05-27", "Memorial Day"),
        ("2019-07-04", "Independence Day"),
        ("2019-09-02", "Labor Day"),
        ("2019-10-14", "Columbus Day"),
        ("2019-11-11", "Veterans Day"),
        ("2019-11-28", "Thanksgiving Day"),
        ("2019-12-25", "Christmas Day"),
        ("2020-07-03", "Independence Day"),  # the Friday before a Saturday
        ("2022-06-20", "Juneteenth"),  # the Monday after a Sunday
        ("2021-12-31", "New Year's Day"),
    ],
)
def test_federal_holidays_are_computed_where_no_list_was_ever_kept(day: str, name: str) -> None:
    assert USUAL.closed(date.fromisoformat(day)) == name


def test_the_federal_holidays_of_every_year_are_those_of_the_registers_list() -> None:
    need_shared()
    from replay_corpus import federal_holidays

    for year in {*range(2010, 2031)} - {2021}:  # the year in which Juneteenth came at a day's notice
        listed = {d for d, n in federal_holidays(year).items() if n != "Inauguration Day" and d.year == year}
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
        computed = {day for day in days if day.weekday() < 5 and federal_holiday(day)}
        assert {d for d in computed ^ listed if d.month != 12 or d.day < 30} == set(), year


def test_juneteenth_was_a_business_day_before_it_was_a_holiday() -> None:
    assert is_business_day(date(2019, 6, 19))
    assert not is_business_day(date(2023, 6, 19))


def test_the_kept_list_decides_over_the_rule_in_the_years_it_speaks_of() -> None:
    kept = IssueCalendar({date(2019, 12, 24): "Extension of Christmas Holiday"})
    assert kept.closed(date(2019, 12, 24)) == "Extension of Christmas Holiday"
    assert kept.has_issue(date(2019, 12, 25))  # a list without it says that there is an issue
    assert not kept.has_issue(date(2020, 12, 25))  # of that year the list says nothing


@given(CALENDARS, DAYS)
def test_a_weekend_never_has_an_issue(calendar: IssueCalendar, day: date) -> None:
    assert calendar.has_issue(day) <= (day.weekday() < 5)


@given(CALENDARS, st.lists(DAYS, min_size=3, max_size=3))
def test_business_days_add_up(calendar: IssueCalendar, days: list[date]) -> None:
    first, middle, last = sorted(days)
    parts = calendar.business_days(first, middle) + calendar.business_days(middle, last)
    assert parts == calendar.business_days(first, last)


def test_weekends_and_holidays_are_no_business_days() -> None:
    assert USUAL.business_days(date(2019, 5, 21), date(2019, 5, 29)) == 5  # without a weekend and Memorial Day


@given(CALENDARS, MOMENTS)
def test_the_last_issue_is_due_and_no_later_one_is(calendar: IssueCalendar, moment: datetime) -> None:
    day = calendar.last_issue(moment, time(9))
    assert calendar.has_issue(day)
    assert datetime.combine(day, time(9), EASTERN).timestamp() <= moment.timestamp()
    following = day + timedelta(days=1)
    while datetime.combine(following, time(9), EASTERN).timestamp() <= moment.timestamp():
        assert not calendar.has_issue(following)
        following += timedelta(days=1)


@given(CALENDARS, DAYS)
def test_the_next_closing_is_a_weekday_without_an_issue(calendar: IssueCalendar, day: date) -> None:
    found, name = calendar.next_closing(day)
    assert found > day
    assert found.weekday() < 5
    assert calendar.closed(found) == name


# -- hours


@given(CALENDARS, st.lists(MOMENTS, min_size=3, max_size=3))
def test_open_hours_add_up(calendar: IssueCalendar, moments: list[datetime]) -> None:
    first, middle, last = sorted(moments, key=datetime.timestamp)
    whole = calendar.open_hours(first, last)
    parts = calendar.open_hours(first, middle) + calendar.open_hours(middle, last)
    assert parts == pytest.approx(whole, abs=1e-6)


@given(CALENDARS, MOMENTS, st.floats(0, 400))
def test_open_hours_are_at_most_the_hours_of_the_clock_on_the_wall(
    calendar: IssueCalendar, start: datetime, hours: float
) -> None:
    end = datetime.fromtimestamp(start.timestamp() + hours * 3600, EASTERN)
    assert 0 <= calendar.open_hours(start, end) <= hours + 1e-6


@given(MOMENTS, MOMENTS)
def test_time_does_not_run_backwards(one: datetime, other: datetime) -> None:
    first, last = sorted((one, other), key=datetime.timestamp)
    assert USUAL.open_hours(last, first) == 0


@given(st.dates(date(2018, 1, 1), date(2022, 12, 31)))
def test_a_day_has_all_its_hours_or_none(day: date) -> None:
    start = datetime.combine(day, time(), EASTERN)
    end = datetime.combine(day + timedelta(days=1), time(), EASTERN)
    assert USUAL.open_hours(start, end) == (24 if is_business_day(day) else 0)  # the clocks change on Sundays


def test_weekends_and_holidays_do_not_count() -> None:
    assert USUAL.open_hours(at("2019-05-18T00:00"), at("2019-05-20T00:00")) == 0
    assert USUAL.open_hours(FRIDAY, at("2019-05-20T09:00")) == pytest.approx(8 + 9)
    assert USUAL.open_hours(at("2019-05-24T16:00"), at("2019-05-28T09:00")) == pytest.approx(8 + 9)  # Memorial Day


@pytest.mark.parametrize("sunday", ["2019-03-10", "2019-11-03"])
def test_the_change_of_the_clocks_falls_on_a_sunday_and_does_not_count(sunday: str) -> None:
    change = at(f"{sunday}T12:00")
    assert USUAL.open_hours(change - timedelta(days=2), change + timedelta(days=1)) == pytest.approx(24)


def test_days_are_those_of_washington() -> None:
    late = datetime.fromisoformat("2019-05-18T02:00:00+00:00")  # Friday evening there
    assert USUAL.open_hours(late, late + timedelta(hours=10)) == pytest.approx(2)
