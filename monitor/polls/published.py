"""A poll of published documents: what was printed, corrected, lost, and what the text as printed says."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct, structs

from monitor.diff.documents import (
    DocumentKey,
    differences,
    filing_event,
    publication_event,
    publication_events,
    with_reading,
)
from monitor.law.document import NOISE, worth_reading
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Document, Stage, document_thread, is_withdrawn
from monitor.model.eastern import count, eastern_date, long_date
from monitor.model.polls import KeptText
from monitor.model.rules import RuleReading
from monitor.polls.context import Context
from monitor.polls.documents import (
    DocumentRow,
    baseline_item,
    document_message,
    key_of,
    late_texts,
    new_or_changed,
    with_events,
)
from monitor.polls.result import PollResult
from monitor.polls.texts import Fetched, fetch_texts, wanted_of_documents
from monitor.sources import published
from monitor.sources.fetch import STALE_AFTER
from monitor.store import Baseline

WINDOW = timedelta(days=30)  # documents are read again for that long: metadata change after publication (§2.5)
MOST_PAGES = 60
NOT_PRINTED = "the text as printed is not there yet; this is what the text as filed says"
OVERDUE_FOR = timedelta(days=14)  # so long after its day a document that never appeared can still be reported


class Issue(Struct, frozen=True):
    """All documents since a day with their bytes; `fresh`: no page came out of a cache."""

    rows: tuple[DocumentRow, ...]
    sha256: str
    fresh: bool


def poll(context: Context) -> PollResult:
    """The documents since thirty days before the last good poll, so that days off leave no gap.

    Raises SourceError when the answer is not accepted.
    """
    last = context.store.last_good_poll(published.NAME)
    since = min(context.today, context.today if last is None else eastern_date(last)) - WINDOW
    issue = read_issue(context, since)
    known = {key_of(document): document for document in context.readings.documents.published_since(since)}
    current = {key_of(document): document for document, _ in issue.rows}
    by_number = {document.document_number: document for document in current.values()}
    events = list(publication_events(known, current.values()))
    new = [event.document_number for event in events if event.stage is Stage.PUBLISHED]
    fetched = fetch_texts(context, wanted_of_documents(context, current.values(), new))
    read = [with_text(context, event, by_number[event.document_number], fetched) for event in events]
    documents = new_or_changed(issue.rows, known)
    missing = lacking(known, current, context.today) if issue.fresh else None
    result = PollResult(
        source=published.NAME,
        started_at=context.now,
        message=document_message(len(issue.rows), "of BIS", documents),
        as_of=context.today,
        sha256=issue.sha256,
        documents=documents,
        texts=tuple(fetched.texts.values()),
        missing=None if missing is None else frozenset(missing),
    )
    if last is None:
        summary = f"{count(len(issue.rows), 'document')} of BIS since {long_date(since)}"
        item = baseline_item(context, "Federal Register", summary, issue.sha256)
        return structs.replace(result, baselines={published.NAME: Baseline(watched=(item,))})
    read += [
        *late(context, by_number, new, fetched),
        *overdue(context, {*by_number, *context.store.document_numbers(published.NAME)}),
    ]
    return with_events(context, result, read, vanished(context, missing or {}))


def read_issue(
    context: Context, since: date, until: date | None = None, *, asked: published.Asked = published.OF_BIS
) -> Issue:
    """Read every page of a search. Raises SourceError when one is not accepted or all together are incomplete."""
    base = context.settings.sources.federal_register
    url: str | None = published.first_page_url(base, since, until, asked=asked)
    pages: list[published.Page] = []
    digest = hashlib.sha256()
    fresh = True
    while url is not None and len(pages) < MOST_PAGES:
        answer = context.fetcher.json(url)
        digest.update(answer.body)
        fresh = fresh and answer.age <= STALE_AFTER
        pages.append(published.read_page(answer.body, base, asked))
        url = pages[-1].next_page_url
    published.check_complete(pages, asked)
    published.check_dates(pages, context.today, asked)
    return Issue(tuple(row for page in pages for row in page.documents), digest.hexdigest(), fresh)


def with_text(context: Context, event: DocumentEvent, document: Document, fetched: Fetched) -> DocumentEvent:
    """The event with what the text says, and how that differs from the text as filed."""
    if event.stage is not Stage.PUBLISHED or not worth_reading(document):
        return event
    text = fetched.texts.get(document.document_number)
    if text is not None:
        return compared(context, event, text, document)
    before = context.readings.newest(document)
    if before is not None:
        waiting = structs.replace(with_reading(event, before), text_missing=NOT_PRINTED)
        return filed_before(context, waiting, before)
    return structs.replace(event, text_missing=fetched.failures.get(document.document_number, "not asked for yet"))


def compared(context: Context, event: DocumentEvent, text: KeptText, document: Document) -> DocumentEvent:
    """The event with what a text says, and what an earlier text of the same document said otherwise."""
    after = context.readings.of_text(text, document)
    before = context.readings.newest(document, but=text.sha256)
    if before is not None and (unread := [sentence for sentence in after.unread if sentence not in before.unread]):
        missing = f"the text as printed could not be read in full ({unread[0]}); this is what the text as filed says"
        return structs.replace(with_reading(event, before), text_missing=missing)
    found = () if before is None else tuple(differences(before, after))
    event = structs.replace(with_reading(event, after), sha256=text.sha256, differences=event.differences + found)
    return filed_before(context, event, before)


def filed_before(context: Context, event: DocumentEvent, before: RuleReading | None) -> DocumentEvent:
    """The event, marked where its text as filed was reported and nothing of it is known to have changed in print."""
    same = event.stage is Stage.PUBLISHED and before is not None and not event.differences
    return structs.replace(event, as_filed=same and context.store.was_reported(event.document_number))


def late(
    context: Context, documents: Mapping[str, Document], new: Sequence[str], fetched: Fetched
) -> Iterator[DocumentEvent]:
    """What texts say that came after their documents were reported, where that is new or different."""
    for number, text in late_texts(context, fetched.texts, new):
        document = documents[number]
        first = context.readings.newest(document, but=text.sha256) is None
        event = compared(context, publication_event(Stage.READ if first else Stage.CHANGED, document), text, document)
        if first or event.differences:
            yield event


def lacking(
    known: Mapping[DocumentKey, Document], current: Mapping[DocumentKey, Document], today: date
) -> dict[DocumentKey, Document]:
    """Known documents of past issues that the answer does not hold."""
    return {
        key: document for key, document in known.items() if key not in current and document.publication_date < today
    }


def vanished(context: Context, missing: Mapping[DocumentKey, Document]) -> list[DocumentEvent]:
    """The documents that two fresh complete answers in a row lack; one alone proves nothing (CONTRACT.md §10.9)."""
    twice = sorted(missing.keys() & context.store.missing_documents()) if missing else []
    return [publication_event(Stage.VANISHED, missing[key]) for key in twice]


def overdue(context: Context, published_numbers: Iterable[str]) -> Iterator[DocumentEvent]:
    """Filings whose day of publication has passed without them."""
    printed = {document_thread(number) for number in published_numbers}
    for filing in context.readings.documents.filings().values():
        day = filing.publication_date
        if day is None or is_withdrawn(filing) or document_thread(filing.document_number) in printed:
            continue
        if context.today - OVERDUE_FOR < day < context.today:
            event = filing_event(Stage.OVERDUE, filing, None)
            if event.kind not in NOISE:
                yield event
