"""The clock as a source: every notice that falls due between two days, each once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta

from monitor.deadlines.licenses.license_reminders import license_notices
from monitor.deadlines.licenses.spans import ONE_DAY
from monitor.deadlines.licenses.steps import steps_announced
from monitor.deadlines.merge import Fault, contradictions_of
from monitor.deadlines.reminders import deadline_notices
from monitor.model.deadlines import CaughtUp, ClockNotice, Deadline, DeadlineKind, Due, NoticeKind
from monitor.model.eastern import count, long_date
from monitor.model.licenses import GeneralLicense

DAYS = (30, 14, 7, 3, 1, 0)


def due(
    deadlines: Sequence[Deadline],
    licenses: Sequence[GeneralLicense],
    *,
    since: date,
    today: date,
    days: Sequence[int] = DAYS,
    holidays: Mapping[date, str] | None = None,
    reported: Collection[str] = frozenset(),
) -> tuple[Due, ...]:
    """Everything due after `since` and up to `today`, Eastern calendar days, oldest first.

    `since` is the last day that was reported to its end: a call in the morning leaves its own day to the next call,
    which passes the day before and, as `reported`, the keys of that morning (see keys_of). What belongs to days before
    today comes as one CaughtUp where more than one day went by. Each day is reported by what was public on it, except
    that a document that the monitor received late (`announced_on`) is reported on the day it was received.
    """
    found: dict[str, ClockNotice] = {}
    faults = contradictions_of(deadlines, licenses)
    for number in range(1, (today - since).days + 1):
        day = since + timedelta(days=number)
        on_day = [*_of_day(deadlines, licenses, day, days, holidays or {}), *_contradictions(faults, day)]
        for notice in on_day:
            if notice.key not in reported:
                found.setdefault(notice.key, notice)
    notices = sorted(found.values(), key=lambda one: (one.on, one.thread, one.key))
    if today - since <= ONE_DAY:
        return tuple(notices)
    missed = tuple(notice for notice in notices if notice.on < today)
    now = tuple(notice for notice in notices if notice.on >= today)
    return (_caught_up(since, today, missed), *now) if missed else now


def keys_of(notice: Due) -> tuple[str, ...]:
    """The keys that a notice reports: its own, and those of everything that a CaughtUp contains."""
    if isinstance(notice, CaughtUp):
        return (notice.key, *(one.key for one in notice.notices))
    return (notice.key,)


def _of_day(
    deadlines: Sequence[Deadline],
    licenses: Sequence[GeneralLicense],
    day: date,
    days: Sequence[int],
    holidays: Mapping[date, str],
) -> Iterator[ClockNotice]:
    for license_ in licenses:
        yield from steps_announced(license_, day, holidays)
        yield from license_notices(license_, day, days, holidays)
    for deadline in deadlines:
        if deadline.kind is not DeadlineKind.LICENSE_END:  # reported with its license above
            yield from deadline_notices(deadline, day, days, holidays)


def _contradictions(faults: Sequence[Fault], day: date) -> Iterator[ClockNotice]:
    for fault in faults:
        if fault.contradiction.announced_on == day:
            yield ClockNotice(
                key=fault.contradiction.key,
                thread=fault.thread,
                kind=NoticeKind.CONTRADICTION,
                on=fault.contradiction.public_on,
                title=fault.title,
                about=fault.about,
                headline=f"Dates that a person must check: {fault.title}",
                says=f"{fault.contradiction.says} Nothing was chosen: read the sentences, and until then keep to the "
                "earlier day.",
                quotes=fault.contradiction.quotes,
            )


def _caught_up(since: date, today: date, missed: tuple[ClockNotice, ...]) -> CaughtUp:
    gap = (today - since).days - 1
    missed_days = f"{gap} {'day' if gap == 1 else 'days'} without a watch, after {long_date(since)}"
    return CaughtUp(
        key=f"caught-up:{since}:{today}:{missed[0].key}",
        since=since,
        today=today,
        headline=f"{count(len(missed), 'notice')} from {missed_days}",
        notices=missed,
    )
