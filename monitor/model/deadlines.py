"""What has an end: what was told of it and when, the days themselves, and what readers must hear about them."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from monitor.model.entries import EntryList, Text
from monitor.model.rules import RuleReading


class ReadDocument(Struct, frozen=True, kw_only=True):
    """A document as read, and what the Federal Register says about it.

    `seen_on` is the day on which the watch first had it, where that was later than the day it was made public.
    """

    reading: RuleReading
    document_number: str
    title: str
    filed_at: datetime | None = None
    publication_date: date | None = None
    seen_on: date | None = None


class Codified(Struct, frozen=True, kw_only=True):
    """A supplement as codified on a day; `body` is None where the regulations print no such supplement.

    `supplement` is its name ("Supplement No. 1 to part 736"); `seen_on` as in `ReadDocument`.
    """

    supplement: str
    as_of: date
    body: Text | EntryList | None
    seen_on: date | None = None


class Quoted(Struct, frozen=True):
    """A sentence and where it stands: a document number, or a supplement as of a day."""

    source: str
    sentence: str


class Contradiction(Struct, frozen=True, kw_only=True):
    """Dates that cannot be, or cannot both be: what is wrong, the sentences, and when the public could know.

    `key` names the sources and the fault, so that it is told once.
    """

    key: str
    says: str
    quotes: tuple[Quoted, ...]
    public_on: date
    announced_on: date


class DeadlineKind(StrEnum):
    """What ends or begins on a day."""

    LICENSE_END = "end of a general license"
    SAVINGS_CLAUSE = "end of a savings clause"
    TAKES_EFFECT = "delayed effective date"
    PART_TAKES_EFFECT = "effective date of a part"
    PART_ENDS = "end of a part"
    RULE_ENDS = "end of a temporary rule"
    SUSPENSION_ENDS = "end of a suspension"
    COMMENTS_CLOSE = "end of a comment period"
    VALIDATED_END_USER = "date for validated end-users"
    EFFECTIVITY_NOTE = "effectivity note"


class Move(Struct, frozen=True, kw_only=True):
    """The day that a document sets; None where it sets none that can be read, or ends the matter before."""

    day: date | None
    document_number: str
    sentence: str
    public_on: date
    announced_on: date


class Deadline(Struct, frozen=True, kw_only=True):
    """A day that matters, with everything that moved it; `key` and `moves` outlive every change of the day.

    `moves` stand in the order in which the public could know them, and the last one holds.
    """

    key: str
    kind: DeadlineKind
    title: str
    means: str
    moves: tuple[Move, ...]
    contradictions: tuple[Contradiction, ...] = ()

    def move_on(self, day: date) -> Move | None:
        """The move that held by what was public on a day."""
        return next((m for m in reversed(self.moves) if m.public_on <= day), None)

    @property
    def day(self) -> date | None:
        """The day as last set."""
        return self.moves[-1].day

    @property
    def document_number(self) -> str:
        """The document that set the day."""
        return self.moves[-1].document_number

    @property
    def sentence(self) -> str:
        """The sentence that sets the day."""
        return self.moves[-1].sentence


class NoticeKind(StrEnum):
    """What readers are told."""

    ISSUED = "issued"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    CORRECTED = "corrected"
    CHANGED = "changed"
    REMOVED = "removed"
    SUPERSEDED = "superseded"
    CODIFIED = "found in the regulations"
    REMINDER = "reminder"
    LAPSED = "lapsed"
    STILL_LAPSED = "still lapsed"
    ENDED = "ended"  # and a document says so, or says what follows
    UNCLEAR = "unclear"
    RETURNED = "returned"
    MOVED = "moved"
    CONTRADICTION = "contradiction"


class ClockNotice(Struct, frozen=True, kw_only=True, tag_field="what", tag="clock"):
    """One thing to tell about a license or deadline.

    `about` is what ends or begins; `on` is the day it belongs to; `day` the end or date it speaks of; `days` what is
    left until then, or for an extension what was gained (negative where lost). `headline` is one line, `says` a
    sentence or two.
    """

    key: str
    thread: str
    kind: NoticeKind
    on: date
    title: str
    headline: str
    says: str
    about: DeadlineKind = DeadlineKind.LICENSE_END
    day: date | None = None
    old_day: date | None = None
    days: int | None = None
    document_number: str | None = None
    quotes: tuple[Quoted, ...] = ()


class CaughtUp(Struct, frozen=True, kw_only=True, tag_field="what", tag="caught-up"):
    """What happened while nobody watched: after `since` and before `today`, oldest first, in one notice."""

    key: str
    since: date
    today: date
    headline: str
    notices: tuple[ClockNotice, ...]


Due = ClockNotice | CaughtUp
