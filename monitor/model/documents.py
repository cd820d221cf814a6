"""What the Federal Register says about its documents."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a document does; also the topics that a recipient can ask for."""

    ENTITY_LIST_RULE = "entity-list-rule"
    GENERAL_LICENSE = "general-license"
    CORRECTION = "correction"
    UNVERIFIED_LIST = "unverified-list"
    MEU_LIST = "meu-list"
    VEU = "veu"
    LIST_FRAMEWORK = "list-framework"
    SUPPLY_CHAIN = "supply-chain"
    COMMENT_REQUEST = "comment-request"
    DENIAL_ORDER = "denial-order"
    NOT_RELEVANT = "not-relevant"
    SEARCH = "search"  # found by a search of the operator's own, whatever it does
    PAGE = "page"  # a page of the operator's own


class Stage(StrEnum):
    """A step in the life of a document."""

    FILED = "filed"
    RESCHEDULED = "rescheduled"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"
    READ = "read"  # its text came after it was first reported
    CHANGED = "changed"  # its text or its metadata say something else than was reported
    OVERDUE = "overdue"  # the day of its publication passed without it
    UNCODIFIED = "not codified"  # business days after its publication, the list does not say what it said
    VANISHED = "vanished"  # published, and absent from two fresh complete answers


class Filing(Struct, frozen=True, kw_only=True):
    """A document on public inspection; `filed_at` and `publication_date` are both None once it is withdrawn."""

    document_number: str
    title: str
    type: str
    filed_at: datetime | None
    publication_date: date | None
    editorial_note: str | None
    pdf_url: str
    html_url: str
    raw_text_url: str
    pdf_updated_at: datetime | None = None  # moves when the agency replaces the text (CONTRACT.md §3.5)


class CfrReference(Struct, frozen=True):
    """A part of the Code of Federal Regulations that a document touches."""

    title: int
    part: int | None = None


class Document(Struct, frozen=True, kw_only=True):
    """A published document; identified by `document_number` and `publication_date` together."""

    document_number: str
    publication_date: date
    title: str
    type: str
    action: str | None
    abstract: str | None
    dates: str | None
    effective_on: date | None
    citation: str | None
    volume: int | None
    start_page: int | None
    end_page: int | None
    html_url: str
    pdf_url: str | None
    raw_text_url: str
    full_text_xml_url: str | None
    cfr_references: tuple[CfrReference, ...]
    comments_close_on: date | None
    correction_of: str | None  # the API address of the document that this one corrects
    agencies: tuple[str, ...] = ()  # by their short names in addresses; those unknown to the site as printed


BUREAU = "industry-and-security-bureau"


def is_withdrawn(filing: Filing) -> bool:
    """Both moments are null once the agency withdrew the document (CONTRACT.md §3.5)."""
    return filing.filed_at is None and filing.publication_date is None


def document_thread(document_number: str) -> str:
    """The thread in which all steps of a document are reported; a number is the same with and without zeros (§10.1)."""
    year, dash, number = document_number.partition("-")
    return f"document:{year}{dash}{number.lstrip('0')}"
