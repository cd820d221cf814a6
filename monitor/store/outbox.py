"""The outbox: alerts, the deliveries owed to each recipient, and baselines that are yet to be reported."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from monitor.model.alerts import Alert, AlertBody, Audience, BaselineItem, DocumentEvent
from monitor.model.documents import Kind
from monitor.store.base import Tables, moment_or_none, stamp


class Baseline(Struct, frozen=True):
    """What a source showed when it was first read."""

    watched: tuple[BaselineItem, ...]
    pending: tuple[DocumentEvent, ...] = ()


class Delivery(Struct, frozen=True, kw_only=True):
    """An alert that is owed to a recipient; `earlier` are the Message-IDs this recipient got in the thread before."""

    id: int
    recipient: str
    message_id: str
    attempts: int
    first_tried_at: datetime | None  # the first of the attempts in vain
    alert: Alert
    earlier: tuple[str, ...]


class Pending(Struct, frozen=True, kw_only=True):
    """A delivery that was not made: owed, waiting for a digest, or refused by the server or by hand.

    `next_attempt_at` is None where it is refused; for one that waits it is the moment of the digest.
    """

    id: int
    recipient: str
    status: str
    attempts: int
    error: str | None
    next_attempt_at: datetime | None
    alert_key: str


class Outbox(Tables):
    """What must be told, to whom, and what became of it."""

    def enqueue(
        self, alert: Alert, recipients: Sequence[tuple[str, str]], waiting: Mapping[str, datetime] | None = None
    ) -> bool:
        """Owe an alert to recipients, each with its Message-ID; False when its key was enqueued before.

        Those in `waiting` get it in their digest of that moment.
        """
        row = {
            "key": alert.key,
            "thread": alert.thread,
            "audience": alert.audience,
            "topics": " ".join(alert.topics),
            "created_at": stamp(alert.created_at),
            "body": msgspec.json.encode(alert.body).decode(),
        }
        if self._one("SELECT id FROM alert WHERE key = ?", alert.key) is not None:
            return False
        number = self._db.insert("alert", row)
        for address, message_id in recipients:
            until = (waiting or {}).get(address)
            owed = {"alert": number, "recipient": address, "message_id": message_id}
            owed |= {"status": "owed" if until is None else "waiting"}
            self._db.insert("delivery", owed | {"next_attempt_at": stamp(until or alert.created_at)})
        return True

    def was_reported(self, document_number: str) -> bool:
        """Whether any step of a document was enqueued for anybody."""
        sql = """SELECT EXISTS (SELECT 1 FROM alert a JOIN delivery d ON d.alert = a.id WHERE a.key LIKE ? || ':%')"""
        return bool(self._one(sql, f"document:{document_number}"))

    def thread_of(self, document_number: str) -> str | None:
        """The thread in which the first step of a document was enqueued for anybody."""
        sql = """SELECT a.thread FROM alert a JOIN delivery d ON d.alert = a.id WHERE a.key LIKE ? || ':%'
                 ORDER BY a.id LIMIT 1"""
        found = self._one(sql, f"document:{document_number}")
        return None if found is None else str(found)

    def alert_keys(self, beginning: str) -> set[str]:
        """The keys of all alerts that begin so."""
        rows = self._db.query("SELECT key FROM alert WHERE substr(key, 1, ?) = ?", [len(beginning), beginning])
        return {row["key"] for row in rows}

    def alert(self, key: str) -> Alert | None:
        """The alert of a key."""
        rows = self._db.query("SELECT * FROM alert WHERE key = ?", [key])
        return next((alert_of(row) for row in rows), None)

    def newest_alert(self) -> int:
        """The id of the alert that was enqueued last; 0 before the first."""
        return int(self._one("SELECT max(id) FROM alert") or 0)

    def alerts_after(self, number: int, audience: Audience) -> list[Alert]:
        """What was enqueued for somebody of an audience after the alert of an id, in that order."""
        sql = """SELECT * FROM alert a WHERE id > ? AND audience = ?
                 AND EXISTS (SELECT 1 FROM delivery d WHERE d.alert = a.id) ORDER BY id"""
        return [alert_of(row) for row in self._db.query(sql, [number, audience])]

    def alerts_between(self, since: datetime, until: datetime, audience: Audience) -> list[Alert]:
        """What was enqueued for somebody of an audience after a moment and up to another."""
        sql = """SELECT * FROM alert a WHERE created_at > ? AND created_at <= ? AND audience = ?
                 AND EXISTS (SELECT 1 FROM delivery d WHERE d.alert = a.id) ORDER BY id"""
        return [alert_of(row) for row in self._db.query(sql, [stamp(since), stamp(until), audience])]

    def last_alert_at(self, beginning: str, end: str = "") -> datetime | None:
        """When the newest alert was enqueued whose key begins and ends so."""
        sql = """SELECT max(created_at) FROM alert
                 WHERE substr(key, 1, ?) = ? AND (? = '' OR substr(key, -length(?)) = ?)"""
        found = self._one(sql, len(beginning), beginning, end, end, end)
        return None if found is None else datetime.fromisoformat(found)

    def alerts_since(self, beginning: str, since: datetime) -> list[Alert]:
        """The alerts whose keys begin so and that were made since a moment, oldest first."""
        sql = "SELECT * FROM alert WHERE substr(key, 1, ?) = ? AND created_at >= ? ORDER BY id"
        return [alert_of(row) for row in self._db.query(sql, [len(beginning), beginning, stamp(since)])]

    def owed(self, due_by: datetime | None = None) -> list[int]:
        """The ids of what is owed, those that failed behind the others; with `due_by` only what is due by then."""
        sql = "SELECT id FROM delivery WHERE status = 'owed' AND next_attempt_at <= ? ORDER BY next_attempt_at, id"
        return [row["id"] for row in self._db.query(sql, ["9999" if due_by is None else stamp(due_by)])]

    def delivery(self, number: int) -> Delivery:
        """One delivery with all that is needed to write the mail."""
        sql = """SELECT d.id, d.recipient, d.message_id, d.attempts, d.first_tried_at,
                        a.key, a.thread, a.audience, a.topics, a.created_at, a.body
                 FROM delivery d JOIN alert a ON a.id = d.alert WHERE d.id = ?"""
        row = next(iter(self._db.query(sql, [number])))
        sql = """SELECT coalesce(g.message_id, d.message_id) message_id
                 FROM delivery d JOIN alert a ON a.id = d.alert
                 LEFT JOIN delivery g ON g.alert = d.digest AND g.recipient = d.recipient  -- what was told in a digest
                 WHERE a.thread = ? AND d.recipient = ? AND d.id < ? AND d.status NOT IN ('refused', 'waiting')
                 ORDER BY d.id"""
        earlier = self._db.query(sql, [row["thread"], row["recipient"], number])
        return Delivery(
            id=row["id"],
            recipient=row["recipient"],
            message_id=row["message_id"],
            attempts=row["attempts"],
            first_tried_at=moment_or_none(row["first_tried_at"]),
            alert=alert_of(row),
            earlier=tuple(dict.fromkeys(r["message_id"] for r in earlier)),
        )

    def settle(self, number: int, status: str, at: datetime, error: str | None = None) -> None:
        """Mark a delivery as sent or refused."""
        values = {"status": status, "settled_at": stamp(at), "error": error}
        with self.transaction():
            self._db.update("delivery", number, values)
            self._db.execute("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", [number])

    def postpone(self, number: int, until: datetime, tried_since: datetime, error: str) -> None:
        """Keep a delivery owed, and say when to try again and since when it is tried in vain."""
        values = {"next_attempt_at": stamp(until), "first_tried_at": stamp(tried_since), "error": error}
        with self.transaction():
            self._db.update("delivery", number, values)
            self._db.execute("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", [number])

    def pending(self) -> list[Pending]:
        """Every delivery that was not made, in the order enqueued."""
        sql = """SELECT d.id, d.recipient, d.status, d.attempts, d.error, a.key alert_key,
                        CASE d.status WHEN 'refused' THEN NULL ELSE d.next_attempt_at END next_attempt_at
                 FROM delivery d JOIN alert a ON a.id = d.alert
                 WHERE d.status NOT IN ('sent', 'gathered') ORDER BY d.id"""
        rows = self._db.query(sql)
        return [Pending(**row | {"next_attempt_at": moment_or_none(row["next_attempt_at"])}) for row in rows]

    def settle_by_hand(self, number: int, status: str, at: datetime) -> None:
        """Owe a delivery again at once as if it was never tried, or give it up, of which nobody need be told."""
        settled = None if status == "owed" else stamp(at)
        values = {"status": status, "next_attempt_at": stamp(at), "settled_at": settled, "error": "by hand"}
        with self.transaction():
            self._db.update("delivery", number, values)
            sql = "UPDATE delivery SET first_tried_at = NULL, told = (status = 'refused') WHERE id = ?"
            self._db.execute(sql, [number])

    def keep_baseline(self, source: str, baseline: Baseline) -> None:
        """Remember the baseline of a source until it has been reported to the recipients."""
        self._db.insert("baseline", {"source": source, "facts": msgspec.json.encode(baseline).decode()})

    def unconfirmed_baselines(self) -> list[tuple[str, Baseline]]:
        """Baselines that no alert has reported yet, oldest first."""
        rows = self._db.query("SELECT source, facts FROM baseline WHERE alert IS NULL ORDER BY rowid")
        return [(row["source"], msgspec.json.decode(row["facts"], type=Baseline)) for row in rows]

    def confirm_baselines(self, key: str) -> None:
        """Link all unconfirmed baselines to the alert that reports them."""
        self._db.execute("UPDATE baseline SET alert = (SELECT id FROM alert WHERE key = ?) WHERE alert IS NULL", [key])


def alert_of(row: dict[str, Any]) -> Alert:
    """A row of the table `alert` as a value."""
    return Alert(
        key=row["key"],
        thread=row["thread"],
        topics=tuple(Kind(topic) for topic in row["topics"].split()),
        created_at=datetime.fromisoformat(row["created_at"]),
        body=msgspec.json.decode(row["body"], type=AlertBody),
        audience=Audience(row["audience"]),
    )
