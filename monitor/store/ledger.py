"""The ledger: every poll that was made, chained by hash, and how each source stands."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from monitor.model.polls import Outcome, Status
from monitor.store.base import Tables, stamp


class LastPoll(Struct, frozen=True, kw_only=True):
    """How a source stands."""

    source: str
    status: Status
    message: str
    last_good: datetime | None
    as_of: date | None


class Failures(Struct, frozen=True):
    """Failed polls in a row: how many, and when the first of them was."""

    times: int
    since: datetime


class Poll(Struct, frozen=True, kw_only=True):
    """A row of the ledger."""

    id: int
    source: str
    started_at: datetime
    status: Status
    good: bool
    message: str
    as_of: date | None
    requests: int
    chain: str


class Ledger(Tables):
    """Polls: the proof that silence was silence."""

    def record_poll(self, outcome: Outcome) -> int:
        """Append a poll to the ledger; the chain covers the row and the one before. Returns its id."""
        row = {
            "source": outcome.source,
            "started_at": stamp(outcome.started_at),
            "status": outcome.status.value,
            "good": int(outcome.good),
            "message": outcome.message,
            "as_of": None if outcome.as_of is None else outcome.as_of.isoformat(),
            "requests": outcome.requests,
            "answers_sha256": outcome.sha256,
            "alerts": outcome.alerts,
            "retry_at": None if outcome.retry_at is None else stamp(outcome.retry_at),
        }
        before = self._one("SELECT chain FROM poll ORDER BY id DESC LIMIT 1")
        return self._db.insert("poll", row | {"chain": link_of(before, row)})

    def first_broken_poll(self) -> int | None:
        """The id of the first poll whose link does not fit to what is recorded; None when all fit."""
        before: str | None = None
        for row in self._db.query("SELECT * FROM poll ORDER BY id"):
            number, chain = row.pop("id"), row.pop("chain")
            if chain != link_of(before, row):
                return int(number)
            before = chain
        return None

    def first_good_poll(self, source: str) -> datetime | None:
        """When a source was first accepted."""
        found = self._one("SELECT min(started_at) FROM poll WHERE source = ? AND good", source)
        return None if found is None else datetime.fromisoformat(found)

    def last_good_poll(self, source: str) -> datetime | None:
        """When a source was last accepted."""
        found = self._one("SELECT max(started_at) FROM poll WHERE source = ? AND good", source)
        return None if found is None else datetime.fromisoformat(found)

    def failures_before(self, source: str, *, good: bool) -> Failures | None:
        """The failed polls in a row that end with the newest poll, or before it where it was good; None without any."""
        sql = """SELECT count(*) times, min(started_at) since FROM poll
                 WHERE source = :source AND id < :newest AND id > coalesce(
                     (SELECT max(id) FROM poll WHERE source = :source AND good AND id < :newest), 0)"""
        last = self._one("SELECT max(id) FROM poll WHERE source = ?", source) or 0
        row = next(iter(self._db.query(sql, {"source": source, "newest": last if good else last + 1})))
        return None if row["times"] == 0 else Failures(row["times"], datetime.fromisoformat(row["since"]))

    def last_poll(self, sources: Sequence[str]) -> datetime | None:
        """When any of some sources was last asked, with whatever result."""
        marks = ", ".join("?" for _ in sources)
        sql = f"SELECT started_at FROM poll WHERE source IN ({marks}) ORDER BY id DESC LIMIT 1"  # noqa: S608 - marks  # nosec B608
        found = self._one(sql, *sources)
        return None if found is None else datetime.fromisoformat(found)

    def last_failure(self, source: str) -> tuple[datetime, str] | None:
        """When a source last failed, and what was said then."""
        sql = "SELECT started_at, message FROM poll WHERE source = ? AND NOT good ORDER BY id DESC LIMIT 1"
        rows = self._db.query(sql, [source])
        return next(((datetime.fromisoformat(row["started_at"]), row["message"]) for row in rows), None)

    def polls(self, since: datetime | None = None) -> Iterator[Poll]:
        """Every poll from a moment on, in the order made."""
        sql = "SELECT * FROM poll WHERE started_at >= ? ORDER BY id"
        for row in self._db.query(sql, ["" if since is None else stamp(since)]):
            yield Poll(
                id=row["id"],
                source=row["source"],
                started_at=datetime.fromisoformat(row["started_at"]),
                status=Status(row["status"]),
                good=bool(row["good"]),
                message=row["message"],
                as_of=None if row["as_of"] is None else date.fromisoformat(row["as_of"]),
                requests=row["requests"],
                chain=row["chain"],
            )

    def good_poll_before(self, source: str, moment: datetime) -> datetime | None:
        """When a source was last accepted before a moment."""
        sql = "SELECT max(started_at) FROM poll WHERE source = ? AND good AND started_at < ?"
        found = self._one(sql, source, stamp(moment))
        return None if found is None else datetime.fromisoformat(found)

    def first_poll(self, source: str | None = None) -> datetime | None:
        """When the first poll of a source, or of all, was made."""
        found = self._one("SELECT min(started_at) FROM poll WHERE ? IS NULL OR source = ?", source, source)
        return None if found is None else datetime.fromisoformat(found)

    def head(self) -> tuple[int, str] | None:
        """The number and the link of the newest poll; the link holds the whole chain before it."""
        rows = self._db.query("SELECT id, chain FROM poll ORDER BY id DESC LIMIT 1")
        return next(((row["id"], row["chain"]) for row in rows), None)

    def polls_with_link(self, beginning: str) -> list[int]:
        """The numbers of the polls whose link begins so."""
        rows = self._db.query("SELECT id FROM poll WHERE substr(chain, 1, ?) = ?", [len(beginning), beginning])
        return [row["id"] for row in rows]

    def retry_at(self, source: str) -> datetime | None:
        """Until when a source asked, at its last poll, to be left alone."""
        found = self._one("SELECT retry_at FROM poll WHERE source = ? ORDER BY id DESC LIMIT 1", source)
        return None if found is None else datetime.fromisoformat(found)

    def last_as_of(self, source: str) -> date | None:
        """The latest day for which a source was accepted."""
        found = self._one("SELECT max(as_of) FROM poll WHERE source = ? AND good", source)
        return None if found is None else date.fromisoformat(found)

    def standing(self, source: str) -> LastPoll | None:
        """The last poll of a source, good or bad, with the last good one's moment; None if it was never polled."""
        rows = list(
            self._db.query("SELECT status, message FROM poll WHERE source = ? ORDER BY id DESC LIMIT 1", [source])
        )
        if not rows:
            return None
        return LastPoll(
            source=source,
            status=Status(rows[0]["status"]),
            message=rows[0]["message"],
            last_good=self.last_good_poll(source),
            as_of=self.last_as_of(source),
        )


def link_of(before: str | None, row: dict[str, Any]) -> str:
    """The link of a poll in the chain: the hash of the link before and of the row."""
    return hashlib.sha256(msgspec.json.encode([before, row], order="deterministic")).hexdigest()
