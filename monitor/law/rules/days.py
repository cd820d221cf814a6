"""Days as rules print them: "January 5, 2020", "the 5th day of January", "30 days after 1/5/20", or still open."""

import re
from calendar import monthrange
from datetime import date, timedelta

from monitor.law.rules.numbers import number, number_spans
from monitor.model.rules import DateBase, SymbolicDate

_MONTHS = (
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
)
_SHORT = frozenset([*(month[:3] for month in _MONTHS if month != "may"), "sept", "june", "july"])
_MONTH_FIRST = re.compile(
    r"\b(?P<month>[A-Za-z]{3,9}\.?)\s+(?:the\s+)?\d{1,2}(?i:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?\b", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"\b(?:the\s+)?\d{1,2}(?:(?:st|nd|rd|th)(?:\s+day)?\s+of)?\s+(?P<month>[A-Za-z]{3,9}\.?),?\s+(?P<year>\d{4})\b",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_ON = r",?\s*(?:\bon\s+|\bof\s+)?(?:the\s+)?\Z"
_ZONE = r"(?:,?\s*\(?(?:UTC|GMT|E[SD]?T|(?:U\.S\.\s+)?(?:local|eastern)(?:\s+(?:standard|daylight))?(?:\s+time)?)\)?)?"
_PUBLICATION = (
    r"\b(?:(?:the|its)\s+)?(?:da(?:te|y)\s+of\s+)?(?:its\s+)?"
    r"(?:publication|(?:filing|display)\s+for\s+public\s+inspection)(?:\s+of\s+this\s+\w+)?"
)
# What may stand before a day and belongs to it: its name, an hour, the publication that falls on it.
_LEADS = tuple(
    re.compile(pattern + _ON, re.IGNORECASE)
    for pattern in (
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day",
        r"\b(?:\d{1,2}(?::\d{2})?\s*[ap]\.?\s?m\b\.?|\d{1,2}:\d{2}|\d{4}(?=\s+(?:UTC|GMT)))" + _ZONE,
        r"\b(?:midnight|noon|COB|(?:the\s+)?(?:(?:close|end)\s+of\s+(?:business|the\s+day)|end(?=\s+of\b)))" + _ZONE,
        _PUBLICATION + r"(?:\s+in\s+the\s+Federal\s+Register)?(?=,|\s+on\b)",
    )
)
_COUNTED_FROM = re.compile(
    r"\s+(?:calendar\s+)?(?P<unit>day|week|month|year)s?,?\s+"
    r"(?:(?:after|from|following|of)|(?:beginning|starting)(?:\s+on)?)\s+(?:the\s+date\s+of\s+)?\Z",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r"\b(?:an?|one)\Z", re.IGNORECASE)
_LONGEST_LEAD = 160  # characters
_LENGTH = re.compile(r"(?P<count>.+?)\s+(?:calendar\s+)?(?P<unit>day|week|month|year)s?", re.IGNORECASE)
_DAYS = re.compile(r"\s+(?:calendar\s+)?days")
_INSERTED = re.compile(r"\[\s*INSERT\s[^\]]{0,500}\]", re.IGNORECASE)
_PUBLIC = re.compile(
    r"(?:\b(?:calendar\s+)?days\s+(?:after|from|of|following)\s+(?:(?:the|its)\s+)?)?"
    r"(?P<day>\b(?:date of |day of )?(?:its\s+)?(?:publication|(?:filing|display) for public inspection)\b"
    r"(?:\s+(?:of this \w+ )?in the Federal Register)?)",
    re.IGNORECASE,
)


def day_spans(text: str) -> list[tuple[int, int]]:
    """Where days of the calendar stand in a text, each with the hour, day of the week or count that leads to it."""
    return [(_first_of_day(text, start), end) for start, end in _plain_days(text)]


def _plain_days(text: str) -> list[tuple[int, int]]:
    named = (found for pattern in (_DAY_FIRST, _MONTH_FIRST) for found in pattern.finditer(text))
    spans = [found.span() for found in named if _is_month(found["month"], has_year=found["year"] is not None)]
    return spans + [found.span() for found in _IN_FIGURES.finditer(text)]


def _first_of_day(text: str, start: int) -> int:
    """Where the words before a day begin that belong to it."""
    start = _first_of_named_day(text, start)
    counted = _count_before(text, start)
    return start if counted is None else counted[0]


def _first_of_named_day(text: str, start: int) -> int:
    """Where the hour, the day of the week or the publication begins that stands before a day."""
    least = max(0, start - _LONGEST_LEAD)
    before = -1
    while before != start:
        before = start
        start = min([start, *(found.start() for lead in _LEADS if (found := lead.search(text, least, start)))])
    return start


def _count_before(text: str, end: int) -> tuple[int, str] | None:
    """Where a count of days, weeks, months or years begins that ends before a day ("30 days after"), and its words."""
    least = max(0, end - _LONGEST_LEAD)
    found = _COUNTED_FROM.search(text, least, end)
    if found is None:
        return None
    numbers = {last: first for first, last in number_spans(text[least : found.start()])}
    first = numbers.get(found.start() - least)
    if first is None and (article := _A_YEAR.search(text, least, found.start())):
        first = article.start() - least
    return None if first is None else (least + first, text[least + first : found.end("unit")])


def open_date_spans(text: str) -> list[tuple[int, int]]:
    """Where open dates stand in a text: in brackets to be filled in, or counted from the day of publication."""
    spans = [found.span() for found in _INSERTED.finditer(text)]
    publications = list(_PUBLIC.finditer(text)) if "public" in text.lower() else []
    numbers = {end: start for start, end in number_spans(text)} if publications else {}
    return spans + [(_first_of_open_date(found, text, numbers), found.end()) for found in publications]


def _first_of_open_date(found: re.Match[str], text: str, numbers: dict[int, int]) -> int:
    """Where an open date begins: at the number of days, where it counts them, else at the day itself."""
    end = found.start()
    if end == found.start("day"):
        return end
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return numbers.get(end, found.start("day"))


def _is_month(word: str, *, has_year: bool) -> bool:
    if word.endswith("."):
        return word[:-1].lower() in _SHORT
    is_verb = word == "may" and not has_year
    return word.lower() in _SHORT or (word.lower() in _MONTHS and not is_verb)


def parse_day(words: str, *, near: date | None = None) -> date | None:
    """The day that words name; without a year the one nearest to `near`; None where it is still open."""
    text = words.strip()
    plain = next((start for start, end in _plain_days(text) if end == len(text) and _first_of_day(text, start) == 0), 0)
    day = _parse_plain(text[plain:], near)
    counted = _count_before(text, _first_of_named_day(text, plain)) if plain else None
    return after(counted[1], day) if counted is not None and day is not None else day


def after(length: str, day: date) -> date | None:
    """The day a length of time after another ("30 days", "one year"); None where the words are no such length."""
    found = _LENGTH.fullmatch(length.strip())
    count = number(found["count"]) if found else None
    if found is None or count is None:
        return None
    unit = found["unit"].lower()
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=count * (7 if unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError):
        return None


def _parse_plain(words: str, near: date | None) -> date | None:
    text = re.sub(r"^the\s+", "", words, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b(?:(?:\s+day)?\s+of\b)?", "", text, flags=re.IGNORECASE)
    if found := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2,4})", text):
        year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _day(year, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})\s+([A-Za-z.]+),?\s+(\d{4})", text):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := re.fullmatch(r"([A-Za-z.]+)\s+(?:the\s+)?(\d{1,2})(?:,?\s+(\d{4}))?", text):
        month = _month(found[1])
        if found[3]:
            return _day(int(found[3]), month, int(found[2]))
        return _nearest(month, int(found[2]), near)
    return None


def symbolic_date(field: str, words: str) -> SymbolicDate | None:
    """What an open date depends on ("[INSERT DATE 30 DAYS AFTER DATE OF PUBLICATION …]"); None for a day."""
    text = re.sub(r"\s+", " ", words).strip()
    article = re.match(r"(?:(?:the|its)\s+)?", text, re.IGNORECASE)
    if (article.end() if article else 0, len(text)) not in open_date_spans(text):
        return None
    lower = text.lower()
    base = DateBase.UNKNOWN
    if "filing" in lower or "display" in lower or "public inspection" in lower:
        base = DateBase.FILING
    elif "publication" in lower:
        base = DateBase.PUBLICATION
    counted = [lower[start:end] for start, end in number_spans(lower) if _DAYS.match(lower, end)]
    if re.search(r"\b(?:months?|years?|weeks?|business days|working days)\b", lower):
        base = DateBase.UNKNOWN
    return SymbolicDate(field, text, base, (number(counted[0]) or 0) if counted else 0)


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
