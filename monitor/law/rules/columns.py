"""Tables of entries set as columns of text, as public inspection copies come out of their PDF."""

import re

from monitor.law.rules.text import STARS, TableRow, joined

_HEADER = re.compile(r"^\s*Country\s{2,}\S", re.IGNORECASE)
_CITATION = re.compile(r"^\d{1,3} FR\b")
_CLOSED = re.compile(r"[.)\]]$")


def column_starts(line: str) -> list[int] | None:
    """Where the columns begin, read from the line that heads them; None for any other line."""
    if not _HEADER.match(line):
        return None
    starts = [found.start() for found in re.finditer(r"(?:^|(?<=\s\s))\S", line)]
    return starts if len(starts) >= 3 else None


def in_columns(line: str, starts: list[int]) -> bool:
    """Whether a line can belong to the table: nothing runs across the gap before a column."""
    cells = _cut(line, starts)
    first = cells[0]
    return all(line[start - 1 : start] in ("", " ") for start in starts[1:]) and first == first.upper()


def rows_in_columns(lines: tuple[str, ...], starts: list[int]) -> tuple[TableRow, ...]:
    """The rows of a table given by its lines; the first row holds the headings."""
    head = next((i for i, line in enumerate(lines) if not line.strip() or STARS.match(line)), len(lines))
    rows = [_joined([_cut(line, starts) for line in lines[:head]])]
    group: list[list[str]] = []
    for line in [*lines[head:], "*"]:
        if STARS.match(line):
            rows += [_joined(row) for row in _rows_of(group)]
            group = []
        elif line.strip():
            group.append(_cut(line, starts))
    return tuple(rows)


def _cut(line: str, starts: list[int]) -> list[str]:
    ends = [*starts[1:], len(line) + 1]
    return [line[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _joined(lines: list[list[str]]) -> TableRow:
    return TableRow(tuple(joined(column) for column in zip(*lines, strict=True)))


def _rows_of(lines: list[list[str]]) -> list[list[list[str]]]:
    """The rows between two lines of stars: a row begins where all its cells begin anew together."""
    rows: list[list[list[str]]] = []
    for cells in lines:
        if not rows or _begins(cells, rows[-1]):
            rows.append([])
        rows[-1].append(cells)
    return rows


def _begins(cells: list[str], row: list[list[str]]) -> bool:
    entity_so_far = next((line[1] for line in reversed(row) if line[1]), "")
    citation_so_far = next((line[-1] for line in reversed(row) if line[-1]), "")
    return (
        all(cells[1:])
        and bool(_CITATION.match(cells[-1]))
        and cells[2][:1].isupper()
        and bool(_CLOSED.search(entity_so_far) and _CLOSED.search(citation_so_far))
    )
