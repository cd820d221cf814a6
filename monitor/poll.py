"""One poll of one source as a straight line; a source that fails is an Outcome, not an exception."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta

from msgspec import Struct, structs

from monitor import codified
from monitor.desk import Desk
from monitor.errors import SourceError
from monitor.events import document_alert, filing_event, filing_events, is_withdrawn, publication_events
from monitor.fetch import retry_moment
from monitor.model.alerts import Alert, DocumentEvent, Watched
from monitor.model.documents import Kind, Stage
from monitor.model.eastern import count, eastern_date, long_date
from monitor.model.polls import Outcome, Status
from monitor.sources import ecfr, inspection, published
from monitor.store import Baseline, KeptDocument

WINDOW = timedelta(days=30)  # documents are read again for that long: metadata change after publication (§2.5)
MOST_PAGES = 60


class Documents(Struct, frozen=True, kw_only=True):
    """What a poll of documents found: what to keep, what to tell, and what to confirm at first sight."""

    source: str
    kept: list[KeptDocument]
    events: list[DocumentEvent]
    baseline: Baseline
    sha256: str
    count: int


def poll(source: str, desk: Desk) -> Outcome:
    """Poll a source and keep what it said, with all that follows from it, in one transaction."""
    waiting = desk.store.retry_at(source)
    if waiting is not None and desk.now < waiting:
        message = f"asked to be left alone until {waiting.astimezone(desk.now.tzinfo):%Y-%m-%d %H:%M %Z}"
        return Outcome(source=source, status=Status.WAITING, message=message, started_at=desk.now, retry_at=waiting)
    asked = desk.fetcher.requests
    try:
        return POLLS[source](desk)
    except SourceError as error:
        failed = Outcome(
            source=source,
            status=Status.FAILED,
            message=str(error),
            started_at=desk.now,
            requests=desk.fetcher.requests - asked,
            retry_at=retry_moment(error, desk.now),
        )
        with desk.store.transaction():
            desk.store.record_poll(failed)
        return failed


def poll_inspection(desk: Desk) -> Outcome:
    """Public inspection: what was filed, moved, withdrawn."""
    answer = desk.fetcher.json(inspection.url(desk.settings.sources.federal_register))
    rows = inspection.read(answer.body)
    kept = {d.document_number: inspection.read_row(d.row) for d in desk.store.documents(inspection.NAME)}
    current = [filing for filing, _ in rows]
    inspection.check_dates(current, desk.today)
    pending = [filing_event(Stage.FILED, filing, None) for filing in current if not is_withdrawn(filing)]
    found = Documents(
        source=inspection.NAME,
        kept=[KeptDocument(f.document_number, None, raw) for f, raw in rows if kept.get(f.document_number) != f],
        events=list(filing_events(kept, current)),
        baseline=Baseline(
            watched=(
                watched(desk, "Public inspection", f"{count(len(rows), 'document')} of BIS on file", answer.body),
            ),
            pending=tuple(event for event in pending if event.kind not in NOISE),
        ),
        sha256=hashlib.sha256(answer.body).hexdigest(),
        count=len(rows),
    )
    return record_documents(desk, found, requests=1)


def poll_published(desk: Desk) -> Outcome:
    """Published documents since thirty days before the last good poll, so that days off leave no gap."""
    last = desk.store.last_good_poll(published.NAME)
    since = min(desk.today, desk.today if last is None else eastern_date(last)) - WINDOW
    base = desk.settings.sources.federal_register
    url: str | None = published.first_page_url(base, since)
    pages: list[published.Page] = []
    digest = hashlib.sha256()
    while url is not None and len(pages) < MOST_PAGES:
        body = desk.fetcher.json(url).body
        digest.update(body)
        pages.append(published.read_page(body, base))
        url = pages[-1].next_page_url
    published.check_complete(pages)
    published.check_dates(pages, desk.today)
    rows = [row for page in pages for row in page.documents]
    kept = [published.read_row(document.row) for document in desk.store.documents(published.NAME, since)]
    known = {(d.document_number, d.publication_date): d for d in kept}
    found = Documents(
        source=published.NAME,
        kept=[
            KeptDocument(d.document_number, d.publication_date, raw)
            for d, raw in rows
            if known.get((d.document_number, d.publication_date)) != d
        ],
        events=list(publication_events(known, [document for document, _ in rows])),
        baseline=Baseline(
            watched=(
                watched(
                    desk, "Federal Register", f"{count(len(rows), 'document')} of BIS since {long_date(since)}", body
                ),
            )
        ),
        sha256=digest.hexdigest(),
        count=len(rows),
    )
    return record_documents(desk, found, requests=len(pages))


NOISE = (Kind.DENIAL_ORDER, Kind.NOT_RELEVANT, Kind.OTHER_RULE)


def watched(desk: Desk, name: str, count: str, body: bytes) -> Watched:
    """A line of the baseline for a source of documents."""
    return Watched(name=name, count=count, as_of=desk.today, sha256=hashlib.sha256(body).hexdigest())


def record_documents(desk: Desk, found: Documents, requests: int) -> Outcome:
    """Keep document rows and promise their alerts; at first sight they are only a baseline."""
    first = desk.store.last_good_poll(found.source) is None
    alerts: Sequence[Alert] = () if first else [document_alert(event, desk.now) for event in found.events]
    outcome = Outcome(
        source=found.source,
        status=Status.BASELINE if first else Status.CHANGED if alerts else Status.UNCHANGED,
        message=f"{count(found.count, 'document')} of BIS, {len(found.kept)} new or changed",
        started_at=desk.now,
        as_of=desk.today,
        requests=requests,
        sha256=found.sha256,
        alerts=len(alerts),
    )
    with desk.store.transaction():
        number = desk.store.record_poll(outcome)
        for document in found.kept:
            desk.store.keep_document(found.source, document, desk.now, number)
        if first:
            desk.store.keep_baseline(found.source, found.baseline)
        desk.promise(alerts)
    return outcome


def poll_ecfr(desk: Desk) -> Outcome:
    """The codified supplements, read only when the structure says that they moved."""
    asked = desk.fetcher.requests
    look = codified.look(desk)
    outcome = structs.replace(look.outcome, requests=desk.fetcher.requests - asked)
    codified.record(desk, structs.replace(look, outcome=outcome))
    return outcome


# In this order: a rule is told from its filing, then from its publication, then from the codified list.
POLLS: dict[str, Callable[[Desk], Outcome]] = {
    inspection.NAME: poll_inspection,
    published.NAME: poll_published,
    ecfr.NAME: poll_ecfr,
}
