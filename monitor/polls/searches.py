"""A poll of a search of the operator's own: documents of any agency, reported under the topic of searches."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from msgspec import structs

from monitor.diff.documents import occasion, publication_events
from monitor.law.document import NOISE, kind_of
from monitor.model.alerts import Alert, DocumentEvent
from monitor.model.documents import BUREAU, Document, Kind, Stage, document_thread
from monitor.model.eastern import count, eastern_date, long_date
from monitor.model.settings import Search
from monitor.polls.context import Context
from monitor.polls.documents import baseline_item, by_key, document_message, new_or_changed, with_announcements
from monitor.polls.published import WINDOW, read_issue, with_text
from monitor.polls.result import PollResult
from monitor.polls.texts import fetch_texts, wanted_of_documents
from monitor.sources import published
from monitor.sources.searches import asked_of
from monitor.store import Baseline

RECENT = timedelta(days=7)  # what an old issue only now shows, such as after new conditions, is kept and not reported


def poll(context: Context, search: Search) -> PollResult:
    """A search since thirty days before its last good poll. Raises SourceError when the answer is not accepted."""
    name, asked = f"search:{search.name}", asked_of(search)
    last = context.store.last_good_poll(name)
    since = (context.today if last is None else min(context.today, eastern_date(last))) - WINDOW
    issue = read_issue(context, since, asked=asked)
    known = by_key(context.store.documents(name, since), partial(published.read_row, asked=EVERY))
    by_number = {document.document_number: document for document, _ in issue.rows}
    documents = new_or_changed(issue.rows, known)
    result = PollResult(
        source=name,
        started_at=context.now,
        message=document_message(len(issue.rows), "found", documents),
        as_of=context.today,
        sha256=issue.sha256,
        documents=documents,
        missing=None,  # a search can lose a document because its words moved: that says nothing of the document
    )
    if last is None:
        summary = f"{count(len(issue.rows), 'document')} since {long_date(since)}"
        item = baseline_item(context, f"Search “{search.name}”", summary, issue.sha256)
        return structs.replace(result, baselines={name: Baseline(watched=(item,))})
    events = [
        event
        for event in publication_events(known, by_number.values())
        if is_reportable(event, by_number[event.document_number], last)
    ]
    return with_found(context, result, search, events, by_number)


def with_found(
    context: Context,
    result: PollResult,
    search: Search,
    events: Sequence[DocumentEvent],
    documents: Mapping[str, Document],
) -> PollResult:
    """The result with the alerts of what a search found, and the texts of what is new."""
    new = [event.document_number for event in events if event.stage is Stage.PUBLISHED]
    fetched = fetch_texts(context, wanted_of_documents(context, [documents[number] for number in new], new))
    read = [with_text(context, event, documents[event.document_number], fetched) for event in events]
    found = [structs.replace(event, kind=Kind.SEARCH, search=search.name) for event in read]
    announced, links = with_announcements(context, found)
    return structs.replace(
        result,
        texts=tuple(fetched.texts.values()),
        alerts=tuple(search_alert(search.name, context, event) for event in announced),
        changes=len(announced),
        linked_threads=tuple(links),
    )


# What is kept was checked when it came; the conditions may have been changed since.
EVERY = published.Asked(what="a kept document", conditions=(), described=())


def is_reportable(event: DocumentEvent, document: Document, last: datetime) -> bool:
    """Whether a search is to report an event: not of old issues, and not what is reported as of BIS anyway."""
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
