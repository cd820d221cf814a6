"""What happened to documents between what we knew and what a source now says."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from monitor.classify import classify
from monitor.model.alerts import Alert, DocumentEvent, Link
from monitor.model.documents import Document, Filing, Stage

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


def is_withdrawn(filing: Filing) -> bool:
    """Both moments are null once the agency withdrew the document (CONTRACT.md §3.5)."""
    return filing.filed_at is None and filing.publication_date is None


def filing_event(stage: Stage, filing: Filing, before: Filing | None) -> DocumentEvent:
    """An event on public inspection."""
    return DocumentEvent(
        stage=stage,
        kind=classify(filing.title, filing.type),
        document_number=filing.document_number,
        title=filing.title,
        type=filing.type,
        filed_at=filing.filed_at,
        publication_date=filing.publication_date,
        previous_publication_date=before.publication_date if before is not None else None,
        editorial_note=filing.editorial_note,
        links=(
            Link("Public inspection PDF", filing.pdf_url),
            Link("Page on federalregister.gov", filing.html_url),
        ),
    )


def publication_events(known: Mapping[DocumentKey, Document], current: Iterable[Document]) -> Iterator[DocumentEvent]:
    """Every document of an issue that we did not know, oldest first."""
    for document in sorted(current, key=lambda d: (d.publication_date, d.document_number)):
        if (document.document_number, document.publication_date) not in known:
            yield publication_event(document)


def publication_event(document: Document) -> DocumentEvent:
    """A document printed in the Federal Register."""
    pdf = () if document.pdf_url is None else (Link("Official PDF (govinfo)", document.pdf_url),)
    return DocumentEvent(
        stage=Stage.PUBLISHED,
        kind=classify(document.title, document.type, document.abstract),
        document_number=document.document_number,
        title=document.title,
        type=document.type,
        action=document.action,
        publication_date=document.publication_date,
        effective_on=document.effective_on,
        dates=document.dates,
        abstract=document.abstract,
        citation=document.citation,
        links=(*pdf, Link("Page on federalregister.gov", document.html_url)),
    )


def document_alert(event: DocumentEvent, now: datetime) -> Alert:
    """The alert of an event; its key names the document and the step, so that it is made once.

    A document can be filed again after its withdrawal, and withdrawn again after that; each time is a step.
    """
    step = {
        Stage.FILED: f"filed:{event.filed_at}:{event.publication_date}",
        Stage.RESCHEDULED: f"rescheduled:{event.previous_publication_date}:{event.publication_date}",
        Stage.WITHDRAWN: f"withdrawn:{event.previous_publication_date}",
        Stage.PUBLISHED: f"published:{event.publication_date}",
    }[event.stage]
    return Alert(
        key=f"document:{event.document_number}:{step}",
        thread=document_thread(event.document_number),
        topic=event.kind,
        created_at=now,
        body=event,
    )


def document_thread(document_number: str) -> str:
    """The thread in which all steps of a document are told."""
    return f"document:{document_number}"
