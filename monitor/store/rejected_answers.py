"""Answers that were rejected: what came instead, for the operator to look at."""

import zlib
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from monitor.model.polls import RejectedAnswer
from monitor.store.base import Tables, stamp

MOST_REJECTED = 50  # of one source; the ledger says that there were more


class KeptRejectedAnswer(Struct, frozen=True, kw_only=True):
    """An answer that was rejected, with the poll in which it came."""

    id: int
    poll: int
    source: str
    refused_at: datetime
    answer: RejectedAnswer


class RejectedAnswers(Tables):
    """The newest rejected answers of each source."""

    def keep_rejected_answers(self, source: str, answers: Iterable[RejectedAnswer], at: datetime) -> None:
        """Keep answers that came in the newest poll of a source; older ones make room."""
        poll = self._one("SELECT max(id) FROM poll WHERE source = ?", source)
        for answer in answers:
            row = {
                "poll": poll,
                "source": source,
                "refused_at": stamp(at),
                "url": answer.url,
                "status": answer.status,
                "content_type": answer.content_type,
                "reason": answer.reason,
                "body": zlib.compress(answer.body, 6),
            }
            # What is said again is kept once, as it came last.
            again = "DELETE FROM refused_answer WHERE source = ? AND url = ? AND reason = ?"
            self._db.execute(again, [source, answer.url, answer.reason])
            self._db.insert("refused_answer", row)
        sql = """DELETE FROM refused_answer WHERE source = :source AND id NOT IN
                 (SELECT id FROM refused_answer WHERE source = :source ORDER BY id DESC LIMIT :most)"""
        self._db.execute(sql, {"source": source, "most": MOST_REJECTED})

    def rejected_answers(self) -> list[KeptRejectedAnswer]:
        """All rejected answers that are kept, newest first."""
        rows = self._db.query("SELECT * FROM refused_answer ORDER BY id DESC")
        return [
            KeptRejectedAnswer(
                id=row["id"],
                poll=row["poll"],
                source=row["source"],
                refused_at=datetime.fromisoformat(row["refused_at"]),
                answer=RejectedAnswer(
                    url=row["url"],
                    status=row["status"],
                    content_type=row["content_type"],
                    reason=row["reason"],
                    body=zlib.decompress(row["body"]),
                ),
            )
            for row in rows
        ]
