"""What a backfill has to do: days on which supplements changed, months of documents; the newest first.

The newest first, so that what an interrupted one kept is like a monitor that began on a later day: an extension is
known before the license that it extends, and nothing looks ended that is not.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from monitor.model.eastern import eastern_date
from monitor.sources.versions import Version
from monitor.store import KeptDay, Span

ONE_DAY = timedelta(days=1)
SETTLED = timedelta(days=7)  # the eCFR has followed an issue by then (§5.2)


class Days(Struct, frozen=True):
    """Days that are one unit of work: months of documents, or a supplement between two of its versions."""

    since: date
    until: date


def months(since: date, until: date) -> Iterator[Days]:
    """The calendar months of a range, the newest first; the outer ones as far as they are in it."""
    while since <= until:
        first = max(since, until.replace(day=1))
        yield Days(first, until)
        until = first - ONE_DAY


def version_days(versions: Iterable[Version], kept: Iterable[KeptDay], since: date, until: date) -> list[Days]:
    """Between which days of a range a supplement says the same, the newest first.

    A rule that took effect before its issue changed days that were polled without it: these are looked at again.
    """
    versions = list(versions)
    days = {since} | {day for version in versions for day in (version.amendment_date, version.issue_date)}
    days |= {one.as_of for one in kept if one.monitored and issued(versions, one.as_of) > one.as_of}
    starts = sorted(day for day in days if since <= day <= until)
    ends = [day - ONE_DAY for day in starts[1:]] + [until]
    return [Days(start, end) for start, end in zip(starts, ends, strict=True)][::-1] if since <= until else []


def issued(versions: Sequence[Version], day: date) -> date:
    """The last issue that one has to know to know what the text of a day is."""
    return max((version.issue_date for version in versions if version.amendment_date <= day), default=date.min)


def is_done(days: Days, needed: date, covered: Iterable[Span]) -> bool:
    """Whether an earlier backfill finished all of these days, and knew the last issue that changes them."""
    return any(
        span.since <= days.since and days.until <= span.until and needed <= span.known_through for span in covered
    )


def is_kept(day: date, needed: date, kept: Iterable[KeptDay]) -> bool:
    """Whether what is kept of a day was fetched when the last issue that changes it was known."""
    return any(
        one.as_of == day and needed <= (one.as_of if one.monitored else eastern_date(one.fetched_at) - SETTLED)
        for one in kept
    )
