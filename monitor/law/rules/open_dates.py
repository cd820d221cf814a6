"""Set the dates that depend on publication or filing, once that day is given."""

from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from monitor.model.issue_calendar import is_business_day
from monitor.model.rules import DateBase, RuleReading, SymbolicDate


def set_open_dates(reading: RuleReading, *, published: date | None = None, filed: date | None = None) -> RuleReading:
    """The reading with every open date set that depends on a day now given; the others stay open.

    A number of days that ends on a weekend or holiday runs to the next business day, as the Office of the
    Federal Register counts (https://www.archives.gov/federal-register/write/ddh).
    """
    bases = {DateBase.PUBLICATION: published, DateBase.FILING: filed}
    resolved = {s: day for s in reading.symbolic_dates if (day := bases.get(s.base)) is not None}
    for symbolic, base in resolved.items():
        reading = _set(reading, symbolic.field, _day(symbolic, base))
    still_open = tuple(s for s in reading.symbolic_dates if s not in resolved)
    return replace(reading, symbolic_dates=still_open)


def _day(symbolic: SymbolicDate, base: date) -> date:
    if not symbolic.days:
        return base
    day = base + timedelta(days=symbolic.days)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def _set(reading: RuleReading, field: str, day: date) -> RuleReading:
    owner, _, part = field.partition(".")
    if not part:
        return replace(reading, **{field: day})
    if owner.startswith("partial_dates["):
        index = int(owner.removeprefix("partial_dates[").rstrip("]"))
        dates = list(reading.partial_dates)
        dates[index] = replace(dates[index], on=day)
        return replace(reading, partial_dates=tuple(dates))
    values: dict[str, Any] = {owner: replace(getattr(reading, owner), **{part: day})}
    return replace(reading, **values)
