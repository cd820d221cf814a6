"""The documents of BIS month by month, with the texts of those that are worth reading (CONTRACT.md §2)."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec import Struct, structs

from monitor.law.document import worth_reading
from monitor.model.documents import Document
from monitor.model.eastern import count, eastern_date
from monitor.model.errors import AbsentError, ReadError
from monitor.model.polls import Form, KeptText
from monitor.polls.backfill.plan import ONE_DAY, Days, is_done, months
from monitor.polls.backfill.work import Work, unit_result
from monitor.polls.context import Context
from monitor.polls.documents import key_of
from monitor.polls.published import WINDOW, Issue, read_issue
from monitor.polls.result import PollResult
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
    """The last day that is history: what the next poll reads itself must reach the recipients."""
    last = store.last_good_poll(published.NAME)
    if last is None:
        return min(until, today)
    return min(until, eastern_date(last) - WINDOW - ONE_DAY)


class Answer(Struct, frozen=True):
    """The rows of a month, the texts that are worth reading, and the numbers of documents that have none."""

    issue: Issue
    texts: tuple[tuple[Document, KeptText], ...]
    absent: tuple[str, ...]


def keep(work: Work, unit: Unit) -> str:
    """Keep the documents of a month and their texts. Returns which texts there are not, or nothing.

    Raises SourceError when the answer is not accepted or a text does not come.
    """
    context = work.context()
    answer, requests = context.counted(partial(fetch, context, unit.days))
    work.record(context, partial(result_of, context, unit, answer), requests)
    return f"{unit.label}: no text of {', '.join(answer.absent)}" if answer.absent else ""


def fetch(context: Context, days: Days) -> Answer:
    """Ask for the documents of a month, and for their texts. Raises SourceError."""
    issue = read_issue(context, days.since, days.until)
    check_period([document for document, _ in issue.rows], days)
    texts, absent = texts_of(context, [document for document, _ in issue.rows])
    return Answer(issue, tuple(texts), tuple(absent))


def result_of(context: Context, unit: Unit, answer: Answer) -> PollResult:
    """What of a month is history by now: the monitor may have begun meanwhile."""
    days, rows = unit.days, answer.issue.rows
    last = last_day(context.store, context.today, days.until)
    kept = context.store.document_keys(published.NAME, days.since, days.until)
    through = min(last, context.today - ONE_DAY)  # today's issue may not be whole yet
    message = f"{count(len(rows), 'document')} of BIS from {days.since} to {days.until}"
    return structs.replace(
        unit_result(context, message, last, [answer.issue.sha256.encode()]),
        documents_of=published.NAME,
        documents=tuple(
            KeptDocument(*key_of(one), raw)
            for one, raw in rows
            if key_of(one) not in kept and one.publication_date <= last
        ),
        texts=tuple(text for document, text in answer.texts if document.publication_date <= last),
        covered=((NAME, Span(days.since, through, context.today)),) if days.since <= through else (),
    )


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
