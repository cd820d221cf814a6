"""Writing what a poll found, in one transaction; nothing else in polls/ writes to the store."""

from msgspec import structs

from monitor.model.alerts import Alert
from monitor.model.errors import ReadError
from monitor.model.polls import Outcome
from monitor.polls.context import Context
from monitor.polls.result import PollResult
from monitor.store import Store

NO_POLL = 0  # of what is no poll by itself and keeps no evidence


def record(context: Context, result: PollResult) -> Outcome:
    """Keep all that a poll found, its row of the ledger included, or nothing of it; returns the row."""
    with context.store.transaction():
        poll = context.store.record_poll(result.outcome) if result.in_ledger else NO_POLL
        keep_supplements(context.store, result, poll)
        keep_documents(context, result, poll)
        context.readings.save()
        keep_answers(context, result)
        keep_unconfirmed(context, result)
        enqueue(context, result)
    return result.outcome


def keep_supplements(store: Store, result: PollResult, poll: int) -> None:
    """Keep the bytes of supplements and pages, accepted and held, and which days are known."""
    for snapshot in result.snapshots:
        store.keep_snapshot(snapshot, poll, monitored=result.monitored)
    for held in result.quarantined:
        store.hold(held.snapshot, held.reason, poll)
    for sha256 in result.released:
        store.release(sha256, result.started_at)
    for versions in result.version_lists:
        store.keep_versions(versions, poll)
    for name, span in result.covered:
        store.cover(name, span, poll)


def keep_documents(context: Context, result: PollResult, poll: int) -> None:
    """Keep the rows of documents and their texts, and which documents the answer lacks."""
    for document in result.documents:
        context.store.keep_document(result.documents_of or result.source, document, context.now, poll)
    for text in result.texts:
        context.store.keep_text(text, poll)
    if result.missing is not None:
        context.store.note_missing(result.missing, context.now)


def keep_answers(context: Context, result: PollResult) -> None:
    """Keep what a source last said of itself, and the answers that were rejected."""
    for name, value in result.markers.items():
        context.store.note_marker(name, value, context.now)
    if result.validator is not None:
        context.store.keep_validator(result.source, result.validator)
    if result.closings is not None:
        context.store.keep_calendar(result.closings, context.now)
    if result.rejected:
        context.store.keep_rejected_answers(result.source, result.rejected, context.now)


def keep_unconfirmed(context: Context, result: PollResult) -> None:
    """Keep what is yet to be reported as a baseline, and what the next answer must confirm."""
    for name, baseline in result.baselines.items():
        context.store.keep_baseline(name, baseline)
    for name, state in result.unconfirmed.items():
        if state is None:
            context.store.clear_unconfirmed(name)
        else:
            context.store.note_unconfirmed(name, state)


def enqueue(context: Context, result: PollResult) -> None:
    """Put the alerts of a poll into the outbox, in the threads in which they belong."""
    for thread, earlier in result.linked_threads:
        context.store.link_thread(thread, earlier)
    context.enqueue([in_license_thread(context, alert, result.license_steps.get(alert.key)) for alert in result.alerts])
    for alert in result.settled:
        context.store.enqueue(alert, [])


def in_license_thread(context: Context, alert: Alert, document_number: str | None) -> Alert:
    """An alert in the thread of the license of which its document is a step; known only once its text is kept."""
    if document_number is None:
        return alert
    from monitor.evidence.deadlines import read_calendar  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    try:
        licenses = read_calendar(context.readings).licenses
    except ReadError:  # evidence that does not read is reported by the clock; the document has a thread of its own
        return alert
    steps = ((license_, event) for license_ in licenses for event in license_.history)
    found = next((license_.thread for license_, event in steps if event.document_number == document_number), None)
    return alert if found is None else structs.replace(alert, thread=found)
