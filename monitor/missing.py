"""What a report of two days lacks: asked for politely, kept as evidence, and told to no reader."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec import Struct

from monitor.backfill.documents import NAME as DOCUMENTS
from monitor.backfill.documents import check_period, text_of
from monitor.backfill.plan import ONE_DAY, Days
from monitor.desk import Desk
from monitor.errors import SourceError
from monitor.model.documents import Document
from monitor.model.eastern import count, eastern_date
from monitor.model.polls import BACKFILL, Outcome, Status
from monitor.on_day import fetch
from monitor.publishing import WINDOW, read_issue
from monitor.readings import worth_reading
from monitor.sources import ecfr, published
from monitor.store import KeptDocument, Span, Store

LONGEST = timedelta(days=365)  # of one search: the API counts no more than 10 000 documents (CONTRACT.md §2.1)
Period = tuple[date, date]  # first and last day


class Step(Struct, frozen=True):
    """One thing that is missing, in words, and how to get it; the rest of a report can do without where it says why."""

    says: str
    run: Callable[[], str | None]


def missing(desk: Desk, start: date, end: date, supplements: Sequence[ecfr.Supplement]) -> Iterator[list[Step]]:
    """What is missing for a report, in rounds: the steps of one are to be made before the next is asked for.

    Raises SourceError when the eCFR does not say of which days it can be asked.
    """
    yield [*supplement_steps(desk, (start, end), supplements)]
    yield [*document_steps(desk, min(start, end), max(start, end))]
    yield [*text_steps(desk, min(start, end), max(start, end))]


def supplement_steps(desk: Desk, days: Sequence[date], supplements: Sequence[ecfr.Supplement]) -> Iterator[Step]:
    """The supplements on both days that are not covered by what is kept, as far as the eCFR goes."""
    if not [*uncovered(desk.store, days, supplements)]:
        return
    known = desk.store.last_as_of(ecfr.NAME)
    if known is None or max(days) > known:
        known = ecfr.read_as_of(desk.fetcher.json(ecfr.titles_url(desk.settings.sources.ecfr)).body)
        ecfr.check_as_of(known, desk.today)
    reached = sorted({min(day, known) for day in days})
    for day, supplement in uncovered(desk.store, reached, supplements):
        yield Step(f"{supplement.name} of {day}", partial(keep_supplement, desk, supplement, day))


def uncovered(
    store: Store, days: Iterable[date], supplements: Sequence[ecfr.Supplement]
) -> Iterator[tuple[date, ecfr.Supplement]]:
    """The days on which it is not known what a supplement said."""
    for day in days:
        yield from ((day, one) for one in supplements if not store.is_covered(one.name, ecfr.NAME, day))


def keep_supplement(desk: Desk, supplement: ecfr.Supplement, day: date) -> str | None:
    """Fetch a supplement as of a day and keep it. Raises SourceError or NotThereError."""
    fetch(desk, supplement, day)
    return None


def document_steps(desk: Desk, low: date, high: date) -> Iterator[Step]:
    """The documents published after the first day that nobody asked for yet.

    What is newer than the last poll of a watch is left to the watch: kept now, it would never be told.
    """
    last = desk.store.last_good_poll(published.NAME)
    through = min(high, desk.today if last is None else eastern_date(last))
    for since, until in reversed([*gaps((low + ONE_DAY, through), known_periods(desk.store))]):
        for piece in reversed([*pieces(since, until)]):
            yield Step(f"documents of {piece.since} to {piece.until}", partial(keep_documents, desk, piece))


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


def keep_documents(desk: Desk, days: Days) -> str | None:
    """Ask for the documents of a period and keep them. Raises SourceError when the answer is not believed."""
    asked = desk.fetcher.requests
    issue = read_issue(desk, days.since, days.until)
    rows = [row for page in issue.pages for row in page.documents]
    check_period([document for document, _ in rows], days)
    kept = {(one.document_number, one.publication_date) for one in desk.store.documents(published.NAME, days.since)}
    message = f"{count(len(rows), 'document')} of BIS from {days.since} to {days.until}"
    through = min(days.until, desk.today - ONE_DAY)  # today's issue may not be whole yet
    with desk.store.transaction():
        number = desk.store.record_poll(asked_for(desk, message, asked, issue.sha256))
        for document, raw in rows:
            key = document.document_number, document.publication_date
            if key not in kept:
                desk.store.keep_document(published.NAME, KeptDocument(*key, raw), desk.now, number)
        if days.since <= through:
            desk.store.cover(DOCUMENTS, Span(days.since, through, desk.today), number)
    return None


def text_steps(desk: Desk, low: date, high: date) -> Iterator[Step]:
    """The texts of the documents between that are worth reading and not kept in any form."""
    kept = desk.store.text_forms()
    documents = [published.read_row(row.row) for row in desk.store.documents(published.NAME, low + ONE_DAY)]
    # The newest first: interrupted, an extension is known without the license that it extends, and not the reverse.
    for document in sorted(documents, key=lambda d: d.publication_date, reverse=True):
        if document.publication_date <= high and document.document_number not in kept and worth_reading(document):
            yield Step(f"the text of {document.document_number}", partial(keep_text, desk, document))


def keep_text(desk: Desk, document: Document) -> str | None:
    """Ask for the text of a document and keep it; returns why it could not be had."""
    asked, number = desk.fetcher.requests, document.document_number
    try:
        text = text_of(desk, document)
    except SourceError as error:
        return f"The text of {number} could not be had: {error}."
    if text is None:
        return None  # told with all that are not kept
    with desk.store.transaction():
        desk.store.keep_text(text, desk.store.record_poll(asked_for(desk, f"the text of {number}", asked, text.sha256)))
    return None


def asked_for(desk: Desk, message: str, asked: int, sha256: str) -> Outcome:
    """A row for the ledger: history that a person asked for, news to nobody."""
    return Outcome(
        source=BACKFILL,
        status=Status.UNCHANGED,
        message=message,
        started_at=desk.now,
        requests=desk.fetcher.requests - asked,
        sha256=sha256,
    )
