"""When a reader's next digest is due, in their own time zone, and what cannot wait for it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.mail.severity import severity_of
from monitor.model.alert_parts import AlertPart, parts_of
from monitor.model.alerts import (
    Alert,
    Announcement,
    DocumentEvent,
    ListChanged,
    MonitoringBegins,
    Notice,
    PageChanged,
    TextChanged,
)
from monitor.model.deadlines import ClockNotice, NoticeKind
from monitor.model.documents import Stage
from monitor.model.eastern import eastern_date
from monitor.model.rules import RuleReading
from monitor.model.settings import Recipient, Send, Weekday
from monitor.model.severity import Severity

ONE_DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)
WEEKDAYS = list(Weekday)


def next_digest(recipient: Recipient, after: datetime) -> datetime | None:
    """The first moment after another at which a reader's digest is due; None for one who gets all at once."""
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


def waits_until(recipient: Recipient, alert: Alert, now: datetime) -> datetime | None:
    """The moment of the digest in which a reader gets an alert; None where it goes to them at once.

    At once goes what confirms the first sight, which shows that the way to the reader works, and what is grave and
    whose day would pass before the digest.
    """
    moment = next_digest(recipient, now)
    if moment is None or isinstance(alert.body, MonitoringBegins):
        return None
    today = eastern_date(now)
    grave = (one for one in parts_of(alert.body) if severity_of(one, today) is Severity.HIGH)
    return None if any(passes(one, today, eastern_date(moment)) for one in grave) else moment


def passes(body: AlertPart, today: date, digest: date) -> bool:
    """Whether the day that an alert speaks of is over, in Washington, by the day of the digest."""
    match body:
        case DocumentEvent():
            first_told = body.stage in (Stage.FILED, Stage.PUBLISHED, Stage.READ)  # what holds already is news, too
            return any(day < digest and (first_told or day >= today) for day in days_of(body))
        case ClockNotice():
            return body.kind in OVER or (body.day is not None and today <= body.day < digest)
        case Announcement() | PageChanged():
            return False  # hints, of which none is grave: the rule comes with its days
        case ListChanged() | TextChanged() | Notice():
            return False  # they speak of no day: the list and the text as printed hold already, and were told as filed


OVER = (NoticeKind.LAPSED, NoticeKind.ENDED, NoticeKind.UNCLEAR, NoticeKind.RETURNED)


def days_of(event: DocumentEvent) -> Iterator[date]:
    """The days on which something begins or ends by a document."""
    if event.effective_on is not None:
        yield event.effective_on
    if event.reading is not None:
        yield from (day for day in days_read(event.reading) if day is not None)


def days_read(reading: RuleReading) -> Iterator[date | None]:
    """The days that the text of a document names."""
    yield from (reading.effective_on, reading.applicable_on, reading.effective_through, reading.delayed_until)
    yield from (day for partial in reading.partial_dates for day in (partial.on, partial.through))
    if reading.general_license is not None:
        yield reading.general_license.new_expiry
    if reading.savings_clause is not None:
        yield reading.savings_clause.complete_by
