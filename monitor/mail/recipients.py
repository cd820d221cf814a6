"""Whom an alert is for."""

from collections.abc import Iterator

from monitor.law.countries import short_name
from monitor.mail.severity import severity_of
from monitor.matching.watchlist import matches
from monitor.model.alert_parts import parts_of
from monitor.model.alerts import (
    Alert,
    AlertBody,
    Announcement,
    Digest,
    DocumentEvent,
    ListChanged,
    MonitoringBegins,
    Notice,
    PageChanged,
    TextChanged,
)
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.deadlines import CaughtUp, ClockNotice
from monitor.model.eastern import eastern_date
from monitor.model.rules import NamedEntry, RuleReading, RuleRow
from monitor.model.settings import Recipient
from monitor.model.severity import NO_DEADLINES, TOPIC_OF_DEADLINE, DeadlineTopic
from monitor.model.weekly_report import WeeklyReport


def is_for(recipient: Recipient, alert: Alert) -> bool:
    """Whether a recipient gets an alert: by topic, countries and severity, or because it has a name of their watchlist.

    An alert without topics, such as the one that confirms the first sight, is for everybody.
    """
    if not alert.topics:
        return True
    if asked_for(recipient, alert) and concerns(recipient, alert.body) and is_grave_enough(recipient, alert):
        return True
    return bool(matches(recipient.watchlist, alert.body))


def asked_for(recipient: Recipient, alert: Alert) -> bool:
    """Whether an alert is of a topic of this reader.

    What the clock tells is of the topics of deadlines; a reader who names none of these gets the deadlines of the kinds
    of documents that they asked for.
    """
    of_clock = deadline_topics(alert.body)
    if of_clock and NO_DEADLINES in recipient.topics:
        return False
    wanted = of_clock if of_clock and names_deadlines(recipient) else alert.topics
    return any(topic in recipient.topics for topic in wanted)


def names_deadlines(recipient: Recipient) -> bool:
    """Whether a reader says which deadlines they want to hear of."""
    return any(topic in recipient.topics for topic in DeadlineTopic)


def deadline_topics(body: AlertBody) -> frozenset[DeadlineTopic]:
    """What the clock speaks of in an alert; nothing in one that is not the clock's."""
    match body:
        case ClockNotice():
            return frozenset((TOPIC_OF_DEADLINE[body.about],))
        case CaughtUp():
            return frozenset(TOPIC_OF_DEADLINE[notice.about] for notice in body.notices)
        case (
            DocumentEvent()
            | ListChanged()
            | TextChanged()
            | Announcement()
            | PageChanged()
            | MonitoringBegins()
            | Notice()
            | Digest()
            | WeeklyReport()
        ):
            return frozenset()


def is_grave_enough(recipient: Recipient, alert: Alert) -> bool:
    """Whether an alert is as grave as the reader wants, on the day on which it was made."""
    return severity_of(alert.body, eastern_date(alert.created_at)).rank >= recipient.least_gravity.rank


def concerns(recipient: Recipient, body: AlertBody) -> bool:
    """Whether an alert has an entry of one of the reader's countries, or may have: prose and licenses are for all."""
    if not recipient.countries:
        return True
    found = countries_of(body)
    return found is None or not found.isdisjoint(recipient.countries)


def countries_of(body: AlertBody) -> frozenset[str] | None:
    """The short names of the countries of all entries of an alert; None where more than entries is at stake."""
    found: set[str] = set()
    for one in parts_of(body):
        match one:
            case ListChanged() if one.changes and not one.notes:
                found |= {short_name(country) for change in one.changes for country in headings_of(change)}
            case DocumentEvent(reading=RuleReading() as reading) if is_of_entries_alone(one, reading):
                found |= {short_name(entry.country) for entry in entries_of(reading)}
            case (
                ListChanged()
                | DocumentEvent()
                | TextChanged()
                | Announcement()
                | PageChanged()
                | ClockNotice()
                | Notice()
            ):
                return None
    return frozenset(found) or None


def headings_of(change: Change) -> Iterator[str]:
    """The headings under which an entry stood and stands."""
    match change:
        case Revision():
            yield from (change.before.country, change.after.country)
        case Merger():
            yield from (change.entry.country, change.into.country)
        case Separation():
            yield from (change.entry.country, change.out_of.country)
        case Addition() | Removal():
            yield change.entry.country


def is_of_entries_alone(event: DocumentEvent, reading: RuleReading) -> bool:
    """Whether all that a document does was read, and is done to entries."""
    whole = not event.text_missing and not reading.unread and not reading.agreement
    return whole and reading.general_license is None and any(True for _ in entries_of(reading))


def entries_of(reading: RuleReading) -> Iterator[NamedEntry | RuleRow]:
    """Every entry that a rule names."""
    for group in (reading.added, reading.revised, reading.removed, reading.moved, reading.reworded, reading.rows):
        yield from group
