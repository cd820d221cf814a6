"""What a poll of documents leaves behind, in one transaction: rows, texts, alerts, and the ledger."""

from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from monitor.diff.documents import document_alert
from monitor.model.alerts import Alert, DocumentEvent, Watched
from monitor.model.documents import Document
from monitor.model.eastern import count
from monitor.model.errors import ReadError
from monitor.model.polls import KeptText, Outcome, Status
from monitor.model.rules import RuleReading
from monitor.polls.context import Context
from monitor.store import Baseline, KeptDocument


def alert_of(context: Context, event: DocumentEvent) -> Alert:
    """The alert of a step, in the thread in which the document was told before, or in which it belongs."""
    alert = document_alert(event, context.now)
    thread = context.store.thread_of(event.document_number)
    if thread is None and event.corrects is not None:
        thread = context.store.thread_of(event.corrects)
    elif thread is None and does_only_a_license(event.reading):
        thread = license_thread(context, event.document_number)
    return alert if thread is None else structs.replace(alert, thread=thread)


class Harvest(Struct, frozen=True, kw_only=True):
    """What a poll of documents found: what to keep, what to tell, and what to confirm at first sight."""

    source: str
    rows: Sequence[KeptDocument]
    texts: Sequence[KeptText]
    events: Sequence[DocumentEvent]
    baseline: Baseline
    gone: Sequence[DocumentEvent] | None  # documents that the answer lacks; None where it cannot be taken at its word
    sha256: str
    requests: int
    count: int
    of: str = "of BIS"  # whose documents, in messages
    alert: Callable[[Context, DocumentEvent], Alert] = alert_of


def record(context: Context, found: Harvest) -> Outcome:
    """Keep a harvest and promise its alerts; at first sight it is only a baseline."""
    first = context.store.last_good_poll(found.source) is None
    with context.store.transaction():
        events = [] if first else list(announced(context, found.events))
        if found.gone is not None:
            events += twice_gone(context, found.gone)
        outcome = outcome_of(context, found, len(events), first=first)
        number = context.store.record_poll(outcome)
        for row in found.rows:
            context.store.keep_document(found.source, row, context.now, number)
        for text in found.texts:
            context.store.keep_text(text, number)
        context.readings.save()
        if first:
            context.store.keep_baseline(found.source, found.baseline)
        context.promise([found.alert(context, event) for event in events])
    return outcome


def announced(context: Context, events: Sequence[DocumentEvent]) -> Sequence[DocumentEvent]:
    """The events, those that a press release announced with it; inside a transaction."""
    if not events:
        return events
    from monitor.polls.bis import linking  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    return linking.tied(context, events)


def does_only_a_license(reading: RuleReading | None) -> bool:
    """Whether a document does nothing but issue, move or end a general license."""
    if reading is None or reading.general_license is None:
        return False
    return not any((reading.added, reading.revised, reading.removed, reading.moved, reading.reworded))


def license_thread(context: Context, document_number: str) -> str | None:
    """The thread of the license that a document is a step of, as far as the evidence tells."""
    from monitor.evidence.deadlines import read_calendar  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    try:
        licenses = read_calendar(context.readings).licenses
    except ReadError:  # evidence that does not read is told by the clock; the document has a thread of its own
        return None
    steps = ((license_, event) for license_ in licenses for event in license_.history)
    return next((license_.thread for license_, event in steps if event.document_number == document_number), None)


def told_in(context: Context, document: Document) -> str | None:
    """The thread in which a document was told; None where it was not."""
    return context.store.thread_of(document.document_number)


def outcome_of(context: Context, found: Harvest, alerts: int, *, first: bool) -> Outcome:
    """The outcome of a poll of documents."""
    return Outcome(
        source=found.source,
        status=Status.BASELINE if first else Status.CHANGED if alerts else Status.UNCHANGED,
        message=f"{count(found.count, 'document')} {found.of}, {len(found.rows)} new or changed",
        started_at=context.now,
        as_of=context.today,
        requests=found.requests,
        sha256=found.sha256,
        alerts=alerts,
    )


def twice_gone(context: Context, gone: Sequence[DocumentEvent]) -> list[DocumentEvent]:
    """Those that two fresh complete answers in a row lack; one alone is believed of nothing (CONTRACT.md §10.9)."""
    keys = {(event.document_number, event.publication_date): event for event in gone}
    dated = [(number, day) for number, day in keys if day is not None]
    return [keys[key] for key in sorted(context.store.note_missing(dated, context.now))]


def is_news(context: Context, text: KeptText) -> bool:
    """Whether a text of a document that was told before is not the one that is kept."""
    kept = {one.sha256 for one in context.store.texts(text.document_number)}
    return text.sha256 not in kept and context.store.was_told(text.document_number)


def watched(context: Context, name: str, said: str, sha256: str) -> Watched:
    """A line of the baseline for a source of documents."""
    return Watched(name=name, count=said, as_of=context.today, sha256=sha256)
