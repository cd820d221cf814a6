"""Alerts: what recipients get mail about, each with a key that names its cause."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from monitor.model.changes import Change, ParagraphChange
from monitor.model.deadlines import CaughtUp, ClockNotice
from monitor.model.documents import Kind, Stage
from monitor.model.rules import RuleReading
from monitor.model.weekly_report import WeeklyReport


class Link(Struct, frozen=True):
    """An official page and what it is."""

    label: str
    url: str


class Difference(Struct, frozen=True):
    """A fact of a document before and after, in words."""

    field: str
    before: str
    after: str


class DocumentEvent(Struct, frozen=True, kw_only=True, tag_field="what", tag="document"):
    """A step in the life of one Federal Register document.

    `reading` is what its text says; None, with `text_missing`, where there is none yet. `sha256` is of that text.
    `as_filed`: its text as filed was reported, and the text as printed says nothing else as far as it is there.
    """

    stage: Stage
    kind: Kind
    document_number: str
    title: str
    type: str
    action: str | None = None
    filed_at: datetime | None = None
    publication_date: date | None = None
    previous_publication_date: date | None = None
    effective_on: date | None = None
    dates: str | None = None
    abstract: str | None = None
    citation: str | None = None
    editorial_note: str | None = None
    reading: RuleReading | None = None
    text_missing: str = ""
    sha256: str = ""
    as_filed: bool = False
    differences: tuple[Difference, ...] = ()
    corrects: str | None = None  # the number of the document that this one corrects
    search: str = ""  # the name of the operator's search that found it
    announced: str = ""  # the press release that seems to be about it, and why
    links: tuple[Link, ...] = ()


class Rule(Struct, frozen=True, kw_only=True):
    """The rule that explains a change of a list, and how the list bears it out.

    `in_short` is what it does in the words of its own mails, or its title; `agreeing` of `expected` entries are as it
    states, None where its text is not there.
    """

    document_number: str
    citation: str | None
    in_short: str
    expected: int | None = None
    agreeing: int | None = None


class ListChanged(Struct, frozen=True, kw_only=True, tag_field="what", tag="list"):
    """A list says something else than it did, as far as one rule explains it, or as far as none does.

    `changes` has first what was not reported before, and then `as_told` additions and removals that the rule named and
    the list bears out.
    """

    name: str
    as_of_before: date
    as_of: date
    changes: tuple[Change, ...]
    notes: tuple[ParagraphChange, ...] = ()  # of the words around the table and its footnotes
    total: int
    sha256: str
    rule: Rule | None = None
    as_told: int = 0
    documents: tuple[Link, ...] = ()
    agreements: tuple[str, ...] = ()  # the rule against the list, in a sentence
    links: tuple[Link, ...] = ()


class TextChanged(Struct, frozen=True, kw_only=True, tag_field="what", tag="text"):
    """A prose supplement says something else; `appeared` and `gone` where all of it came or went."""

    name: str
    heading: str
    as_of_before: date
    as_of: date
    changes: tuple[ParagraphChange, ...]
    sha256: str
    appeared: bool = False
    gone: bool = False
    documents: tuple[Link, ...] = ()
    links: tuple[Link, ...] = ()


class Announcement(Struct, frozen=True, kw_only=True, tag_field="what", tag="announced"):
    """A press release: an early signal that often comes before its rule, and binds nobody.

    `said` are its sentences on lists and licenses; `documents` those reported before that it may be about, and `shared`
    what both say where it is a single one, in whose thread it then stands.
    """

    title: str
    dated: str  # as printed
    kinds: tuple[Kind, ...]
    said: tuple[str, ...]
    links: tuple[Link, ...]
    documents: tuple[Link, ...] = ()
    shared: tuple[str, ...] = ()


class PageChanged(Struct, frozen=True, kw_only=True, tag_field="what", tag="page"):
    """A web page says something else than it did; `minor`: only digits and dates, such as of a counter."""

    label: str
    heading: str
    before_at: datetime
    changes: tuple[ParagraphChange, ...]
    minor: bool
    sha256: str
    links: tuple[Link, ...]


class BaselineItem(Struct, frozen=True, kw_only=True):
    """One thing in a baseline: what it is, how much of it, as of when, and the hash of the kept bytes."""

    name: str
    count: str
    as_of: date
    sha256: str


class MonitoringBegins(Struct, frozen=True, kw_only=True, tag_field="what", tag="baseline"):
    """The baseline of one or more sources; from here on changes are reported."""

    watched: tuple[BaselineItem, ...]
    pending: tuple[DocumentEvent, ...] = ()


class Notice(Struct, frozen=True, kw_only=True, tag_field="what", tag="notice"):
    """Something about the monitor itself, for the operator: what, why, and what to do."""

    title: str
    reason: str
    advice: str


class Digest(Struct, frozen=True, kw_only=True, tag_field="what", tag="digest"):
    """Several alerts in one mail, for a recipient who asked for that; `since` and `until` bound the period."""

    since: datetime
    until: datetime
    alerts: tuple["Alert", ...]


AlertBody = (
    DocumentEvent
    | ListChanged
    | TextChanged
    | Announcement
    | PageChanged
    | MonitoringBegins
    | Notice
    | ClockNotice
    | CaughtUp
    | Digest
    | WeeklyReport
)


class Audience(StrEnum):
    """Whom an alert is for; nobody gets the other's."""

    RECIPIENTS = "readers"
    OPERATOR = "operator"
    WEEKLY_REPORT = "witnesses"  # recipients who asked for the weekly report


class Alert(Struct, frozen=True, kw_only=True):
    """Something recipients must know; `key` names its cause, `thread` the legal action, `topics` who asked for it.

    Without topics it goes to everybody.
    """

    key: str
    thread: str
    topics: tuple[Kind, ...]
    created_at: datetime
    body: AlertBody
    audience: Audience = Audience.RECIPIENTS


def operator_alert(key: str, thread: str, body: Notice, now: datetime) -> Alert:
    """An alert for the operator alone."""
    return Alert(key=key, thread=thread, topics=(), created_at=now, body=body, audience=Audience.OPERATOR)
