"""Documents in the order of effect, each once, with the days on which they were known."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from monitor.law.rules.open_dates import set_open_dates
from monitor.model.deadlines import ReadDocument
from monitor.model.eastern import eastern_date


def settled(documents: Iterable[ReadDocument]) -> tuple[ReadDocument, ...]:
    """Each document once, its open dates set as far as they can be, in the order of effect.

    A document that nobody can date (withdrawn before it was filed) is left out: it is not law.
    """
    once: dict[str, ReadDocument] = {}
    dated = [one for one in documents if is_dated(one)]
    times = Counter(one.document_number for one in dated)
    # Only copies of one document need the order of their maturity, which writes whole readings out.
    for one in sorted(dated, key=lambda t: maturity(t) if times[t.document_number] > 1 else ()):
        seen = once.get(one.document_number)
        first = min((t.seen_on for t in (seen, one) if t is not None and t.seen_on is not None), default=None)
        filed = one.filed_at or (seen.filed_at if seen is not None else None)
        once[one.document_number] = replace(one, seen_on=first, filed_at=filed)
    return tuple(
        sorted(map(with_known_days, once.values()), key=lambda t: (effective_on(t), public_on(t), t.document_number))
    )


def is_dated(document: ReadDocument) -> bool:
    """Whether a document is on public inspection or in an issue."""
    return document.filed_at is not None or document.publication_date is not None


def public_on(document: ReadDocument) -> date:
    """The day on which everybody could read a document: filing is constructive notice (44 U.S.C. 1507)."""
    days = [document.publication_date] if document.publication_date is not None else []
    return min([*days, eastern_date(document.filed_at)] if document.filed_at is not None else days)


def announced_on(document: ReadDocument) -> date:
    """The day on which the monitor knew it: when it was public, or later where it was received late."""
    public = public_on(document)
    return public if document.seen_on is None else max(public, document.seen_on)


def effective_on(document: ReadDocument) -> date:
    """The day from which a document holds; where it names none, the day of its publication."""
    return document.reading.effective_on or document.publication_date or public_on(document)


def maturity(document: ReadDocument) -> tuple[bool, date, bool, int, str]:
    """The printed text comes after the filed one, and the better reading after the worse one."""
    printed = document.publication_date is not None
    open_dates = len(document.reading.symbolic_dates) + len(document.reading.unread)
    return (
        printed,
        document.publication_date or date.min,
        document.filed_at is not None,
        -open_dates,
        repr(document.reading),
    )


def with_known_days(document: ReadDocument) -> ReadDocument:
    """The document with those dates set that depend on its filing or publication."""
    filed = eastern_date(document.filed_at) if document.filed_at is not None else None
    return replace(document, reading=set_open_dates(document.reading, published=document.publication_date, filed=filed))
