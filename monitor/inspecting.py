"""A poll of public inspection: what was filed, moved, withdrawn, and what its text says."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct, structs

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

Row = tuple[Filing, bytes]


class Sight(Struct, frozen=True):
    """Filings with their bytes: those of days that were missed, and those on file now."""

    missed: tuple[Row, ...]
    on_file: tuple[Row, ...]
    sha256: str
    sign: inspection.Sign  # what the list of now says of itself

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them; of a document on several days the last is the newest."""
        return self.missed + self.on_file


def poll(desk: Desk) -> Outcome:
    """Poll public inspection. Raises SourceError when its answer is not believed."""
    asked = desk.fetcher.requests
    sight = look(desk)
    current = {filing.document_number: filing for filing, _ in sight.on_file}
    known = {d.document_number: inspection.read_row(d.row) for d in desk.store.documents(inspection.NAME)}
    passed = {f.document_number: f for f, _ in sight.missed if f.document_number not in current}
    events = [*untold(desk, filing_events(known, passed.values())), *filing_events(known, current.values())]
    new = [event.document_number for event in events if event.stage is Stage.FILED]
    replaced = [
        number
        for number, filing in current.items()
        if number in known and known[number].pdf_updated_at != filing.pdf_updated_at and not is_withdrawn(filing)
    ]
    fetched = fetch_texts(desk, wanted_of_filings(desk, current.values(), new, replaced))
    said = [with_text(desk, event, (passed | current)[event.document_number], fetched) for event in events]
    baseline = Baseline(
        watched=(
            watched(desk, "Public inspection", f"{count(len(current), 'document')} of BIS on file", sight.sha256),
        ),
        pending=tuple(event for event in said if event.stage is Stage.FILED and event.kind not in NOISE),
    )
    harvest = Harvest(
        source=inspection.NAME,
        rows=[
            KeptDocument(filing.document_number, None, raw)
            for filing, raw in {filing.document_number: (filing, raw) for filing, raw in sight.rows}.values()
            if known.get(filing.document_number) != filing
        ],
        texts=list(fetched.texts.values()),
        events=said + late(desk, current, new, fetched),
        baseline=baseline,
        gone=None,  # a filing that is no longer listed was published, or pulled: neither is told by its absence
        sha256=sight.sha256,
        requests=desk.fetcher.requests - asked,
        count=len(current),
    )
    outcome = record(desk, harvest)
    with desk.store.transaction():
        note(desk, sight.sign)
    return outcome


def note(desk: Desk, sign: inspection.Sign) -> None:
    """Keep what the list says of itself, and whether it announced an issue of today.

    An announcement for a later day stands only while the list has it; the day's own documents leave it at 8:45.
    """
    before = desk.store.sign(inspection.NAME)
    known = () if before is None else msgspec.json.decode(before[0], type=inspection.Sign).issues
    issues = {*sign.issues, *(day for day in known if day == desk.today)}
    kept = structs.replace(sign, issues=tuple(sorted(issues)))
    desk.store.note_sign(inspection.NAME, msgspec.json.encode(kept).decode(), desk.now)


def look(desk: Desk) -> Sight:
    """Ask for every day that was missed, oldest first, and for what is on file now. Raises SourceError."""
    base, last = desk.settings.sources.federal_register, desk.store.last_good_poll(inspection.NAME)
    days = () if last is None else inspection.missed_days(last, desk.now)
    digest, read = hashlib.sha256(), []
    for url in (*(inspection.url_on(base, day) for day in days), inspection.url(base)):
        body = desk.fetcher.json(url).body
        digest.update(body)
        read.append(inspection.read(body))
        inspection.check_dates((filing for filing, _ in read[-1]), desk.today)
    return Sight(
        missed=tuple(row for rows in read[:-1] for row in rows),
        on_file=read[-1],
        sha256=digest.hexdigest(),
        sign=inspection.read_sign(body),
    )


def untold(desk: Desk, events: Iterable[DocumentEvent]) -> list[DocumentEvent]:
    """Of what happened while nobody looked: all but the filing of what is printed by now, which is told as printed."""
    return [event for event in events if event.publication_date is None or event.publication_date > desk.today]


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
