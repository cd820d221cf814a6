"""Every date of a rule: when it takes effect, as a whole and in parts, and when comments close."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from monitor.law.rules.numbers import NUMBER, number
from monitor.law.rules.sentences import sentences
from monitor.model.rules import DateBase, PartialDate, SymbolicDate

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_OPEN = r"\[\s*INSERT\s+[^\]]*\]"
_RELATIVE = (
    rf"(?:{NUMBER}\s+(?:calendar\s+)?days\s+(?:after|from)\s+)?(?:the\s+|its\s+)?(?:date of |day of )?"
    rf"(?:its\s+)?"
    r"(?:publication|filing for public inspection|display for public inspection)(?:\s+"
    r"(?:of this \w+ )?in the Federal Register)?"
)

# A date in any form a rule prints, without groups; `parse` reads it.
DATE = (
    rf"(?:{_MONTH}\s+{_DAY}(?:,?\s+\d{{4}})?\b|\d{{1,2}}\s+{_MONTH}\s+\d{{4}}\b"
    rf"|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b"
    rf"|\d{{4}}-\d{{2}}-\d{{2}}\b|(?i:{_OPEN})|(?i:{_RELATIVE}))"
)
_AT = r"(?:\d{1,2}:?\d{2}\s*(?:UTC|a\.?m\.?|p\.?m\.?|midnight|noon)?[, ]*)?"
_EFFECTIVE = re.compile(
    rf"(?i:\beffective\b)(?P<label>(?i:\s+dates?)?\s*[:.]?)\s*(?:(?i:on|as of|from|beginning|starting"
    rf"|upon|until)\s+)?"
    rf"(?:the\s+)?{_AT}(?P<on>{DATE})(?:,?\s+(?:and\s+)?(?P<to>through|to|until|and ending on"
    rf"|and expires? on)\s+(?P<through>{DATE}))?"
)
_APPLICABLE = re.compile(
    rf"(?i:\bapplicab(?:le|ility)\b)(?i:\s+dates?)?\s*:?\s*(?:(?i:as of|on|beginning|from|to"
    rf"|starting)\s+)*(?P<on>{DATE})"
)
_COMMENTS = re.compile(
    rf"(?i:\bcomments?\b)[^.;]*?\b(?i:no later than|on or before|by|until|through|before)\s+(?:{_AT})"
    rf"(?P<on>{DATE})",
    re.DOTALL,
)
_DELAYED = re.compile(
    rf"(?i:\b(?:delayed|stayed|suspended|postponed|deferred)\b)[^.;]*?\b(?i:until|to|through)\s+"
    rf"(?P<on>{DATE})"
)
_PART = re.compile(
    r"(?i:\b(?:amendatory )?(?:instructions?|amendments?|paragraphs?|revisions? (?:to|of)|additions? "
    r"(?:to|of)|changes to|"
    r"sections?|§§?|removal of|supplement)\b)"
)
_REST = re.compile(r"(?i:\b(?:all|any) other|\bremainder|\brest of)")
_WHOLE = re.compile(
    r"(?i:\b(?:this|the) (?:[\w-]+ ){0,4}(?:rule|action|notice|document|order|correction|amendments?"
    r"|regulations?)\b)"
)
_EARLIER = re.compile(r"(?i:\bpublished\b|\bwas\b|\bwere\b|\bbecame\b|\bhad been\b)")
_HISTORY = re.compile(r"(?i:\b(?:was|were|became|originally|had been)\s*$)")


class RuleDates(Struct, frozen=True, kw_only=True):
    """The dates of a rule and the sentences they stand in, by the name of the field."""

    effective_on: date | None = None
    effective_through: date | None = None
    applicable_on: date | None = None
    delayed_until: date | None = None
    comments_close_on: date | None = None
    partial: tuple[PartialDate, ...] = ()
    symbolic: tuple[SymbolicDate, ...] = ()
    quotes: dict[str, str] = {}
    unread: tuple[str, ...] = ()


def parse(words: str, *, near: date | None = None) -> date | None:
    """The day that words name; without a year the one nearest to `near`; None where it is still open."""
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", words.strip())
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _day(year, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})\s+([A-Za-z.]+)\s+(\d{4})", text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := re.fullmatch(r"([A-Za-z.]+)\s+(\d{1,2})(?:,?\s+(\d{4}))?", text):
        month = _month(found[1])
        if found[3]:
            return _day(int(found[3]), month, int(found[2]))
        return _nearest(month, int(found[2]), near)
    return None


def symbol(field: str, words: str) -> SymbolicDate | None:
    """What an open date hangs on ("[INSERT DATE 30 DAYS AFTER DATE OF PUBLICATION …]"); None for a day."""
    text = re.sub(r"\s+", " ", words).strip()
    if not re.match(rf"(?i:{_OPEN}|{_RELATIVE})$", text):
        return None
    lower = text.lower()
    base = DateBase.UNKNOWN
    if "filing" in lower or "display" in lower or "public inspection" in lower:
        base = DateBase.FILING
    elif "publication" in lower:
        base = DateBase.PUBLICATION
    days = re.search(rf"({NUMBER})\s+(?:calendar\s+)?days", lower)
    if re.search(r"\b(?:months?|years?|weeks?|business days|working days)\b", lower):
        base = DateBase.UNKNOWN
    return SymbolicDate(field, text, base, (number(days[1]) or 0) if days else 0)


def read_dates(text: str, *, near: date | None = None) -> RuleDates:
    """The dates in a DATES paragraph; `near` is a day beside which dates without a year are meant."""
    reading = _Collector(near)
    for sentence in sentences(text):
        for clause in _clauses(sentence):
            _read_clause(clause, sentence, reading)
    return reading.result(text)


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence: an exception is one of its own, and so is each stage."""
    yield from re.split(
        r";\s*(?:and\s+)?|,?\s*\(?\b(?=(?:except|with the exception)\b)|,?\s+and\s+(?="
        r"(?:amendatory )?instructions?\b)",
        sentence,
    )


def _read_clause(clause: str, sentence: str, reading: "_Collector") -> None:
    delayed = _DELAYED.search(clause)
    if delayed:
        reading.take("delayed_until", delayed["on"], sentence)
        return
    start = 0
    for found in _EFFECTIVE.finditer(clause):
        subject = clause[start : found.start()]
        start = found.end()
        if _HISTORY.search(subject) or (_EARLIER.search(subject) and not _WHOLE.match(subject.strip())):
            continue
        _take_effective(found, subject, sentence, reading)
    for field, pattern in (("applicable_on", _APPLICABLE), ("comments_close_on", _COMMENTS)):
        other = pattern.search(clause)
        if other:
            reading.take(field, other["on"], sentence)


def _take_effective(found: re.Match[str], subject: str, sentence: str, reading: "_Collector") -> None:
    partial = _PART.search(subject) and not _WHOLE.match(subject.strip())
    if _REST.search(subject):
        reading.take("effective_rest", found["on"], sentence)
        reading.take_partial("all other instructions", found, sentence)
    elif partial or re.match(r"(?i)\s*(?:except|with the exception)", subject):
        reading.take_partial(subject, found, sentence)
    else:
        reading.take("effective_on", found["on"], sentence)
        if found["through"]:
            reading.take("effective_through", found["through"], sentence)


class _Collector:
    """Gathers dates in the order of the text; the first one of a field stands."""

    def __init__(self, near: date | None) -> None:
        self.near = near
        self.days: dict[str, date] = {}
        self.quotes: dict[str, str] = {}
        self.partial: list[PartialDate] = []
        self.symbolic: list[SymbolicDate] = []
        self.unread: list[str] = []

    def take(self, field: str, words: str, sentence: str) -> None:
        if field in self.quotes:
            return
        day, symbolic = parse(words, near=self.near), symbol(field, words)
        if day is None and symbolic is None:
            self.unread.append(f"The date “{words}” is none the calendar has.")
            return
        self.quotes[field] = sentence
        if day is not None:
            self.days[field] = day
        elif symbolic is not None:
            self.symbolic.append(symbolic)

    def take_partial(self, subject: str, found: re.Match[str], sentence: str) -> None:
        covers = re.sub(
            r"(?i)^[\s,(]*(?:except(?:ion)?|with the exception)?\s*(?:of|for|that)?\s*|[\s,]*(?:which"
            r"|that)?\s*(?:is|are|shall be|will be|becomes?)?\s*$",
            "",
            subject,
        )
        on = parse(found["on"], near=self.near)
        through = parse(found["through"], near=self.near) if found["through"] else None
        numbers = re.search(
            r"(?i)\binstructions?\s+((?:\d+(?:\.?[a-z])?(?:,\s*|\s*,?\s*and\s+|\s*(?:through|-|–)\s*)?)+)",
            covers,
        )
        instructions = _listed(numbers[1]) if numbers else ()
        self.partial.append(PartialDate(covers, on, through, instructions))
        self.quotes.setdefault("partial_dates", sentence)
        if symbolic := symbol(f"partial_dates[{len(self.partial) - 1}].on", found["on"]):
            self.symbolic.append(symbolic)

    def result(self, text: str) -> RuleDates:
        effective = self.days.get("effective_on")
        whole = "effective_on" in self.quotes
        if not whole and self.partial:
            days = [part.on for part in self.partial if part.on is not None]
            effective = min(days) if days else None
            self.quotes["effective_on"] = self.quotes["partial_dates"]
        if text.strip() and not self.quotes and not self.unread:
            self.unread.append(f"The dates could not be read: “{text.strip()[:200]}”.")
        self.quotes.pop("effective_rest", None)
        return RuleDates(
            effective_on=effective,
            effective_through=self.days.get("effective_through"),
            applicable_on=self.days.get("applicable_on"),
            delayed_until=self.days.get("delayed_until"),
            comments_close_on=self.days.get("comments_close_on"),
            partial=tuple(self.partial),
            symbolic=tuple(s for s in self.symbolic if s.field != "effective_rest"),
            quotes=self.quotes,
            unread=tuple(self.unread),
        )


def _listed(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for piece in re.split(r",\s*(?:and\s+)?|\s+and\s+", text.strip(" ,")):
        span = re.fullmatch(r"(\d+)\s*(?:through|-|–)\s*(\d+)", piece.strip())
        if span:
            found += [str(n) for n in range(int(span[1]), int(span[2]) + 1)]
        elif piece.strip():
            found.append(piece.strip())
    return tuple(found)


def _month(name: str) -> int:
    stem = name.lower().rstrip(".")[:3]
    return next((i for i, month in enumerate(_MONTHS, 1) if month.startswith(stem)), 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, near: date | None) -> date | None:
    if near is None:
        return None
    days = [_day(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    return min((d for d in days if d is not None), key=lambda d: abs(d - near), default=None)
