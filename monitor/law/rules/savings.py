"""The savings clause: goods that were en route may still proceed, and until when."""

import re
from datetime import date

from msgspec import Struct

from monitor.law.rules.days import parse_day, symbolic_date
from monitor.law.rules.phrases import Phrase, find_phrases
from monitor.law.rules.sentences import sentences
from monitor.law.rules.tokens import DATE, DATES, mask
from monitor.model.rules import SavingsClause, SymbolicDate

_EN_ROUTE = re.compile(
    rf"\ben route\b.{{0,200}}?\b(?:on|as of|prior to|before|by)\s+(?:or before\s+|or after\s+)?"
    rf"(?:the\s+)?(?P<on>{DATE})",
    re.DOTALL | re.IGNORECASE,
)
_SHIPMENTS = re.compile(
    rf"\bshipments of items removed from eligibility\b.{{0,400}}?"
    rf"\bon\s+(?P<on>{DATE}),?\s+pursuant to actual orders",
    re.DOTALL | re.IGNORECASE,
)
_MAY_PROCEED = re.compile(
    rf"\bmay proceed\b.{{0,400}}?\b(?:before|until|through|by|no later than|on or before)\s+"
    rf"(?:midnight,?\s+(?:on\s+)?)?"
    rf"(?:the\s+)?(?P<on>{DATE})",
    re.DOTALL | re.IGNORECASE,
)
_NOT_COMPLETED = re.compile(
    rf"\bnot actually (?:exported|reexported|transferred).{{0,120}}?\b(?:before|by|until)\s+"
    rf"(?:midnight,?\s+(?:on\s+)?)?(?P<on>{DATE})",
    re.DOTALL | re.IGNORECASE,
)
_COMPLETED = (Phrase("may proceed", _MAY_PROCEED), Phrase("not completed", _NOT_COMPLETED))
_SAVES = re.compile(r"\ben route\b|\bshipments of items removed from eligibility\b", re.IGNORECASE)
_PROCEEDS = re.compile(
    r"\bmay (?:continue to )?proceed\b|\bmay be (?:exported|completed)\b|\beligibility\b", re.IGNORECASE
)


class SavingsReading(Struct, frozen=True):
    """A savings clause with its sentences, open dates and faults."""

    clause: SavingsClause | None
    symbolic: tuple[SymbolicDate, ...] = ()
    quotes: dict[str, str] = {}
    unread: tuple[str, ...] = ()


def read_savings(paragraphs: list[str], *, near: date | None) -> SavingsReading:
    """The savings clause of the discussion; dates without a year are those nearest to `near`."""
    text = next((p for p in paragraphs if _SAVES.search(p) and _PROCEEDS.search(p)), None)
    if text is None:
        return SavingsReading(None)
    masked = mask(text, *DATES)
    en_route = _EN_ROUTE.search(masked.text) or _SHIPMENTS.search(masked.text)
    complete = next(find_phrases(masked.text, _COMPLETED), None)
    quotes: dict[str, str] = {"savings_clause": " ".join(sentences(text)[:2])}
    if en_route is None:
        return SavingsReading(None, (), quotes, ("The savings clause names no day on which goods were en route.",))
    begins = masked.words(en_route, "on")
    ends = masked.words(complete.match, "on") if complete else ""
    symbolic = [
        symbolic_date("savings_clause.en_route_on", begins),
        symbolic_date("savings_clause.complete_by", ends),
    ]
    clause = SavingsClause(
        en_route_on=parse_day(begins, near=near), complete_by=parse_day(ends, near=near) if ends else None
    )
    return SavingsReading(clause, tuple(s for s in symbolic if s is not None), quotes)
