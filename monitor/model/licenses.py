"""General licenses and their lives."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from monitor.model.deadlines import Contradiction


class LicenseEventKind(StrEnum):
    """What happened to a license."""

    ISSUED = "issued"
    EXTENDED = "extended"
    SHORTENED = "shortened"
    CORRECTED = "corrected"
    CHANGED = "changed"  # its scope, beneficiaries or conditions
    RESTATED = "restated"  # a document that sets the same end again
    REMOVED = "removed"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    CODIFIED = "found in the regulations"  # without a document that we know


class Weight(StrEnum):
    """What an end that a document states does to the one known before."""

    REPLACES = "replaces the earlier end"
    BESIDE = "stands beside the earlier end"  # they contradict each other, and both are reminded of
    UNREADABLE = "cannot be read or cannot be"  # the earlier end is the last one known


class ScopeChange(Struct, frozen=True, kw_only=True):
    """What the regulations print otherwise after a change."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


class PrintedScope(Struct, frozen=True, kw_only=True):
    """The categories of what a license authorizes as the regulations print them from a day on."""

    as_of: date
    categories: tuple[str, ...]


class LicenseEvent(Struct, frozen=True, kw_only=True):
    """One step in the life of a license.

    `effective_on` is when it holds, `public_on` when everybody could know it, `announced_on` when the monitor did.
    `document_number` is None for what only the regulations say.
    """

    document_number: str | None
    published: date | None
    event: LicenseEventKind
    old_expiry: date | None = None
    new_expiry: date | None = None
    sentence: str
    effective_on: date
    public_on: date
    announced_on: date
    valid_from: date | None = None
    weight: Weight = Weight.REPLACES
    scope: ScopeChange | None = None


class GeneralLicense(Struct, frozen=True, kw_only=True):
    """A general license and all that is known of its life.

    `key` and `thread` are made of the place (and of the day it begins), never of words that are read later.
    `beneficiaries` and `conditions` are those last known; `identifier` and `called` name it as it was first called,
    in full and for a subject line.
    """

    key: str
    thread: str
    identifier: str
    called: str
    name: str
    supplement: str
    general_order: str = ""
    beneficiaries: tuple[str, ...] = ()
    scopes: tuple[PrintedScope, ...] = ()
    conditions: tuple[str, ...] = ()
    history: tuple[LicenseEvent, ...]
    contradictions: tuple[Contradiction, ...] = ()


class LicenseStatus(StrEnum):
    """How a license stands on a day."""

    NOT_YET = "not yet in force"
    IN_FORCE = "in force"
    UNCLEAR = "unclear"  # past one of the ends that documents state, and not past another
    GAP = "gap"  # ended, and in force again later
    LAPSED = "lapsed"  # ended, and no document says so
    REMOVED = "removed"
    SUPERSEDED = "superseded"


class LicenseState(Struct, frozen=True, kw_only=True):
    """A license on a day, by the documents effective by then; periods are inclusive, Eastern calendar days.

    `valid_through` is the earliest end where documents disagree, and then `ends` has them all. It is None once
    the license has ended (see `ended_on`) and where no end is stated.
    """

    status: LicenseStatus
    valid_from: date | None = None
    valid_through: date | None = None
    days_left: int | None = None
    ended_on: date | None = None
    ends: tuple[date, ...] = ()
    scope: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


class LicenseStep(Struct, frozen=True, kw_only=True):
    """One step as it is shown; `document_number` is None for what only the regulations say."""

    document_number: str | None
    published: date | None
    event: LicenseEventKind
    old_expiry: date | None
    new_expiry: date | None
    sentence: str


class LicenseRow(Struct, frozen=True, kw_only=True):
    """A license on a day as it is shown; the fields of the JSON output."""

    identifier: str
    name: str
    beneficiaries: tuple[str, ...]
    scope: tuple[str, ...]
    conditions: tuple[str, ...]
    status: LicenseStatus
    valid_from: date | None
    valid_through: date | None
    days_left: int | None
    ended_on: date | None
    contradictions: tuple[str, ...]
    history: tuple[LicenseStep, ...]
