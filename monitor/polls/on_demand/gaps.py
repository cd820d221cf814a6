"""What a report of two days lacks: asked for politely, kept as evidence, and told to no reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from monitor.law.document import worth_reading
from monitor.model.documents import Document
from monitor.model.eastern import count, eastern_date
from monitor.model.errors import SourceError
from monitor.model.polls import BACKFILL, Outcome, Status
from monitor.polls.backfill.documents import NAME as DOCUMENTS
from monitor.polls.backfill.documents import check_period, text_of
from monitor.polls.backfill.plan import ONE_DAY, Days
from monitor.polls.context import Context
from monitor.polls.on_demand.lists import fetch
from monitor.polls.published import WINDOW, read_issue
from monitor.sources import ecfr, published
from monitor.store import KeptDocument, Span, Store

LONGEST = timedelta(days=365)  # of one search: the API counts no more than 10 000 documents (CONTRACT.md §2.1)
Period = tuple[date, date]  # first and last day


class Step(Struct, frozen=True):
    """One thing that is missing, in words, and how to get it; the rest of a report can do without where it says why."""

    says: str
    run: Callable[[], str | None]


def missing(context: Context, start: date, end: date, supplements: Sequence[ecfr.Supplement]) -> Iterator[list[Step]]:
    """What is missing for a report, in rounds: the steps of one are to be made before the next is asked for.

    Raises SourceError when the eCFR does not say of which days it can be asked.
    """
    yield [*supplement_steps(context, (start, end), supplements)]
    yield [*document_steps(context, min(start, end), max(start, end))]
    yield [*text_steps(context, min(start, end), max(start, end))]


def supplement_steps(context: Context, days: Sequence[date], supplements: Sequence[ecfr.Supplement]) -> Iterator[Step]:
    """The supplements on both days that are not covered by what is kept, as far as the eCFR goes."""
    if not [*uncovered(context.store, days, supplements)]:
        return
    known = context.store.last_as_of(ecfr.NAME)
    if known is None or max(days) > known:
        known = ecfr.read_as_of(context.fetcher.json(ecfr.titles_url(context.settings.sources.ecfr)).body)
        ecfr.check_as_of(known, context.today)
    reached = sorted({min(day, known) for day in days})
    for day, supplement in uncovered(context.store, reached, supplements):
        yield Step(f"{supplement.name} of {day}", partial(keep_supplement, context, supplement, day))


def uncovered(
    store: Store, days: Iterable[date], supplements: Sequence[ecfr.Supplement]
) -> Iterator[tuple[date, ecfr.Supplement]]:
    """The days on which it is not known what a supplement said."""
    for day in days:
        yield from ((day, one) for one in supplements if not store.is_covered(one.name, ecfr.NAME, day))


def keep_supplement(context: Context, supplement: ecfr.Supplement, day: date) -> str | None:
    """Fetch a supplement as of a day and keep it. Raises SourceError or NotThereError."""
    fetch(context, supplement, day)
    return None


def document_steps(context: Context, low: date, high: date) -> Iterator[Step]:
    """The documents published after the first day that nobody asked for yet.

    What is newer than the last poll of a watch is left to the watch: kept now, it would never be told.
    """
    last = context.store.last_good_poll(published.NAME)
    through = min(high, context.today if last is None else eastern_date(last))
    for since, until in reversed([*gaps((low + ONE_DAY, through), known_periods(context.store))]):
        for piece in reversed([*pieces(since, until)]):
            yield Step(f"documents of {piece.since} to {piece.until}", partial(keep_documents, context, piece))


def known_periods(store: Store) -> list[Period]:
    """The periods of which all documents were asked for: by the watch without a gap, and by hand."""
    first, last = store.first_good_poll(published.NAME), store.last_good_poll(published.NAME)
    watched = [] if first is None or last is None else [(eastern_date(first) - WINDOW, eastern_date(last))]
    return sorted([*watched, *((span.since, span.until) for span in store.covered(DOCUMENTS))])


def gaps(wanted: Period, known: Sequence[Period]) -> Iterator[Period]:
    """The parts of a period that no sorted known one covers."""
    day, last = wanted
    for since, until in known:
        if since > last:
            break
        if day < since:
            yield day, since - ONE_DAY
        day = max(day, until + ONE_DAY)
    if day <= last:
        yield day, last


def pieces(since: date, until: date) -> Iterator[Days]:
    """A period in parts of at most a year."""
    while since <= until:
        last = min(until, since + LONGEST)
        yield Days(since, last)
        since = last + ONE_DAY


def keep_documents(context: Context, days: Days) -> str | None:
    """Ask for the documents of a period and keep them. Raises SourceError when the answer is not believed."""
    asked = context.fetcher.requests
    issue = read_issue(context, days.since, days.until)
    rows = [row for page in issue.pages for row in page.documents]
    check_period([document for document, _ in rows], days)
    kept = {(one.document_number, one.publication_date) for one in context.store.documents(published.NAME, days.since)}
    message = f"{count(len(rows), 'document')} of BIS from {days.since} to {days.until}"
    through = min(days.until, context.today - ONE_DAY)  # today's issue may not be whole yet
    with context.store.transaction():
        number = context.store.record_poll(asked_for(context, message, asked, issue.sha256))
        for document, raw in rows:
            key = document.document_number, document.publication_date
            if key not in kept:
                context.store.keep_document(published.NAME, KeptDocument(*key, raw), context.now, number)
        if days.since <= through:
            context.store.cover(DOCUMENTS, Span(days.since, through, context.today), number)
    return None


def text_steps(context: Context, low: date, high: date) -> Iterator[Step]:
    """The texts of the documents between that are worth reading and not kept in any form."""
    kept = context.store.text_forms()
    documents = [published.read_row(row.row) for row in context.store.documents(published.NAME, low + ONE_DAY)]
    # The newest first: interrupted, an extension is known without the license that it extends, and not the reverse.
    for document in sorted(documents, key=lambda d: d.publication_date, reverse=True):
        if document.publication_date <= high and document.document_number not in kept and worth_reading(document):
            yield Step(f"the text of {document.document_number}", partial(keep_text, context, document))


def keep_text(context: Context, document: Document) -> str | None:
    """Ask for the text of a document and keep it; returns why it could not be had."""
    asked, number = context.fetcher.requests, document.document_number
    try:
        text = text_of(context, document)
    except SourceError as error:
        return f"The text of {number} could not be had: {error}."
    if text is None:
        return None  # told with all that are not kept
    with context.store.transaction():
        context.store.keep_text(
            text, context.store.record_poll(asked_for(context, f"the text of {number}", asked, text.sha256))
        )
    return None


def asked_for(context: Context, message: str, asked: int, sha256: str) -> Outcome:
    """A row for the ledger: history that a person asked for, news to nobody."""
    return Outcome(
        source=BACKFILL,
        status=Status.UNCHANGED,
        message=message,
        started_at=context.now,
        requests=context.fetcher.requests - asked,
        sha256=sha256,
    )
