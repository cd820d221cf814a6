"""Every date of a rule: when it takes effect, as a whole and in parts, and when comments close."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from monitor.law.rules.days import parse_day, symbolic_date
from monitor.law.rules.phrases import Phrase, find_phrases
from monitor.law.rules.sentences import sentences
from monitor.law.rules.tokens import DATE, DATES, mask
from monitor.model.rules import PartialDate, SymbolicDate

_AT = r"(?:\d{1,2}:?\d{2}\s*(?:UTC|a\.?m\.?|p\.?m\.?|midnight|noon)?[, ]*)?"
_EFFECTIVE = Phrase(
    "effective",
    re.compile(
        r"\beffective\b(?:\s+dates?)?\s*[:.]?\s*(?:(?:on|as of|from|beginning|starting|upon|until)\s+)?", re.IGNORECASE
    ),
    (
        re.compile(
            rf"(?:the\s+)?{_AT}(?P<on>{DATE})"
            rf"(?:,?\s+(?:and\s+)?(?:through|to|until|and ending on|and expires? on)\s+(?P<through>{DATE}))?"
        ),
    ),
)
_APPLICABLE = re.compile(
    r"(?i:\bapplicab(?:le|ility)\b)(?i:\s+dates?)?\s*:?\s*"
    rf"(?:(?i:as of|on|beginning|from|to|starting)\s+)*(?P<on>{DATE})"
)
_COMMENTS = re.compile(
    r"(?i:\bcomments?\b)[^.;]*?\b(?i:no later than|on or before|by|until|through|before)\s+"
    rf"{_AT}(?P<on>{DATE})",
    re.DOTALL,
)
_DELAYED = re.compile(
    rf"(?i:\b(?:delayed|stayed|suspended|postponed|deferred)\b)[^.;]*?\b(?i:until|to|through)\s+"
    rf"(?P<on>{DATE})"
)
_OWN_DAY = re.compile(r"(?i:\s*(?:effective\b|this (?:\w+ ){0,3}rule is effective\b))")
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


def read_dates(text: str, *, near: date | None = None) -> RuleDates:
    """The dates in a DATES paragraph; a date without a year is the one nearest to `near`."""
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
    masked = mask(clause, *DATES)
    delayed = _DELAYED.search(masked.text)
    if delayed:
        reading.take("delayed_until", masked.words(delayed, "on"), sentence)
        masked = mask(clause[: delayed.start()] if _OWN_DAY.match(clause) else "", *DATES)
    start = 0
    for found in find_phrases(masked.text, (_EFFECTIVE,)):
        subject = masked.original[start : found.start]
        start = found.end
        if _HISTORY.search(subject) or (_EARLIER.search(subject) and not _WHOLE.match(subject.strip())):
            continue
        period = _Period(masked.words(found.match, "on"), masked.words(found.match, "through"))
        _take_effective(period, subject, sentence, reading)
    for field, pattern in (("applicable_on", _APPLICABLE), ("comments_close_on", _COMMENTS)):
        other = pattern.search(masked.text)
        if other:
            reading.take(field, masked.words(other, "on"), sentence)


class _Period(Struct, frozen=True):
    """The words of a first day and of a last one, empty where none is given."""

    on: str
    through: str


def _take_effective(period: _Period, subject: str, sentence: str, reading: "_Collector") -> None:
    partial = _PART.search(subject) and not _WHOLE.match(subject.strip())
    if _REST.search(subject):
        reading.take("effective_rest", period.on, sentence)
        reading.take_partial("all other instructions", period, sentence)
    elif partial or re.match(r"(?i)\s*(?:except|with the exception)", subject):
        reading.take_partial(subject, period, sentence)
    else:
        reading.take("effective_on", period.on, sentence)
        if period.through:
            reading.take("effective_through", period.through, sentence)


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
        day, symbolic = parse_day(words, near=self.near), symbolic_date(field, words)
        if day is None and symbolic is None:
            self.unread.append(f"The date “{words}” is none the calendar has.")
            return
        self.quotes[field] = sentence
        if day is not None:
            self.days[field] = day
        elif symbolic is not None:
            self.symbolic.append(symbolic)

    def take_partial(self, subject: str, period: _Period, sentence: str) -> None:
        covers = re.sub(
            r"(?i)^[\s,(]*(?:except(?:ion)?|with the exception)?\s*(?:of|for|that)?\s*|[\s,]*(?:which"
            r"|that)?\s*(?:is|are|shall be|will be|becomes?)?\s*$",
            "",
            subject,
        )
        on = parse_day(period.on, near=self.near)
        through = parse_day(period.through, near=self.near) if period.through else None
        numbers = re.search(
            r"(?i)\binstructions?\s+((?:\d+(?:\.?[a-z])?(?:,\s*|\s*,?\s*and\s+|\s*(?:through|-|–)\s*)?)+)",
            covers,
        )
        instructions = _listed(numbers[1]) if numbers else ()
        self.partial.append(PartialDate(covers, on, through, instructions))
        self.quotes.setdefault("partial_dates", sentence)
        if symbolic := symbolic_date(f"partial_dates[{len(self.partial) - 1}].on", period.on):
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
