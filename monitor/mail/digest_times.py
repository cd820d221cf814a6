"""When a recipient's next digest is due, in their own time zone, and whether an alert waits for it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.model.eastern import eastern_date
from monitor.model.settings import Recipient, Send, Weekday

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
WEEKDAYS = list(Weekday)


def next_digest(recipient: Recipient, after: datetime) -> datetime | None:
    """The first moment after another at which a recipient's digest is due; None for one who gets all at once."""
    match recipient.send:
        case Send.AT_ONCE:
            return None
        case Send.DAILY:
            weekdays = range(7)
        case Send.WEEKLY:
            only = WEEKDAYS.index(recipient.weekday)
            weekdays = range(only, only + 1)
    day = after.astimezone(recipient.zone).date() - ONE_DAY  # a day can begin late where its midnight does not exist
    while True:
        if day.weekday() in weekdays:
            moment = moment_of(day, recipient.hour, recipient.zone)
            if moment > after:
                return moment
        day += ONE_DAY


def moment_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """An hour of a day, in UTC: the first of two where it occurs twice, the end of the gap where it does not exist."""
    local = datetime.combine(day, time(hour), tzinfo=zone)  # fold=0: the first of two
    moment = local.astimezone(UTC)
    exists = moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
    return moment if exists else end_of_gap(local.replace(fold=1).astimezone(UTC), moment, zone)


def end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which clocks are put forward, between one before and one at or after it (PEP 495)."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > ONE_SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)


def waits_until(recipient: Recipient, now: datetime, cannot_wait: Callable[[date, date], bool]) -> datetime | None:
    """The moment of the digest in which a recipient gets an alert; None where it goes to them at once.

    `cannot_wait` says of the alert whether it must go at once today, and not in the digest of another day, both in
    Washington.
    """
    moment = next_digest(recipient, now)
    if moment is None or cannot_wait(eastern_date(now), eastern_date(moment)):
        return None
    return moment
