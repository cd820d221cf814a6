"""What the polls of documents share: which rows are new, which texts came late, which alerts follow."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from monitor.diff.documents import DocumentKey, document_alert
from monitor.model.alerts import Alert, BaselineItem, DocumentEvent
from monitor.model.documents import Document
from monitor.model.eastern import count
from monitor.model.polls import KeptText
from monitor.model.rules import RuleReading
from monitor.polls.context import Context
from monitor.polls.result import PollResult
from monitor.store import KeptDocument

DocumentRow = tuple[Document, bytes]


def key_of(document: Document) -> DocumentKey:
    """What identifies a published document: a number alone can be printed on several days."""
    return document.document_number, document.publication_date


def by_key(rows: Iterable[KeptDocument], read_row: Callable[[bytes], Document]) -> dict[DocumentKey, Document]:
    """Kept documents by their keys."""
    return {key_of(document): document for document in (read_row(kept.row) for kept in rows)}


def new_or_changed(rows: Iterable[DocumentRow], known: Mapping[DocumentKey, Document]) -> tuple[KeptDocument, ...]:
    """The rows that say something else than what is kept of their documents."""
    return tuple(KeptDocument(*key_of(one), raw) for one, raw in rows if known.get(key_of(one)) != one)


def late_texts(context: Context, texts: Mapping[str, KeptText], new: Sequence[str]) -> Iterator[tuple[str, KeptText]]:
    """The texts, by document, that came after their document was reported and are not kept yet."""
    for number, text in texts.items():
        if number in new or text.sha256 in {kept.sha256 for kept in context.store.texts(number)}:
            continue
        if context.store.was_reported(number):
            yield number, text


def document_message(answered: int, of: str, documents: Sequence[KeptDocument]) -> str:
    """A poll of documents in one line of the ledger."""
    return f"{count(answered, 'document')} {of}, {len(documents)} new or changed"


def baseline_item(context: Context, name: str, summary: str, sha256: str) -> BaselineItem:
    """A line of a baseline as of today."""
    return BaselineItem(name=name, count=summary, as_of=context.today, sha256=sha256)


def with_events(
    context: Context, result: PollResult, events: Sequence[DocumentEvent], removed: Sequence[DocumentEvent] = ()
) -> PollResult:
    """The result with the alerts of what happened to documents of BIS, and of those that the answer lacks."""
    linked, links = with_announcements(context, events)
    reported = [*linked, *removed]
    alerts = [alert_of(context, event) for event in reported]
    steps = {a.key: e.document_number for a, e in zip(alerts, reported, strict=True) if is_license_step(context, e)}
    return structs.replace(
        result, alerts=tuple(alerts), changes=len(alerts), license_steps=steps, linked_threads=tuple(links)
    )


def with_announcements(
    context: Context, events: Sequence[DocumentEvent]
) -> tuple[Sequence[DocumentEvent], Sequence[tuple[str, str]]]:
    """The events, those that a press release announced with it, and the threads that are one conversation by that."""
    if not events:
        return events, ()
    from monitor.polls.bis import linking  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    return linking.with_announcements(context, events)


def alert_of(context: Context, event: DocumentEvent) -> Alert:
    """The alert of a step, in the thread in which the document, or the one that it corrects, was reported before."""
    alert = document_alert(event, context.now)
    thread = context.store.thread_of(event.document_number)
    if thread is None and event.corrects is not None:
        thread = context.store.thread_of(event.corrects)
    return alert if thread is None else structs.replace(alert, thread=thread)


def is_license_step(context: Context, event: DocumentEvent) -> bool:
    """Whether a document that was not reported before does nothing but issue, move or end a general license."""
    if event.corrects is not None or not does_only_a_license(event.reading):
        return False
    return context.store.thread_of(event.document_number) is None


def does_only_a_license(reading: RuleReading | None) -> bool:
    """Whether a text does nothing but issue, move or end a general license."""
    if reading is None or reading.general_license is None:
        return False
    return not any((reading.added, reading.revised, reading.removed, reading.moved, reading.reworded))
