"""Evidence: every version of every document row, and the texts of documents."""

import hashlib
import json
import zlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from monitor.model.eastern import eastern_date
from monitor.model.polls import BACKFILL, Form, KeptText
from monitor.store.base import Tables, day_or_none, stamp


class KeptDocument(Struct, frozen=True):
    """A version of a row that a source lists by a number: a document of the Federal Register, a press release.

    `publication_date` is None on public inspection, where it moves.
    """

    document_number: str
    publication_date: date | None
    row: bytes
    id: int = 0  # of the version, in the order kept


class Documents(Tables):
    """Documents of the Federal Register as the sources sent them."""

    def keep_document(self, source: str, document: KeptDocument, seen_at: datetime, poll: int) -> None:
        """Keep a new version of a document's row."""
        row = {
            "poll": poll,
            "source": source,
            "document_number": document.document_number,
            "publication_date": "" if document.publication_date is None else document.publication_date.isoformat(),
            "sha256": hashlib.sha256(document.row).hexdigest(),
            "seen_at": stamp(seen_at),
            "row": document.row,
        }
        self._db.insert("document", row)

    def documents(self, source: str, since: date | None = None) -> list[KeptDocument]:
        """The newest version of every document of a source, oldest first; published ones from a day on."""
        sql = """SELECT document_number, publication_date, row, max(id) AS id FROM document
                 WHERE source = ? AND publication_date >= ? GROUP BY document_number, publication_date ORDER BY id"""
        rows = self._db.query(sql, [source, "" if since is None else since.isoformat()])
        return [kept_document(row) for row in rows]

    def documents_after(self, source: str, number: int) -> list[KeptDocument]:
        """The newest version of every document of a source of which one was kept after the row of an id."""
        sql = """SELECT document_number, publication_date, row, max(id) AS id FROM document
                 WHERE source = ? AND id > ? GROUP BY document_number, publication_date ORDER BY id"""
        rows = self._db.execute(sql, [source, number])
        return [KeptDocument(name, day_or_none(day), row, newest) for name, day, row, newest in rows]

    def newest_document(self) -> int:
        """The id of the row of a document that was kept last; 0 before the first."""
        return int(self._one("SELECT max(id) FROM document") or 0)

    def document_numbers(self, source: str) -> set[str]:
        """The numbers of all documents of a source."""
        rows = self._db.query("SELECT DISTINCT document_number FROM document WHERE source = ?", [source])
        return {row["document_number"] for row in rows}

    def document_keys(self, source: str, since: date, until: date) -> set[tuple[str, date]]:
        """The number and the day of every document of a source that was published from a day to another."""
        sql = """SELECT DISTINCT document_number, publication_date FROM document
                 WHERE source = ? AND publication_date BETWEEN ? AND ?"""
        rows = self._db.query(sql, [source, since.isoformat(), until.isoformat()])
        return {(row["document_number"], date.fromisoformat(row["publication_date"])) for row in rows}

    def document(self, source: str, document_number: str) -> KeptDocument | None:
        """The newest version of one document of a source."""
        sql = """SELECT document_number, publication_date, row, id FROM document
                 WHERE source = ? AND document_number = ? ORDER BY id DESC LIMIT 1"""
        return next((kept_document(row) for row in self._db.query(sql, [source, document_number])), None)

    def keep_text(self, text: KeptText, poll: int) -> None:
        """Keep the text of a document; the same bytes are kept once."""
        row = {
            "poll": poll,
            "document_number": text.document_number,
            "form": text.form,
            "url": text.url,
            "fetched_at": stamp(text.fetched_at),
            "sha256": text.sha256,
            "body": zlib.compress(text.body, 6),
        }
        self._db.insert("text", row, "IGNORE")

    def texts(self, document_number: str) -> list[KeptText]:
        """Every text of a document, oldest first."""
        rows = self._db.query("SELECT * FROM text WHERE document_number = ? ORDER BY id", [document_number])
        return [
            KeptText(
                document_number=row["document_number"],
                form=Form(row["form"]),
                url=row["url"],
                fetched_at=datetime.fromisoformat(row["fetched_at"]),
                sha256=row["sha256"],
                body=zlib.decompress(row["body"]),
            )
            for row in rows
        ]

    def newest_text_id(self) -> int:
        """The id of the text that was kept last; 0 before the first."""
        return int(self._one("SELECT max(id) FROM text") or 0)

    def newest_texts(self) -> dict[str, str]:
        """The hash of the newest text of every document that has one."""
        rows = self._db.query("SELECT document_number, sha256, max(id) FROM text GROUP BY document_number")
        return {row["document_number"]: row["sha256"] for row in rows}

    def newest_text(self, document_number: str, but: str = "") -> str | None:
        """The hash of the newest text of a document; `but` is the hash of a text to leave out."""
        found: str | None = self._one(
            "SELECT sha256 FROM text WHERE document_number = ? AND sha256 != ? ORDER BY id DESC LIMIT 1",
            document_number,
            but,
        )
        return found

    def text_body(self, document_number: str, sha256: str) -> bytes:
        """The bytes of a kept text."""
        sql = "SELECT body FROM text WHERE document_number = ? AND sha256 = ?"
        return zlib.decompress(self._one(sql, document_number, sha256))

    def first_texts_on(self, document_numbers: Iterable[str]) -> dict[str, date]:
        """The Eastern day on which the monitor first had a text of each document; not of those that a backfill kept."""
        sql = """SELECT t.document_number, t.fetched_at, p.source, min(t.id) FROM text t JOIN poll p ON p.id = t.poll
                 WHERE t.document_number IN (SELECT value FROM json_each(?)) GROUP BY t.document_number"""
        rows = self._db.query(sql, [json.dumps(list(document_numbers))])
        return {
            row["document_number"]: eastern_date(datetime.fromisoformat(row["fetched_at"]))
            for row in rows
            if row["source"] != BACKFILL
        }

    def text_forms(self) -> dict[str, frozenset[Form]]:
        """In which forms the text of each document is kept."""
        rows = self._db.query("SELECT document_number, group_concat(DISTINCT form) forms FROM text GROUP BY 1")
        return {row["document_number"]: frozenset(Form(f) for f in row["forms"].split(",")) for row in rows}

    def missing_documents(self) -> set[tuple[str, date]]:
        """Which published documents the newest complete answer lacked."""
        rows = self._db.query("SELECT document_number, publication_date FROM missing")
        return {(row["document_number"], date.fromisoformat(row["publication_date"])) for row in rows}

    def note_missing(self, missing: Iterable[tuple[str, date]], since: datetime) -> None:
        """Remember which published documents the newest answer lacks, in place of what was noted before."""
        self._db.execute("DELETE FROM missing")
        found = [
            {"document_number": number, "publication_date": day.isoformat(), "since": stamp(since)}
            for number, day in sorted(missing)
        ]
        self._db.insert_all("missing", found)


def kept_document(row: dict[str, Any]) -> KeptDocument:
    """A row of the table `document` as a value."""
    return KeptDocument(row["document_number"], day_or_none(row["publication_date"]), row["row"], row["id"])
