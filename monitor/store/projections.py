"""Projections: what today's readers read out of the evidence. They can be dropped; `rebuild` makes them anew."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from monitor.store.base import Tables, stamp

Row = dict[str, Any]
LISTS = ("change", "entry")  # in the order in which they can be emptied
ARRAYS = ("came", "went", "aliases", "known_as", "addresses", "footnotes", "documents", "names", "beneficiaries")
DOCUMENTS = ("document_fact", "license_step", "deadline")


class Projections(Tables):
    """Rows for questions; a Python list in a row is a JSON array in its cell."""

    def projections(self) -> dict[str, tuple[str, str]]:
        """The reader and the mark of the evidence with which each projection was made, by its name."""
        rows = self._db.query("SELECT name, reader, mark FROM projection")
        return {row["name"]: (row["reader"], row["mark"]) for row in rows}

    def stamp_projections(self, marks: Mapping[str, str], reader: str, at: datetime) -> None:
        """Note from what projections were made."""
        rows = [{"name": name, "reader": reader, "mark": mark, "built_at": stamp(at)} for name, mark in marks.items()]
        changes = "reader = excluded.reader, mark = excluded.mark, built_at = excluded.built_at"
        self._db.insert_all("projection", rows, f"ON CONFLICT (name) DO UPDATE SET {changes}")

    def empty_projections(self, tables: Collection[str]) -> None:
        """Drop every row of some projections."""
        for table in tables:
            self._db.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our names  # nosec B608

    def empty_document_facts(self, numbers: Iterable[str]) -> None:
        """Drop the rows of some documents."""
        sql = "DELETE FROM document_fact WHERE document_number IN (SELECT value FROM json_each(?))"
        self._db.execute(sql, [json.dumps(list(numbers))])

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
        tables = ("entry", "change", *DOCUMENTS)
        return {table: int(self._one(f"SELECT count(*) FROM {table}")) for table in tables}  # noqa: S608 - our names  # nosec B608

    def last_entry(self) -> int:
        """The highest id of an entry."""
        return int(self._one("SELECT max(id) FROM entry") or 0)

    def documents_mark(self) -> str:
        """What changes with every row and every text of a document, and with the texts of supplements."""
        sql = "SELECT (SELECT max(id) FROM document), (SELECT max(id) FROM text), (SELECT max(id) FROM snapshot)"
        return "/".join(str(number or 0) for number in self._db.execute(sql).fetchone())

    def documents_since(self, mark: str) -> set[str]:
        """The numbers of the documents of which a row or a text was kept after a mark of `documents_mark`."""
        document, text, _ = map(int, mark.split("/"))
        sql = """SELECT document_number FROM document WHERE id > ?
                 UNION SELECT document_number FROM text NOT INDEXED WHERE id > ?"""
        return {row["document_number"] for row in self._db.query(sql, [document, text])}


def cell(value: Any) -> Any:
    """A value for SQLite."""
    if isinstance(value, list | tuple):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return value
