"""The last day of something: "through May 5", "no later than on May 5", "for one year from May 5" — or its lack."""

import re
from datetime import date, timedelta

from monitor.law.rules.days import after, parse_day
from monitor.law.rules.tokens import DATE, Masked, TokenKind

# Parts of patterns on masked text, without groups.
BY = (
    r"\b(?:not?\s+(?:later|more)\s+than|on\s+or\s+before|prior\s+to|not\s+after|before|until|till|through|by|within"
    r"|up\s+to|at\s+the\s+latest|ending|during)(?:\s+and\s+including)?,?\s+(?:(?:on|at|to|until)\s+)?(?:the\s+)?"
)
LENGTH = r"(?:[\w-]+\s+){0,3}?[\w-]+(?:\s*\(\d+\))?\s+(?:calendar\s+)?(?:day|week|month|year)s?\b"
_FOR = re.compile(
    rf"\bfor\s+(?:a\s+(?:further\s+)?period\s+of\s+)?(?:(?P<day>{DATE})|(?P<length>{LENGTH}))", re.IGNORECASE
)
_LACKS_DAY = re.compile(
    r"\b(?:no(?:t)?\s+later\s+than|on\s+or\s+before|prior\s+to|not\s+after|(?<!as\s)before|until|till|through|by|within|up\s+to"
    r"|(?:ends?|expires?|clos\w+|effective)\s+on)"
    r"(?:\s+and\s+including)?(?>(?:,?\s+(?:on|at|midnight|the|close\s+of\s+business))*)\s*(?=[.,;:)”]|$)",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:published|dated|issued|appear\w+|filed|approved|FR|Register|was|were|became|been)\b[^;]{0,200}\Z",
    re.IGNORECASE,
)


def last_day_of_length(masked: Masked, start: int, *, first: date | None, near: date | None) -> date | None:
    """The last day of a length of time: of "for one year from DAY", or of "for 180 days", which counts from `first`."""
    found = _FOR.search(masked.text, start)
    if found is None:
        return None
    if found["day"] is not None:
        end = parse_day(masked.words(found, "day"), near=near)
    else:
        end = after(masked.words(found, "length"), first) if first is not None else None
    return None if end is None else end - timedelta(days=1)


def lacks_day(text: str) -> bool:
    """Whether words that lead to a day ("no later than", "before midnight, on") stand without one in a masked text."""
    return _LACKS_DAY.search(text) is not None


def days_left(masked: Masked, taken: set[int]) -> list[str]:
    """The days that nothing took and that are not those of another document; `taken` are the ends of those taken."""
    left = (t for t in masked.tokens if t.end not in taken and not _OF_ANOTHER.search(masked.text, 0, t.start))
    words = ((t.kind, masked.original[t.start : t.end]) for t in left)
    return [named for kind, named in words if kind is TokenKind.DATE or named.startswith("[")]
