"""Projections: what today's readers read out of the evidence. They can be dropped; `rebuild` makes them anew."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from monitor.store.base import Tables, stamp

Row = dict[str, Any]
LISTS = ("change", "entry")  # in the order in which they can be emptied
ARRAYS = ("came", "went", "aliases", "known_as", "addresses", "footnotes", "documents", "names", "beneficiaries")
READINGS = "reading"
DOCUMENTS = ("document_fact", "license_step", "deadline")


class Projections(Tables):
    """Rows for questions; a Python list in a row is a JSON array in its cell."""

    def projection(self, name: str) -> tuple[str, str] | None:
        """The reader and the mark of the evidence with which a projection was made; None where there is none."""
        rows = list(self._db.query("SELECT reader, mark FROM projection WHERE name = ?", [name]))
        return (rows[0]["reader"], rows[0]["mark"]) if rows else None

    def stamp_projection(self, name: str, reader: str, mark: str, at: datetime) -> None:
        """Note from what a projection was made."""
        row = {"name": name, "reader": reader, "mark": mark, "built_at": stamp(at)}
        self._db.insert("projection", row, "REPLACE")

    def empty_projections(self, tables: Collection[str]) -> None:
        """Drop every row of some projections."""
        for table in tables:
            self._db.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our names  # nosec B608

    def project(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Put rows into a projection; one of the same id is replaced."""
        cells = [{name: cell(value) for name, value in row.items()} for row in rows]
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in (cells[0] if cells else ()))
        # REPLACE would not reach the full-text index.
        self._db.insert_all(table, cells, f"ON CONFLICT (id) DO UPDATE SET {changes}" if table == "entry" else "")

    def projected(self, table: str, where: str = "1", arguments: Mapping[str, object] | None = None) -> list[Row]:
        """Rows of a projection as they were put in, but for days, which are texts."""
        sql = f'SELECT * FROM "{table}" WHERE {where}'  # noqa: S608 - our names  # nosec B608
        rows = self._db.query(sql, dict(arguments or {}))
        return [{name: json.loads(v) if name in ARRAYS else v for name, v in row.items()} for row in rows]

    def projected_counts(self) -> dict[str, int]:
        """How many rows the projections have."""
        counted = ", ".join(f'(SELECT count(*) FROM "{table}") AS "{table}"' for table in ("entry", "change", *DOCUMENTS))
        return next(iter(self._db.query(f"SELECT {counted}")))  # noqa: S608 - our names  # nosec B608

    def last_entry(self) -> int:
        """The highest id of an entry."""
        return int(self._one("SELECT max(id) FROM entry") or 0)

    def snapshot_marks(self, name: str) -> list[tuple[date, str]]:
        """Every day of which a supplement is kept with the hash of what it says, oldest first."""
        sql = "SELECT as_of, sha256, max(id) AS id FROM snapshot WHERE name = ? GROUP BY as_of ORDER BY as_of"
        return [(date.fromisoformat(row["as_of"]), row["sha256"]) for row in self._db.query(sql, [name])]

    def documents_mark(self) -> str:
        """What changes with every row and every text of a document, and with the texts of supplements."""
        sql = "SELECT (SELECT max(id) FROM document), (SELECT max(id) FROM text), (SELECT max(id) FROM snapshot)"
        return "/".join(str(number or 0) for number in self._db.execute(sql).fetchone())

    def kept_reading(self, key: str) -> str | None:
        """What was read from a text before, as JSON."""
        found: str | None = self._one("SELECT reading FROM reading WHERE key = ?", key)
        return found

    def keep_readings(self, readings: Mapping[str, str]) -> None:
        """Keep what was read, so that it need not be read again."""
        rows = [{"key": key, "reading": text} for key, text in readings.items()]
        self._db.insert_all(READINGS, rows, "ON CONFLICT DO NOTHING")


def cell(value: Any) -> Any:
    """A value for SQLite."""
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return value
