"""The rows of the Federal Register API, field for field (CONTRACT.md §2.3 and §3.3)."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from monitor.commands.example import material
from monitor.commands.example.material import SampleDocument
from monitor.model.eastern import EASTERN

SITE = "https://www.federalregister.gov"
GOVINFO = "https://www.govinfo.gov"
INSPECTION_FILES = "https://public-inspection.federalregister.gov"
# Fields that are empty in documents of BIS.
EMPTY_LISTS = ("cfr_topics", "corrections", "dockets", "related_documents")
EMPTY_OBJECTS = ("images", "images_metadata", "regulations_dot_gov_info")
NULLS = (
    "comment_url", "correction_of", "disposition_notes", "excerpts", "executive_order_notes",
    "executive_order_number", "explanation", "not_received_for_publication", "page_views", "president",
    "presidential_document_number", "proclamation_number", "regulations_dot_gov_url", "signing_date", "subtype",
    "toc_subject",
)  # fmt: skip


def document_row(document: SampleDocument) -> dict[str, Any]:
    """Every field of a published document."""
    row: dict[str, Any] = {name: [] for name in EMPTY_LISTS} | {name: {} for name in EMPTY_OBJECTS}
    row |= dict.fromkeys(NULLS) | _contents(document) | _addresses(document)
    issuers = (material.agencies()["commerce-department"], material.agencies()[document.agency])
    return row | {"agencies": list(issuers), "agency_names": [issuer["name"] for issuer in issuers]}


def _contents(document: SampleDocument) -> dict[str, Any]:
    references = [{"title": 15, "part": part, "chapter": None, "citation_url": None} for part in document.cfr_parts]
    return {
        "abstract": document.abstract,
        "action": document.action,
        "cfr_references": references,
        "citation": document.citation,
        "comments_close_on": document.comments_close_on,
        "dates": document.dates,
        "docket_id": document.docket_ids[0] if document.docket_ids else None,
        "docket_ids": document.docket_ids,
        "document_number": document.number,
        "effective_on": document.effective_on,
        "end_page": document.end_page,
        "page_length": document.end_page - document.start_page + 1,
        "publication_date": document.publication_date,
        "regulation_id_number_info": dict.fromkeys(document.regulation_id_numbers),
        "regulation_id_numbers": document.regulation_id_numbers,
        "significant": False,
        "start_page": document.start_page,
        "title": document.title,
        "toc_doc": document.title,
        "topics": document.topics,
        "type": document.type,
        "volume": document.volume,
    }


def _addresses(document: SampleDocument) -> dict[str, Any]:
    number, day = document.number, document.publication_date
    filed = int(document.filed_at.timestamp())
    return {
        "body_html_url": full_text_url(document, "html"),
        "full_text_xml_url": full_text_url(document, "xml"),
        "html_url": f"{SITE}/documents/{day:%Y/%m/%d}/{number}/{document.slug}",
        "json_url": f"{SITE}/api/v1/documents/{number}?publication_date={day}",
        "mods_url": f"{GOVINFO}/metadata/granule/FR-{day}/{number}/mods.xml",
        "pdf_url": f"{GOVINFO}/content/pkg/FR-{day}/pdf/{number}.pdf",
        "public_inspection_pdf_url": f"{INSPECTION_FILES}/{number}.pdf?{filed}",
        "raw_text_url": full_text_url(document, "text"),
    }


def full_text_url(document: SampleDocument, form: str) -> str:
    """The address of the printed text as `xml`, `text` or `html`."""
    ending = {"xml": "xml", "text": "txt", "html": "html"}[form]
    day = document.publication_date
    return f"{SITE}/documents/full_text/{form}/{day:%Y/%m/%d}/{document.number}.{ending}"


def raw_text_url(document: SampleDocument) -> str:
    """The address of the text on public inspection: the number without its hyphen in groups of three."""
    packed = document.number.replace("-", "")
    groups = "/".join(packed[i : i + 3] for i in range(0, len(packed), 3))
    return f"{SITE}/public-inspection/raw_text/{groups}.txt"


@cache
def known_fields() -> frozenset[str]:
    """What can be asked for with `fields[]`."""
    return frozenset(document_row(material.documents()[0]))


def filing_row(document: SampleDocument, day: date) -> dict[str, Any]:
    """Every field of a document on public inspection, as listed on a day."""
    number, filed = document.number, document.filed_at.astimezone(EASTERN)
    issuer = material.agencies()[document.agency]
    return {
        "agencies": [issuer],
        "agency_letters": [],
        "agency_names": [issuer["name"]],
        "docket_numbers": document.docket_ids,
        "document_number": number,
        "editorial_note": None,
        "excerpts": None,
        "filed_at": filed.isoformat(timespec="milliseconds"),
        "filing_type": document.filing_type,
        "html_url": f"{SITE}/public-inspection/{number}/{document.slug}",
        "json_url": f"{SITE}/api/v1/public_inspection_documents/{number}",
        "last_public_inspection_issue": day,
        "num_pages": 3 * (document.end_page - document.start_page + 1),
        "page_views": {"count": 0, "last_updated": f"{filed:%Y-%m-%d %H:%M:%S %z}"},
        "pdf_file_name": f"{number}_PI.pdf",
        "pdf_file_size": 40_000 + 17_000 * (document.end_page - document.start_page + 1),
        "pdf_updated_at": (filed + timedelta(seconds=9)).isoformat(timespec="milliseconds"),
        "pdf_url": f"{INSPECTION_FILES}/{number}.pdf",
        "publication_date": document.publication_date,
        "raw_text_url": raw_text_url(document),
        "subject_1": document.title,
        "subject_2": None,
        "subject_3": None,
        "title": f"{document.title}  ",  # the three subjects joined by blanks
        "toc_doc": document.title,
        "toc_subject": "",
        "type": document.type,
    }
