"""What a backfill asked for and finished, so that it asks for nothing twice."""

import hashlib
import zlib
from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from monitor.model.polls import BACKFILL
from monitor.store.base import Tables, stamp


class Span(Struct, frozen=True):
    """Days that a backfill finished, both ends included; it knew what was issued through `known_through`."""

    since: date
    until: date
    known_through: date


class VersionList(Struct, frozen=True):
    """The list of versions of a part as sent, page by page."""

    part: int
    known_through: date
    fetched_at: datetime
    pages: tuple[bytes, ...]


class Sight(Struct, frozen=True):
    """A day of which a supplement is kept, whether the monitor saw it, and when it was fetched."""

    as_of: date
    watched: bool
    fetched_at: datetime


class History(Tables):
    """The past, as far as a person asked for it."""

    def cover(self, name: str, span: Span, poll: int) -> None:
        """Note days as finished; noted twice, they stand there once."""
        row = {"since": span.since.isoformat(), "until": span.until.isoformat()}
        known = {"known_through": span.known_through.isoformat()}
        self._db.insert("covered", {"name": name, "poll": poll} | row | known, "IGNORE")

    def covered(self, name: str) -> list[Span]:
        """The days that are finished, the oldest first."""
        rows = self._db.query("SELECT since, until, known_through FROM covered WHERE name = ? ORDER BY since", [name])
        return [Span(*(date.fromisoformat(row[c]) for c in ("since", "until", "known_through"))) for row in rows]

    def keep_versions(self, found: VersionList, poll: int) -> None:
        """Keep a list of versions."""
        for number, body in enumerate(found.pages, 1):
            row = {
                "poll": poll,
                "part": found.part,
                "page": number,
                "known_through": found.known_through.isoformat(),
                "fetched_at": stamp(found.fetched_at),
                "sha256": hashlib.sha256(body).hexdigest(),
                "body": zlib.compress(body, 6),
            }
            self._db.insert("version_list", row)

    def versions(self, part: int) -> VersionList | None:
        """The newest list of versions of a part; None before the first one."""
        sql = """SELECT * FROM version_list WHERE part = :part AND poll =
                 (SELECT max(poll) FROM version_list WHERE part = :part) ORDER BY page"""
        rows: Sequence[dict[str, object]] = list(self._db.query(sql, {"part": part}))
        if not rows:
            return None
        return VersionList(
            part=part,
            known_through=date.fromisoformat(str(rows[0]["known_through"])),
            fetched_at=datetime.fromisoformat(str(rows[0]["fetched_at"])),
            pages=tuple(zlib.decompress(row["body"]) for row in rows if isinstance(row["body"], bytes)),
        )

    def sights(self, name: str) -> list[Sight]:
        """Every day of which a supplement is kept, without its bytes, the oldest first."""
        rows = self._db.query("SELECT as_of, watched, fetched_at FROM snapshot WHERE name = ? ORDER BY as_of", [name])
        return [
            Sight(date.fromisoformat(r["as_of"]), bool(r["watched"]), datetime.fromisoformat(r["fetched_at"]))
            for r in rows
        ]

    def backfilled(self, since: date, until: date) -> dict[str, int]:
        """How much of the evidence of some days came by backfill: documents, their texts, texts of supplements."""
        arguments = {"source": BACKFILL, "since": since.isoformat(), "until": until.isoformat()}
        return {what: int(self._db.execute(sql, arguments).fetchone()[0]) for what, sql in BACKFILLED.items()}


BACKFILLED = {
    "documents": """SELECT count(*) FROM document d JOIN poll p ON p.id = d.poll
                    WHERE p.source = :source AND d.publication_date BETWEEN :since AND :until""",
    "texts": """SELECT count(*) FROM text t JOIN poll p ON p.id = t.poll
                WHERE p.source = :source AND t.document_number IN
                    (SELECT document_number FROM document WHERE publication_date BETWEEN :since AND :until)""",
    "supplements": """SELECT count(*) FROM snapshot s JOIN poll p ON p.id = s.poll
                      WHERE p.source = :source AND s.as_of BETWEEN :since AND :until""",
}
