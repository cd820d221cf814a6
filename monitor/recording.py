"""What a poll of documents leaves behind, in one transaction: rows, texts, alerts, and the ledger."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from monitor.desk import Desk
from monitor.events import document_alert
from monitor.model.alerts import Alert, DocumentEvent, Watched
from monitor.model.documents import Document, Filing
from monitor.model.eastern import count, eastern_date
from monitor.model.polls import KeptText, Outcome, Status
from monitor.model.rules import RuleReading
from monitor.readings import read
from monitor.store import Baseline, KeptDocument


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
    alert: Callable[[DocumentEvent, datetime], Alert] = document_alert


def record(desk: Desk, found: Harvest) -> Outcome:
    """Keep a harvest and promise its alerts; at first sight it is only a baseline."""
    first = desk.store.last_good_poll(found.source) is None
    with desk.store.transaction():
        alerts: list[Alert] = [] if first else [found.alert(event, desk.now) for event in announced(desk, found.events)]
        if found.gone is not None:
            alerts += [document_alert(event, desk.now) for event in twice_gone(desk, found.gone)]
        outcome = outcome_of(desk, found, len(alerts), first=first)
        number = desk.store.record_poll(outcome)
        for row in found.rows:
            desk.store.keep_document(found.source, row, desk.now, number)
        for text in found.texts:
            desk.store.keep_text(text, number)
        if first:
            desk.store.keep_baseline(found.source, found.baseline)
        desk.promise(alerts)
    return outcome


def announced(desk: Desk, events: Sequence[DocumentEvent]) -> Sequence[DocumentEvent]:
    """The events, those that a press release announced with it; inside a transaction."""
    if not events:
        return events
    from monitor import tying  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    return tying.tied(desk, events)


def outcome_of(desk: Desk, found: Harvest, alerts: int, *, first: bool) -> Outcome:
    """The outcome of a poll of documents."""
    return Outcome(
        source=found.source,
        status=Status.BASELINE if first else Status.CHANGED if alerts else Status.UNCHANGED,
        message=f"{count(found.count, 'document')} {found.of}, {len(found.rows)} new or changed",
        started_at=desk.now,
        as_of=desk.today,
        requests=found.requests,
        sha256=found.sha256,
        alerts=alerts,
    )


def twice_gone(desk: Desk, gone: Sequence[DocumentEvent]) -> list[DocumentEvent]:
    """Those that two fresh complete answers in a row lack; one alone is believed of nothing (CONTRACT.md §10.9)."""
    keys = {(event.document_number, event.publication_date): event for event in gone}
    dated = [(number, day) for number, day in keys if day is not None]
    return [keys[key] for key in sorted(desk.store.note_missing(dated, desk.now))]


def is_news(desk: Desk, text: KeptText) -> bool:
    """Whether a text of a document that was told before is not the one that is kept."""
    kept = {one.sha256 for one in desk.store.texts(text.document_number)}
    return text.sha256 not in kept and desk.store.was_told(text.document_number)


def newest_reading(desk: Desk, document: Document | Filing, but: str = "") -> RuleReading | None:
    """What the newest kept text of a document says; `but` is the hash of a text to leave out."""
    texts = [text for text in desk.store.texts(document.document_number) if text.sha256 != but]
    return reading_of(desk, texts[-1], document) if texts else None


def reading_of(desk: Desk, text: KeptText, document: Document | Filing) -> RuleReading:
    """What a text says, with the day of filing where it is known."""
    filed_at = document.filed_at if isinstance(document, Filing) else desk.filed_at(document.document_number)
    return read(text.body, document, None if filed_at is None else eastern_date(filed_at))


def watched(desk: Desk, name: str, said: str, sha256: str) -> Watched:
    """A line of the baseline for a source of documents."""
    return Watched(name=name, count=said, as_of=desk.today, sha256=sha256)
