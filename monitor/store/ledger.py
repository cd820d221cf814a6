"""The ledger: every poll that was made, chained by hash, and how each source stands."""

import hashlib
from datetime import date, datetime
from itertools import takewhile
from typing import Any

import msgspec
from msgspec import Struct

from monitor.model.polls import Outcome, Status
from monitor.store.tables import Tables, stamp


class LastPoll(Struct, frozen=True, kw_only=True):
    """How a source stands."""

    source: str
    status: Status
    message: str
    last_good: datetime | None
    as_of: date | None


class Ledger(Tables):
    """Polls: promises that silence was silence."""

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
        self._db.table("poll").insert(row | {"chain": link_of(before, row)})
        return int(self._one("SELECT last_insert_rowid()") or 0)

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
        """When a source was first believed."""
        found = self._one("SELECT min(started_at) FROM poll WHERE source = ? AND good", source)
        return None if found is None else datetime.fromisoformat(found)

    def last_good_poll(self, source: str) -> datetime | None:
        """When a source was last believed."""
        found = self._one("SELECT max(started_at) FROM poll WHERE source = ? AND good", source)
        return None if found is None else datetime.fromisoformat(found)

    def failures_before(self, source: str, *, good: bool) -> list[datetime]:
        """The moments of the failed polls in a row that end with the newest poll, or before it where it was good."""
        rows = self._db.query(
            "SELECT good, started_at FROM poll WHERE source = ? ORDER BY id DESC LIMIT 2000", [source]
        )
        newest_first = [(bool(row["good"]), datetime.fromisoformat(row["started_at"])) for row in rows]
        failed = takewhile(lambda poll: not poll[0], newest_first[1:] if good else newest_first)
        return [moment for _, moment in failed][::-1]

    def retry_at(self, source: str) -> datetime | None:
        """Until when a source asked, at its last poll, to be left alone."""
        found = self._one("SELECT retry_at FROM poll WHERE source = ? ORDER BY id DESC LIMIT 1", source)
        return None if found is None else datetime.fromisoformat(found)

    def last_as_of(self, source: str) -> date | None:
        """The latest day for which a source was believed."""
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
