"""A poll of a search of the operator's own: documents of any agency, told under the topic of searches."""

from datetime import datetime, timedelta
from functools import partial

from msgspec import structs

from monitor.diff.documents import occasion, publication_events
from monitor.law.document import NOISE, kind_of
from monitor.model.alerts import Alert, DocumentEvent
from monitor.model.documents import BUREAU, Document, Kind, Stage, document_thread
from monitor.model.eastern import count, eastern_date, long_date
from monitor.model.polls import Outcome
from monitor.model.settings import Search
from monitor.polls.context import Context
from monitor.polls.published import WINDOW, read_issue, with_text
from monitor.polls.record import Harvest, record, watched
from monitor.polls.texts import fetch_texts, wanted_of_documents
from monitor.sources import published
from monitor.sources.searches import asked_of
from monitor.store import Baseline, KeptDocument

RECENT = timedelta(days=7)  # what an old issue only now shows, such as after new conditions, is kept and not told


def poll(search: Search, context: Context) -> Outcome:
    """Poll a search since thirty days before its last good poll. Raises SourceError when the answer is not believed."""
    requests, name, asked = context.fetcher.requests, f"search:{search.name}", asked_of(search)
    last = context.store.last_good_poll(name)
    since = (context.today if last is None else min(context.today, eastern_date(last))) - WINDOW
    issue = read_issue(context, since, asked=asked)
    rows = [row for page in issue.pages for row in page.documents]
    kept = [published.read_row(row.row, EVERY) for row in context.store.documents(name, since)]
    known = {(document.document_number, document.publication_date): document for document in kept}
    by_number = {document.document_number: document for document, _ in rows}
    events = [
        event
        for event in publication_events(known, by_number.values())
        if last is not None and is_news(event, by_number[event.document_number], last)
    ]
    new = [event.document_number for event in events if event.stage is Stage.PUBLISHED]
    fetched = fetch_texts(context, wanted_of_documents(context, [by_number[number] for number in new], new))
    found = [with_text(context, event, by_number[event.document_number], fetched) for event in events]
    summary = f"{count(len(rows), 'document')} since {long_date(since)}"
    return record(
        context,
        Harvest(
            source=name,
            rows=[
                KeptDocument(document.document_number, document.publication_date, raw)
                for document, raw in rows
                if known.get((document.document_number, document.publication_date)) != document
            ],
            texts=list(fetched.texts.values()),
            events=[structs.replace(event, kind=Kind.SEARCH, search=search.name) for event in found],
            baseline=Baseline(watched=(watched(context, f"Search “{search.name}”", summary, issue.sha256),)),
            gone=None,  # a search can lose a document because its words moved: that is no news of the document
            sha256=issue.sha256,
            requests=context.fetcher.requests - requests,
            count=len(rows),
            of="found",
            alert=partial(search_alert, search.name),
        ),
    )


# What is kept was checked when it came; the conditions may have been changed since.
EVERY = published.Asked(what="a kept document", conditions=(), described=())


def is_news(event: DocumentEvent, document: Document, last: datetime) -> bool:
    """Whether the search has something to tell: not of old issues, and not what the watch of BIS tells anyway."""
    if event.stage is Stage.PUBLISHED and document.publication_date < eastern_date(last) - RECENT:
        return False
    return BUREAU not in document.agencies or kind_of(document) in NOISE


def search_alert(name: str, context: Context, event: DocumentEvent) -> Alert:
    """The alert of a document that a search found, in the conversation on that document."""
    number = event.corrects or event.document_number
    return Alert(
        key=f"search:{name}:{event.document_number}:{event.stage}:{occasion(event)}",
        thread=context.store.thread_of(number) or document_thread(number),
        topics=(Kind.SEARCH,),
        created_at=context.now,
        body=event,
    )
