"""What every part of the store shares: the open file, one transaction, and how moments and days are written."""

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from monitor.model.errors import StateError

MOST_VALUES = 5_000  # in one statement; SQLite takes 32,766


class Connection(Database):
    """The database with one statement for a question, a row, or many rows, where sqlite-utils makes three or more."""

    def query(
        self, sql: str, params: Sequence[Any] | dict[str, Any] | None = None
    ) -> Generator[dict[str, Any], None, None]:
        """The rows of a SELECT, without the savepoint in which sqlite-utils guards against other statements."""
        cursor = self.execute(sql, params)
        names = [column[0] for column in cursor.description]
        return (dict(zip(names, row, strict=True)) for row in cursor)

    def insert(self, table: str, row: Mapping[str, Any], on_conflict: str = "ABORT") -> int:
        """Insert a row and return its id; `on_conflict` is ABORT, IGNORE or REPLACE."""
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
        sql = f'INSERT OR {on_conflict} INTO "{table}" ({columns}) VALUES ({marks})'  # noqa: S608 - our names  # nosec B608
        return self.execute(sql, list(row.values())).lastrowid or 0

    def insert_all(self, table: str, rows: Sequence[Mapping[str, Any]], on_conflict: str = "") -> None:
        """Insert rows of the same columns; `on_conflict` is an ON CONFLICT clause."""
        if not rows:
            return
        columns, marks = ", ".join(f'"{name}"' for name in rows[0]), f"({', '.join('?' for _ in rows[0])})"
        most = MOST_VALUES // len(rows[0])
        for some in (rows[start : start + most] for start in range(0, len(rows), most)):
            sql = f'INSERT INTO "{table}" ({columns}) VALUES {", ".join([marks] * len(some))} {on_conflict}'  # noqa: S608 - our names  # nosec B608
            self.execute(sql, [value for row in some for value in row.values()])

    def update(self, table: str, number: int, values: Mapping[str, Any]) -> None:
        """Change the row of an id."""
        changes = ", ".join(f'"{name}" = ?' for name in values)
        self.execute(f'UPDATE "{table}" SET {changes} WHERE id = ?', [*values.values(), number])  # noqa: S608 - our names  # nosec B608


class Tables:
    """The open file; each part of the store is made of these and its own SQL."""

    def __init__(self, db: Connection) -> None:
        """Use `open_store` or `read_store` of `monitor.store.open`."""
        self._db = db
        self.undone = 0  # transactions that were rolled back: what was remembered of their rows is void

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all."""
        try:
            with self._db.atomic():
                yield
        except sqlite3.OperationalError as error:
            self.undone += 1
            raise StateError(f"cannot write the state: {error}; is the disk full or the file read-only?") from error
        except BaseException:
            self.undone += 1
            raise

    def _one(self, sql: str, *arguments: object) -> Any:
        found = self._db.execute(sql, list(arguments)).fetchone()
        return None if found is None else found[0]


def stamp(moment: datetime) -> str:
    """A moment as text that sorts: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_or_none(text: str | None) -> datetime | None:
    """A moment, or None where there is none."""
    return None if text is None else datetime.fromisoformat(text)


def day_or_none(text: str) -> date | None:
    """A day, or None for the empty text."""
    return date.fromisoformat(text) if text else None
