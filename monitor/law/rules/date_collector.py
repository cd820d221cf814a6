"""Gather the dates of a rule in the order of its text."""

import re
from datetime import date

from msgspec import Struct

from monitor.law.rules.days import parse_day, symbolic_date
from monitor.model.rules import PartialDate, SymbolicDate


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


class Period(Struct, frozen=True):
    """The words of a first day and of a last one, empty where none is given; or the last day itself."""

    on: str
    through: str
    last: date | None = None


class Collector:
    """Gathers dates in the order of the text; the first one of a field stands."""

    def __init__(self, near: date | None) -> None:
        self.near = near
        self.days: dict[str, date] = {}
        self.quotes: dict[str, str] = {}
        self.partial: list[PartialDate] = []
        self.symbolic: list[SymbolicDate] = []
        self.unread: list[str] = []
        self.asked: list[str] = []  # sentences that ask for comments without a day

    def take(self, field: str, words: str, sentence: str) -> None:
        if field in self.quotes:
            return
        day, symbolic = parse_day(words, near=self.near), symbolic_date(field, words)
        if day is None and symbolic is None:
            self.note(f"The date “{words}” is none the calendar has", sentence)
            return
        self.quotes[field] = sentence
        if day is not None:
            self.days[field] = day
        elif symbolic is not None:
            self.symbolic.append(symbolic)

    def take_day(self, field: str, day: date, sentence: str) -> None:
        if field not in self.quotes:
            self.quotes[field], self.days[field] = sentence, day

    def note(self, what: str, sentence: str) -> None:
        self.unread.append(f"{what}: “{sentence}”.".replace(".”.", ".”"))

    def take_partial(self, subject: str, period: Period, sentence: str) -> None:
        covers = re.sub(
            r"(?i)^[\s,(]*(?:except(?:ion)?|with the exception)?\s*(?:of|for|that)?\s*|[\s,]*(?:which"
            r"|that)?\s*(?:is|are|shall be|will be|becomes?)?\s*$",
            "",
            subject,
        )
        on = parse_day(period.on, near=self.near)
        through = parse_day(period.through, near=self.near) if period.through else period.last
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
        if self.asked and "comments_close_on" not in self.quotes:
            self.note("The day on which the comments close was not found", self.asked[0])
        if "effective_through" in self.quotes and effective is None and "effective_on" not in self.quotes:
            self.note("The day on which it takes effect was not found", self.quotes["effective_through"])
        if text.strip() and not self.quotes and not self.unread:
            self.note("The dates could not be read", text.strip())
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
