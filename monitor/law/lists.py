"""Read the Entity List, the Unverified List and the Military End-User List of part 744."""

from collections import Counter
from collections.abc import Callable, Iterable

from msgspec.structs import replace

from monitor.law.citations import has_citation, read_citations
from monitor.law.columns import CITATION, ENTITY, POLICY, REQUIREMENT, columns_of, list_named
from monitor.law.entities import Entity, read_entity
from monitor.law.footnotes import designations_in, read_footnote
from monitor.law.markup import Block, Heading, Row, Table, blocks, one_line
from monitor.law.policies import is_policy, read_policies
from monitor.law.requirements import is_requirement
from monitor.law.rows import ListRow, RowReader
from monitor.law.wording import key
from monitor.model.entries import Cells, Entry, EntryKind, EntryList, ListName
from monitor.model.errors import ReadError

# So many rows, spread over the table, tell whether its contents stand under the right headings.
SAMPLE = 250
# What a cell of a column looks like, so that contents under the wrong heading are noticed.
LOOKS_LIKE: dict[str, Callable[[str], bool]] = {
    CITATION: has_citation,
    REQUIREMENT: is_requirement,
    POLICY: is_policy,
}


def read_list(body: bytes) -> EntryList:
    """Return the list that a supplement holds, as the eCFR answers for that supplement alone.

    Raises ReadError when it is not complete and well-formed, has not exactly one table with the headings of
    that list, or has a row that does not fit them.
    """
    return list_of(blocks(body))


def list_of(parts: Iterable[Block]) -> EntryList:
    """Return the list that the blocks of a supplement make up; see read_list."""
    reading = _Reading()
    for part in parts:
        reading.take(part)
    return reading.result()


class _Reading:
    """What was found so far while the supplement streams by."""

    def __init__(self) -> None:
        self.heading = ""
        self.paragraphs: list[str] = []
        self.notes: list[tuple[str, str]] = []
        self.tables = 0
        self.reader: RowReader | None = None

    def take(self, part: Block) -> None:
        if isinstance(part, Row):
            self._take_row(part)
        elif isinstance(part, Table):
            self._take_table()
        elif isinstance(part, Heading) and not self.heading:
            self.heading = part.text
        else:
            self._take_words(part.text)

    def _take_words(self, text: str) -> None:
        note = read_footnote(text) if self.reader is not None else None
        if note is not None:
            self.notes.append(note)
        elif self.notes:  # a footnote of several paragraphs
            designation, before = self.notes[-1]
            self.notes[-1] = (designation, f"{before} {text}")
        else:
            self.paragraphs.append(text)

    def _take_table(self) -> None:
        self.tables += 1
        if self.tables > 1:
            raise ReadError(f"{self.heading!r} has two tables where a list has one; look at how it is printed now")

    def _take_row(self, row: Row) -> None:
        if self.reader is None:
            name = list_named(self.heading)
            self.reader = RowReader(name, columns_of(name, row.cells))
        elif all(cell.is_heading for cell in row.cells):
            raise ReadError(f"{self.heading!r} repeats its headings inside the table; look at how it is printed now")
        else:
            self.reader.take(row.cells)

    def result(self) -> EntryList:
        if self.reader is None:
            raise ReadError(f"{self.heading or 'the supplement'!r} has no table of entries")
        name = list_named(self.heading)
        rows = self.reader.entries()
        if not rows:
            raise ReadError(f"the table of the {name} has no entries")
        _check_contents(name, rows)
        return EntryList(
            list=name,
            heading=self.heading,
            entries=_numbered(_entry(row) for row in rows),
            footnotes=dict([*self.reader.notes, *self.notes]),
            paragraphs=tuple(self.paragraphs),
        )


def _check_contents(name: ListName, rows: list[ListRow]) -> None:
    """Refuse a table whose contents stand under other headings than before."""
    full = [row for row in rows if not row.is_reserved and not row.is_bare]
    for column, looks_right in LOOKS_LIKE.items():
        cells = [row.cells[column] for row in full[:: 1 + len(full) // SAMPLE] if column in row.cells]
        if 2 * sum(looks_right(cell) for cell in cells) < len(cells):
            raise ReadError(f"most cells of the {name} for {column.replace('_', ' ')} hold something else")


def _entry(row: ListRow) -> Entry:
    cells = {column: one_line(text) for column, text in row.cells.items()}
    reserved = Entity(name=cells[ENTITY], kind=EntryKind.RESERVED) if row.is_reserved else None
    entity = reserved or read_entity(row.cells[ENTITY])
    requirement, policy, citation = (cells.get(column, "") for column in (REQUIREMENT, POLICY, CITATION))
    return Entry(
        country=row.country,
        name=entity.name,
        cells=Cells(cells[ENTITY], requirement, policy, citation),
        kind=entity.kind,
        aliases=entity.aliases,
        further_names=entity.further_names,
        addresses=entity.addresses,
        cross_references=entity.cross_references,
        sub_entries=entity.sub_entries,
        policies=read_policies(policy),
        footnotes=designations_in(requirement),
        citations=read_citations(citation),
        whole=entity.whole,
    )


def _numbered(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give the second and later entries of one country and name their ordinals."""
    seen: Counter[tuple[str, str]] = Counter()
    numbered = []
    for entry in entries:
        place = (entry.country, key(entry.name))
        seen[place] += 1
        numbered.append(entry if seen[place] == 1 else replace(entry, ordinal=seen[place]))
    return tuple(numbered)
