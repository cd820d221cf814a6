"""Days as rules print them: "January 5, 2020", "1/5/20", or open until it is published or filed."""

import re
from datetime import date

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
_MONTH_FIRST = re.compile(r"\b(?P<month>[A-Za-z]{3,9}\.?)\s+\d{1,2}(?i:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?\b")
_DAY_FIRST = re.compile(r"\b\d{1,2}\s+(?P<month>[A-Za-z]{3,9}\.?)\s+(?P<year>\d{4})\b")
_IN_FIGURES = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
_DAYS = re.compile(r"\s+(?:calendar\s+)?days")
_INSERTED = re.compile(r"\[\s*INSERT\s[^\]]{0,500}\]", re.IGNORECASE)
_PUBLIC = re.compile(
    r"(?:\b(?:calendar\s+)?days\s+(?:after|from)\s+(?:(?:the|its)\s+)?)?"
    r"(?P<day>\b(?:date of |day of )?(?:its\s+)?(?:publication|(?:filing|display) for public inspection)"
    r"(?:\s+(?:of this \w+ )?in the Federal Register)?)",
    re.IGNORECASE,
)


def day_spans(text: str) -> list[tuple[int, int]]:
    """Where days of the calendar stand in a text."""
    named = (found for pattern in (_MONTH_FIRST, _DAY_FIRST) for found in pattern.finditer(text))
    spans = [found.span() for found in named if _is_month(found["month"], has_year=found["year"] is not None)]
    return spans + [found.span() for found in _IN_FIGURES.finditer(text)]


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
    text = re.sub(r"(?<=\d)(?i:st|nd|rd|th)\b", "", words.strip())
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
