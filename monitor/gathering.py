"""What a report of two days lacks: asked for politely, kept as evidence, and told to no reader."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from monitor.desk import Desk
from monitor.model.documents import Document
from monitor.model.eastern import count, eastern_date
from monitor.model.polls import ON_DEMAND, Form, Outcome, Status
from monitor.on_day import fetch
from monitor.publishing import WINDOW, read_issue
from monitor.readings import worth_reading
from monitor.sources import ecfr, published
from monitor.store import KeptDocument, Store
from monitor.texts import Wanted, fetch_texts

ONE_DAY = timedelta(days=1)
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
    known = desk.store.last_as_of(ecfr.NAME)
    if known is None or max(days) > known:
        known = ecfr.read_as_of(desk.fetcher.json(ecfr.titles_url(desk.settings.sources.ecfr)).body)
        ecfr.check_as_of(known, desk.today)
    for day in sorted({min(day, known) for day in days}):
        for supplement in supplements:
            if not desk.store.is_covered(supplement.name, ecfr.NAME, day):
                yield Step(f"{supplement.name} of {day}", lambda s=supplement, d=day: keep_supplement(desk, s, d))  # type: ignore[misc]


def keep_supplement(desk: Desk, supplement: ecfr.Supplement, day: date) -> None:
    """Fetch a supplement as of a day and keep it. Raises SourceError or NotThereError."""
    fetch(desk, supplement, day)


def document_steps(desk: Desk, low: date, high: date) -> Iterator[Step]:
    """The documents published after the first day that nobody asked for yet.

    What is newer than the last poll of a watch is left to the watch: kept now, it would never be told.
    """
    last = desk.store.last_good_poll(published.NAME)
    through = min(high, desk.today if last is None else eastern_date(last))
    for since, until in gaps((low + ONE_DAY, through), known_periods(desk.store)):
        for piece in pieces(since, until):
            yield Step(f"documents of {piece[0]} to {piece[1]}", lambda p=piece: keep_documents(desk, *p))  # type: ignore[misc]


def known_periods(store: Store) -> list[Period]:
    """The periods of which all documents were asked for: by the watch without a gap, and by hand."""
    first, last = store.first_good_poll(published.NAME), store.last_good_poll(published.NAME)
    watched = [] if first is None or last is None else [(eastern_date(first) - WINDOW, eastern_date(last))]
    return sorted([*watched, *store.periods(published.NAME)])


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


def pieces(since: date, until: date) -> Iterator[Period]:
    """A period in parts of at most a year."""
    while since <= until:
        last = min(until, since + LONGEST)
        yield since, last
        since = last + ONE_DAY


def keep_documents(desk: Desk, since: date, until: date) -> None:
    """Ask for the documents of a period and keep them. Raises SourceError when the answer is not believed."""
    asked = desk.fetcher.requests
    issue = read_issue(desk, since, until)
    kept = {(d.document_number, d.publication_date): d.row for d in desk.store.documents(published.NAME, since)}
    rows = [row for page in issue.pages for row in page.documents]
    outcome = Outcome(
        source=ON_DEMAND,
        status=Status.UNCHANGED,
        message=f"{count(len(rows), 'document')} of BIS from {since} to {until}",
        started_at=desk.now,
        requests=desk.fetcher.requests - asked,
        sha256=issue.sha256,
    )
    with desk.store.transaction():
        number = desk.store.record_poll(outcome)
        for document, raw in rows:
            if (document.document_number, document.publication_date) not in kept:
                row = KeptDocument(document.document_number, document.publication_date, raw)
                desk.store.keep_document(published.NAME, row, desk.now, number)
        # Issues appear all morning: the day itself is not over.
        desk.store.keep_period(published.NAME, since, min(until, desk.today - ONE_DAY), number)


def text_steps(desk: Desk, low: date, high: date) -> Iterator[Step]:
    """The texts of the documents between that are worth reading and not kept in any form."""
    kept = desk.store.text_forms()
    for row in desk.store.documents(published.NAME, low + ONE_DAY):
        document = published.read_row(row.row)
        if document.publication_date > high or kept.get(document.document_number) or not worth_reading(document):
            continue
        yield Step(f"the text of {document.document_number}", lambda d=document: keep_text(desk, d))  # type: ignore[misc]


def keep_text(desk: Desk, document: Document) -> str | None:
    """Ask for the text of a document and keep it; returns why it could not be had."""
    xml = document.full_text_xml_url
    form, url = (Form.PRINTED, document.raw_text_url) if xml is None else (Form.XML, xml)
    asked, number = desk.fetcher.requests, document.document_number
    fetched = fetch_texts(desk, [Wanted(number, form, url)])
    if number in fetched.failures:
        return f"The text of {number} could not be had: {fetched.failures[number]}"
    text = fetched.texts[number]
    outcome = Outcome(
        source=ON_DEMAND,
        status=Status.UNCHANGED,
        message=f"the text of {number}",
        started_at=desk.now,
        requests=desk.fetcher.requests - asked,
        sha256=text.sha256,
    )
    with desk.store.transaction():
        desk.store.keep_text(text, desk.store.record_poll(outcome))
    return None
