"""The full list as a table for a spreadsheet, within the bytes that a mail has left."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from monitor.mail import spreadsheet
from monitor.mail.pages.blocks import Table, shorten

# How long the cells behind the leading ones may be, tried in this order; all names matter more than long cells.
CELLS = (None, 300, 100, 0)
LONGEST_NAME = 200


class Attached(Struct, frozen=True):
    """A table as bytes, and what a mail says of it."""

    name: str
    body: bytes
    says: str


def attached(table: Table, room: int) -> Attached:
    """Return the table in at most `room` bytes: whole, else with shorter cells, else as many rows as there is room."""
    number = f"{len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'}"
    for cell in CELLS:
        body = bounded(table, [narrowed(row, table.leading, cell) for row in table.rows], room)
        if body is not None:
            how = "" if cell is None else "; its long cells are shortened" if cell else "; only names fit"
            all_of_it = "" if cell is None else f" (`{table.command}` shows everything)"
            return Attached(table.name, body, f"The full list is attached as {table.name}: {number}{how}{all_of_it}.")
    short = [narrowed(row, table.leading, 0) for row in table.rows]
    shown = fitting(short, room - len(written(table, [last_row(table, 0)])))
    body = written(table, [*short[:shown], last_row(table, len(short) - shown)])
    says = f"The first {shown:,} of {number} are attached as {table.name}; `{table.command}` shows all of them."
    return Attached(table.name, body, says)


def whole_size(table: Table, most: int) -> int | None:
    """How many bytes the whole table takes; None where it is more than `most`."""
    body = bounded(table, table.rows, most)
    return None if body is None else len(body)


def bounded(table: Table, rows: Sequence[Sequence[str]], room: int) -> bytes | None:
    """The bytes of the table with these rows, None where they are more than fit."""
    if sum(len(text) for row in rows for text in row) > room:  # not worth writing
        return None
    body = written(table, rows)
    return body if len(body) <= room else None


def written(table: Table, rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of the table with these rows."""
    return spreadsheet.as_csv(table.columns, rows).encode()


def narrowed(row: Sequence[str], leading: int, cell: int | None) -> tuple[str, ...]:
    """A row with the cells behind the leading ones shortened, or left out at 0; None leaves it as it is."""
    if cell is None:
        return tuple(row)
    names = (shorten(text, LONGEST_NAME) for text in row[:leading])
    return (*names, *(shorten(text, cell) if cell else "" for text in row[leading:]))


def fitting(rows: Sequence[Sequence[str]], room: int) -> int:
    """How many of the first rows fit."""
    used = 0
    for number, row in enumerate(rows):
        used += len(spreadsheet.as_csv(row, ()).encode())
        if used > room:
            return number
    return len(rows)


def last_row(table: Table, more: int) -> tuple[str, ...]:
    """The row that says what is missing, and how to get it."""
    says = f"… and {more:,} more rows: `{table.command}` shows all of them"
    return (*[""] * (table.leading - 1), says, *[""] * (len(table.columns) - table.leading))
