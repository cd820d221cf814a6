"""Published documents of BIS: GET /api/v1/documents.json (CONTRACT.md §2)."""

from datetime import date, timedelta

from msgspec import Raw, Struct

from monitor.law.wording import key
from monitor.model.documents import BUREAU, CfrReference, Document
from monitor.model.errors import ImplausibleError, ReadError
from monitor.sources.decoding import decode
from monitor.sources.register import BUREAU_NAME, FORMER_BUREAU, Agency, complete, document_number, one_line, query

NAME = "published"
WHAT = "the Federal Register's list of published documents"
PATH = "/api/v1/documents"
PER_PAGE = 1000
AHEAD = timedelta(days=14)  # the issue after a weekend or a holiday appears days before its date (§2.5)
FIRST_DAY = date(1994, 1, 1)  # of the documents that the API has (§2.1)
RENAMED_BY = date(2002, 7, 1)  # from then on nothing was printed under the former name of the bureau
COUNT_CAP = 10_000  # a count of 10 000 is a floor, not a total (§2.1)
# All fields that are reported; none that changes by itself, as page views, comment counts and dockets do (§10.6).
FIELDS = (
    "abstract", "action", "agencies", "cfr_references", "citation", "comments_close_on", "correction_of",
    "corrections", "dates", "docket_ids", "document_number", "effective_on", "end_page", "full_text_xml_url",
    "html_url", "pdf_url", "publication_date", "raw_text_url", "regulation_id_numbers", "start_page", "title",
    "type", "volume",
)  # fmt: skip


class Asked(Struct, frozen=True, kw_only=True):
    """Which documents are asked for, and how the answer is recognized as that of this search.

    The API may ignore conditions that it does not know (CONTRACT.md §1.4), so the answer is checked against them.
    """

    what: str  # the answer, in messages
    conditions: tuple[tuple[str, str], ...]
    described: tuple[str, ...]  # words of the description, letters and digits alone
    agencies: frozenset[str] = frozenset()  # each document has one of them; empty: any
    types: frozenset[str] = frozenset()  # empty: any


OF_BIS = Asked(
    what=WHAT,
    conditions=(("conditions[agencies][]", BUREAU),),
    described=(BUREAU_NAME,),
    agencies=frozenset({BUREAU, FORMER_BUREAU}),
)


class Row(Struct, frozen=True):
    """One result; the fields that the API always sends are mandatory, the others may be null."""

    document_number: str
    publication_date: date
    title: str
    type: str
    agencies: tuple[Agency, ...]
    html_url: str
    raw_text_url: str
    action: str | None
    abstract: str | None
    dates: str | None
    effective_on: date | None
    citation: str | None
    volume: int | None
    start_page: int | None
    end_page: int | None
    pdf_url: str | None
    full_text_xml_url: str | None
    cfr_references: tuple[CfrReference, ...]
    comments_close_on: date | None
    correction_of: str | None


class Envelope(Struct, frozen=True):
    """The answer around the results; `results` is absent when nothing was found (§2.2)."""

    description: str
    count: int
    results: tuple[Raw, ...] = ()
    next_page_url: str | None = None


class Page(Struct, frozen=True):
    """One page: the documents, each with its bytes as sent."""

    count: int
    documents: tuple[tuple[Document, bytes], ...]
    next_page_url: str | None


def first_page_url(base: str, since: date, until: date | None = None, *, asked: Asked = OF_BIS) -> str:
    """The search for all documents of BIS, or for others, in the issues since a day and up to another, newest first."""
    pairs = [*asked.conditions]
    if asked == OF_BIS and since < RENAMED_BY:
        pairs.append(("conditions[agencies][]", FORMER_BUREAU))
    pairs.append(("conditions[publication_date][gte]", since.isoformat()))
    if until is not None:
        pairs.append(("conditions[publication_date][lte]", until.isoformat()))
    pairs += [("fields[]", name) for name in FIELDS]
    pairs += [("order", "newest"), ("per_page", str(PER_PAGE))]
    return f"{base}{PATH}.json?{query(pairs)}"


def read_page(body: bytes, base: str, asked: Asked = OF_BIS) -> Page:
    """Read one page.

    Raises ReadError when the answer is of another search, holds other agencies' documents, or links elsewhere.
    """
    envelope = decode(body, Envelope, asked.what)
    described = key(envelope.description)
    if not all(key(words) in described for words in asked.described):
        raise ReadError(f"{asked.what} answers another search: {envelope.description!r}")
    following = envelope.next_page_url
    if following is not None and not following.startswith(f"{base}{PATH}"):
        raise ReadError(f"{asked.what} goes on at an address outside the API: {following!r}")
    return Page(envelope.count, tuple((read_row(raw, asked), bytes(raw)) for raw in envelope.results), following)


def read_row(raw: bytes | Raw, asked: Asked = OF_BIS) -> Document:
    """Read one result as sent, or as kept. Raises ReadError for a document that was not asked for."""
    row = decode(bytes(raw), Row, asked.what)
    if asked.agencies and asked.agencies.isdisjoint(agency.slug for agency in row.agencies):
        agencies = " or ".join(sorted(asked.agencies))
        raise ReadError(f"{asked.what} holds {row.document_number}, which is not of {agencies}")
    if asked.types and row.type not in asked.types:
        raise ReadError(f"{asked.what} holds {row.document_number}, which is a {row.type}")
    return Document(
        document_number=document_number(row.document_number, asked.what),
        publication_date=row.publication_date,
        title=one_line(row.title),
        type=row.type,
        action=row.action,
        abstract=row.abstract,
        dates=row.dates,
        effective_on=row.effective_on,
        citation=row.citation,
        volume=row.volume,
        start_page=row.start_page or None,  # 0 on publication morning (§2.3)
        end_page=row.end_page or None,
        html_url=row.html_url,
        pdf_url=row.pdf_url,
        raw_text_url=row.raw_text_url,
        full_text_xml_url=row.full_text_xml_url,
        cfr_references=row.cfr_references,
        comments_close_on=row.comments_close_on,
        correction_of=row.correction_of,
        agencies=tuple(agency.slug or agency.raw_name or "" for agency in row.agencies),
    )


def check_complete(pages: list[Page], asked: Asked = OF_BIS) -> None:
    """Raise ReadError when all pages together hold fewer documents than the first one counts."""
    count = pages[0].count
    numbers = {(d.document_number, d.publication_date) for page in pages for d, _ in page.documents}
    if count < COUNT_CAP:
        complete(asked.what, count, len(numbers))


def check_dates(pages: list[Page], today: date, asked: Asked = OF_BIS) -> None:
    """Raise ImplausibleError when a document is dated later than any issue can be yet."""
    for page in pages:
        for document, _ in page.documents:
            if document.publication_date > today + AHEAD:
                number, day = document.document_number, document.publication_date
                raise ImplausibleError(f"{asked.what} holds {number} of {day}, an issue that cannot be there yet")
