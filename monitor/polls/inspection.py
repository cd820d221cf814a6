"""A poll of public inspection: what was filed, moved, withdrawn, and what its text says."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from msgspec import Struct, structs

from monitor.diff.documents import differences, filing_event, filing_events, with_reading
from monitor.law.document import NOISE, worth_reading
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Filing, Stage, is_withdrawn
from monitor.model.eastern import count
from monitor.model.polls import KeptText
from monitor.polls.context import Context
from monitor.polls.documents import baseline_item, document_message, late_texts, with_events
from monitor.polls.result import PollResult
from monitor.polls.texts import Fetched, fetch_texts, wanted_of_filings
from monitor.sources import inspection
from monitor.store import Baseline, KeptDocument

Row = tuple[Filing, bytes]
Filings = Mapping[str, Filing]


class Answers(Struct, frozen=True):
    """Filings with their bytes: those of days that were missed, and those on file now."""

    missed: tuple[Row, ...]
    on_file: tuple[Row, ...]
    sha256: str
    summary: inspection.InspectionSummary  # what the list of now says of itself


def poll(context: Context) -> PollResult:
    """What was filed, moved or withdrawn. Raises SourceError when the answer is not accepted."""
    answers = fetch(context)
    on_file = {filing.document_number: filing for filing, _ in answers.on_file}
    missed = {filing.document_number: filing for filing, _ in answers.missed if filing.document_number not in on_file}
    known = context.readings.documents.filings()
    events = [
        *still_reportable(context, filing_events(known, missed.values())),
        *filing_events(known, on_file.values()),
    ]
    new = [event.document_number for event in events if event.stage is Stage.FILED]
    fetched = fetch_texts(context, wanted_of_filings(context, on_file.values(), new, replaced(known, on_file)))
    read = [with_text(context, event, (missed | on_file)[event.document_number], fetched) for event in events]
    documents = new_or_changed(answers, known)
    result = PollResult(
        source=inspection.NAME,
        started_at=context.now,
        message=document_message(len(on_file), "of BIS", documents),
        as_of=context.today,
        sha256=answers.sha256,
        documents=documents,
        texts=tuple(fetched.texts.values()),
        markers={inspection.NAME: marker(context, answers.summary)},
    )
    if context.store.last_good_poll(inspection.NAME) is None:
        return structs.replace(result, baselines={inspection.NAME: baseline(context, len(on_file), answers, read)})
    return with_events(context, result, read + late(context, on_file, new, fetched))


def fetch(context: Context) -> Answers:
    """Ask for every day that was missed, oldest first, and for what is on file now. Raises SourceError."""
    base, last = context.settings.sources.federal_register, context.store.last_good_poll(inspection.NAME)
    days = () if last is None else inspection.missed_days(last, context.now)
    digest, read = hashlib.sha256(), []
    for url in (*(inspection.url_on(base, day) for day in days), inspection.url(base)):
        body = context.fetcher.json(url).body
        digest.update(body)
        read.append(inspection.read(body))
        inspection.check_dates((filing for filing, _ in read[-1]), context.today)
    return Answers(
        missed=tuple(row for rows in read[:-1] for row in rows),
        on_file=read[-1],
        sha256=digest.hexdigest(),
        summary=inspection.read_summary(body),
    )


def new_or_changed(answers: Answers, known: Filings) -> tuple[KeptDocument, ...]:
    """The rows that say something else than what is kept; of a document on several days the last is the newest."""
    newest = {filing.document_number: (filing, raw) for filing, raw in (*answers.missed, *answers.on_file)}
    return tuple(
        KeptDocument(number, None, raw) for number, (filing, raw) in newest.items() if known.get(number) != filing
    )


def replaced(known: Filings, on_file: Filings) -> list[str]:
    """The filings whose text was replaced."""
    return [
        number
        for number, filing in on_file.items()
        if number in known and known[number].pdf_updated_at != filing.pdf_updated_at and not is_withdrawn(filing)
    ]


def baseline(context: Context, on_file: int, answers: Answers, events: Iterable[DocumentEvent]) -> Baseline:
    """What to report of the first answer: how much is on file, and which filings are yet to be printed."""
    item = baseline_item(context, "Public inspection", f"{count(on_file, 'document')} of BIS on file", answers.sha256)
    pending = tuple(event for event in events if event.stage is Stage.FILED and event.kind not in NOISE)
    return Baseline(watched=(item,), pending=pending)


def marker(context: Context, summary: inspection.InspectionSummary) -> str:
    """What the list says of itself, and whether it announced an issue of today.

    An announcement for a later day stands only while the list has it; the day's own documents leave it at 8:45.
    """
    before = context.store.marker(inspection.NAME)
    known = () if before is None else msgspec.json.decode(before[0], type=inspection.InspectionSummary).issues
    issues: set[date] = {*summary.issues, *(day for day in known if day == context.today)}
    return msgspec.json.encode(structs.replace(summary, issues=tuple(sorted(issues)))).decode()


def still_reportable(context: Context, events: Iterable[DocumentEvent]) -> list[DocumentEvent]:
    """Of the missed days: all but what is printed by now, which is reported as printed."""
    return [event for event in events if event.publication_date is None or event.publication_date > context.today]


def with_text(context: Context, event: DocumentEvent, filing: Filing, fetched: Fetched) -> DocumentEvent:
    """The event with what its text says, or with why there is none yet."""
    if is_withdrawn(filing) or not worth_reading(filing):
        return event
    text = fetched.texts.get(filing.document_number)
    reading = context.readings.newest(filing) if text is None else context.readings.of_text(text, filing)
    if reading is not None:
        return structs.replace(with_reading(event, reading), sha256="" if text is None else text.sha256)
    return structs.replace(event, text_missing=fetched.failures.get(filing.document_number, "not asked for yet"))


def late(context: Context, on_file: Filings, new: Sequence[str], fetched: Fetched) -> list[DocumentEvent]:
    """What texts say that came after their filings were reported, where that is new or different."""
    found = (late_event(context, on_file[number], text) for number, text in late_texts(context, fetched.texts, new))
    return [event for event in found if event is not None]


def late_event(context: Context, filing: Filing, text: KeptText) -> DocumentEvent | None:
    """The event of a text that came late; None where it says what an earlier one said."""
    before, after = context.readings.newest(filing, but=text.sha256), context.readings.of_text(text, filing)
    if before is None:
        event = with_reading(filing_event(Stage.READ, filing, None), after)
        return structs.replace(event, sha256=text.sha256)
    if set(after.unread) - set(before.unread):  # what cannot be read has not changed
        return None
    changed = tuple(differences(before, after))
    if not changed:
        return None
    event = with_reading(filing_event(Stage.CHANGED, filing, None), after)
    return structs.replace(event, sha256=text.sha256, differences=changed)
