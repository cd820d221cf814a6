"""Tables of entries whose cells came out of the PDF one below the other, each a paragraph."""

import re

from monitor.law.rules.text import STARS, TableRow

_CITATION = re.compile(r"^\d{1,3} FR\b")
_ENDS = re.compile(
    r"^(?:\[?FR Doc|BILLING|PART \d|\d{1,3}\. [A-Z]|\* \* \* \* \*$|\[?Dated\b)|\bAssistant Secretary\b"
)
_HEADINGS = 5


def rows_in_paragraphs(head: list[str], texts: list[str]) -> tuple[tuple[TableRow, ...], int]:
    """The rows of a table that starts at the first paragraph, and how many paragraphs it takes up.

    Nothing and 0 where `head`, the first two paragraphs, are not the headings Country and Entity.
    """
    if [text.lower() for text in head[:2]] != ["country", "entity"]:
        return (), 0
    if not texts:
        return (), 1
    rows = [TableRow(tuple(texts[:_HEADINGS]))]
    index, country = _HEADINGS, ""
    group: list[str] = []
    while index < len(texts) and not _ends(texts[index]):
        text = texts[index]
        if STARS.match(text) or _is_country(text):
            rows += _rows_of(country, group)
            group = []
            country = country if STARS.match(text) else text
        else:
            group.append(text)
        index += 1
    return (*rows, *_rows_of(country, group)), index


def _ends(text: str) -> bool:
    return bool(_ENDS.search(text)) and not STARS.match(text)


def _is_country(text: str) -> bool:
    return text == text.upper() and text[:1].isalpha() and not any(c.isdigit() for c in text)


def _rows_of(country: str, group: list[str]) -> list[TableRow]:
    """Each row is an entity, cells and a citation; what follows the last one goes on with its entity."""
    rows: list[TableRow] = []
    cells: list[str] = []
    for text in group:
        cells.append(text)
        if _CITATION.match(text):
            rows.append(TableRow((country, *_four(cells))))
            cells = []
    if cells and rows:
        rows.append(TableRow(("", " ".join(cells), "", "", "")))
    return rows


def _four(cells: list[str]) -> tuple[str, str, str, str]:
    requirement, policy, citation = ([""] * 3 + cells[1:])[-3:]
    return cells[0], requirement, policy, citation
