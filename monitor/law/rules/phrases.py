"""Find phrases of several kinds in the order of a text, by short patterns and without one long alternation."""

import re
from collections.abc import Iterator

from msgspec import Struct


class Phrase(Struct, frozen=True):
    """A kind of phrase: how it opens and, where that is not all of it, the patterns of which one must follow."""

    kind: str
    opening: re.Pattern[str]
    following: tuple[re.Pattern[str], ...] = ()


class Found(Struct, frozen=True):
    """A phrase of a text; `match` is that of the pattern that follows the opening, or `opening` where none does."""

    kind: str
    start: int
    end: int
    opening: re.Match[str]
    match: re.Match[str]


def find_phrases(text: str, phrases: tuple[Phrase, ...]) -> Iterator[Found]:
    """The phrases of a text in order, none overlapping; where two start together, the one listed first."""
    position = 0
    upcoming = [_search(phrase, text, 0) for phrase in phrases]
    while any(upcoming):
        first = min((found for found in upcoming if found is not None), key=lambda found: found.start)
        yield first
        position = first.end
        for index, found in enumerate(upcoming):
            if found is not None and found.start < position:
                upcoming[index] = _search(phrases[index], text, position)


def _search(phrase: Phrase, text: str, position: int) -> Found | None:
    opening = phrase.opening.search(text, position)
    while opening is not None:
        start, end = opening.span()
        if not phrase.following:
            return Found(phrase.kind, start, end, opening, opening)
        matches = (pattern.match(text, end) for pattern in phrase.following)
        if (match := next((match for match in matches if match), None)) is not None:
            return Found(phrase.kind, start, match.end(), opening, match)
        opening = phrase.opening.search(text, start + 1)
    return None
