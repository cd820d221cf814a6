"""What is wrong with dates, said with the sentences; never a choice between them."""

import re
from datetime import date

from monitor.law.rules.dates import DATE, parse
from monitor.licenses.documents import announced_on, public_on
from monitor.licenses.places import slug
from monitor.model.deadlines import Contradiction, Quoted, Told
from monitor.model.eastern import long_date

_DATE = re.compile(DATE)
_UNREAD_DATE = re.compile(r"\bdates?\b|\bseveral ends\b", re.IGNORECASE)


def fault(about: str, told: Told, says: str, *quotes: Quoted) -> Contradiction:
    """A contradiction that a document brought; `about` tells apart the faults of one document."""
    sources = sorted({told.document_number, *(quote.source for quote in quotes)})
    return Contradiction(
        key=f"contradiction:{slug(about)}:{':'.join(slug(source) for source in sources)}",
        says=says,
        quotes=tuple(dict.fromkeys(quote for quote in quotes if quote.sentence)),
        public_on=public_on(told),
        announced_on=announced_on(told),
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
