"""The dates of one document: what begins, ends or closes on them, and what is wrong with them."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from monitor.deadlines.licenses.documents import effective_on, public_on
from monitor.deadlines.licenses.faults import fault, missing_year, quote, unread_dates
from monitor.deadlines.licenses.places import slug
from monitor.model.deadlines import Contradiction, DeadlineKind, Quoted, ReadDocument
from monitor.model.eastern import long_date
from monitor.model.rules import Kind, PartialDate

_SUSPENDS = re.compile(r"\b(?:suspen\w+|stay(?:s|ed|ing)?|paus(?:e[sd]?|ing)|held in abeyance)\b", re.IGNORECASE)


class Dated(Struct, frozen=True, kw_only=True):
    """One date of a document; `part` tells apart several of one kind, `day` is None where it cannot be read."""

    kind: DeadlineKind
    document: ReadDocument
    day: date | None
    sentence: str
    means: str
    part: str = ""
    contradictions: tuple[Contradiction, ...] = ()


def dates_of(document: ReadDocument) -> tuple[Dated, ...]:
    """Every date of a document that somebody may have to keep, except the end of a license."""
    found = [
        *_effective(document),
        *_delayed(document),
        *_through(document),
        *_parts(document),
        *_savings(document),
        *_comments(document),
    ]
    faults = unread_dates(document)
    if faults and not found:
        means = "A date of this document could not be read; read the document."
        kind = _effective_kind(document, DeadlineKind.TAKES_EFFECT)
        found = [Dated(kind=kind, document=document, day=None, sentence=faults[0].quotes[0].sentence, means=means)]
    return tuple(_with_faults(one, faults if index == 0 else ()) for index, one in enumerate(found))


def _with_faults(one: Dated, faults: tuple[Contradiction, ...]) -> Dated:
    missing = missing_year(one.document, f"{one.kind} {one.part}", one.sentence, one.day)
    return replace(one, contradictions=(*one.contradictions, *missing, *faults))


def _effective_kind(document: ReadDocument, kind: DeadlineKind) -> DeadlineKind:
    validated = Kind.VEU in (document.reading.kind, *document.reading.also)
    return DeadlineKind.VALIDATED_END_USER if validated else kind


def _effective(document: ReadDocument) -> Iterator[Dated]:
    """A rule that takes effect only after it is printed."""
    day = document.reading.effective_on
    only_license = document.reading.general_license is not None and document.reading.kind is Kind.GENERAL_LICENSE
    if day is None or day <= _known(document) or (only_license and not document.reading.also):
        return  # the steps of a license state their own days
    yield Dated(
        kind=_effective_kind(document, DeadlineKind.TAKES_EFFECT),
        document=document,
        day=day,
        sentence=quote(document, "effective_on").sentence,
        means=f"The rule takes effect on {long_date(day)}.",
        part="effective",
    )


def _known(document: ReadDocument) -> date:
    """The day by which a document is both public and printed; what takes effect by then needs no reminder."""
    return max(public_on(document), document.publication_date or date.min)


def _delayed(document: ReadDocument) -> Iterator[Dated]:
    """A rule delayed until a day takes effect on it; one suspended until a day is back the day after."""
    day = document.reading.delayed_until
    if day is None:
        return
    here = quote(document, "delayed_until")
    if _SUSPENDS.search(here.sentence):
        yield _suspension(document, day, here.sentence, "delayed until")
        return
    yield Dated(
        kind=_effective_kind(document, DeadlineKind.TAKES_EFFECT),
        document=document,
        day=day,
        sentence=here.sentence,
        means=f"What this document delays takes effect on {long_date(day)}.",
        part="delayed until",
    )


def _suspension(document: ReadDocument, day: date, sentence: str, part: str) -> Dated:
    return Dated(
        kind=DeadlineKind.SUSPENSION_ENDS,
        document=document,
        day=day,
        sentence=sentence,
        means=f"The suspension ends with {long_date(day)}; what is suspended is back by itself the day after.",
        part=part,
    )


def _through(document: ReadDocument) -> Iterator[Dated]:
    """The end of a temporary rule: of a suspension, or of what it put in."""
    day = document.reading.effective_through
    license_ = document.reading.general_license
    if day is None or (license_ is not None and license_.new_expiry is not None):
        return
    here, start = quote(document, "effective_through", "effective_on"), effective_on(document)
    if _SUSPENDS.search(f"{document.title} {here.sentence}"):
        one = _suspension(document, day, here.sentence, "through")
    else:
        means = f"What this rule puts in is in effect through {long_date(day)} and ceases by itself the day after."
        kind = _effective_kind(document, DeadlineKind.RULE_ENDS)
        one = Dated(kind=kind, document=document, day=day, sentence=here.sentence, means=means, part="through")
    yield _checked(one, start, "takes effect")


def _checked(one: Dated, start: date | None, begins: str) -> Dated:
    """The date, or no day and a contradiction where it ends before it starts."""
    if one.day is None or start is None or one.day >= start:
        return one
    number = one.document.document_number
    says = f"{number} gives {long_date(one.day)} as the {one.kind.value}, before {long_date(start)}, when it {begins}."
    here = Quoted(number, one.sentence)
    dates = quote(one.document, "effective_on", "partial_dates")
    wrong = fault(f"{one.kind} before start {one.part}", one.document, says, dates, here)
    means = "The dates of this document contradict each other; read it."
    return replace(one, day=None, means=means, contradictions=(wrong,))


def _parts(document: ReadDocument) -> Iterator[Dated]:
    """The parts of a rule that take effect, or cease to be in effect, on days of their own."""
    ends = document.reading.general_license.new_expiry if document.reading.general_license is not None else None
    open_fields = {symbolic.field for symbolic in document.reading.symbolic_dates}
    for index, part in enumerate(document.reading.partial_dates):
        sentence = quote(document, "partial_dates").sentence
        if part.on is None and f"partial_dates[{index}].on" not in open_fields:
            yield _unread_part(document, part, sentence)
        elif part.on is not None and part.on != document.reading.effective_on and part.on > _known(document):
            yield _part(document, part, part.on, sentence)
        if part.through is not None and part.through != ends:
            yield _checked(_part_end(document, part, part.through, sentence), part.on, "takes effect")


def _part(document: ReadDocument, part: PartialDate, day: date, sentence: str) -> Dated:
    return Dated(
        kind=_effective_kind(document, DeadlineKind.PART_TAKES_EFFECT),
        document=document,
        day=day,
        sentence=sentence,
        means=f"A part of the rule ({part.covers}) takes effect on {long_date(day)}.",
        part=_named(part, "on"),
    )


def _part_end(document: ReadDocument, part: PartialDate, day: date, sentence: str) -> Dated:
    return Dated(
        kind=DeadlineKind.PART_ENDS,
        document=document,
        day=day,
        sentence=sentence,
        means=f"A part of the rule ({part.covers}) is in effect until {long_date(day)}.",
        part=_named(part, "through"),
    )


def _unread_part(document: ReadDocument, part: PartialDate, sentence: str) -> Dated:
    says = f"The day on which a part of {document.document_number} ({part.covers}) takes effect could not be read."
    return Dated(
        kind=DeadlineKind.PART_TAKES_EFFECT,
        document=document,
        day=None,
        sentence=sentence,
        means=says,
        part=_named(part, "on"),
        contradictions=(fault(f"part {part.covers}", document, says, quote(document, "partial_dates")),),
    )


def _named(part: PartialDate, which: str) -> str:
    """What the part is called in keys: its instructions, which every form of the text prints alike, or its words."""
    covers = f"instructions {' '.join(part.instructions)}" if part.instructions else slug(part.covers)[:80]
    return f"{covers} {which}"


def _savings(document: ReadDocument) -> Iterator[Dated]:
    clause = document.reading.savings_clause
    if clause is None or clause.complete_by is None:
        return
    since = f" on {long_date(clause.en_route_on)}" if clause.en_route_on is not None else ""
    one = Dated(
        kind=DeadlineKind.SAVINGS_CLAUSE,
        document=document,
        day=clause.complete_by,
        sentence=quote(document, "savings_clause").sentence,
        means=f"Shipments that were en route{since} must be completed by {long_date(clause.complete_by)}; "
        "read in the sentence whether that day still counts.",
        part="savings",
    )
    yield _checked(one, clause.en_route_on, "lets goods be en route")


def _comments(document: ReadDocument) -> Iterator[Dated]:
    day = document.reading.comments_close_on
    if day is None:
        return
    one = Dated(
        kind=DeadlineKind.COMMENTS_CLOSE,
        document=document,
        day=day,
        sentence=quote(document, "comments_close_on").sentence,
        means=f"Comments must be received by {long_date(day)}.",
        part="comments",
    )
    yield _checked(one, public_on(document), "is made public")
