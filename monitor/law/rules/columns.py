"""Tables of entries set as columns of text, as public inspection copies come out of their PDF."""

import re

from monitor.law.rules.text import STARS, TableRow, joined, spelled_out

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
    aligned = _aligned(line, starts)
    first = _cells(aligned, starts)[0]
    return _fits(aligned, starts) and first == first.upper()


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


def _fits(line: str, starts: list[int]) -> bool:
    return all(line[start - 1 : start] in ("", " ") for start in starts[1:])


def _aligned(line: str, starts: list[int]) -> str:
    """The line as its columns were set, where ligatures or typed dashes moved them by a character."""
    forms = (line, spelled_out(line), line.replace("--", "—"), spelled_out(line).replace("--", "—"))
    return next((form for form in forms if _fits(form, starts) and form[starts[-1] : starts[-1] + 1] != " "), line)


def _cut(line: str, starts: list[int]) -> list[str]:
    return _cells(_aligned(line, starts), starts)


def _cells(line: str, starts: list[int]) -> list[str]:
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
