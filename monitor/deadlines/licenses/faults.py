"""What is wrong with dates, said with the sentences; never a choice between them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from monitor.deadlines.licenses.documents import announced_on, is_dated, maturity, public_on, with_known_days
from monitor.deadlines.licenses.places import slug
from monitor.law.rules.dates import DATE, parse
from monitor.model.deadlines import Contradiction, Quoted, Told
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent

_DATE = re.compile(DATE)
_UNREAD_DATE = re.compile(r"\bdates?\b|\bseveral ends\b", re.IGNORECASE)


def fault(about: str, told: Told, says: str, *quotes: Quoted, before: LicenseEvent | None = None) -> Contradiction:
    """A contradiction that a document brought, against a step `before` or within itself.

    `about` tells apart the faults of one document. It is known once both sides are.
    """
    sources = sorted({told.document_number, *(quote.source for quote in quotes)})
    return Contradiction(
        key=f"contradiction:{slug(about)}:{':'.join(slug(source) for source in sources)}",
        says=says,
        quotes=tuple(dict.fromkeys(quote for quote in quotes if quote.sentence)),
        public_on=max([public_on(told), *([before.public_on] if before is not None else [])]),
        announced_on=max([announced_on(told), *([before.announced_on] if before is not None else [])]),
    )


def quote(told: Told, *fields: str) -> Quoted:
    """The sentence of the first of these fields that the reading quotes; else the title."""
    found = (told.reading.quotes[field] for field in fields if told.reading.quotes.get(field))
    return Quoted(told.document_number, next(found, told.title))


def year_is_missing(sentence: str, day: date) -> bool:
    """Whether a sentence names a day only without its year, so that the year is a guess."""
    named = [found[0] for found in _DATE.finditer(sentence) if parse(found[0], near=day) == day]
    return bool(named) and not any(re.search(r"\d{4}|/\d{2}$", words) for words in named)


def missing_year(told: Told, field: str, sentence: str, day: date | None) -> tuple[Contradiction, ...]:
    """The fault of a date without a year, with the day that was assumed."""
    if day is None or not year_is_missing(sentence, day):
        return ()
    says = f"{told.document_number} names {day:%B} {day.day} without a year; it is taken as {long_date(day)}."
    return (fault(f"{field} year", told, says, Quoted(told.document_number, sentence)),)


def changed_in_print(told: Iterable[Told]) -> dict[str, Contradiction]:
    """By document number, what a printed document dates otherwise than its filed copy did."""
    copies: dict[str, list[Told]] = {}
    told = [one for one in told if is_dated(one)]
    times = Counter(one.document_number for one in told)
    for one in sorted((t for t in told if times[t.document_number] > 1), key=maturity):
        copies.setdefault(one.document_number, []).append(one)
    found = {}
    for number, texts in copies.items():
        last = texts[-1]
        for draft in texts[:-1]:
            if (says := _differs(draft, last)) is not None:
                found[number] = _in_print(draft, last, says)
    return found


def _differs(draft: Told, printed: Told) -> str | None:
    before, after = _days_of(draft), _days_of(printed)
    for field, day in after.items():
        earlier = before[field]
        if day is not None and earlier is not None and day != earlier:
            was = f"{printed.document_number} was filed with {long_date(earlier)} as {field}"
            return f"{was}, and is printed with {long_date(day)}."
    return None


def _days_of(told: Told) -> dict[str, date | None]:
    reading = with_known_days(told).reading
    license_, savings = reading.general_license, reading.savings_clause
    return {
        "end of the license": license_.new_expiry if license_ is not None else None,
        "effective date": reading.effective_on,
        "last day in effect": reading.effective_through,
        "end of the delay": reading.delayed_until,
        "end of the comment period": reading.comments_close_on,
        "end of the savings clause": savings.complete_by if savings is not None else None,
    }


def _in_print(draft: Told, printed: Told, says: str) -> Contradiction:
    fields = ("general_license", "effective_on", "savings_clause", "comments_close_on")
    filed = Quoted(f"{draft.document_number} as filed", quote(draft, *fields).sentence)
    known = max(printed.publication_date or public_on(printed), announced_on(printed))
    return Contradiction(
        key=f"contradiction:print:{printed.document_number}:{slug(says)[-60:]}",
        says=says,
        quotes=(filed, Quoted(f"{printed.document_number} as printed", quote(printed, *fields).sentence)),
        public_on=printed.publication_date or public_on(printed),
        announced_on=known,
    )


def unread_dates(told: Told) -> tuple[Contradiction, ...]:
    """The faults of dates that the reader of rules could not make days of, such as June 31."""
    found = [sentence for sentence in told.reading.unread if _UNREAD_DATE.search(sentence)]
    near = quote(told, "effective_on", "partial_dates", "general_license", "savings_clause")
    return tuple(
        fault(
            f"unread {sentence[:60]}",
            told,
            f"A date of {told.document_number} could not be read.",
            Quoted(told.document_number, sentence),
            near,
        )
        for sentence in found
    )
