"""The documents of BIS month by month, with the texts of those that are worth reading (CONTRACT.md §2)."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from monitor.law.document import worth_reading
from monitor.model.documents import Document
from monitor.model.eastern import count, eastern_date
from monitor.model.errors import AbsentError, ReadError
from monitor.model.polls import Form, KeptText
from monitor.polls import published as publishing
from monitor.polls.backfill.plan import ONE_DAY, Days, is_done, months
from monitor.polls.backfill.work import Work, finished
from monitor.polls.context import Context
from monitor.polls.texts import Wanted, fetch_text
from monitor.sources import published
from monitor.store import KeptDocument, Span, Store

NAME = "documents"


class Unit(Struct, frozen=True, kw_only=True):
    """The documents of a month."""

    days: Days

    @property
    def label(self) -> str:
        """What it is, for the progress."""
        return f"documents of {self.days.since:%B %Y}"


def plan(work: Work, since: date, until: date) -> tuple[list[Unit], int]:
    """What is left to do of a range, and how many units of it are done."""
    context = work.context()
    last = last_day(context.store, context.today, until)
    everything = list(months(max(since, published.FIRST_DAY), last))
    covered = context.store.covered(NAME)
    left = [Unit(days=days) for days in everything if not is_done(days, date.min, covered)]
    return left, len(everything) - len(left)


def last_day(store: Store, today: date, until: date) -> date:
    """The last day that is history: what the watch reads itself at its next poll must reach the readers as news."""
    last = store.last_good_poll(published.NAME)
    if last is None:
        return min(until, today)
    return min(until, eastern_date(last) - publishing.WINDOW - ONE_DAY)


def do(work: Work, unit: Unit) -> str:
    """Keep the documents of a month and their texts. Returns which texts there are not, or nothing.

    Raises SourceError when the answer is not believed or a text does not come.
    """
    context = work.context()
    asked = context.fetcher.requests
    issue = publishing.read_issue(context, unit.days.since, unit.days.until)
    rows = [row for page in issue.pages for row in page.documents]
    check_period([document for document, _ in rows], unit.days)
    texts, absent = texts_of(context, [document for document, _ in rows])
    message = f"{count(len(rows), 'document')} of BIS from {unit.days.since} to {unit.days.until}"
    with work.writing() as store:
        last = last_day(store, context.today, unit.days.until)  # a watch may have begun meanwhile
        number = store.record_poll(finished(context, message, last, asked, [issue.sha256.encode()]))
        kept = store.document_keys(published.NAME, unit.days.since, unit.days.until)
        for document, raw in rows:
            key = (document.document_number, document.publication_date)
            if key not in kept and document.publication_date <= last:
                store.keep_document(published.NAME, KeptDocument(*key, raw), context.now, number)
        for document, text in texts:
            if document.publication_date <= last:
                store.keep_text(text, number)
        through = min(last, context.today - ONE_DAY)  # today's issue may not be whole yet
        if unit.days.since <= through:
            store.cover(NAME, Span(unit.days.since, through, context.today), number)
    return f"{unit.label}: no text of {', '.join(absent)}" if absent else ""


def check_period(documents: Sequence[Document], days: Days) -> None:
    """Raise ReadError for an answer to another question."""
    for document in documents:
        if not days.since <= document.publication_date <= days.until:
            number, day = document.document_number, document.publication_date
            raise ReadError(f"{published.WHAT} from {days.since} to {days.until} holds {number} of {day}")


def texts_of(context: Context, documents: Sequence[Document]) -> tuple[list[tuple[Document, KeptText]], list[str]]:
    """The texts that are worth reading and not kept, and the numbers of documents that have none."""
    kept = context.store.text_forms()
    found: list[tuple[Document, KeptText]] = []
    absent: list[str] = []
    for document in documents:
        if document.document_number in kept or not worth_reading(document):
            continue
        text = text_of(context, document)
        if text is None:
            absent.append(document.document_number)
        else:
            found.append((document, text))
    return found, absent


def text_of(context: Context, document: Document) -> KeptText | None:
    """The XML of a document, else its plain text, else None: XML begins in 2000, and an address proves no file (§2.3).

    Raises SourceError when the source does not answer or answers something else.
    """
    number = document.document_number
    ways = [Wanted(number, Form.PRINTED, document.raw_text_url)]
    if document.full_text_xml_url is not None:
        ways.insert(0, Wanted(number, Form.XML, document.full_text_xml_url))
    for way in ways:
        try:
            return fetch_text(context, way)
        except (AbsentError, ReadError):
            continue
    return None
