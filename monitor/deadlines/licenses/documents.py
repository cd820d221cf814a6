"""Documents in the order of the law, each once, with the days on which they were known."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from monitor.law.rules.open_dates import with_days_known
from monitor.model.deadlines import Told
from monitor.model.eastern import eastern_date


def settled(told: Iterable[Told]) -> tuple[Told, ...]:
    """Each document once, its open dates set as far as they can be, in the order of the law.

    A document that nobody can date (withdrawn before it was filed) is left out: it is not law.
    """
    once: dict[str, Told] = {}
    told = [one for one in told if is_dated(one)]
    times = Counter(one.document_number for one in told)
    # Only copies of one document need the order of their maturity, which writes whole readings out.
    for one in sorted(told, key=lambda t: maturity(t) if times[t.document_number] > 1 else ()):
        seen = once.get(one.document_number)
        first = min((t.seen_on for t in (seen, one) if t is not None and t.seen_on is not None), default=None)
        filed = one.filed_at or (seen.filed_at if seen is not None else None)
        once[one.document_number] = replace(one, seen_on=first, filed_at=filed)
    return tuple(
        sorted(map(with_known_days, once.values()), key=lambda t: (effective_on(t), public_on(t), t.document_number))
    )


def is_dated(told: Told) -> bool:
    """Whether a document stands on public inspection or in an issue."""
    return told.filed_at is not None or told.publication_date is not None


def public_on(told: Told) -> date:
    """The day on which everybody could read a document: filing is constructive notice (44 U.S.C. 1507)."""
    days = [told.publication_date] if told.publication_date is not None else []
    return min([*days, eastern_date(told.filed_at)] if told.filed_at is not None else days)


def announced_on(told: Told) -> date:
    """The day on which the watch knew it: when it was public, or later where we had it late."""
    public = public_on(told)
    return public if told.seen_on is None else max(public, told.seen_on)


def effective_on(told: Told) -> date:
    """The day from which a document holds; where it names none, the day of its publication."""
    return told.reading.effective_on or told.publication_date or public_on(told)


def maturity(told: Told) -> tuple[bool, date, bool, int, str]:
    """The printed text comes after the filed one, and the better reading after the worse one."""
    printed = told.publication_date is not None
    open_dates = len(told.reading.symbolic_dates) + len(told.reading.unread)
    return printed, told.publication_date or date.min, told.filed_at is not None, -open_dates, repr(told.reading)


def with_known_days(told: Told) -> Told:
    """The document with the dates set that hang on its filing or publication."""
    filed = eastern_date(told.filed_at) if told.filed_at is not None else None
    return replace(told, reading=with_days_known(told.reading, published=told.publication_date, filed=filed))
