"""The one SQLite file: its schema, all SQL, opening, locking; a store is opened inside the thread that uses it."""

from types import TracebackType
from typing import Self

from monitor.store.backfill import History, KeptDay, Span, VersionList
from monitor.store.base import stamp
from monitor.store.digests import Digests, Waiting
from monitor.store.documents import Documents, KeptDocument
from monitor.store.evidence import BadEvidence, Evidence
from monitor.store.ledger import Failures, LastPoll, Ledger, Poll
from monitor.store.markers import Markers
from monitor.store.migrations import migrations
from monitor.store.outbox import Baseline, Delivery, Outbox, Pending
from monitor.store.projections import Projections
from monitor.store.readings import KeptReading, KeptReadings
from monitor.store.refused_mail import RefusedMail, RefusedMails
from monitor.store.rejected_answers import KeptRejectedAnswer, RejectedAnswers
from monitor.store.snapshots import Held, KeptSnapshot, Snapshots
from monitor.store.threads import Threads
from monitor.store.unconfirmed import Unconfirmed, UnconfirmedStates
from monitor.store.validators import KeptValidator, Validators

__all__ = [
    "BadEvidence",
    "Baseline",
    "Delivery",
    "Failures",
    "Held",
    "KeptDay",
    "KeptDocument",
    "KeptReading",
    "KeptRejectedAnswer",
    "KeptSnapshot",
    "KeptValidator",
    "LastPoll",
    "Pending",
    "Poll",
    "RefusedMail",
    "Sight",
    "Span",
    "Store",
    "Unconfirmed",
    "VersionList",
    "Waiting",
    "stamp",
]


class Store(
    Ledger,
    Snapshots,
    Documents,
    History,
    Projections,
    KeptReadings,
    Outbox,
    Digests,
    RefusedMails,
    Markers,
    Evidence,
    RejectedAnswers,
    Validators,
    UnconfirmedStates,
    Threads,
):
    """The state of one monitor in one SQLite file; a context manager."""

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

    def counts(self) -> dict[str, int]:
        """How many rows of each kind are kept."""
        tables = ("poll", "snapshot", "quarantine", "document", "text", "alert", "delivery", "refused_answer")
        return {table: int(self._one(f"SELECT count(*) FROM {table}") or 0) for table in tables}  # noqa: S608 - constants  # nosec B608

    def deliveries_by_status(self) -> dict[str, int]:
        """How many deliveries are owed, sent and refused, and with readers of digests also waiting and gathered."""
        found = {r["status"]: r["n"] for r in self._db.query("SELECT status, count(*) n FROM delivery GROUP BY status")}
        return {status: found.pop(status, 0) for status in ("owed", "sent", "refused")} | found

    def schema(self) -> str:
        """The name of the newest step of the schema."""
        return migrations.applied(self._db)[-1].name
