"""All SQL. A store is opened inside the thread that uses it; every write is one transaction."""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import takewhile
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec import Struct
from sqlite_utils import Database

from monitor.errors import StateError
from monitor.migrations import migrations
from monitor.model.alerts import Alert, AlertBody, Audience, DocumentEvent, Watched
from monitor.model.documents import Kind
from monitor.model.eastern import eastern_date
from monitor.model.polls import Form, KeptText, Outcome, Snapshot, Status


class KeptDocument(Struct, frozen=True):
    """A version of a document's row; `publication_date` is None on public inspection, where it moves."""

    document_number: str
    publication_date: date | None
    row: bytes


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


class Held(Struct, frozen=True):
    """Bytes in quarantine, and why they are not believed."""

    snapshot: Snapshot
    reason: str


class Pending(Struct, frozen=True, kw_only=True):
    """A delivery that was not made: owed, or refused by the server or by hand."""

    id: int
    recipient: str
    status: str
    attempts: int
    error: str | None
    alert_key: str


class LastPoll(Struct, frozen=True, kw_only=True):
    """How a source stands."""

    source: str
    status: Status
    message: str
    last_good: datetime | None
    as_of: date | None


class Store:
    """The state of one monitor in one SQLite file; a context manager."""

    def __init__(self, db: Database) -> None:
        """Use `open_store` or `read_store` of `state_file`."""
        self._db = db

    def __enter__(self) -> Self:
        """Nothing to do: the file is open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside happen together or not at all."""
        try:
            with self._db.atomic():
                yield
        except sqlite3.OperationalError as error:
            raise StateError(f"cannot write the state: {error}; is the disk full or the file read-only?") from error

    # -- polls

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

    # -- evidence

    def keep_snapshot(self, snapshot: Snapshot, poll: int, *, watched: bool) -> None:
        """Keep the bytes of a supplement; the same bytes of the same day are kept once.

        What a person asked for is not `watched`: compared with it, the watch would miss the change up to it.
        """
        row = {
            "poll": poll,
            "name": snapshot.name,
            "as_of": snapshot.as_of.isoformat(),
            "fetched_at": stamp(snapshot.fetched_at),
            "sha256": snapshot.sha256,
            "sentinel": snapshot.sentinel,
            "watched": int(watched),
            "body": None if snapshot.body is None else zlib.compress(snapshot.body, 6),
        }
        sql = "SELECT id FROM snapshot WHERE name = ? AND as_of = ? AND sha256 = ?"
        kept = self._one(sql, snapshot.name, row["as_of"], snapshot.sha256)
        if kept is None:
            self._db.table("snapshot").insert(row)
        elif watched:
            # Seen again after other bytes of the same day, they are what the day says: the newest id speaks.
            sql = "UPDATE snapshot SET id = (SELECT max(id) + 1 FROM snapshot), watched = 1, sentinel = ? WHERE id = ?"
            self._db.execute(sql, [snapshot.sentinel, kept])

    def last_watched(self, name: str) -> Snapshot | None:
        """The newest snapshot that the watch saw; None before the first time."""
        sql = "SELECT * FROM snapshot WHERE name = ? AND watched ORDER BY as_of DESC, id DESC LIMIT 1"
        return next((snapshot_of(row) for row in self._db.query(sql, [name])), None)

    def latest_sentinel(self, name: str) -> str | None:
        """What the structure said of a supplement when the watch last kept it; None before the first time."""
        sql = "SELECT sentinel FROM snapshot WHERE name = ? AND watched ORDER BY as_of DESC, id DESC LIMIT 1"
        found: str | None = self._one(sql, name)
        return found

    def snapshot_on(self, name: str, day: date) -> Snapshot | None:
        """The newest snapshot of a supplement that speaks for a day or an earlier one."""
        sql = "SELECT * FROM snapshot WHERE name = ? AND as_of <= ? ORDER BY as_of DESC, id DESC LIMIT 1"
        return next((snapshot_of(row) for row in self._db.query(sql, [name, day.isoformat()])), None)

    def is_covered(self, name: str, source: str, day: date) -> bool:
        """Whether it is known what a supplement said on a day.

        Either it was kept as of that day, or a later poll of its source found it unmoved before it next moved.
        """
        sql = """SELECT EXISTS (SELECT 1 FROM snapshot WHERE name = :name AND as_of = :day) OR (
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
        """Put bytes that are not believed into quarantine; the same bytes are held once."""
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
        self._db.table("quarantine").insert(row, ignore=True)

    def held(self) -> list[Held]:
        """What is in quarantine and was not accepted, oldest first."""
        rows = self._db.query("SELECT * FROM quarantine WHERE accepted_at IS NULL ORDER BY id")
        return [Held(snapshot_of(row), row["reason"]) for row in rows]

    def release(self, sha256: str, at: datetime) -> None:
        """Mark bytes as accepted by hand."""
        self._db.execute("UPDATE quarantine SET accepted_at = ? WHERE sha256 = ?", [stamp(at), sha256])

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
        self._db.table("document").insert(row)

    def documents(self, source: str, since: date | None = None) -> list[KeptDocument]:
        """The newest version of every document of a source, oldest first; published ones from a day on."""
        sql = """SELECT document_number, publication_date, row, max(id) AS id FROM document
                 WHERE source = ? AND publication_date >= ? GROUP BY document_number, publication_date ORDER BY id"""
        rows = self._db.query(sql, [source, "" if since is None else since.isoformat()])
        return [KeptDocument(r["document_number"], day_or_none(r["publication_date"]), r["row"]) for r in rows]

    def document(self, source: str, document_number: str) -> KeptDocument | None:
        """The newest version of one document of a source."""
        sql = """SELECT document_number, publication_date, row FROM document
                 WHERE source = ? AND document_number = ? ORDER BY id DESC LIMIT 1"""
        rows = self._db.query(sql, [source, document_number])
        return next(
            (KeptDocument(r["document_number"], day_or_none(r["publication_date"]), r["row"]) for r in rows), None
        )

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
        self._db.table("text").insert(row, ignore=True)

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

    def first_text_on(self, document_number: str) -> date | None:
        """The Eastern day on which the first text of a document was fetched."""
        found = self._one("SELECT min(fetched_at) FROM text WHERE document_number = ?", document_number)
        return None if found is None else eastern_date(datetime.fromisoformat(found))

    def text_forms(self) -> dict[str, frozenset[Form]]:
        """In which forms the text of each document is kept."""
        rows = self._db.query("SELECT document_number, group_concat(DISTINCT form) forms FROM text GROUP BY 1")
        return {row["document_number"]: frozenset(Form(f) for f in row["forms"].split(",")) for row in rows}

    def note_missing(self, gone: Iterable[tuple[str, date]], since: datetime) -> set[tuple[str, date]]:
        """Remember which published documents the newest answer lacks; returns those that the one before lacked, too."""
        rows = self._db.query("SELECT document_number, publication_date FROM missing")
        before = {(row["document_number"], date.fromisoformat(row["publication_date"])) for row in rows}
        now = set(gone)
        self._db.execute("DELETE FROM missing")
        for number, day in sorted(now):
            self._db.table("missing").insert(
                {"document_number": number, "publication_date": day.isoformat(), "since": stamp(since)}
            )
        return now & before

    # -- promises

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

    # -- numbers

    def counts(self) -> dict[str, int]:
        """How many rows of each kind are kept."""
        tables = ("poll", "snapshot", "quarantine", "document", "text", "alert", "delivery")
        return {table: int(self._one(f"SELECT count(*) FROM {table}") or 0) for table in tables}  # noqa: S608 - constants

    def deliveries_by_status(self) -> dict[str, int]:
        """How many deliveries are owed, sent and refused."""
        found = {r["status"]: r["n"] for r in self._db.query("SELECT status, count(*) n FROM delivery GROUP BY status")}
        return {status: found.pop(status, 0) for status in ("owed", "sent", "refused")}

    def schema(self) -> str:
        """The name of the newest step of the schema."""
        return migrations.applied(self._db)[-1].name

    def _one(self, sql: str, *arguments: object) -> Any:
        found = self._db.execute(sql, list(arguments)).fetchone()
        return None if found is None else found[0]


def link_of(before: str | None, row: dict[str, Any]) -> str:
    """The link of a poll in the chain: the hash of the link before and of the row."""
    return hashlib.sha256(msgspec.json.encode([before, row], order="deterministic")).hexdigest()


def stamp(moment: datetime) -> str:
    """A moment as text that sorts: UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def day_or_none(text: str) -> date | None:
    """A day, or None for the empty text."""
    return date.fromisoformat(text) if text else None


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
