"""Take the pages of a plain text apart: its lines without page numbers and running heads, and the pages it lacks."""

import re
from collections import Counter
from itertools import pairwise, takewhile

from msgspec import Struct

from monitor.law.rules.columns import column_starts
from monitor.law.rules.text import STARS

_NUMBER = re.compile(
    r"[-–—\[(~|\s]*(?:page|pg\.?|p\.)?\s*(?P<number>\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?[-–—\])~|\s]*", re.IGNORECASE
)
_ROMAN = re.compile(r"[-–—\[(\s]*[ivxl]{1,6}[-–—\])\s]*", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
PAGE_ENDS = "\ue000"
_FEED = "\f"  # a line of its own, and a blank one
LABEL = re.compile(r"^(?:\d{1,3}|[a-z]{1,3}|[ivxl]{1,6})\.\s+\S|^\([a-z0-9ivx]{1,4}\)\s+(?:Under|By|Add|Revis|Remov)")
_MOST_SKIPPED = 20  # a number further on is none of a page
_SHORTEST_PAGE, _LONGEST_PAGE = 15, 120  # lines between two running heads that carry a page's number
_LEAST_HEADS = 3
_FULL_LINE = 60  # characters; a shorter line mostly ends its paragraph


class Marked(Struct, frozen=True):
    """The lines of all pages with a mark where one page ends, and the sentences on pages that are missing."""

    lines: list[str]
    unread: tuple[str, ...]


def mark_pages(text: str) -> Marked:
    """The lines with PAGE_ENDS in place of page numbers, running heads and form feeds."""
    lines = re.sub(r"\f(?=[^\n])", "\f\n", text).split("\n")
    numbers = _page_numbers(lines)
    furniture = set(numbers) | _counting_heads(lines)
    furniture |= _running_heads(lines, furniture)
    furniture |= {i for i, line in enumerate(lines) if line == _FEED and not furniture & set(range(i - 3, i + 4))}
    marked = [PAGE_ENDS if i in furniture else line.replace(_FEED, "") for i, line in enumerate(lines)]
    return Marked(marked, _missing(list(numbers.values())))


def _page_numbers(lines: list[str]) -> dict[int, int]:
    """The lines that hold a page number and nothing else, with it."""
    found: dict[int, int] = {}
    last = 0
    for index, line in enumerate(lines):
        number = _NUMBER.fullmatch(line.strip()) if line.strip() else None
        in_order = number is not None and last < int(number["number"]) <= last + _MOST_SKIPPED
        if number is not None and in_order and _stands_alone(lines, index):
            last = found[index] = int(number["number"])
        elif (number is not None or _ROMAN.fullmatch(line.strip())) and _at_feed(lines, index):
            found[index] = last
    return found


def _stands_alone(lines: list[str], index: int) -> bool:
    before = index == 0 or not lines[index - 1].strip()
    after = index + 1 >= len(lines) or not lines[index + 1].strip()
    return (before and after) or _at_feed(lines, index)


def _at_feed(lines: list[str], index: int) -> bool:
    return _FEED in (lines[index - 1] if index else "", lines[index + 1] if index + 1 < len(lines) else "")


def _counting_heads(lines: list[str]) -> set[int]:
    """The lines that repeat one text with a number that goes up by one from page to page."""
    alike: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if _FIGURES.search(line):
            alike.setdefault(_shape(line), []).append(index)
    return {index for places in alike.values() if _counts_pages(lines, places) for index in places}


def _shape(line: str) -> str:
    return re.sub(r"\s+", " ", _FIGURES.sub("#", line)).strip()


def _counts_pages(lines: list[str], places: list[int]) -> bool:
    if len(places) < _LEAST_HEADS or _shape(lines[places[0]]) == "#":
        return False
    lengths = [after - before for before, after in pairwise(places)]
    if not all(_SHORTEST_PAGE <= length <= _LONGEST_PAGE for length in lengths[:-1]):  # the last page may be short
        return False
    columns = zip(*([int(n) for n in _FIGURES.findall(lines[place])] for place in places), strict=True)
    return any(all(after == before + 1 for before, after in pairwise(column)) for column in columns)


def _running_heads(lines: list[str], furniture: set[int]) -> set[int]:
    """The lines next to a page break that stand at most breaks, one or two on either side."""
    breaks = sorted(furniture | {index for index, line in enumerate(lines) if line == _FEED})
    heads: set[int] = set()
    for _ in range(2):
        places = {_next_text(lines, index, step, furniture | heads) for index in breaks for step in (-1, 1)}
        places |= {_next_text(lines, -1, 1, heads), _next_text(lines, len(lines), -1, heads)}
        shapes = Counter(_shape(lines[index]) for index in places if index is not None)
        runs = {shape for shape, count in shapes.items() if count >= max(_LEAST_HEADS, _breaks(breaks) * 0.6)}
        heads |= {index for index in places if index is not None and _shape(lines[index]) in runs}
    return {index for index in heads if not _is_text(lines[index])}


def _is_text(line: str) -> bool:
    """Whether a line is one that rules repeat: stars, the head of a table, or a labeled paragraph."""
    return bool(STARS.match(line) or column_starts(line) or LABEL.match(line.strip()))


def _breaks(indices: list[int]) -> int:
    """How many page breaks there are: a number and a form feed that stand together are one."""
    return sum(after - before > 4 for before, after in pairwise(indices)) + 1 if indices else 0


def _next_text(lines: list[str], index: int, step: int, furniture: set[int]) -> int | None:
    index += step
    while 0 <= index < len(lines) and (not lines[index].strip() or index in furniture):
        index += step
    return index if 0 <= index < len(lines) else None


def _missing(numbers: list[int]) -> tuple[str, ...]:
    lacking = [n for before, after in pairwise([0, *numbers]) for n in range(before + 1, after)]
    lacking = lacking[1:] if lacking[:1] == [1] else lacking  # the first page often bears no number
    if not lacking:
        return ()
    return (
        f"Of the text {'page' if len(lacking) == 1 else 'pages'} {', '.join(map(str, lacking))} could not be found.",
    )


def closed_up(lines: list[str]) -> list[str]:
    """The lines without the marks of pages; a paragraph that runs over the page is closed up again."""
    kept: list[str] = []
    index = 0
    indented = _indents_paragraphs([line for line in lines if line != PAGE_ENDS])
    while index < len(lines):
        if lines[index] != PAGE_ENDS:
            kept.append(lines[index].rstrip())
            index += 1
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        last, following = index, index
        while following < len(lines) and (lines[following] == PAGE_ENDS or not lines[following].strip()):
            last = following if lines[following] == PAGE_ENDS else last
            following += 1
        blanks = following - last - 1
        if following < len(lines) and not _runs_on(kept, lines[following], close=indented and blanks == 1):
            kept.append("")
        index = following
    return kept


def _indents_paragraphs(lines: list[str]) -> bool:
    starts = [b for a, b in pairwise(lines) if not a.strip() and b.strip()]
    return sum(line.startswith("    ") for line in starts) * 4 > len(starts)


def _runs_on(kept: list[str], following: str, *, close: bool) -> bool:
    """Whether the line after a page break goes on with the paragraph before it.

    `close`: the document indents its paragraphs and the page begins without a gap.
    """
    previous = kept[-1] if kept else ""
    if not previous.strip() or following.startswith("   ") or STARS.match(following):
        return is_table_line(previous) and is_table_line(following)
    if LABEL.match(following):
        return False
    if _is_within_name(kept):
        return True
    if len(previous) < _FULL_LINE:
        return following[:1].islower() and previous[-1:].isalnum()
    return close or not re.search(r"[.:!?][\"”’')\]]*$", previous)


def _is_within_name(kept: list[str]) -> bool:
    """Whether a quotation mark of the paragraph that these lines end with is still open."""
    paragraph = " ".join(takewhile(lambda line: line.strip(), reversed(kept[-_LONGEST_PAGE:])))
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1


def is_table_line(line: str) -> bool:
    """Whether a line looks like a line of columns: wide gaps inside it or before it."""
    return bool(re.search(r"\S {2,}\S", line)) or line.startswith(" " * 10)
