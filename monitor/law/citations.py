"""Read Federal Register citations as the lists spell them, such as "76 FR 71869, 11/21/11."."""

import re
from datetime import date
from functools import lru_cache

from monitor.model.entries import Citation

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CITATION = re.compile(
    r"""
    \b(?P<volume>\d{1,3})\s*
    (?:F\.?\s?R\.?|Fed\.?\s?Reg\.?|Federal\s+Register)\s*
    (?:at\s+|p\.\s*|page\s+)?
    (?P<page>\d{1,3},\d{3}(?!\d|/)|\d+)(?:\s?[-–—]\s?\d+(?!/))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The date behind a citation.
DATE = re.compile(
    r"""
    [\s,.;(]*(?:(?:published|on|of)\s+)?
    (?:
        (?P<month>\d{1,2})\s?[/.-]\s?(?P<day>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d{2})(?!\d)
        | (?P<named>[a-z]{3,9})\.?\s(?P<named_day>\d{1,2}),?\s(?P<named_year>\d{4})
        | (?P<iso>\d{4}-\d{2}-\d{2})
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Volume 1 of the Federal Register is the year 1936.
BEFORE_VOLUME_1 = 1935


def has_citation(text: str) -> bool:
    """Return whether there is at least one citation in a text."""
    return CITATION.search(text) is not None


@lru_cache(maxsize=4096)
def read_citations(text: str) -> tuple[Citation, ...]:
    """Return the citations of a cell in printed order."""
    return tuple(_citation(found) for found in CITATION.finditer(text))


def _citation(found: re.Match[str]) -> Citation:
    volume = int(found["volume"])
    dated = DATE.match(found.string, found.end())
    on = _date(dated, volume) if dated is not None else None
    return Citation(volume, int(found["page"].replace(",", "")), on)


def _date(found: re.Match[str], volume: int) -> date | None:
    """Return the date; None where a misprint names no day."""
    try:
        if found["iso"] is not None:
            return date.fromisoformat(found["iso"])
        if found["named"] is not None:
            month = MONTHS.index(found["named"][:3].lower()) + 1
            return date(int(found["named_year"]), month, int(found["named_day"]))
        return date(_year(found["year"], volume), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _year(printed: str, volume: int) -> int:
    """Return the year; two digits are those of the century in which the volume was printed."""
    year = int(printed)
    if len(printed) == 4:
        return year
    of_volume = BEFORE_VOLUME_1 + volume
    candidates = (of_volume // 100 * 100 + year + century for century in (-100, 0, 100))
    return min(candidates, key=lambda candidate: abs(candidate - of_volume))
