"""The Federal Register's calendar: the one place that says whether a day has an issue (CONTRACT.md §4.2)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct

from monitor.model.eastern import EASTERN, eastern_date

DAY = timedelta(days=1)
# By name: month and day; https://www.law.cornell.edu/uscode/text/5/6103
_FIXED = {
    "New Year's Day": (1, 1),
    "Juneteenth": (6, 19),
    "Independence Day": (7, 4),
    "Veterans Day": (11, 11),
    "Christmas Day": (12, 25),
}
# By name: month, weekday, and which of the month; -1 the last.
_FLOATING = {
    "Martin Luther King, Jr., Day": (1, 0, 3),
    "Washington's Birthday": (2, 0, 3),
    "Memorial Day": (5, 0, -1),
    "Labor Day": (9, 0, 1),
    "Columbus Day": (10, 0, 2),
    "Thanksgiving Day": (11, 3, 4),
}
_FIRST_JUNETEENTH = 2022  # a holiday since June 17, 2021, when the issue of the 18th was on its way


class IssueCalendar(Struct, frozen=True, dict=True):
    """The days without an issue and without public inspection.

    `closings` is what holidays.json names, also ad-hoc closings; a year of which it says nothing has the federal
    holidays by their usual rule.
    """

    closings: Mapping[date, str] = MappingProxyType({})

    def closed(self, day: date) -> str | None:
        """Why a day has no issue: Saturday, Sunday, or the name of the closing; None where it has one."""
        if day.weekday() >= 5:
            return f"{day:%A}"
        if day in self.closings:
            return self.closings[day]
        return None if day.year in self._years else federal_holiday(day)

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.closings)

    def has_issue(self, day: date) -> bool:
        """Whether the Federal Register appears on a day."""
        return self.closed(day) is None

    def business_days(self, start: date, end: date) -> int:
        """The days with an issue after one day and up to another."""
        return sum(self.has_issue(start + n * DAY) for n in range(1, (end - start).days + 1))

    def open_hours(self, start: datetime, end: datetime) -> float:
        """The hours between two moments without the days, in Washington, that have no issue."""
        return sum(hours for day, hours in _hours_by_day(start, end) if self.has_issue(day))

    def last_issue(self, moment: datetime, due: time) -> date:
        """The newest day whose issue is due, when each is due at an hour of its day in Washington."""
        local = moment.astimezone(EASTERN)
        day = local.date() if local.time() >= due else local.date() - DAY
        while not self.has_issue(day):
            day -= DAY
        return day

    def next_closing(self, after: date) -> tuple[date, str]:
        """The next weekday without an issue, and its name."""
        day = after + DAY
        while day.weekday() >= 5 or self.has_issue(day):
            day += DAY
        return day, self.closed(day) or ""


def federal_holiday(day: date) -> str | None:
    """The federal holiday that a weekday is, by the usual rule: one on a weekend is kept on the weekday beside it."""
    beside = [day, *(day + n * DAY for n in (-1, 1) if (day + n * DAY).weekday() >= 5)]
    for name, place in _FIXED.items():
        kept = any((near.month, near.day) == place for near in beside)
        if kept and (name != "Juneteenth" or day.year >= _FIRST_JUNETEENTH):
            return name
    return next((name for name, rule in _FLOATING.items() if _is_nth(day, *rule)), None)


def is_business_day(day: date) -> bool:
    """Whether the Federal Register appears on a day by the usual rule, for whoever has no list of closings."""
    return IssueCalendar().has_issue(day)


def _is_nth(day: date, month: int, weekday: int, nth: int) -> bool:
    if (day.month, day.weekday()) != (month, weekday):
        return False
    last = (day + timedelta(days=7)).month != month
    return last if nth < 0 else (day.day - 1) // 7 + 1 == nth


def _hours_by_day(start: datetime, end: datetime) -> Iterator[tuple[date, float]]:
    """The hours of each day in Washington; real ones, also on the days on which the clocks change."""
    moment = start
    while moment.timestamp() < end.timestamp():
        day = eastern_date(moment)
        midnight = datetime.combine(day + DAY, time(), EASTERN)
        until = min(midnight, end, key=datetime.timestamp)
        yield day, (until.timestamp() - moment.timestamp()) / 3600
        moment = until
