"""The proof of silence, from rows of the ledger: how closely each source was watched, and when it was not."""

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


class Watching(Struct, frozen=True, kw_only=True):
    """A source in a period: polls made, the moments of the believed ones, and since when it is owed to be believed.

    `before` is the last believed poll before the period, else the first poll of all.
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


def gaps(watching: Watching, until: datetime) -> Iterator[Gap]:
    """The times between believed polls, the first and the last of the period with what lies beyond it."""
    for since, end in pairwise((watching.before, *watching.good, until)):
        yield Gap(source=watching.name, since=since, until=end)


def week_of(watching: Watching, until: datetime) -> SourceWeek:
    """A source's line of the account."""
    longest = max(gaps(watching, until), key=lambda gap: gap.until - gap.since)
    return SourceWeek(name=watching.name, polls=watching.polls, good=len(watching.good), longest=longest)


def blind(
    sources: Iterable[Watching], until: datetime, calendar: IssueCalendar, stale_after_hours: float
) -> tuple[Gap, ...]:
    """Every time in which a source could have said something unseen, oldest first."""
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
