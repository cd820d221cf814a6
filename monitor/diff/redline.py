"""Two texts compared word by word: what was kept, deleted and inserted."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

# Comparing costs about the product of both lengths; a middle with more pairs of words than this is shown as a whole.
MOST_PAIRS = 250_000
SMALL = 3  # letters between two changes that are not worth keeping
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


class Piece(Struct, frozen=True):
    """Some words with the blanks around them, and what became of them."""

    mark: Mark
    text: str


def redline(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in reading order, deleted ones before inserted ones.

    All pieces but the inserted ones join to `before`, all but the deleted ones to `after`, to the letter.
    """
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    return tuple(_tidy(_compared(old, new)))


def abridged(pieces: Sequence[Piece], around: int, most: int) -> tuple[Piece, ...]:
    """Return the pieces shortened for people: limited characters of unchanged text around a change, and in all.

    An ellipsis stands for what is left out.
    """
    last, left = len(pieces) - 1, most
    found = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.mark is Mark.KEPT:
            text = _around(text, around, first=number == 0, last=number == last)
        if len(text) > left:
            text = text[: max(left - 1, 0)] + "…"
        found.append(Piece(piece.mark, text))
        left -= len(text)
        if left <= 0 or (text != piece.text and piece.mark is not Mark.KEPT):
            break
    return tuple(found)


def side(pieces: Sequence[Piece], mark: Mark) -> str:
    """Return one side of a redline: GONE gives the text before, NEW the text after."""
    return "".join(piece.text for piece in pieces if piece.mark in (Mark.KEPT, mark))


def _around(text: str, around: int, *, first: bool, last: bool) -> str:
    if first and last:
        return text
    if first:
        return text if len(text) <= around else "…" + text[-around:].partition(" ")[2]
    if last:
        return text if len(text) <= around else text[:around].rpartition(" ")[0] + "…"
    short = len(text) <= 2 * around
    return text if short else f"{text[:around].rpartition(' ')[0]} … {text[-around:].partition(' ')[2]}"


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    """Compare the middles only; the beginning and the end that both texts share are kept."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    tail = next((n for n in range(shorter - head) if old[-1 - n] != new[-1 - n]), shorter - head)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    yield from _pieces(Mark.KEPT, old[:head])
    if len(middle_old) * len(middle_new) > MOST_PAIRS:
        yield from _pieces(Mark.GONE, middle_old)
        yield from _pieces(Mark.NEW, middle_new)
    else:
        for what, a, b, c, d in SequenceMatcher(None, middle_old, middle_new, autojunk=False).get_opcodes():
            yield from _pieces(Mark.KEPT if what == "equal" else Mark.GONE, middle_old[a:b])
            yield from _pieces(Mark.NEW, [] if what == "equal" else middle_new[c:d])
    yield from _pieces(Mark.KEPT, old[len(old) - tail :])


def _pieces(mark: Mark, tokens: list[str]) -> Iterator[Piece]:
    if tokens:
        yield Piece(mark, "".join(tokens))


def _tidy(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Take a lone blank, comma or "of" between two changes into them, so that words stay together."""
    found = list(pieces)
    inner = range(1, len(found) - 1)
    loose = {n for n in inner if found[n].mark is Mark.KEPT and sum(map(str.isalnum, found[n].text)) <= SMALL}
    changed = [piece.mark is not Mark.KEPT or n in loose for n, piece in enumerate(found)]
    for is_change, group in groupby(range(len(found)), key=changed.__getitem__):
        parts = [found[n] for n in group]
        if is_change:
            yield from _pieces(Mark.GONE, [p.text for p in parts if p.mark is not Mark.NEW])
            yield from _pieces(Mark.NEW, [p.text for p in parts if p.mark is not Mark.GONE])
        else:
            yield Piece(Mark.KEPT, "".join(part.text for part in parts))
