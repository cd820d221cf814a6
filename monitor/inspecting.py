"""A poll of public inspection: what was filed, moved, withdrawn, and what its text says."""

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import structs

from monitor.desk import Desk
from monitor.events import filing_event, filing_events, is_withdrawn
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Filing, Stage
from monitor.model.eastern import count
from monitor.model.polls import Outcome
from monitor.readings import NOISE, differences, told, worth_reading
from monitor.recording import Harvest, is_news, newest_reading, reading_of, record, watched
from monitor.sources import inspection
from monitor.store import Baseline, KeptDocument
from monitor.texts import Fetched, fetch_texts, wanted_of_filings


def poll(desk: Desk) -> Outcome:
    """Poll public inspection. Raises SourceError when its answer is not believed."""
    asked = desk.fetcher.requests
    body = desk.fetcher.json(inspection.url(desk.settings.sources.federal_register)).body
    sha256 = hashlib.sha256(body).hexdigest()
    rows = inspection.read(body)
    current = {filing.document_number: filing for filing, _ in rows}
    inspection.check_dates(current.values(), desk.today)
    known = {d.document_number: inspection.read_row(d.row) for d in desk.store.documents(inspection.NAME)}
    events = list(filing_events(known, current.values()))
    new = [event.document_number for event in events if event.stage is Stage.FILED]
    replaced = [
        number
        for number, filing in current.items()
        if number in known and known[number].pdf_updated_at != filing.pdf_updated_at and not is_withdrawn(filing)
    ]
    fetched = fetch_texts(desk, wanted_of_filings(desk, current.values(), new, replaced))
    said = [with_text(desk, event, current[event.document_number], fetched) for event in events]
    baseline = Baseline(
        watched=(watched(desk, "Public inspection", f"{count(len(rows), 'document')} of BIS on file", sha256),),
        pending=tuple(event for event in said if event.stage is Stage.FILED and event.kind not in NOISE),
    )
    harvest = Harvest(
        source=inspection.NAME,
        rows=[KeptDocument(f.document_number, None, raw) for f, raw in rows if known.get(f.document_number) != f],
        texts=list(fetched.texts.values()),
        events=said + late(desk, current, new, fetched),
        baseline=baseline,
        gone=None,  # a filing that is no longer listed was published, or pulled: neither is told by its absence
        sha256=sha256,
        requests=desk.fetcher.requests - asked,
        count=len(rows),
    )
    return record(desk, harvest)


def with_text(desk: Desk, event: DocumentEvent, filing: Filing, fetched: Fetched) -> DocumentEvent:
    """The event with what its text says, or with why there is none yet."""
    if is_withdrawn(filing) or not worth_reading(filing):
        return event
    text = fetched.texts.get(filing.document_number)
    reading = newest_reading(desk, filing) if text is None else reading_of(desk, text, filing)
    if reading is not None:
        return structs.replace(told(event, reading), sha256="" if text is None else text.sha256)
    return structs.replace(event, text_missing=fetched.failures.get(filing.document_number, "not asked for yet"))


def late(desk: Desk, current: Mapping[str, Filing], new: Sequence[str], fetched: Fetched) -> list[DocumentEvent]:
    """Texts that came after their filings were told: news where there was none, or where it says otherwise."""
    found = []
    for number, text in fetched.texts.items():
        if number in new or not is_news(desk, text):
            continue
        filing = current[number]
        before, after = newest_reading(desk, filing, but=text.sha256), reading_of(desk, text, filing)
        stage = Stage.READ if before is None else Stage.CHANGED
        less = before is not None and set(after.unread) - set(before.unread)  # what cannot be read has not changed
        changed = () if before is None or less else tuple(differences(before, after))
        if before is None or changed:
            event = told(filing_event(stage, filing, None), after)
            found.append(structs.replace(event, sha256=text.sha256, differences=changed))
    return found
