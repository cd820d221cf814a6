"""What changed between two days, as it is shown, printed and exported."""

from datetime import date, datetime

from msgspec import Struct

from monitor.model.changes import Change, ParagraphChange
from monitor.model.deadlines import DeadlineKind, Move
from monitor.model.documents import Document
from monitor.model.licenses import GeneralLicense, LicenseEvent, LicenseState
from monitor.model.matches import Match


class Evidence(Struct, frozen=True, kw_only=True):
    """The snapshot that is evidence for a day: of which day it is, when it was fetched, and its page for people.

    Where the supplement did not `exist`, the hash is that of the answer that says so.
    """

    as_of: date
    exists: bool
    fetched_at: datetime
    sha256: str
    url: str


class ReportedChange(Struct, frozen=True):
    """A change of a list, the numbers of the rules that explain it, and which names of a watchlist it touches."""

    change: Change
    documents: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()


class ListReport(Struct, frozen=True, kw_only=True):
    """One supplement between two days; `sizes` are its entries on each, None where it was no list.

    `called` is the list that it holds on one of the days, else the supplement's own name.
    """

    name: str
    called: str
    evidence: tuple[Evidence, Evidence]
    sizes: tuple[int | None, int | None]
    entries: tuple[ReportedChange, ...]
    paragraphs: tuple[ParagraphChange, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(entry.change for entry in self.entries)


class LicenseReport(Struct, frozen=True, kw_only=True):
    """A general license on both days (None: not public by then), and the steps that the public got between them."""

    license: GeneralLicense
    before: LicenseState | None
    after: LicenseState | None
    steps: tuple[LicenseEvent, ...]


class DeadlineReport(Struct, frozen=True, kw_only=True):
    """A deadline as it stood on both days (None: no day was set), the moves between them, and the days that passed."""

    key: str
    kind: DeadlineKind
    title: str
    means: str
    before: date | None
    after: date | None
    moves: tuple[Move, ...]
    passed: tuple[date, ...]


class Chosen(Struct, frozen=True, kw_only=True):
    """What a report is limited to; empty: everything. `watchlist` says which file, `names` are its lines."""

    lists: tuple[str, ...] = ()
    entity: str = ""
    country: str = ""
    watchlist: str = ""
    names: tuple[str, ...] = ()

    @property
    def by_name(self) -> bool:
        """Whether only some names are asked for."""
        return bool(self.entity or self.names)

    @property
    def some_entries(self) -> bool:
        """Whether only some entries are asked for."""
        return self.by_name or bool(self.country)


class Report(Struct, frozen=True, kw_only=True):
    """Everything that changed between two days, by what was known at `known_at` (None: by all that is kept).

    `documents` were published between; `cited` are those that changes and steps name, of whatever day. `notes` say
    what the evidence does not cover. `made_at` is when it was made.
    """

    start: date
    end: date
    made_at: datetime
    known_at: datetime | None = None
    chosen: Chosen = Chosen()
    lists: tuple[ListReport, ...]
    licenses: tuple[LicenseReport, ...]
    deadlines: tuple[DeadlineReport, ...]
    documents: tuple[Document, ...]
    cited: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        lists = any(one.entries or one.paragraphs for one in self.lists)
        return not (lists or self.licenses or self.deadlines or self.documents)
