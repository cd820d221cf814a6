"""Promises: alerts, the deliveries owed to each recipient, and first sights that are yet to be confirmed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from monitor.model.alerts import Alert, AlertBody, Audience, DocumentEvent, Watched
from monitor.model.documents import Kind
from monitor.store.tables import Tables, stamp


class Baseline(Struct, frozen=True):
    """What a source showed at first sight."""

    watched: tuple[Watched, ...]
    pending: tuple[DocumentEvent, ...] = ()


class Delivery(Struct, frozen=True, kw_only=True):
    """An alert that is owed to a recipient; `earlier` are the Message-IDs this recipient got in the thread before."""

    id: int
    recipient: str
    message_id: str
    attempts: int
    alert: Alert
    earlier: tuple[str, ...]


class Pending(Struct, frozen=True, kw_only=True):
    """A delivery that was not made: owed, or refused by the server or by hand."""

    id: int
    recipient: str
    status: str
    attempts: int
    error: str | None
    alert_key: str


class Promises(Tables):
    """What must be told, to whom, and what became of it."""

    def promise(self, alert: Alert, recipients: Sequence[tuple[str, str]]) -> bool:
        """Owe an alert to recipients, each with its Message-ID; False when its key was promised before."""
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
        self._db.table("alert").insert(row)
        number = self._one("SELECT last_insert_rowid()")
        for address, message_id in recipients:
            owed = {"alert": number, "recipient": address, "status": "owed", "message_id": message_id}
            self._db.table("delivery").insert(owed | {"next_attempt_at": stamp(alert.created_at)})
        return True

    def was_told(self, document_number: str) -> bool:
        """Whether any step of a document was promised to anybody."""
        sql = """SELECT EXISTS (SELECT 1 FROM alert a JOIN delivery d ON d.alert = a.id WHERE a.key LIKE ? || ':%')"""
        return bool(self._one(sql, f"document:{document_number}"))

    def alert_keys(self, beginning: str) -> set[str]:
        """The keys of all alerts that begin so."""
        rows = self._db.query("SELECT key FROM alert WHERE substr(key, 1, ?) = ?", [len(beginning), beginning])
        return {row["key"] for row in rows}

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
        sql = """SELECT d.id, d.recipient, d.message_id, d.attempts,
                        a.key, a.thread, a.audience, a.topics, a.created_at, a.body
                 FROM delivery d JOIN alert a ON a.id = d.alert WHERE d.id = ?"""
        row = next(iter(self._db.query(sql, [number])))
        sql = """SELECT d.message_id FROM delivery d JOIN alert a ON a.id = d.alert
                 WHERE a.thread = ? AND d.recipient = ? AND d.id < ? AND d.status != 'refused' ORDER BY d.id"""
        earlier = self._db.query(sql, [row["thread"], row["recipient"], number])
        return Delivery(
            id=row["id"],
            recipient=row["recipient"],
            message_id=row["message_id"],
            attempts=row["attempts"],
            alert=alert_of(row),
            earlier=tuple(r["message_id"] for r in earlier),
        )

    def settle(self, number: int, status: str, at: datetime, error: str | None = None) -> None:
        """Mark a delivery as sent or refused."""
        values = {"status": status, "settled_at": stamp(at), "error": error}
        with self.transaction():
            self._db.table("delivery").update(number, values)
            self._db.execute("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", [number])

    def postpone(self, number: int, until: datetime, error: str) -> None:
        """Keep a delivery owed and say when to try again."""
        with self.transaction():
            self._db.table("delivery").update(number, {"next_attempt_at": stamp(until), "error": error})
            self._db.execute("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", [number])

    def pending(self) -> list[Pending]:
        """Every delivery that was not made, in the order promised."""
        sql = """SELECT d.id, d.recipient, d.status, d.attempts, d.error, a.key alert_key
                 FROM delivery d JOIN alert a ON a.id = d.alert WHERE d.status != 'sent' ORDER BY d.id"""
        return [Pending(**row) for row in self._db.query(sql)]

    def settle_by_hand(self, number: int, status: str, at: datetime) -> None:
        """Owe a delivery again at once, or give it up."""
        settled = None if status == "owed" else stamp(at)
        values = {"status": status, "next_attempt_at": stamp(at), "settled_at": settled, "error": "by hand"}
        with self.transaction():
            self._db.table("delivery").update(number, values)

    def keep_baseline(self, source: str, baseline: Baseline) -> None:
        """Remember the first sight of a source until it has been confirmed to the readers."""
        self._db.table("baseline").insert({"source": source, "facts": msgspec.json.encode(baseline).decode()})

    def unconfirmed_baselines(self) -> list[tuple[str, Baseline]]:
        """First sights that no alert has confirmed yet, in the order of sight."""
        rows = self._db.query("SELECT source, facts FROM baseline WHERE alert IS NULL ORDER BY rowid")
        return [(row["source"], msgspec.json.decode(row["facts"], type=Baseline)) for row in rows]

    def confirm_baselines(self, key: str) -> None:
        """Tie all unconfirmed first sights to the alert that tells of them."""
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
