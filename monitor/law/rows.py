"""Read the rows of a list: each gets its country, and an entry printed over several rows is joined."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from msgspec import Struct

from monitor.law.citations import has_citation
from monitor.law.columns import CITATION, COUNTRY, ENTITY
from monitor.law.countries import is_country
from monitor.law.footnotes import read_footnote
from monitor.law.markup import Cell, one_line
from monitor.model.errors import ReadError

RESERVED = re.compile(r"\[\s*reserved\.?\s*\]\.?", re.IGNORECASE)
# A cell that ends like this goes on in the next row; one that begins like that goes on from the last.
GOES_ON = re.compile(r"(?:[:;,—–]|\band|\bor)$", re.IGNORECASE)
GOES_ON_FROM = re.compile(
    r"[—–•]|\(\d{1,2}\)|and\b|(?:the following )?address(?:es)?\b[^,]*:|[afd]\.?/?[kb]\.?/?a\b|"
    r"(?:affiliated|subordinate)\b|\(see\b",
    re.IGNORECASE,
)
# "Subordinate institution:" alone in a row is the label of the row below it.
LABEL = re.compile(r"(?:subordinate institu\w*|affiliated entit\w*|subsidiar\w*)\s*:", re.IGNORECASE)


class ListRow(Struct):
    """One row as printed: its country and its cells by column, lines separated by \\n."""

    country: str
    cells: dict[str, str]
    number: int  # of the row in the table, from 1; the headings are row 0
    is_bare: bool  # there is nothing but the entity
    is_reserved: bool  # it only keeps a place


class RowReader:
    """Takes the rows of one table one after another; keeps the entries and the footnotes found among them."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        """`name` is the list's, for messages; `columns` say what each cell holds."""
        self.name = name
        self.columns = tuple(columns)
        self.rows: list[ListRow] = []
        self.notes: list[tuple[str, str]] = []  # designation, text
        self._country = ""
        self._number = 0

    def take(self, cells: tuple[Cell, ...]) -> None:
        """Take one row. Raises ReadError when its cells do not fit the columns."""
        self._number += 1
        texts = [cell.text for cell in cells]
        words = [text for text in texts if text]
        if len(words) == 1 and texts[0]:
            self._take_single(one_line(words[0]))
            return
        if any(cell.is_wide for cell in cells):
            raise ReadError(f"{self._position()}: a cell stretches over columns, beginning {_excerpt(texts)}")
        texts = self._fit_to_columns(texts)
        named = dict(zip(self.columns, texts, strict=True))
        self._country = one_line(named.pop(COUNTRY)) or self._country
        if not self._country:
            raise ReadError(f"{self._position()}: no country stands above {_excerpt(texts)}")
        entity = named[ENTITY]
        reserved = entity.startswith("[") and RESERVED.fullmatch(entity) is not None
        bare = not reserved and not any(text for text in named.values() if text is not entity)
        self.rows.append(ListRow(self._country, named, self._number, bare, reserved))

    def _position(self) -> str:
        return f"the {self.name}, row {self._number}"

    def _take_single(self, text: str) -> None:
        """Take a row with words in its first cell alone: a footnote, or the heading of a country's block."""
        if (note := read_footnote(text, in_row=True)) is not None:
            self.notes.append(note)
        elif self.columns[0] == COUNTRY and is_country(text):
            self._country = text
        else:
            raise ReadError(f"{self._position()}: {text[:60]!r} stands alone and is neither a country nor a footnote")

    def _fit_to_columns(self, texts: list[str]) -> list[str]:
        """Return one text for each column; a row printed without its empty country cell gets it back."""
        width = len(self.columns)
        shifted = texts[:-1] if len(texts) == width and not texts[-1] else texts
        if self._lacks_country(shifted):
            return ["", *shifted]
        if len(texts) != width:
            raise ReadError(f"{self._position()}: {len(texts)} cells instead of {width}, beginning {_excerpt(texts)}")
        return texts

    def _lacks_country(self, texts: list[str]) -> bool:
        return (
            self.columns[0] == COUNTRY
            and self.columns[-1] == CITATION
            and len(texts) == len(self.columns) - 1
            and all(texts)
            and has_citation(texts[-1])
            and not is_country(texts[0])
        )

    def entries(self) -> list[ListRow]:
        """Return one row an entry. Raises ReadError when a cell is empty that must not be."""
        joined: list[ListRow] = []
        spilling, label = False, ""
        for row, following in zip_longest(self.rows, self.rows[1:]):
            if label:
                row.cells[ENTITY], label = f"{label} {row.cells[ENTITY]}", ""
            if _is_label(row, following):
                label = row.cells[ENTITY]
            elif joined and row.is_bare and _goes_on(joined[-1], row, spilling=spilling):
                joined[-1].cells[ENTITY] += "\n" + row.cells[ENTITY]
                spilling = True
            else:
                self._check(row)
                joined.append(row)
                spilling = False
        return joined

    def _check(self, row: ListRow) -> None:
        """Refuse empty cells; only a reserved place and the line above a group of entries may have them."""
        if row.is_reserved or (row.is_bare and row.cells[ENTITY].endswith(":")):
            return
        for column, text in row.cells.items():
            if not text:
                beside = row.cells[ENTITY] or row.cells[CITATION]
                raise ReadError(
                    f"the {self.name}, row {row.number}: the cell for {column.replace('_', ' ')} is empty "
                    f"beside {_excerpt([beside])}"
                )


def _is_label(row: ListRow, following: ListRow | None) -> bool:
    if not row.is_bare or LABEL.fullmatch(row.cells[ENTITY]) is None:
        return False
    return following is not None and following.country == row.country and not following.is_bare


def _goes_on(last: ListRow, row: ListRow, *, spilling: bool) -> bool:
    """Return whether a bare row is the rest of the entry before it."""
    if last.is_reserved or last.country != row.country or not row.cells[ENTITY]:
        return False
    return spilling or bool(GOES_ON.search(last.cells[ENTITY]) or GOES_ON_FROM.match(row.cells[ENTITY]))


def _excerpt(texts: Sequence[str]) -> str:
    return repr(" ".join(" ".join(texts).split())[:60])
