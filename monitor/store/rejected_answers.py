"""Answers that were not believed: what came instead, for the operator to look at."""

import zlib
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from monitor.model.polls import Refusal
from monitor.store.base import Tables, stamp

MOST_REFUSED = 50  # of one source; the ledger says that there were more


class KeptRefusal(Struct, frozen=True, kw_only=True):
    """An answer that was not believed, with the poll in which it came."""

    id: int
    poll: int
    source: str
    refused_at: datetime
    refusal: Refusal


class Unbelieved(Tables):
    """The newest refused answers of each source."""

    def keep_refused(self, source: str, refusals: Iterable[Refusal], at: datetime) -> None:
        """Keep answers that came in the newest poll of a source; older ones make room."""
        poll = self._one("SELECT max(id) FROM poll WHERE source = ?", source)
        for refusal in refusals:
            row = {
                "poll": poll,
                "source": source,
                "refused_at": stamp(at),
                "url": refusal.url,
                "status": refusal.status,
                "content_type": refusal.content_type,
                "reason": refusal.reason,
                "body": zlib.compress(refusal.body, 6),
            }
            # What is said again is kept once, as it came last.
            again = "DELETE FROM refused_answer WHERE source = ? AND url = ? AND reason = ?"
            self._db.execute(again, [source, refusal.url, refusal.reason])
            self._db.insert("refused_answer", row)
        sql = """DELETE FROM refused_answer WHERE source = :source AND id NOT IN
                 (SELECT id FROM refused_answer WHERE source = :source ORDER BY id DESC LIMIT :most)"""
        self._db.execute(sql, {"source": source, "most": MOST_REFUSED})

    def refused(self) -> list[KeptRefusal]:
        """All refused answers that are kept, newest first."""
        rows = self._db.query("SELECT * FROM refused_answer ORDER BY id DESC")
        return [
            KeptRefusal(
                id=row["id"],
                poll=row["poll"],
                source=row["source"],
                refused_at=datetime.fromisoformat(row["refused_at"]),
                refusal=Refusal(
                    url=row["url"],
                    status=row["status"],
                    content_type=row["content_type"],
                    reason=row["reason"],
                    body=zlib.decompress(row["body"]),
                ),
            )
            for row in rows
        ]
