"""Federal Register citations as the lists spell them, such as "76 FR 71869, 11/21/11."."""

import re
from datetime import date
from functools import lru_cache

from monitor.model.entries import Citation

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CITATION = re.compile(
    r"\b(?P<volume>\d{1,3})\s*(?:F\.?\s?R\.?|Fed\.?\s?Reg\.?|Federal\s+Register)\s*(?:at\s+|p\.\s*|page\s+)?"
    r"(?P<page>\d{1,3},\d{3}(?!\d|/)|\d+)(?:\s?[-–—]\s?\d+(?!/))?",
    re.IGNORECASE,
)
PUBLISHED_ON = re.compile(
    r"[\s,.;(]*(?:(?:published|on|of)\s+)?(?:"
    r"(?P<month>\d{1,2})\s?[/.-]\s?(?P<day>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d{2})(?!\d)"
    r"|(?P<named>[a-z]{3,})\.?\s(?P<named_day>\d{1,2}),?\s(?P<named_year>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2}))",
    re.IGNORECASE,
)
# Volume 1 of the Federal Register is the year 1936.
BEFORE_VOLUME_1 = 1935


def has_citation(text: str) -> bool:
    """Tell whether there is at least one citation in a text."""
    return CITATION.search(text) is not None


@lru_cache(maxsize=4096)
def read_citations(text: str) -> tuple[Citation, ...]:
    """Return the citations of a cell in printed order."""
    citations: list[Citation] = []
    found = CITATION.search(text)
    while found is not None:
        volume, end = int(found["volume"]), found.end()
        published = PUBLISHED_ON.match(text, end)
        if published is not None and _names_no_month(published):
            published = None
        day = None if published is None else _date(published, volume)
        citations.append(Citation(volume, int(found["page"].replace(",", "")), day))
        found = CITATION.search(text, end if published is None else published.end())
    return tuple(citations)


def _names_no_month(published: re.Match[str]) -> bool:
    return published["named"] is not None and published["named"][:3].lower() not in MONTHS


def _date(found: re.Match[str], volume: int) -> date | None:
    """Return the date; None where there is none or where a misprint names no day."""
    try:
        if found["iso"] is not None:
            return date.fromisoformat(found["iso"])
        if found["named"] is not None:
            month = MONTHS.index(found["named"][:3].lower()) + 1
            return date(int(found["named_year"]), month, int(found["named_day"]))
        if found["month"] is not None:
            return date(_year(found["year"], volume), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return None


def _year(digits: str, volume: int) -> int:
    """Return the year; two digits are those of the century in which the volume was printed."""
    year = int(digits)
    if len(digits) == 4:
        return year
    printed = BEFORE_VOLUME_1 + volume
    return min((printed // 100 * 100 + year + century for century in (-100, 0, 100)), key=lambda y: abs(y - printed))
