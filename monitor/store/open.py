"""Opening the one file of the state, and refusing it when it is not whole, not ours, or too new."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from monitor.model.errors import RESTORE, StateError
from monitor.store import Store, stamp
from monitor.store.base import Connection
from monitor.store.migrations import known_steps, migrations

FILE = "monitor.sqlite"
MAGIC = b"SQLite format 3\0"


def open_store(folder: Path) -> Store:
    """Open the state for writing; makes it when there is none, brings an older schema up to date.

    Raises StateError, and leaves the file as it is, when it is not ours, damaged, or of a newer version.
    """
    file = folder / FILE
    try:
        if not file.exists():
            create(file)
        check_file(file)
        db = opened(sqlite3.connect(file), file)
        db.execute("PRAGMA foreign_keys = on")
        db.execute("PRAGMA synchronous = full")
        db.enable_wal()
        migrations.apply(db)
    except (sqlite3.DatabaseError, OSError) as error:
        raise StateError(f"{file} cannot be used: {error}; {RESTORE}") from error
    return Store(db)


def read_store(folder: Path, known_at: datetime | None = None) -> Store | None:
    """Open the state for reading only, beside a monitor at work; None when there is none yet.

    With `known_at` it is as it was at that moment. Raises StateError like `open_store`.
    """
    file = folder / FILE
    if not file.exists():
        return None
    try:
        check_file(file)
        db = opened(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True), file)
        if migrations.pending(db):
            db.close()
            raise StateError(f"{file} was written by an older fedreg-monitor; `check` or `run` brings it up to date")
        if known_at is not None:
            look_back(db, known_at)
    except (sqlite3.DatabaseError, OSError) as error:
        raise StateError(f"{file} cannot be used: {error}; {RESTORE}") from error
    return Store(db)


# A temporary view hides the table of its name, so that every question is answered by what was there at the moment.
# A snapshot counts from the poll that believed it, which may be an acceptance by hand long after it was fetched.
AS_IT_WAS = {
    "poll": "started_at <= '{at}'",
    "snapshot": "fetched_at <= '{at}' AND poll IN (SELECT id FROM main.poll WHERE started_at <= '{at}')",
    "quarantine": "fetched_at <= '{at}'",
    "document": "seen_at <= '{at}'",
    "text": "fetched_at <= '{at}'",
    "version_list": "fetched_at <= '{at}'",
    "covered": "poll IN (SELECT id FROM main.poll WHERE started_at <= '{at}')",
    "missing": "since <= '{at}'",
    "refused_answer": "refused_at <= '{at}'",
    "sign": "seen_at <= '{at}'",  # only the newest is kept: of an earlier moment it is not known
}


def look_back(db: Connection, known_at: datetime) -> None:
    """Hide all evidence that came after a moment."""
    at = stamp(known_at)
    for table, condition in AS_IT_WAS.items():
        where = condition.format(at=at)
        db.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {where}")  # noqa: S608 - ours  # nosec B608


def opened(connection: sqlite3.Connection, file: Path) -> Connection:
    """A connection whose schema is ours; closed again when it is not."""
    db = Connection(connection)
    try:
        check_schema(db, file)
    except (sqlite3.DatabaseError, StateError):
        db.close()
        raise
    return db


def create(file: Path) -> None:
    """Make an empty state beside its place and move it there whole, so that an empty file is never ours."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    db = Connection(sqlite3.connect(new))
    migrations.apply(db)
    db.close()
    os.replace(new, file)  # noqa: PTH105 - says that it replaces


def check_file(file: Path) -> None:
    """Raise StateError when the file is no SQLite database or shorter than its own header says."""
    with file.open("rb") as opened:
        header = opened.read(100)
    if not header.startswith(MAGIC) or len(header) < 100:
        raise StateError(f"{file} is not an SQLite database; {RESTORE}")
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        return  # a crash while pages moved from the log to the file left it short; SQLite moves them again
    page = int.from_bytes(header[16:18], "big")
    size = (65_536 if page == 1 else page) * int.from_bytes(header[28:32], "big")
    if file.stat().st_size < size:  # https://www.sqlite.org/fileformat.html#in_header_database_size
        raise StateError(f"{file} is truncated: {file.stat().st_size} of {size} bytes; {RESTORE}")


def check_schema(db: Connection, file: Path) -> None:
    """Raise StateError when the database is not ours, or was written by a newer version."""
    applied = {step.name for step in migrations.applied(db)}
    if not applied:
        raise StateError(f"{file} is an SQLite database, but not one of fedreg-monitor; {RESTORE}")
    if newer := sorted(applied - known_steps()):
        raise StateError(f"{file} was written by a newer fedreg-monitor (step {newer[-1]}); install that version")
