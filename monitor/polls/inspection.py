"""A poll of public inspection: what was filed, moved, withdrawn, and what its text says."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec import Struct, structs

from monitor.diff.documents import differences, filing_event, filing_events, told
from monitor.law.document import NOISE, worth_reading
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Filing, Stage, is_withdrawn
from monitor.model.eastern import count
from monitor.model.polls import Outcome
from monitor.polls.context import Context
from monitor.polls.record import Harvest, is_news, record, watched
from monitor.polls.texts import Fetched, fetch_texts, wanted_of_filings
from monitor.sources import inspection
from monitor.store import Baseline, KeptDocument

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


def poll(context: Context) -> Outcome:
    """Poll public inspection. Raises SourceError when its answer is not believed."""
    asked = context.fetcher.requests
    sight = look(context)
    current = {filing.document_number: filing for filing, _ in sight.on_file}
    known = context.readings.documents.filings()
    passed = {f.document_number: f for f, _ in sight.missed if f.document_number not in current}
    events = [*untold(context, filing_events(known, passed.values())), *filing_events(known, current.values())]
    new = [event.document_number for event in events if event.stage is Stage.FILED]
    replaced = [
        number
        for number, filing in current.items()
        if number in known and known[number].pdf_updated_at != filing.pdf_updated_at and not is_withdrawn(filing)
    ]
    fetched = fetch_texts(context, wanted_of_filings(context, current.values(), new, replaced))
    said = [with_text(context, event, (passed | current)[event.document_number], fetched) for event in events]
    baseline = Baseline(
        watched=(
            watched(context, "Public inspection", f"{count(len(current), 'document')} of BIS on file", sight.sha256),
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
        events=said + late(context, current, new, fetched),
        baseline=baseline,
        gone=None,  # a filing that is no longer listed was published, or pulled: neither is told by its absence
        sha256=sight.sha256,
        requests=context.fetcher.requests - asked,
        count=len(current),
    )
    outcome = record(context, harvest)
    with context.store.transaction():
        note(context, sight.sign)
    return outcome


def note(context: Context, sign: inspection.Sign) -> None:
    """Keep what the list says of itself, and whether it announced an issue of today.

    An announcement for a later day stands only while the list has it; the day's own documents leave it at 8:45.
    """
    before = context.store.sign(inspection.NAME)
    known = () if before is None else msgspec.json.decode(before[0], type=inspection.Sign).issues
    issues = {*sign.issues, *(day for day in known if day == context.today)}
    kept = structs.replace(sign, issues=tuple(sorted(issues)))
    context.store.note_sign(inspection.NAME, msgspec.json.encode(kept).decode(), context.now)


def look(context: Context) -> Sight:
    """Ask for every day that was missed, oldest first, and for what is on file now. Raises SourceError."""
    base, last = context.settings.sources.federal_register, context.store.last_good_poll(inspection.NAME)
    days = () if last is None else inspection.missed_days(last, context.now)
    digest, read = hashlib.sha256(), []
    for url in (*(inspection.url_on(base, day) for day in days), inspection.url(base)):
        body = context.fetcher.json(url).body
        digest.update(body)
        read.append(inspection.read(body))
        inspection.check_dates((filing for filing, _ in read[-1]), context.today)
    return Sight(
        missed=tuple(row for rows in read[:-1] for row in rows),
        on_file=read[-1],
        sha256=digest.hexdigest(),
        sign=inspection.read_sign(body),
    )


def untold(context: Context, events: Iterable[DocumentEvent]) -> list[DocumentEvent]:
    """Of what happened while nobody looked: all but the filing of what is printed by now, which is told as printed."""
    return [event for event in events if event.publication_date is None or event.publication_date > context.today]


def with_text(context: Context, event: DocumentEvent, filing: Filing, fetched: Fetched) -> DocumentEvent:
    """The event with what its text says, or with why there is none yet."""
    if is_withdrawn(filing) or not worth_reading(filing):
        return event
    text = fetched.texts.get(filing.document_number)
    reading = context.readings.newest(filing) if text is None else context.readings.of_text(text, filing)
    if reading is not None:
        return structs.replace(told(event, reading), sha256="" if text is None else text.sha256)
    return structs.replace(event, text_missing=fetched.failures.get(filing.document_number, "not asked for yet"))


def late(context: Context, current: Mapping[str, Filing], new: Sequence[str], fetched: Fetched) -> list[DocumentEvent]:
    """Texts that came after their filings were told: news where there was none, or where it says otherwise."""
    found = []
    for number, text in fetched.texts.items():
        if number in new or not is_news(context, text):
            continue
        filing = current[number]
        before, after = context.readings.newest(filing, but=text.sha256), context.readings.of_text(text, filing)
        stage = Stage.READ if before is None else Stage.CHANGED
        less = before is not None and set(after.unread) - set(before.unread)  # what cannot be read has not changed
        changed = () if before is None or less else tuple(differences(before, after))
        if before is None or changed:
            event = told(filing_event(stage, filing, None), after)
            found.append(structs.replace(event, sha256=text.sha256, differences=changed))
    return found
