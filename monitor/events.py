"""What happened to documents between what we knew and what a source now says."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from msgspec import structs

from monitor.model.alerts import Alert, DocumentEvent, Link
from monitor.model.documents import Document, Filing, Stage
from monitor.readings import corrected_number, kind_of, metadata_differences

DocumentKey = tuple[str, date]


def filing_events(known: Mapping[str, Filing], current: Iterable[Filing]) -> Iterator[DocumentEvent]:
    """Filed, moved to another day, withdrawn; a document that is merely no longer listed is no event."""
    for filing in current:
        before = known.get(filing.document_number)
        if is_withdrawn(filing):
            if before is None or not is_withdrawn(before):
                yield filing_event(Stage.WITHDRAWN, filing, before)
        elif before is None or is_withdrawn(before):
            yield filing_event(Stage.FILED, filing, before)
        elif before.publication_date != filing.publication_date:
            yield filing_event(Stage.RESCHEDULED, filing, before)


def pages(*named: tuple[str, str]) -> tuple[Link, ...]:
    """The links that lead to a web page: no other scheme enters a mail, and a PDF that is not there yet is no link."""
    return tuple(
        Link(label, url)
        for label, url in named
        if url.startswith(("https://", "http://")) and not url.endswith("missing.pdf")  # CONTRACT.md §3.3
    )


def is_withdrawn(filing: Filing) -> bool:
    """Both moments are null once the agency withdrew the document (CONTRACT.md §3.5)."""
    return filing.filed_at is None and filing.publication_date is None


def filing_event(stage: Stage, filing: Filing, before: Filing | None) -> DocumentEvent:
    """An event on public inspection."""
    return DocumentEvent(
        stage=stage,
        kind=kind_of(filing),
        document_number=filing.document_number,
        title=filing.title,
        type=filing.type,
        filed_at=filing.filed_at,
        publication_date=filing.publication_date,
        previous_publication_date=before.publication_date if before is not None else None,
        editorial_note=filing.editorial_note,
        links=pages(("Public inspection PDF", filing.pdf_url), ("Page on federalregister.gov", filing.html_url)),
    )


def publication_events(known: Mapping[DocumentKey, Document], current: Iterable[Document]) -> Iterator[DocumentEvent]:
    """Every document that we did not know, and every one whose metadata were corrected, oldest first."""
    for document in sorted(current, key=lambda d: (d.publication_date, d.document_number)):
        before = known.get((document.document_number, document.publication_date))
        if before is None:
            yield publication_event(Stage.PUBLISHED, document)
        elif corrections := tuple(metadata_differences(before, document)):
            yield structs.replace(publication_event(Stage.CHANGED, document), differences=corrections)


def publication_event(stage: Stage, document: Document) -> DocumentEvent:
    """A step of a document that is printed in the Federal Register."""
    return DocumentEvent(
        stage=stage,
        kind=kind_of(document),
        document_number=document.document_number,
        title=document.title,
        type=document.type,
        action=document.action,
        publication_date=document.publication_date,
        effective_on=document.effective_on,
        dates=document.dates,
        abstract=document.abstract,
        citation=document.citation,
        corrects=corrected_number(document),
        links=pages(
            ("Official PDF (govinfo)", document.pdf_url or ""), ("Page on federalregister.gov", document.html_url)
        ),
    )


def document_alert(event: DocumentEvent, now: datetime) -> Alert:
    """The alert of an event; its key names the document and the step, so that it is made once.

    A document can be filed again after its withdrawal, and withdrawn again after that; each time is a step.
    """
    return Alert(
        key=f"document:{event.document_number}:{event.stage}:{occasion(event)}",
        thread=document_thread(event.corrects or event.document_number),
        topics=(event.kind, *(() if event.reading is None else event.reading.also)),
        created_at=now,
        body=event,
    )


def occasion(event: DocumentEvent) -> str:
    """What tells two steps of the same stage apart."""
    match event.stage:
        case Stage.FILED:
            return f"{event.filed_at}:{event.publication_date}"
        case Stage.RESCHEDULED:
            return f"{event.previous_publication_date}:{event.publication_date}"
        case Stage.WITHDRAWN:
            return f"{event.previous_publication_date}"
        case Stage.PUBLISHED | Stage.UNCODIFIED | Stage.VANISHED | Stage.OVERDUE | Stage.READ:
            return f"{event.publication_date}"
        case Stage.CHANGED:
            said = "|".join(f"{d.field}:{d.before}:{d.after}" for d in event.differences)
            return hashlib.sha256(said.encode()).hexdigest()[:16]


def document_thread(document_number: str) -> str:
    """The thread in which all steps of a document are told; a number is the same with and without zeros (§10.1)."""
    year, dash, number = document_number.partition("-")
    return f"document:{year}{dash}{number.lstrip('0')}"
