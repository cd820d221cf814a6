"""How severe an alert is, by its effect in law.

High    Entries are added to a list. There is a presumption or policy of denial. A general license is narrowed,
        revoked or removed, ends, or lapses. What may be used or done ends within seven days. A suspended rule comes
        back. A document is withdrawn, vanishes, or is not followed by the eCFR. Sources contradict each other. A rule
        on a list or a license of which it could not be read what it does. A denial order.
Medium  Entries are revised, moved or taken off. A general license is issued, extended or amended. A day is moved, a
        rule is delayed, rescheduled or corrected. A reminder of an end further away, or of a first day; a license
        that is still lapsed. The words of a supplement or around a list change. Any other rule, and what a search of
        the operator's found. A press release of BIS, whatever it announces. A web page says something else.
Low     A title or the end of a comment period is corrected. A document is printed as it was reported when it was
        filed, and a list says what the rule was reported to do. A comment period, whatever becomes of it. What BIS
        prints besides rules. Only digits or dates of a web page change. What concerns the monitor itself.

A baseline, days that are caught up, and a digest are as severe as the most severe thing in them.
"""

from datetime import date, timedelta

from monitor.diff.rule_facts import COMPARED, last_days
from monitor.model.alerts import Difference, DocumentEvent, ListChanged, PageChanged, TextChanged
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.deadlines import ClockNotice, NoticeKind
from monitor.model.documents import Kind, Stage
from monitor.model.entries import Entry, PolicyKind
from monitor.model.rules import LicenseStatus, RuleReading
from monitor.model.severity import TOPIC_OF_DEADLINE, DeadlineTopic, Severity, most_severe

SOON = timedelta(days=7)
DENIAL = (PolicyKind.PRESUMPTION_OF_DENIAL, PolicyKind.POLICY_OF_DENIAL)


def of_document(event: DocumentEvent, today: date) -> Severity:
    """How severe a step in the life of a document is."""
    match event.stage:
        case Stage.WITHDRAWN | Stage.VANISHED | Stage.UNCODIFIED:
            return Severity.HIGH
        case Stage.RESCHEDULED | Stage.OVERDUE:
            return Severity.MEDIUM
        case Stage.CHANGED:
            return most_severe([of_difference(difference) for difference in event.differences])
        case Stage.PUBLISHED if event.as_filed and not event.differences:
            return Severity.LOW
        case Stage.FILED | Stage.PUBLISHED | Stage.READ:
            return OF_KIND_UNREAD[event.kind] if event.reading is None else of_reading(event.reading, today)


OF_KIND = {
    # What a rule is at least, of whatever it says in detail.
    Kind.ENTITY_LIST_RULE: Severity.MEDIUM,
    Kind.UNVERIFIED_LIST: Severity.MEDIUM,
    Kind.MEU_LIST: Severity.MEDIUM,
    Kind.GENERAL_LICENSE: Severity.MEDIUM,
    Kind.DENIAL_ORDER: Severity.HIGH,  # nobody may deal with those whom it names
    Kind.CORRECTION: Severity.MEDIUM,
    Kind.VEU: Severity.MEDIUM,
    Kind.LIST_FRAMEWORK: Severity.MEDIUM,
    Kind.SUPPLY_CHAIN: Severity.MEDIUM,
    Kind.COMMENT_REQUEST: Severity.LOW,
    Kind.NOT_RELEVANT: Severity.LOW,
    Kind.SEARCH: Severity.MEDIUM,  # documents of others, of which recipients of rules know little
    Kind.PAGE: Severity.MEDIUM,
}
# What a rule does whose text is not read yet, or names nobody that could be read, is not known: it counts as the
# most severe that such a rule can be.
OF_KIND_UNREAD = OF_KIND | {
    Kind.ENTITY_LIST_RULE: Severity.HIGH,
    Kind.UNVERIFIED_LIST: Severity.HIGH,
    Kind.MEU_LIST: Severity.HIGH,
    Kind.GENERAL_LICENSE: Severity.HIGH,
}
OF_LICENSE = {
    LicenseStatus.ISSUED: Severity.MEDIUM,
    LicenseStatus.EXTENDED: Severity.MEDIUM,
    LicenseStatus.EXTENDED_AND_AMENDED: Severity.MEDIUM,
    LicenseStatus.AMENDED: Severity.MEDIUM,
    LicenseStatus.NARROWED: Severity.HIGH,
    LicenseStatus.REVOKED: Severity.HIGH,
    LicenseStatus.REMOVED: Severity.HIGH,
}


def of_reading(reading: RuleReading, today: date) -> Severity:
    """How severe it is what the text of a document says."""
    of_kind = OF_KIND if is_understood(reading) else OF_KIND_UNREAD
    found = [of_kind[reading.kind], *(OF_KIND[kind] for kind in reading.also)]
    if reading.added or denies(reading) or any(is_soon(day, today) for day in last_days(reading)):
        found.append(Severity.HIGH)
    if reading.general_license is not None:
        found.append(OF_LICENSE[reading.general_license.status])
    return most_severe(found)


def is_understood(reading: RuleReading) -> bool:
    """Whether it was read to whom a rule does something, or what becomes of a general license."""
    return any(reading.entry_groups.values()) or reading.general_license is not None


def denies(reading: RuleReading) -> bool:
    """Whether applications will be denied, or are presumed to be."""
    policy = " ".join((reading.license_review_policy or "").casefold().split())
    return "presumption of denial" in policy or "policy of denial" in policy


def is_soon(day: date | None, today: date) -> bool:
    """Whether a day is today or within the next seven."""
    return day is not None and today <= day <= today + SOON


OF_DIFFERENCE = {fact.label: fact.severity for fact in COMPARED} | {
    # What the Federal Register itself corrects about a document.
    "title": Severity.LOW,
    "dates as printed": Severity.MEDIUM,
}


def of_difference(difference: Difference) -> Severity:
    """How severe it is that a fact is stated otherwise than before; one that has no line above counts as medium."""
    return OF_DIFFERENCE.get(difference.field, Severity.MEDIUM)


def of_text(body: TextChanged) -> Severity:
    """How severe the change of a supplement is."""
    return Severity.HIGH if body.gone else Severity.MEDIUM


def of_page(body: PageChanged) -> Severity:
    """How severe the change of a web page is; a counter changes nothing in law."""
    return Severity.LOW if body.minor else Severity.MEDIUM


def of_list(body: ListChanged) -> Severity:
    """How severe the change of a list is beyond what was reported of its rule; its notes are law, too."""
    new = body.changes[: len(body.changes) - body.as_told]
    return most_severe([*(of_change(change) for change in new), *(Severity.MEDIUM for _ in body.notes)])


def of_change(change: Change) -> Severity:
    """How severe the change of an entry is."""
    match change:
        case Addition():
            return Severity.HIGH
        case Revision():
            return Severity.HIGH if is_denied(change.after) and not is_denied(change.before) else Severity.MEDIUM
        case Removal() | Merger() | Separation():
            return Severity.MEDIUM


def is_denied(entry: Entry) -> bool:
    """Whether a license for an entry is denied, or presumed to be, for anything."""
    return any(policy.kind in DENIAL for policy in entry.policies)


def of_notice(notice: ClockNotice, today: date) -> Severity:
    """How severe a notice of the clock is; a comment period is low whatever becomes of it."""
    topic = TOPIC_OF_DEADLINE[notice.about]
    match notice.kind:
        case NoticeKind.CONTRADICTION:
            return Severity.HIGH
        case _ if topic is DeadlineTopic.COMMENT_PERIODS:
            return Severity.LOW
        case (
            NoticeKind.SHORTENED
            | NoticeKind.REMOVED
            | NoticeKind.LAPSED
            | NoticeKind.ENDED
            | NoticeKind.UNCLEAR
            | NoticeKind.RETURNED
        ):
            return Severity.HIGH
        case (
            NoticeKind.ISSUED
            | NoticeKind.EXTENDED
            | NoticeKind.CORRECTED
            | NoticeKind.CHANGED
            | NoticeKind.SUPERSEDED
            | NoticeKind.CODIFIED
            | NoticeKind.REMINDER
            | NoticeKind.MOVED
        ):
            is_end = topic is not DeadlineTopic.EFFECTIVE_DATES
            return Severity.HIGH if is_end and is_soon(notice.day, today) else Severity.MEDIUM
        case NoticeKind.STILL_LAPSED:  # its lapse was reported as high
            return Severity.MEDIUM
