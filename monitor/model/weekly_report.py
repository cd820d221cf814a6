"""The weekly report: how each source was polled, what changed and what comes, so that silence can be proved."""

from datetime import date, datetime

from msgspec import Struct

from monitor.model.eastern import duration


class Gap(Struct, frozen=True, kw_only=True):
    """A time in which no answer of a source was accepted."""

    source: str
    since: datetime
    until: datetime

    @property
    def lasted(self) -> str:
        """How long it was, in words."""
        return duration(self.until - self.since)


class SourceWeek(Struct, frozen=True, kw_only=True):
    """How one source was polled: polls made and accepted, and the longest time without an accepted one."""

    name: str
    polls: int
    good: int
    longest: Gap


class ListState(Struct, frozen=True, kw_only=True):
    """A list as last accepted: how much of it, for which day, unchanged since when, and the hash of its bytes."""

    name: str
    count: str
    as_of: date
    since: date
    sha256: str


class Tally(Struct, frozen=True):
    """How many alerts of one kind were enqueued."""

    kind: str
    number: int


class ComingDeadline(Struct, frozen=True):
    """A deadline of the next days."""

    day: date
    what: str
    title: str


class WeeklyReport(Struct, frozen=True, kw_only=True, tag_field="what", tag="quiet"):
    """The weekly report: what was polled, accepted and reported, so that silence can be proved.

    `polls` and `head` are the number and the link of the last poll in the ledger: the mail is evidence of them.
    """

    since: datetime
    until: datetime
    sources: tuple[SourceWeek, ...]
    blind: tuple[Gap, ...]  # longer than a source may be silent, days without an issue not counted
    requests: int
    standings: tuple[ListState, ...]
    told: tuple[Tally, ...]
    troubles: tuple[str, ...]  # what the monitor itself had to report to the operator
    coming: tuple[ComingDeadline, ...]
    coming_unread: str = ""  # why the deadlines could not be read
    polls: int
    head: str
