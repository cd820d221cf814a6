"""Public inspection, where a rule appears first: GET .../public-inspection-documents/current.json (CONTRACT.md §3)."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from msgspec import UNSET, Raw, Struct, UnsetType

from monitor.model.documents import Filing
from monitor.model.eastern import EASTERN, eastern_date
from monitor.model.errors import ImplausibleError, ReadError
from monitor.sources.decoding import decode
from monitor.sources.register import Agency, complete, document_number, is_bureau, one_line, query

NAME = "inspection"
ONE_DAY = timedelta(days=1)
WHAT = "the Federal Register's public inspection list"
LAST_SLOT = time(19)  # documents filed later are still on file in the morning (§3.4)
CAUGHT_UP = timedelta(days=30)  # missed days of which the lists are asked for
FARTHEST = timedelta(days=366)  # most documents are scheduled for days ahead, a few for months


class Row(Struct, frozen=True):
    """One document on file; every key is present in live answers, null where it has no value (§3.3)."""

    document_number: str
    title: str
    type: str
    agencies: tuple[Agency, ...]
    filed_at: datetime | None
    publication_date: date | None
    editorial_note: str | None
    pdf_url: str
    html_url: str
    raw_text_url: str
    pdf_updated_at: datetime | None


class Issuer(Struct, frozen=True):
    """The part of a row that tells the documents of other agencies apart."""

    agencies: tuple[Agency, ...]


class Envelope(Struct, frozen=True):
    """The answer around the rows; without an issue it is exactly a count of 0 and no rows, and no stamp (§3.2)."""

    count: int
    results: tuple[Raw, ...]
    regular_filings_updated_at: datetime | UnsetType = UNSET


class Scheduled(Struct, frozen=True):
    """The part of a row of any agency that names the issue it is scheduled for; null once it is withdrawn (§3.5)."""

    publication_date: date | UnsetType | None = UNSET


class InspectionSummary(Struct, frozen=True, kw_only=True):
    """A summary of the list: how many documents are on file, and when the regular filing was, always 8:45 (§3.2).

    `issues` are the days for which documents of any agency are scheduled.
    """

    count: int
    filed_at: datetime | None
    issues: tuple[date, ...] = ()


def url(base: str) -> str:
    """All documents on file today, or on the day before until the first import of a day."""
    return f"{base}/api/v1/public-inspection-documents/current.json"


def url_on(base: str, day: date) -> str:
    """All documents that were on file on a day, as they stand now (§3.1)."""
    pairs = [("conditions[available_on]", day.isoformat())]
    return f"{base}/api/v1/public-inspection-documents.json?{query(pairs)}"


def missed_days(last: datetime, now: datetime) -> tuple[date, ...]:
    """The weekdays before today whose filings may not all have been seen since the last good poll, oldest first.

    A rule can be filed, and withdrawn or published, between two polls.
    """
    seen, today = last.astimezone(EASTERN), eastern_date(now)
    first = seen.date() if seen.time() < LAST_SLOT else seen.date() + ONE_DAY
    first = max(first, today - CAUGHT_UP)
    days = (first + ONE_DAY * passed for passed in range((today - first).days))
    return tuple(day for day in days if day.weekday() < 5)


def read(body: bytes) -> tuple[tuple[Filing, bytes], ...]:
    """Read the rows of BIS, each with its bytes as sent.

    Raises ReadError when the answer is incomplete or one of its rows does not read.
    """
    envelope = decode(body, Envelope, WHAT)
    complete(WHAT, envelope.count, len(envelope.results))
    issuers = [decode(bytes(raw), Issuer, WHAT).agencies for raw in envelope.results]
    if issuers and not any(agency.slug for agencies in issuers for agency in agencies):
        raise ReadError(f"{WHAT} names no agency by its slug, so those of BIS cannot be told from the others")
    ours = [raw for raw, agencies in zip(envelope.results, issuers, strict=True) if is_bureau(agencies)]
    return tuple((read_row(raw), bytes(raw)) for raw in ours)


def read_summary(body: bytes) -> InspectionSummary:
    """The summary of a list of all agencies. Raises ReadError."""
    envelope = decode(body, Envelope, WHAT)
    stamp = envelope.regular_filings_updated_at
    days = {decode(bytes(raw), Scheduled, WHAT).publication_date for raw in envelope.results}
    return InspectionSummary(
        count=envelope.count,
        filed_at=None if isinstance(stamp, UnsetType) else stamp,
        issues=tuple(sorted(day for day in days if isinstance(day, date))),
    )


def check_dates(filings: Iterable[Filing], today: date) -> None:
    """Raise ImplausibleError when a filing is scheduled implausibly far ahead."""
    for filing in filings:
        day = filing.publication_date
        if day is not None and day > today + FARTHEST:
            raise ImplausibleError(f"{WHAT} schedules {filing.document_number} for {day}")


def read_row(raw: bytes | Raw) -> Filing:
    """Read one row as sent, or as kept."""
    row = decode(bytes(raw), Row, WHAT)
    return Filing(
        document_number=document_number(row.document_number, WHAT),
        title=one_line(row.title),
        type=row.type,
        filed_at=row.filed_at,
        publication_date=row.publication_date,
        editorial_note=row.editorial_note,
        pdf_url=row.pdf_url,
        html_url=row.html_url,
        raw_text_url=row.raw_text_url,
        pdf_updated_at=row.pdf_updated_at,
    )
