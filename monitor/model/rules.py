"""What a rule of the Federal Register says: what it does, to whom, and every date in it."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from monitor.model.documents import CfrReference, Kind

__all__ = [
    "Action",
    "CfrReference",
    "Classification",
    "DateBase",
    "GeneralLicenseAction",
    "Instruction",
    "Kind",
    "LicenseStatus",
    "NamedEntry",
    "PartialDate",
    "Reason",
    "RuleMetadata",
    "RuleReading",
    "RuleRow",
    "SavingsClause",
    "StatedCounts",
    "SymbolicDate",
]


class Action(StrEnum):
    """What an instruction does to an entry."""

    ADD = "add"
    REVISE = "revise"
    REMOVE = "remove"


class RuleMetadata(Struct, frozen=True, kw_only=True):
    """What the Federal Register says about a document, under the names of its API.

    `publication_date` is the scheduled one while the document stands on public inspection; `agencies` are
    slugs or names.
    """

    document_number: str
    title: str
    type: str
    action: str | None = None
    abstract: str | None = None
    dates: str | None = None
    publication_date: date | None = None
    agencies: tuple[str, ...] = ()
    cfr_references: tuple[CfrReference, ...] = ()


class Reason(Struct, frozen=True):
    """Why something was read as it was; `quote` is the document's own sentence."""

    why: str
    quote: str


class Classification(Struct, frozen=True):
    """The leading kind of a document, what else it does, and why."""

    kind: Kind
    also: tuple[Kind, ...] = ()
    reasons: tuple[Reason, ...] = ()


class NamedEntry(Struct, frozen=True):
    """An entry by its country (the official heading) and its name, on the list of that kind."""

    country: str
    name: str
    list: Kind = Kind.ENTITY_LIST_RULE


class Instruction(Struct, frozen=True, kw_only=True):
    """One thing an amendatory instruction does to entries of one country.

    `count` is what it states in words ("two entries") where it gives no names; `sweep` where it rewords a
    column of many entries at once.
    """

    number: str
    list: Kind
    action: Action
    country: str
    names: tuple[str, ...] = ()
    count: int | None = None
    sweep: bool = False
    quote: str = ""


class RuleRow(Struct, frozen=True, kw_only=True):
    """One row of a table of entries, continuation rows joined; the cells are plain text.

    Aliases and addresses are empty where they cannot be told apart with confidence, as in plain text.
    """

    country: str
    name: str
    entity: str
    license_requirement: str
    license_review_policy: str
    citation: str
    list: Kind = Kind.ENTITY_LIST_RULE
    action: Action | None = None
    footnotes: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


class StatedCounts(Struct, frozen=True, kw_only=True):
    """What the document counts itself; None where it does not say.

    `added` is in the larger unit the document names, entities or entries; zero stands where neither title,
    summary nor instructions do such a thing.
    """

    entities: int | None = None
    entries: int | None = None
    addresses: int | None = None
    added: int | None = None
    removed: int | None = None
    revised: int | None = None
    by_country: dict[str, int] | None = None


class DateBase(StrEnum):
    """What a date that is still open hangs on."""

    PUBLICATION = "date of publication"
    FILING = "date of filing for public inspection"
    UNKNOWN = "another day"


class SymbolicDate(Struct, frozen=True):
    """A date still open in the document: `field` is set to the base plus `days` when the base is known."""

    field: str
    words: str
    base: DateBase
    days: int = 0


class PartialDate(Struct, frozen=True):
    """When a part of the rule takes effect, in the words of the document ("amendatory instruction 11")."""

    covers: str
    on: date | None
    through: date | None = None
    instructions: tuple[str, ...] = ()


class LicenseStatus(StrEnum):
    """What a rule does to a general license."""

    ISSUED = "issued"
    EXTENDED = "extended"
    EXTENDED_AND_AMENDED = "extended and amended"
    NARROWED = "narrowed"
    AMENDED = "amended"
    REVOKED = "revoked"
    REMOVED = "removed"


class GeneralLicenseAction(Struct, frozen=True, kw_only=True):
    """What becomes of a general license; its periods are inclusive."""

    name: str
    status: LicenseStatus
    valid_from: date | None = None
    old_expiry: date | None = None
    new_expiry: date | None = None


class SavingsClause(Struct, frozen=True, kw_only=True):
    """Goods en route on a day may still proceed, and until when (None: no end was found)."""

    en_route_on: date | None = None
    complete_by: date | None = None


class RuleReading(Struct, frozen=True, kw_only=True):
    """Everything read from one document; `unread` names, a sentence each, what could not be read."""

    document_number: str
    kind: Kind
    also: tuple[Kind, ...] = ()
    reasons: tuple[Reason, ...] = ()
    effective_on: date | None = None
    applicable_on: date | None = None
    effective_through: date | None = None
    delayed_until: date | None = None
    partial_dates: tuple[PartialDate, ...] = ()
    symbolic_dates: tuple[SymbolicDate, ...] = ()
    comments_close_on: date | None = None
    stated_counts: StatedCounts = StatedCounts()
    added: tuple[NamedEntry, ...] = ()
    removed: tuple[NamedEntry, ...] = ()
    revised: tuple[NamedEntry, ...] = ()
    moved: tuple[NamedEntry, ...] = ()  # taken out only to stand elsewhere
    reworded: tuple[NamedEntry, ...] = ()  # changed in one sweep, which rules do not count as revised
    rows: tuple[RuleRow, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    license_requirement: str | None = None
    license_review_policy: str | None = None
    license_exceptions: str | None = None
    footnotes: tuple[str, ...] = ()
    stated_reason: str | None = None
    general_license: GeneralLicenseAction | None = None
    savings_clause: SavingsClause | None = None
    corrects: str | None = None
    agreement: tuple[str, ...] = ()
    quotes: dict[str, str] = {}
    unread: tuple[str, ...] = ()

    @property
    def entry_groups(self) -> dict[str, tuple[NamedEntry, ...]]:
        """The entries that the rule names, by what it does to them."""
        return {
            "added": self.added,
            "revised": self.revised,
            "removed": self.removed,
            "moved": self.moved,
            "reworded": self.reworded,
        }
