"""What waits for the digest of a reader."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct

from monitor.model.alerts import Alert
from monitor.store.base import Tables, stamp
from monitor.store.outbox import alert_of


class Waiting(Struct, frozen=True, kw_only=True):
    """All that one reader's digest holds: the ids of the deliveries, their alerts, and the moment it was due."""

    recipient: str
    due: datetime
    deliveries: tuple[int, ...]
    alerts: tuple[Alert, ...]


class Digests(Tables):
    """Deliveries that are made together."""

    def waiting(self, due_by: datetime) -> list[Waiting]:
        """What is to be gathered by a moment, for each reader in the order promised."""
        sql = """SELECT d.id delivery, d.recipient, d.next_attempt_at, a.*
                 FROM delivery d JOIN alert a ON a.id = d.alert
                 WHERE d.status = 'waiting' AND d.next_attempt_at <= ? ORDER BY d.recipient, d.id"""
        found = []
        for recipient, group in groupby(self._db.query(sql, [stamp(due_by)]), key=lambda row: str(row["recipient"])):
            rows = list(group)
            found.append(
                Waiting(
                    recipient=recipient,
                    due=datetime.fromisoformat(max(row["next_attempt_at"] for row in rows)),
                    deliveries=tuple(row["delivery"] for row in rows),
                    alerts=tuple(alert_of(row) for row in rows),
                )
            )
        return found

    def gather(self, deliveries: Sequence[int], key: str, at: datetime) -> None:
        """Mark deliveries as contained in the digest of a key."""
        sql = """UPDATE delivery SET status = 'gathered', settled_at = ?, digest = (SELECT id FROM alert WHERE key = ?)
                 WHERE id = ? AND status = 'waiting'"""
        for number in deliveries:
            self._db.execute(sql, [stamp(at), key, number])
