"""What is wrong with dates, shown with the sentences; never a choice between them."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from monitor.deadlines.licenses.documents import announced_on, is_dated, maturity, public_on, with_known_days
from monitor.deadlines.licenses.places import slug
from monitor.law.rules.days import parse_day
from monitor.law.rules.tokens import DATES, mask
from monitor.model.deadlines import Contradiction, Quoted, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.licenses import LicenseEvent

_UNREAD_DATE = re.compile(r"\bdates?\b|\bseveral ends\b", re.IGNORECASE)


def fault(
    about: str, document: ReadDocument, says: str, *quotes: Quoted, before: LicenseEvent | None = None
) -> Contradiction:
    """A contradiction that a document brought, against a step `before` or within itself.

    `about` tells apart the faults of one document. It is known once both sides are.
    """
    sources = sorted({document.document_number, *(quote.source for quote in quotes)})
    return Contradiction(
        key=f"contradiction:{slug(about)}:{':'.join(slug(source) for source in sources)}",
        says=says,
        quotes=tuple(dict.fromkeys(quote for quote in quotes if quote.sentence)),
        public_on=max([public_on(document), *([before.public_on] if before is not None else [])]),
        announced_on=max([announced_on(document), *([before.announced_on] if before is not None else [])]),
    )


def quote(document: ReadDocument, *fields: str) -> Quoted:
    """The sentence of the first of these fields that the reading quotes; else the title."""
    found = (document.reading.quotes[field] for field in fields if document.reading.quotes.get(field))
    return Quoted(document.document_number, next(found, document.title))


def year_is_missing(sentence: str, day: date) -> bool:
    """Whether a sentence names a day only without its year, so that the year is a guess."""
    masked = mask(sentence, *DATES)
    dates = (words for kind in DATES for words in masked.all_words(kind))
    named = [words for words in dates if parse_day(words, near=day) == day]
    return bool(named) and not any(re.search(r"\d{4}$|/\d{2}$|\d{4}-\d{2}-\d{2}$", words) for words in named)


def missing_year(document: ReadDocument, field: str, sentence: str, day: date | None) -> tuple[Contradiction, ...]:
    """The fault of a date without a year, with the day that was assumed."""
    if day is None or not year_is_missing(sentence, day):
        return ()
    says = f"{document.document_number} names {day:%B} {day.day} without a year; it is taken as {long_date(day)}."
    return (fault(f"{field} year", document, says, Quoted(document.document_number, sentence)),)


def changed_in_print(documents: Iterable[ReadDocument]) -> dict[str, Contradiction]:
    """The dates that differ between a printed document and its filed copy, by document number."""
    copies: dict[str, list[ReadDocument]] = {}
    dated = [one for one in documents if is_dated(one)]
    times = Counter(one.document_number for one in dated)
    for one in sorted((t for t in dated if times[t.document_number] > 1), key=maturity):
        copies.setdefault(one.document_number, []).append(one)
    found = {}
    for number, texts in copies.items():
        last = texts[-1]
        for draft in texts[:-1]:
            if (says := _differs(draft, last)) is not None:
                found[number] = _in_print(draft, last, says)
    return found


def _differs(draft: ReadDocument, printed: ReadDocument) -> str | None:
    before, after = _days_of(draft), _days_of(printed)
    for field, day in after.items():
        earlier = before[field]
        if day is not None and earlier is not None and day != earlier:
            was = f"{printed.document_number} was filed with {long_date(earlier)} as {field}"
            return f"{was}, and is printed with {long_date(day)}."
    return None


def _days_of(document: ReadDocument) -> dict[str, date | None]:
    reading = with_known_days(document).reading
    license_, savings = reading.general_license, reading.savings_clause
    return {
        "end of the license": license_.new_expiry if license_ is not None else None,
        "effective date": reading.effective_on,
        "last day in effect": reading.effective_through,
        "end of the delay": reading.delayed_until,
        "end of the comment period": reading.comments_close_on,
        "end of the savings clause": savings.complete_by if savings is not None else None,
    }


def _in_print(draft: ReadDocument, printed: ReadDocument, says: str) -> Contradiction:
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


def unread_dates(document: ReadDocument) -> tuple[Contradiction, ...]:
    """The faults of dates from which no day could be read, such as June 31."""
    found = [sentence for sentence in document.reading.unread if _UNREAD_DATE.search(sentence)]
    near = quote(document, "effective_on", "partial_dates", "general_license", "savings_clause")
    return tuple(
        fault(
            f"unread {sentence[:60]}",
            document,
            f"A date of {document.document_number} could not be read.",
            Quoted(document.document_number, sentence),
            near,
        )
        for sentence in found
    )
