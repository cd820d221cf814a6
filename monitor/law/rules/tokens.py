"""Mask the countries, numbers and dates of a text, each with a token as long as its words.

Readers match short patterns on the masked text. Every position is the same in both texts, so that the words of a
match stand in the original where the match stands in the masked one: "under ℂˍˍˍˍ" for "under China".
Quoted names are masked before, because their marks have to be mended first (see `quoted.mask_names`).
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from monitor.law.rules.days import day_spans, open_date_spans
from monitor.law.rules.destinations import destination_spans
from monitor.law.rules.numbers import number_spans


class TokenKind(StrEnum):
    """What a token stands for; the value is its first character, which patterns take for a letter."""

    COUNTRY = "ℂ"
    NUMBER = "ℕ"
    DATE = "ⅅ"
    OPEN_DATE = "ℙ"


_FILL = "ˍ"  # a letter too, so that a token is one word

# Parts of patterns on masked text, without groups.
COUNTRY = rf"{TokenKind.COUNTRY}{_FILL}*\.?"  # "the U.A.E." may end with its own full stop
NUMBER = rf"{TokenKind.NUMBER}{_FILL}*"
COUNTRY_NOTE = rf"\([A-Za-z{TokenKind.COUNTRY}{_FILL}.' ]+\)"  # "China (Hong Kong)"
DATE = rf"(?:{TokenKind.DATE}|(?i:(?:the|its)\s+)?{TokenKind.OPEN_DATE}){_FILL}*"
DATES = (TokenKind.DATE, TokenKind.OPEN_DATE)

_FINDERS = {
    TokenKind.COUNTRY: destination_spans,
    TokenKind.NUMBER: number_spans,
    TokenKind.DATE: day_spans,
    TokenKind.OPEN_DATE: open_date_spans,
}
_STRAY = re.compile(f"[{''.join(TokenKind)}{_FILL}]")


class Token(Struct, frozen=True):
    """A country, number or date, and where it stands."""

    kind: TokenKind
    start: int
    end: int


class Masked(Struct, frozen=True):
    """A text with its tokens: `text` is as long as `original`."""

    original: str
    text: str
    tokens: tuple[Token, ...]

    def words(self, found: re.Match[str], group: str | int = 0) -> str:
        """The original words of a match on the masked text, or of one of its groups; empty if it did not match."""
        start, end = found.span(group)
        return self.original[start:end] if start >= 0 else ""

    def all_words(self, kind: TokenKind) -> list[str]:
        """The original words of every token of a kind, in order."""
        return [self.original[token.start : token.end] for token in self.tokens if token.kind is kind]


def mask(text: str, *kinds: TokenKind) -> Masked:
    """The text with every token of these kinds; of two that overlap the first is kept, or the longer one."""
    found = [Token(kind, start, end) for kind in kinds for start, end in _FINDERS[kind](text)]
    tokens = tuple(_without_overlaps(sorted(found, key=lambda token: (token.start, -token.end))))
    pieces, position = [], 0
    for token in tokens:
        pieces += [_plain(text[position : token.start]), token.kind, _FILL * (token.end - token.start - 1)]
        position = token.end
    return Masked(text, "".join([*pieces, _plain(text[position:])]), tokens)


def _without_overlaps(tokens: list[Token]) -> Iterator[Token]:
    end = 0
    for token in tokens:
        if token.start >= end:
            yield token
            end = token.end


def _plain(text: str) -> str:
    """Text in which no character can be taken for a token."""
    return text if text.isascii() else _STRAY.sub("\N{REPLACEMENT CHARACTER}", text)
