"""Names of entries: compare them, and find where the name ends in a cell that goes on with its address."""

import re
import unicodedata

from monitor.law.aliases import ends_abbreviated
from monitor.law.entities import read_entity
from monitor.law.names import is_suffix

_SEGMENT = re.compile(r",((?:[^,;()]|\([^()]{1,200}\))*)")
_AFTER_NAME = re.compile(r"[)”\"'’“.]*\s*(?:$|[,;:(—–]|(?:a|f|n)\.?\s?k\.?\s?a\b)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s\([^()]{1,200}\)(?=\s*(?:[,;.]|$))")


def comparable(name: str) -> str:
    """A name without case, accents and punctuation, to be compared with others."""
    if name.isascii():
        return "".join(filter(str.isalnum, name)).casefold()
    folded = unicodedata.normalize("NFKD", name).casefold().replace("ı", "i")  # "ŞTI" may be the capitals of "Ştı"
    return "".join(filter(str.isalnum, folded))


def begins_with_name(text: str, name: str) -> bool:
    """Whether a text begins with a name that ends there: "Alfa, Ltd." with "Alfa", but not "Alfa Two"."""
    form = comparable(name)
    return bool(form) and comparable(text).startswith(form) and _end_of(text, name) > 0


def name_in_cell(cell: str, given: list[str]) -> str:
    """The name that an entity cell opens with; `given` are the names in the text of the document."""
    opening = comparable(cell[:400])
    fitting = [name for name in given if (form := comparable(name)) and opening.startswith(form)]
    end = max((_end_of(cell, name) for name in fitting), default=0)
    if end:
        end = _end_of_suffixes(cell, end)
        parenthesis = _PARENTHESIS.match(cell, end)
        return _cut(cell, parenthesis.end() if parenthesis else end)
    return read_entity(cell).name


def _end_of_suffixes(cell: str, end: int) -> int:
    """Where the legal forms end that follow a name behind commas: "Alfa, Co., Ltd.", "Alfa, Jr."."""
    while (segment := _SEGMENT.match(cell, end)) and segment[1].strip() and is_suffix(segment[1].strip()):
        end = segment.end()
    return end


def _cut(cell: str, end: int) -> str:
    """The name without the full stop that ends its cell; one that ends an abbreviation is its own."""
    name = cell[:end].strip(" ,;")
    ends_cell = end >= len(cell.rstrip()) and name.endswith(".")
    return name[:-1] if ends_cell and not ends_abbreviated(name.title()) else name


def _end_of(cell: str, name: str) -> int:
    """Where a name ends in a cell that opens with it, its own closing punctuation included; 0 where a word goes on."""
    wanted, end, matched = comparable(name), 0, 0
    while matched < len(wanted):
        matched += len(comparable(cell[end]))
        end += 1
    punctuation = re.search(r"\W*$", name)
    for mark in punctuation[0] if punctuation else "":
        if cell[end : end + 1] == mark:
            end += 1
    return end if _AFTER_NAME.match(cell, end) else 0
