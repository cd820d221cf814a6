"""Evidence: the bytes of supplements as of a day, and what is held in quarantine."""

import json
import zlib
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from msgspec import Struct

from monitor.model.polls import Snapshot
from monitor.store.base import Tables, stamp

WITHOUT_BYTES = "id, name, as_of, fetched_at, sha256, watched, body IS NOT NULL AS exists_"


class KeptSnapshot(Struct, frozen=True, kw_only=True):
    """A kept snapshot without its bytes; `monitored`: the monitor saw it, and no person asked for it."""

    id: int
    name: str
    as_of: date
    fetched_at: datetime
    sha256: str
    exists: bool  # False: it is the proof that the supplement did not exist
    monitored: bool


class Held(Struct, frozen=True):
    """Bytes in quarantine, and why they were rejected."""

    snapshot: Snapshot
    reason: str


class Snapshots(Tables):
    """Supplements, accepted and held."""

    def keep_snapshot(self, snapshot: Snapshot, poll: int, *, monitored: bool) -> None:
        """Keep the bytes of a supplement; the same bytes of the same day are kept once.

        What a person asked for is not `monitored`: compared with it, the monitor would miss the change up to it.
        """
        row = {
            "poll": poll,
            "name": snapshot.name,
            "as_of": snapshot.as_of.isoformat(),
            "fetched_at": stamp(snapshot.fetched_at),
            "sha256": snapshot.sha256,
            "sentinel": snapshot.sentinel,
            "watched": int(monitored),
            "body": None if snapshot.body is None else zlib.compress(snapshot.body, 6),
        }
        sql = "SELECT id FROM snapshot WHERE name = ? AND as_of = ? AND sha256 = ?"
        kept = self._one(sql, snapshot.name, row["as_of"], snapshot.sha256)
        if kept is None:
            self._db.insert("snapshot", row)
        elif monitored:
            # Seen again after other bytes of the same day, they count for the day: the newest id does.
            sql = "UPDATE snapshot SET id = (SELECT max(id) + 1 FROM snapshot), watched = 1, sentinel = ? WHERE id = ?"
            self._db.execute(sql, [snapshot.sentinel, kept])

    def last_monitored(self, name: str) -> Snapshot | None:
        """The newest snapshot that the monitor saw, with its bytes; None before the first time."""
        sql = "SELECT * FROM snapshot WHERE name = ? AND watched ORDER BY as_of DESC, id DESC LIMIT 1"
        return next((snapshot_of(row) for row in self._db.query(sql, [name])), None)

    def kept_snapshots(self, names: Collection[str]) -> list[KeptSnapshot]:
        """Every snapshot of some supplements without its bytes, oldest day first."""
        sql = f"""SELECT {WITHOUT_BYTES} FROM snapshot WHERE name IN (SELECT value FROM json_each(?))
                  ORDER BY as_of, id"""  # noqa: S608 - constant  # nosec B608
        return [kept_snapshot(row) for row in self._db.query(sql, [json.dumps(list(names))])]

    def last_monitored_kept(self, name: str) -> KeptSnapshot | None:
        """The newest snapshot that the monitor saw, without its bytes; None before the first time."""
        sql = f"""SELECT {WITHOUT_BYTES} FROM snapshot WHERE name = ? AND watched
                  ORDER BY as_of DESC, id DESC LIMIT 1"""  # noqa: S608 - constant  # nosec B608
        return next((kept_snapshot(row) for row in self._db.query(sql, [name])), None)

    def kept_snapshot_on(self, name: str, day: date) -> KeptSnapshot | None:
        """What `snapshot_on` says, without its bytes."""
        sql = f"""SELECT {WITHOUT_BYTES} FROM snapshot WHERE name = ? AND as_of <= ?
                  ORDER BY as_of DESC, id DESC LIMIT 1"""  # noqa: S608 - constant  # nosec B608
        return next((kept_snapshot(row) for row in self._db.query(sql, [name, day.isoformat()])), None)

    def snapshot_body(self, number: int) -> bytes:
        """The bytes of a snapshot."""
        return zlib.decompress(self._one("SELECT body FROM snapshot WHERE id = ?", number))

    def latest_sentinel(self, name: str) -> str | None:
        """What the structure stated of a supplement when the monitor last kept it; None before the first time."""
        sql = "SELECT sentinel FROM snapshot WHERE name = ? AND watched ORDER BY as_of DESC, id DESC LIMIT 1"
        found: str | None = self._one(sql, name)
        return found

    def snapshot_on(self, name: str, day: date) -> Snapshot | None:
        """The newest snapshot of a supplement that speaks for a day or an earlier one."""
        sql = "SELECT * FROM snapshot WHERE name = ? AND as_of <= ? ORDER BY as_of DESC, id DESC LIMIT 1"
        return next((snapshot_of(row) for row in self._db.query(sql, [name, day.isoformat()])), None)

    def is_covered(self, name: str, source: str, day: date) -> bool:
        """Whether it is known what a supplement said on a day.

        Either it was kept as of that day, or a later poll of its source found it unmoved before it next moved, or a
        backfill found no version of it between a day that was kept and one after this.
        """
        sql = """SELECT EXISTS (SELECT 1 FROM snapshot WHERE name = :name AND as_of = :day) OR
                 EXISTS (SELECT 1 FROM covered WHERE name = :name AND :day BETWEEN since AND until) OR (
                     EXISTS (SELECT 1 FROM snapshot WHERE name = :name AND as_of < :day) AND
                     EXISTS (SELECT 1 FROM poll WHERE source = :source AND good AND as_of >= :day AND as_of < coalesce(
                         (SELECT min(as_of) FROM snapshot WHERE name = :name AND as_of > :day), '9999')))"""
        found = self._db.execute(sql, {"name": name, "source": source, "day": day.isoformat()}).fetchone()
        return bool(found[0])

    def snapshots(self, name: str) -> list[Snapshot]:
        """Every snapshot of a supplement, oldest day first."""
        rows = self._db.query("SELECT * FROM snapshot WHERE name = ? ORDER BY as_of, id", [name])
        return [snapshot_of(row) for row in rows]

    def first_as_of(self, name: str) -> date | None:
        """The earliest day for which a supplement was kept."""
        found = self._one("SELECT min(as_of) FROM snapshot WHERE name = ?", name)
        return None if found is None else date.fromisoformat(found)

    def hold(self, snapshot: Snapshot, reason: str, poll: int) -> None:
        """Put rejected bytes into quarantine; the same bytes are held once."""
        row = {
            "poll": poll,
            "name": snapshot.name,
            "as_of": snapshot.as_of.isoformat(),
            "fetched_at": stamp(snapshot.fetched_at),
            "sha256": snapshot.sha256,
            "sentinel": snapshot.sentinel,
            "body": zlib.compress(snapshot.body or b"", 6),
            "reason": reason,
        }
        self._db.insert("quarantine", row, "IGNORE")

    def held(self) -> list[Held]:
        """What is in quarantine and was not accepted, oldest first."""
        rows = self._db.query("SELECT * FROM quarantine WHERE accepted_at IS NULL ORDER BY id")
        return [Held(snapshot_of(row), row["reason"]) for row in rows]

    def release(self, sha256: str, at: datetime) -> None:
        """Mark bytes as accepted by hand."""
        self._db.execute("UPDATE quarantine SET accepted_at = ? WHERE sha256 = ?", [stamp(at), sha256])


def kept_snapshot(row: dict[str, Any]) -> KeptSnapshot:
    """A row of the table `snapshot` without its bytes as a value."""
    return KeptSnapshot(
        id=row["id"],
        name=row["name"],
        as_of=date.fromisoformat(row["as_of"]),
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        sha256=row["sha256"],
        exists=bool(row["exists_"]),
        monitored=bool(row["watched"]),
    )


def snapshot_of(row: dict[str, Any]) -> Snapshot:
    """A row of the table `snapshot` as a value."""
    return Snapshot(
        name=row["name"],
        as_of=date.fromisoformat(row["as_of"]),
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        sha256=row["sha256"],
        sentinel=row["sentinel"],
        body=None if row["body"] is None else zlib.decompress(row["body"]),
    )
