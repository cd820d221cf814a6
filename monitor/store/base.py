"""What every part of the store shares: the open file, one transaction, and how moments and days are written."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from monitor.model.errors import StateError


class Tables:
    """The open file; each part of the store is made of these and its own SQL."""

    def __init__(self, db: Database) -> None:
        """Use `open_store` or `read_store` of `state_file`."""
        self._db = db

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all."""
        try:
            with self._db.atomic():
                yield
        except sqlite3.OperationalError as error:
            raise StateError(f"cannot write the state: {error}; is the disk full or the file read-only?") from error

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
