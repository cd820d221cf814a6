"""A poll of published documents: what was printed, corrected, lost, and what the text as printed says."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec import Struct, structs

from monitor.diff.documents import DocumentKey, differences, filing_event, publication_event, publication_events, told
from monitor.law.document import NOISE, worth_reading
from monitor.model.alerts import DocumentEvent
from monitor.model.documents import Document, Stage, document_thread, is_withdrawn
from monitor.model.eastern import count, eastern_date, long_date
from monitor.model.polls import KeptText, Outcome
from monitor.model.rules import RuleReading
from monitor.polls.context import Context
from monitor.polls.record import Harvest, is_news, record, watched
from monitor.polls.texts import Fetched, fetch_texts, wanted_of_documents
from monitor.sources import published
from monitor.sources.fetch import STALE_AFTER
from monitor.store import Baseline, KeptDocument

WINDOW = timedelta(days=30)  # documents are read again for that long: metadata change after publication (§2.5)
MOST_PAGES = 60
NOT_PRINTED = "the text as printed is not there yet; this is what the text as filed says"
OVERDUE_FOR = timedelta(days=14)  # so long after its day a document that never appeared can still be told


class Issue(Struct, frozen=True):
    """All documents since a day, page by page; `fresh`: no page came out of a cache."""

    pages: list[published.Page]
    sha256: str
    fresh: bool


def poll(context: Context) -> Outcome:
    """Poll the documents since thirty days before the last good poll, so that days off leave no gap.

    Raises SourceError when the answer is not believed.
    """
    asked = context.fetcher.requests
    last = context.store.last_good_poll(published.NAME)
    since = min(context.today, context.today if last is None else eastern_date(last)) - WINDOW
    issue = read_issue(context, since)
    rows = [row for page in issue.pages for row in page.documents]
    current = {(document.document_number, document.publication_date): document for document, _ in rows}
    kept = context.readings.documents.published_since(since)
    known = {(document.document_number, document.publication_date): document for document in kept}
    events = list(publication_events(known, current.values()))
    new = [event.document_number for event in events if event.stage is Stage.PUBLISHED]
    fetched = fetch_texts(context, wanted_of_documents(context, current.values(), new))
    by_number = {document.document_number: document for document in current.values()}
    said = [with_text(context, event, by_number[event.document_number], fetched) for event in events]
    summary = f"{count(len(rows), 'document')} of BIS since {long_date(since)}"
    harvest = Harvest(
        source=published.NAME,
        rows=[
            KeptDocument(document.document_number, document.publication_date, raw)
            for document, raw in rows
            if known.get((document.document_number, document.publication_date)) != document
        ],
        texts=list(fetched.texts.values()),
        events=[*said, *late(context, by_number, new, fetched), *overdue(context, by_number)],
        baseline=Baseline(watched=(watched(context, "Federal Register", summary, issue.sha256),)),
        gone=[gone(d) for d in lacking(known, current, context.today)] if issue.fresh else None,
        sha256=issue.sha256,
        requests=context.fetcher.requests - asked,
        count=len(rows),
    )
    return record(context, harvest)


def read_issue(
    context: Context, since: date, until: date | None = None, *, asked: published.Asked = published.OF_BIS
) -> Issue:
    """Read every page of a search. Raises SourceError when one is not believed or all together are incomplete."""
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
    return Issue(pages, digest.hexdigest(), fresh)


def with_text(context: Context, event: DocumentEvent, document: Document, fetched: Fetched) -> DocumentEvent:
    """The event with what the text says, and how that differs from the text as filed."""
    if event.stage is not Stage.PUBLISHED or not worth_reading(document):
        return event
    text = fetched.texts.get(document.document_number)
    if text is not None:
        return compared(context, event, text, document)
    before = context.readings.newest(document)
    if before is not None:
        waiting = structs.replace(told(event, before), text_missing=NOT_PRINTED)
        return filed_before(context, waiting, before)
    return structs.replace(event, text_missing=fetched.failures.get(document.document_number, "not asked for yet"))


def compared(context: Context, event: DocumentEvent, text: KeptText, document: Document) -> DocumentEvent:
    """The event with what a text says, and what an earlier text of the same document said otherwise."""
    after = context.readings.of_text(text, document)
    before = context.readings.newest(document, but=text.sha256)
    if before is not None and (unread := [sentence for sentence in after.unread if sentence not in before.unread]):
        missing = f"the text as printed could not be read in full ({unread[0]}); this is what the text as filed says"
        return structs.replace(told(event, before), text_missing=missing)
    found = () if before is None else tuple(differences(before, after))
    event = structs.replace(told(event, after), sha256=text.sha256, differences=event.differences + found)
    return filed_before(context, event, before)


def filed_before(context: Context, event: DocumentEvent, before: RuleReading | None) -> DocumentEvent:
    """The event, marked where its text as filed was told and nothing of it is known to have changed in print."""
    same = event.stage is Stage.PUBLISHED and before is not None and not event.differences
    return structs.replace(event, as_filed=same and context.store.was_told(event.document_number))


def late(
    context: Context, documents: Mapping[str, Document], new: Iterable[str], fetched: Fetched
) -> list[DocumentEvent]:
    """Texts that came after their documents were told: news where there was none, or where it says otherwise."""
    found = []
    for number, text in fetched.texts.items():
        if number in new or not is_news(context, text):
            continue
        document = documents[number]
        first = context.readings.newest(document, but=text.sha256) is None
        stage = Stage.READ if first else Stage.CHANGED
        event = compared(context, publication_event(stage, document), text, document)
        if first or event.differences:
            found.append(event)
    return found


def lacking(
    known: Mapping[DocumentKey, Document], current: Mapping[DocumentKey, Document], today: date
) -> list[Document]:
    """Known documents of past issues that the answer does not hold."""
    return [document for key, document in known.items() if key not in current and document.publication_date < today]


def gone(document: Document) -> DocumentEvent:
    """The event of a published document that the answer lacks."""
    return publication_event(Stage.VANISHED, document)


def overdue(context: Context, documents: Iterable[str]) -> list[DocumentEvent]:
    """Filings whose day of publication has passed without them."""
    printed = {document_thread(number) for number in documents}
    printed |= {document_thread(number) for number in context.store.document_numbers(published.NAME)}
    filings = context.readings.documents.filings().values()
    found = []
    for filing in filings:
        day = filing.publication_date
        if day is None or is_withdrawn(filing) or document_thread(filing.document_number) in printed:
            continue
        if context.today - OVERDUE_FOR < day < context.today:
            event = filing_event(Stage.OVERDUE, filing, None)
            if event.kind not in NOISE:
                found.append(event)
    return found
