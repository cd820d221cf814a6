"""The tables of entries that a rule puts in: rows, rows continued in the next one, stars, headings."""

import re

from msgspec import Struct

from monitor.law.entities import read_entity
from monitor.law.rules.amendments import Amendment
from monitor.law.rules.destinations import heading, is_destination
from monitor.law.rules.names import comparable, name_in_cell
from monitor.law.rules.text import STARS, Piece, TableRow
from monitor.model.rules import Kind, RuleRow

_COLUMNS = (
    ("country", re.compile(r"countr(?:y|ies)|destinations?\b", re.IGNORECASE)),
    ("license_requirement", re.compile(r"license requirement", re.IGNORECASE)),
    ("license_review_policy", re.compile(r"license review policy", re.IGNORECASE)),
    ("citation", re.compile(r"federal register", re.IGNORECASE)),
    (
        "entity",
        re.compile(
            r"(?:names? of )?(?:listed |the )?(?:entit(?:y|ies)|persons?|part(?:y|ies)|end[- ]users?)\b"
            r"|military end[- ]user|validated end[- ]user",
            re.IGNORECASE,
        ),
    ),
)
_MARK = re.compile(r"(?<=[),])\s?,?\s?(\d{1,2})(?=\s|,|$)(?!\s*(?:FR|CFR))")


_TERMS = ("license_requirement", "license_review_policy", "citation")
_CITED = re.compile(r"\d{1,3} FR\b")
_CONTINUED = re.compile(r"\s*[—–-]*\s*[(\[]?\s*(?:continued|cont(?:['’]?d)?\.?)\s*[)\]]?\s*$", re.IGNORECASE)


class TableReading(Struct, frozen=True):
    """The rows of all tables of entries, and the tables and rows that could not be read."""

    rows: tuple[RuleRow, ...]
    unread: tuple[str, ...]


class _Open(Struct):
    """A row that the next one may continue."""

    country: str
    cells: dict[str, str]
    footnotes: tuple[str, ...]


def read_tables(amendments: tuple[Amendment, ...], given: dict[str, list[str]]) -> TableReading:
    """The rows of the tables of entries; `given` are the names in the text of the document, by country."""
    rows: list[RuleRow] = []
    unread: list[str] = []
    for amendment in amendments:
        for block in amendment.blocks:
            if block.piece is Piece.TABLE and amendment.list is not None:
                found = _table(block.rows, amendment, unread)
                rows += [_row(open_row, amendment.list, given) for open_row in found]
    return TableReading(tuple(rows), tuple(unread))


def _table(rows: tuple[TableRow, ...], amendment: Amendment, unread: list[str]) -> list[_Open]:
    columns: dict[str, int] = {}
    found: list[_Open] = []
    place = f"A table under instruction {amendment.number}"
    country, goes_on = "", False
    for row in rows:
        columns_here = _columns_of(row)
        columns = columns_here or columns
        if columns_here or not columns or not _has_words(row):
            goes_on = goes_on and not any(STARS.match(cell) for cell in row.cells)
            continue
        cells = _cells_of(row, columns)
        if cells["country"]:
            country, goes_on = heading(_CONTINUED.sub("", cells["country"])), False
        if _lacks_entity(cells):
            unread.append(f"{place} has a row under {country or 'no country'} whose entity is missing.")
            goes_on = False
        else:
            goes_on = _add(_Open(country, cells, row.footnotes), found, goes_on=goes_on)
    unread += _faults(place, rows if not columns else (), found)
    return found


def _faults(place: str, unheaded: tuple[TableRow, ...], found: list[_Open]) -> list[str]:
    """What of a table could not be read: its rows without a heading, entries without a known country."""
    unknown = dict.fromkeys(row.country for row in found if row.country and not is_destination(row.country))
    return [
        *([f"{place} has no heading this reader knows."] if unheaded else []),
        *([f"{place} has entries above the first country."] if any(not row.country for row in found) else []),
        *(
            f"{place} has a row with nothing beside its entity: “{row.cells['entity'][:80]}”."
            for row in found
            if not any(row.cells[name] for name in _TERMS)
        ),
        *(f"{place} has entries under “{country}”, which is no country that this reader knows." for country in unknown),
    ]


def _lacks_entity(cells: dict[str, str]) -> bool:
    """Whether a row has all that an entry has but its entity, and so does not go on with the one before."""
    return not cells["entity"] and bool(cells["license_requirement"] and _CITED.match(cells["citation"]))


def _has_words(row: TableRow) -> bool:
    return any(cell and not STARS.match(cell) for cell in row.cells)


def _add(row: _Open, found: list[_Open], *, goes_on: bool) -> bool:
    """Add a row as one of its own or to the one before; whether the next row may continue it."""
    terms = [row.cells[name] for name in _TERMS]
    if found and ((goes_on and not any(terms)) or (not row.cells["entity"] and any(terms))):
        _append(found[-1], row.cells, row.footnotes)
        return True
    if row.cells["entity"]:
        found.append(row)
        return True
    return goes_on


def _columns_of(row: TableRow) -> dict[str, int]:
    """Which column holds what, where a row is the heading."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(row.cells):
        heading_ = cell.replace("\n", " ")
        name = next((name for name, pattern in _COLUMNS if pattern.match(heading_)), None)
        if name is not None and len(cell) < 80:
            columns.setdefault(name, index)
    return columns if {"country", "entity"} <= columns.keys() else {}


def _cells_of(row: TableRow, columns: dict[str, int]) -> dict[str, str]:
    cells = {name: "" for name, _ in _COLUMNS}
    for name, index in columns.items():
        text = row.cells[index] if index < len(row.cells) else ""
        text = text if name == "entity" else text.replace("\n", " ")
        cells[name] = "" if STARS.match(text) else text
    return cells


def _append(row: _Open, cells: dict[str, str], footnotes: tuple[str, ...]) -> None:
    for name, text in cells.items():
        if text and name != "country":
            between = "\n" if name == "entity" else " "
            row.cells[name] = f"{row.cells[name]}{between}{text}".strip()
    row.footnotes += footnotes


def _row(row: _Open, list_: Kind, given: dict[str, list[str]]) -> RuleRow:
    requirement = row.cells["license_requirement"]
    marks = row.footnotes or tuple(_MARK.findall(requirement))
    line = row.cells["entity"].replace("\n", " ")
    entity = read_entity(row.cells["entity"])
    return RuleRow(
        country=row.country,
        name=name_in_cell(line, given.get(row.country, [])),
        entity=line,
        aliases=() if entity.whole else entity.aliases,
        addresses=() if entity.whole else tuple(address.text for address in entity.addresses),
        license_requirement=requirement,
        license_review_policy=row.cells["license_review_policy"],
        citation=row.cells["citation"],
        list=list_,
        footnotes=tuple(dict.fromkeys(marks)),
    )


def cites_earlier_rule(row: RuleRow) -> bool:
    """Whether a row cites a rule before this one, as an entry does that was listed already."""
    return len(re.findall(r"\b\d{1,3} FR\b", row.citation)) > 1


def entry_key(country: str, name: str) -> tuple[str, str]:
    """What identifies an entry within a rule."""
    return country, comparable(name)
