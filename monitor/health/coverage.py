"""How closely each source was polled by the rows of the ledger, and when it was not."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor.mail.alert_kinds import counted_as
from monitor.model.alerts import Alert
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.weekly_report import Gap, SourceWeek, Tally

WEEK = timedelta(days=7)


class SourceCoverage(Struct, frozen=True, kw_only=True):
    """A source in a period: the polls made, the moments of the good ones, and from when on good polls are expected.

    `before` is the last good poll before the period, else the first poll of all.
    """

    name: str
    polls: int
    good: tuple[datetime, ...]
    before: datetime


def last_monday(now: datetime, zone: ZoneInfo, hour: int) -> datetime:
    """The newest Monday at an hour of a zone, up to now."""
    local = now.astimezone(zone)
    monday = datetime.combine(local.date() - timedelta(days=local.weekday()), time(hour), zone)
    return monday if monday.timestamp() <= now.timestamp() else monday - WEEK


def gaps(covered: SourceCoverage, until: datetime) -> Iterator[Gap]:
    """The times between good polls; the first one begins before the period, the last one ends with it."""
    for since, end in pairwise((covered.before, *covered.good, until)):
        yield Gap(source=covered.name, since=since, until=end)


def week_of(covered: SourceCoverage, until: datetime) -> SourceWeek:
    """A source's line of the account."""
    longest = max(gaps(covered, until), key=lambda gap: gap.until - gap.since)
    return SourceWeek(name=covered.name, polls=covered.polls, good=len(covered.good), longest=longest)


def blind_gaps(
    sources: Iterable[SourceCoverage], until: datetime, calendar: IssueCalendar, stale_after_hours: float
) -> tuple[Gap, ...]:
    """Every time in which a change of a source could have been missed, oldest first."""
    found = [
        gap
        for source in sources
        for gap in gaps(source, until)
        if calendar.open_hours(gap.since, gap.until) > stale_after_hours
    ]
    return tuple(sorted(found, key=lambda gap: (gap.since, gap.source)))


def tallies(alerts: Sequence[Alert]) -> tuple[Tally, ...]:
    """How many alerts of each kind, the most frequent first."""
    kinds = [counted_as(alert.body) for alert in alerts]
    return tuple(sorted((Tally(kind, kinds.count(kind)) for kind in set(kinds)), key=lambda t: (-t.number, t.kind)))
