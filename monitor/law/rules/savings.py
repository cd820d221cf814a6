"""The savings clause: goods that were en route may still proceed, and until when."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from msgspec import Struct

from monitor.law.rules.days import after, parse_day, symbolic_date
from monitor.law.rules.ends import BY, LENGTH, lacks_day, last_day_of_length
from monitor.law.rules.sentences import sentences
from monitor.law.rules.tokens import DATE, DATES, Masked, mask
from monitor.model.rules import SavingsClause, SymbolicDate

_SAVES = re.compile(
    r"\ben route\b|\bladen aboard\b|\bon (?:dock|lighter)\b|\bshipments of items removed from eligibility\b",
    re.IGNORECASE,
)
_GOODS = r"(?:exported|reexported|transferred|shipped|delivered|completed)"
_GOES_ON = re.compile(rf"\bmay\s+(?:(?:still|continue\s+to)\s+)?(?:proceed|be\s+{_GOODS})\b", re.IGNORECASE)
_KEPT = re.compile(r"\beligibility\b", re.IGNORECASE)
_FURTHER = re.compile(
    r"\b(?:items|shipments?|exports?|exported|reexport\w*|transfer\w*|complet\w+|deliver\w+|arriv\w+|eligibility)\b",
    re.IGNORECASE,
)
_GOES_ON_WITH = re.compile(r"(?:any|all|such|these|those|items|shipments)\b", re.IGNORECASE)
_EN_ROUTE_ON = re.compile(
    rf"\b(?:on|as\s+of|prior\s+to|before|by)\s+(?:or\s+(?:before|after)\s+)?(?:the\s+)?(?P<on>{DATE})", re.IGNORECASE
)
_COMPLETE_BY = re.compile(rf"{BY}(?P<on>{DATE})", re.IGNORECASE)
_WITHIN = re.compile(
    rf"\bwithin\s+(?P<length>{LENGTH})\s+(?:after|from|of|following)\s+(?:(?P<same>(?:that|this|such)\s+da(?:te|y))"
    r"|the\s+effective\s+date)",
    re.IGNORECASE,
)
_HAS_END = re.compile(
    r"\b(?:no(?:t)?\s+later\s+than|prior\s+to|(?<!as\s)before|until|till|within\s+\S+\s+(?:\S+\s+)?(?:day|week|month|year)s?"
    r"|expir\w+|deadlines?|close\s+of\s+business|complet(?:e|ed|ion)|through(?=\s*[.,;]|$)|by(?=\s*[.,;]|$))(?!\w)",
    re.IGNORECASE,
)


class SavingsReading(Struct, frozen=True):
    """A savings clause with its sentences, open dates and faults."""

    clause: SavingsClause | None
    symbolic: tuple[SymbolicDate, ...] = ()
    quotes: dict[str, str] = {}
    unread: tuple[str, ...] = ()


class _Day(Struct, frozen=True):
    """A day of the clause: its words, and the day where they name one of the calendar."""

    words: str
    on: date | None


def read_savings(paragraphs: list[str], *, near: date | None, effective_on: date | None = None) -> SavingsReading:
    """The savings clause of the discussion; dates without a year are those nearest to `near`."""
    place = next((i for i, p in enumerate(paragraphs) if _SAVES.search(p) and _proceeds(p)), None)
    if place is None:
        return SavingsReading(None)
    own = sentences(paragraphs[place])
    quotes = {"savings_clause": " ".join(own[:2])}
    first = next((i for i, sentence in enumerate(own) if _SAVES.search(sentence)), 0)
    next_ = sentences(paragraphs[place + 1]) if place + 1 < len(paragraphs) else []
    parts = [own[first], *takewhile(_FURTHER.search, own[first + 1 :]), *takewhile(_GOES_ON_WITH.match, next_)]
    masked = mask(" ".join(parts), *DATES)
    goes_on = _GOES_ON.search(masked.text) or _KEPT.search(masked.text)
    split = goes_on.start() if goes_on else len(masked.text)
    begins = _begin(masked, split, near)
    start = begins.on if begins is not None else None
    ends = list(_ends(masked, split, near=near, en_route_on=start, effective_on=effective_on))
    unread = tuple(_faults(begins, ends, parts, lacks_end=_lacks_end(masked, split, ends)))
    symbolic = [
        symbolic_date(f"savings_clause.{field}", day.words)
        for field, day in (("en_route_on", begins), ("complete_by", ends[0] if ends else None))
        if day is not None and day.on is None
    ]
    clause = SavingsClause(en_route_on=start, complete_by=ends[0].on if ends else None)
    read = begins is not None or bool(ends)
    return SavingsReading(clause if read else None, tuple(s for s in symbolic if s is not None), quotes, unread)


def _proceeds(paragraph: str) -> bool:
    return bool(_GOES_ON.search(paragraph) or _KEPT.search(paragraph))


def _lacks_end(masked: Masked, split: int, ends: list[_Day]) -> bool:
    """Whether the clause speaks of a last day that is not there, or names a day that nothing took."""
    if ends:
        return lacks_day(masked.text[split:])
    return bool(_HAS_END.search(masked.text, split)) or any(token.start >= split for token in masked.tokens)


def _begin(masked: Masked, split: int, near: date | None) -> _Day | None:
    saves = _SAVES.search(masked.text)
    found = _EN_ROUTE_ON.search(masked.text, saves.start() if saves else 0, split)
    words = masked.words(found, "on") if found else ""
    return _Day(words, parse_day(words, near=near)) if words else None


def _ends(
    masked: Masked, split: int, *, near: date | None, en_route_on: date | None, effective_on: date | None
) -> Iterator[_Day]:
    """The days by which the clause lets goods arrive, in the order of its text."""
    for found in _COMPLETE_BY.finditer(masked.text, split):
        words = masked.words(found, "on")
        yield _Day(words, parse_day(words, near=near))
    for found in _WITHIN.finditer(masked.text, split):
        base = en_route_on if found["same"] else effective_on
        if base is not None:
            yield _Day(masked.words(found), after(masked.words(found, "length"), base))
    if last := last_day_of_length(masked, split, first=en_route_on, near=near):
        yield _Day("", last)


def _faults(begins: _Day | None, ends: list[_Day], parts: list[str], *, lacks_end: bool) -> Iterator[str]:
    clause = " ".join(parts)
    if begins is None:
        yield f"The savings clause names no day on which goods were en route: “{parts[0]}”"
    for day in [*([begins] if begins else []), *ends]:
        if day.on is None and symbolic_date("savings_clause", day.words) is None:
            yield f"The date “{day.words}” of the savings clause is none the calendar has: “{clause}”"
    if lacks_end:
        yield f"A last day of the savings clause was not found: “{clause}”"
    days = list(dict.fromkeys(day.on for day in ends if day.on is not None))
    if len(days) > 1:
        named = ", ".join(str(day) for day in days)
        yield f"The savings clause gives several last days ({named}); the first is taken: “{clause}”"
