"""What a report of two days lacks: asked for politely, kept as evidence, and reported to no recipient."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec import Struct, structs

from monitor.law.document import worth_reading
from monitor.model.documents import Document
from monitor.model.eastern import count, eastern_date
from monitor.model.errors import SourceError
from monitor.model.polls import BACKFILL
from monitor.polls.backfill.documents import NAME as DOCUMENTS
from monitor.polls.backfill.documents import check_period, text_of
from monitor.polls.backfill.plan import ONE_DAY, Days
from monitor.polls.context import Context
from monitor.polls.documents import key_of
from monitor.polls.on_demand.lists import fetch
from monitor.polls.published import WINDOW, read_issue
from monitor.polls.record import record
from monitor.polls.result import PollResult
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

    What is newer than the last poll is left to the next one: kept now, it would never be reported.
    """
    last = context.store.last_good_poll(published.NAME)
    through = min(high, context.today if last is None else eastern_date(last))
    for since, until in reversed([*gaps((low + ONE_DAY, through), known_periods(context.store))]):
        for piece in reversed([*pieces(since, until)]):
            yield Step(f"documents of {piece.since} to {piece.until}", partial(keep_documents, context, piece))


def known_periods(store: Store) -> list[Period]:
    """The periods of which all documents were asked for: by polls without a gap, and by hand."""
    first, last = store.first_good_poll(published.NAME), store.last_good_poll(published.NAME)
    polled = [] if first is None or last is None else [(eastern_date(first) - WINDOW, eastern_date(last))]
    return sorted([*polled, *((span.since, span.until) for span in store.covered(DOCUMENTS))])


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
    """Ask for the documents of a period and keep them. Raises SourceError when the answer is not accepted."""
    issue, requests = context.counted(partial(read_issue, context, days.since, days.until))
    check_period([document for document, _ in issue.rows], days)
    kept = {(one.document_number, one.publication_date) for one in context.store.documents(published.NAME, days.since)}
    through = min(days.until, context.today - ONE_DAY)  # today's issue may not be whole yet
    message = f"{count(len(issue.rows), 'document')} of BIS from {days.since} to {days.until}"
    result = structs.replace(
        requested(context, message, requests, issue.sha256),
        documents_of=published.NAME,
        documents=tuple(KeptDocument(*key_of(one), raw) for one, raw in issue.rows if key_of(one) not in kept),
        covered=((DOCUMENTS, Span(days.since, through, context.today)),) if days.since <= through else (),
    )
    record(context, result)
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
    number = document.document_number
    try:
        text, requests = context.counted(partial(text_of, context, document))
    except SourceError as error:
        return f"The text of {number} could not be had: {error}."
    if text is not None:  # else it is named with all that are not kept
        result = requested(context, f"the text of {number}", requests, text.sha256)
        record(context, structs.replace(result, texts=(text,)))
    return None


def requested(context: Context, message: str, requests: int, sha256: str) -> PollResult:
    """History that a person asked for, which is reported to nobody."""
    return PollResult(source=BACKFILL, started_at=context.now, message=message, requests=requests, sha256=sha256)
