"""Every date of a rule: when it takes effect, as a whole and in parts, and when comments close."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from monitor.law.rules import date_phrases as phrases
from monitor.law.rules.date_collector import Collector, Period, RuleDates
from monitor.law.rules.days import parse_day
from monitor.law.rules.ends import days_left, lacks_day, last_day_of_length
from monitor.law.rules.phrases import find_phrases
from monitor.law.rules.sentences import sentences
from monitor.law.rules.tokens import DATES, Masked, mask

__all__ = ["RuleDates", "read_dates", "with_suspension"]


def read_dates(text: str, *, near: date | None = None) -> RuleDates:
    """The dates in a DATES paragraph; a date without a year is the one nearest to `near`."""
    reading = Collector(near)
    for sentence in sentences(text):
        _read_sentence(sentence, reading)
    return reading.result(text)


def with_suspension(dates: RuleDates, texts: Iterable[str], *, near: date | None) -> RuleDates:
    """The dates with the end of a suspension that summary or instructions alone give; an end not found is noted."""
    if dates.delayed_until is not None or dates.effective_through is not None:
        return dates
    reading = Collector(near)
    if dates.effective_on is not None:
        reading.days["effective_on"] = dates.effective_on
    for sentence in (s for text in texts for s in sentences(text) if phrases.SUSPENDS.search(s)):
        clause = _Clause(mask(sentence, *DATES), sentence, reading)
        clause.read_suspension()
        if "put off" not in clause.found and phrases.IS_PUT_OFF.search(sentence) and phrases.PART.search(sentence):
            reading.note("The day until which it is put off was not found", sentence)
    found = reading.days.get("delayed_until")
    if found is None:
        return replace(dates, unread=(*dates.unread, *reading.unread))
    quotes = {**dates.quotes, "delayed_until": reading.quotes["delayed_until"]}
    return replace(dates, delayed_until=found, quotes=quotes)


def _read_sentence(sentence: str, reading: Collector) -> None:
    """Take the dates of a sentence; what it is about and gives no day for is noted with all of it."""
    clauses = [_Clause(mask(clause, *DATES), sentence, reading) for clause in _clauses(sentence)]
    before = len(reading.unread)
    for clause in clauses:
        clause.read()
    if len(reading.unread) > before:
        return
    found = set().union(*(clause.found for clause in clauses))
    if "comments" not in found and phrases.ASKS.search(sentence):
        reading.asked.append(sentence)  # the day may stand in the next sentence
        return
    for what, is_missing in (
        ("The day until which it is put off", "put off" not in found and phrases.IS_PUT_OFF.search(sentence)),
        ("The day on which it takes effect", any(clause.lacks_effect() for clause in clauses)),
        ("What a day means or the last day", any(clause.lacks_day() for clause in clauses)),
    ):
        if is_missing:
            reading.note(f"{what} was not found", sentence)
            return


def _clauses(sentence: str) -> Iterator[str]:
    """The clauses of a sentence: an exception is one of its own, and so is each stage."""
    yield from re.split(
        r";\s*(?:and\s+)?|,?\s*\(?\b(?=(?:except|with the exception)\b)|,?\s+and\s+(?="
        r"(?:amendatory )?instructions?\b)",
        sentence,
    )


class _Clause:
    """A clause on its way to be read: the subjects on which it gave a day, and which of its days were taken."""

    def __init__(self, masked: Masked, sentence: str, reading: Collector) -> None:
        self.masked = masked
        self.sentence = sentence
        self.reading = reading
        self.found: set[str] = set()
        self.taken: set[int] = set()

    def read(self) -> None:
        effective_before = self._put_off()
        self._effective(effective_before)
        self._ends()
        if effective_before == len(self.masked.text):
            self._take("applicable_on", "applicable", phrases.APPLICABLE)
        if not self._take("comments_close_on", "comments", phrases.COMMENTS):
            self._take("comments_close_on", "comments", phrases.COMMENTS_CLOSE)

    def read_suspension(self) -> None:
        """Take only the day until which something is put off."""
        self._put_off()

    def lacks_day(self) -> bool:
        """Whether words lead to a day that is not there, or to one that nothing took."""
        earlier = phrases.EARLIER.search(self.masked.text) and not self.found
        return not earlier and (lacks_day(self.masked.text) or bool(days_left(self.masked, self.taken)))

    def lacks_effect(self) -> bool:
        """Whether it states that something takes effect and gives no day at all."""
        return not self.found and phrases.EFFECT.search(self.masked.text) is not None

    def _take(self, field: str, subject: str, pattern: re.Pattern[str]) -> bool:
        match = pattern.search(self.masked.text)
        if match is None:
            return False
        self._note_taken(subject, match, "on")
        self.reading.take(field, self.masked.words(match, "on"), self.sentence)
        return True

    def _note_taken(self, subject: str, match: re.Match[str], *groups: str) -> None:
        self.found.add(subject)
        self.taken |= {match.end(group) for group in groups}

    def _put_off(self) -> int:
        """Take the day until which something is put off; up to where days of effect of this rule may stand."""
        text = self.masked.text
        verb = phrases.PUTS_OFF.search(text)
        if verb is None:
            return len(text)
        until = phrases.PUT_OFF_UNTIL.match(text, verb.end())
        if until is not None:
            self._note_taken("put off", until, "on")
            self.reading.take("delayed_until", self.masked.words(until, "on"), self.sentence)
        else:
            first = phrases.find_first_day(self.masked, verb.start(), self.reading.near)
            first = first or self.reading.days.get("effective_on")
            last = last_day_of_length(self.masked, verb.end(), first=first, near=self.reading.near)
            if last is None:
                return len(text)
            self.found.add("put off")
            self.taken |= {token.end for token in self.masked.tokens if token.start >= verb.end()}
            self.reading.take_day("delayed_until", last, self.sentence)
        return verb.start() if phrases.OWN_DAY.match(text) else 0

    def _effective(self, end: int) -> None:
        text, start = self.masked.text[:end], 0
        for found in find_phrases(text, phrases.TAKES_EFFECT):
            subject = self.masked.original[start : found.start]
            start = found.end
            self._note_taken("effective", found.match, "on", "through")
            if phrases.HISTORY.search(subject):
                continue
            if phrases.EARLIER.search(subject) and not phrases.WHOLE.match(subject.strip()):
                continue
            on, through = self.masked.words(found.match, "on"), self.masked.words(found.match, "through")
            last = None
            if on and not through and re.match(r",?\s+for\b", text[found.end :]):
                first = parse_day(on, near=self.reading.near)
                last = last_day_of_length(self.masked, found.end, first=first, near=self.reading.near)
            self._take_effective(Period(on, through, last), subject)

    def _take_effective(self, period: Period, subject: str) -> None:
        reading, sentence = self.reading, self.sentence
        partial = phrases.PART.search(subject) and not phrases.WHOLE.match(subject.strip())
        if phrases.REST.search(subject):
            reading.take("effective_rest", period.on, sentence)
            reading.take_partial("all other instructions", period, sentence)
        elif partial or re.match(r"(?i)\s*(?:except|with the exception)", subject):
            reading.take_partial(subject, period, sentence)
        else:
            if period.on:
                reading.take("effective_on", period.on, sentence)
            if period.through:
                reading.take("effective_through", period.through, sentence)
            elif period.last is not None:
                reading.take_day("effective_through", period.last, sentence)

    def _ends(self) -> None:
        """Take the last day that a sentence of its own gives: of this rule, or of the earlier one it extends."""
        ends = (found.match for found in find_phrases(self.masked.text, (phrases.RULE_ENDS,)))
        others = (pattern.search(self.masked.text) for pattern in (phrases.EXPIRATION, phrases.END_EXTENDED))
        for match in (*ends, *(found for found in others if found)):
            self._note_taken("end", match, "on")
            self.reading.take("effective_through", self.masked.words(match, "on"), self.sentence)
