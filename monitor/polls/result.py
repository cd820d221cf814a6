"""What a poll found: all that is to be kept of it, as one value; deciding it writes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct, structs

from monitor.model.alerts import Alert
from monitor.model.polls import KeptText, Outcome, RejectedAnswer, Snapshot, Status
from monitor.store import Baseline, Held, KeptDocument, KeptValidator, Span, Unconfirmed, VersionList


class PollResult(Struct, frozen=True, kw_only=True):
    """One poll of one source: its row of the ledger, and all that is kept with it in the same transaction.

    `changes` is how many of the alerts report a change; the others are notices about the source itself.
    """

    source: str
    started_at: datetime
    message: str
    as_of: date | None = None
    sha256: str = ""  # of the answers that were accepted, in the order asked
    requests: int = 0
    changes: int = 0
    initial: bool = False  # nothing of the source was kept before, though there is no baseline to report
    failed: bool = False
    trouble: str = ""  # of a failure: its kind, without what differs from poll to poll; not in the ledger
    retry_at: datetime | None = None
    in_ledger: bool = True  # False: not a poll by itself, such as a question for the calendar

    documents: tuple[KeptDocument, ...] = ()
    documents_of: str = ""  # the source under which they are kept, where it is not this one
    texts: tuple[KeptText, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    monitored: bool = True  # False: the snapshots were asked for by a person, and no poll is compared with them
    quarantined: tuple[Held, ...] = ()
    released: tuple[str, ...] = ()  # hashes of what was in quarantine and is accepted by hand
    version_lists: tuple[VersionList, ...] = ()
    covered: tuple[tuple[str, Span], ...] = ()
    rejected: tuple[RejectedAnswer, ...] = ()

    baselines: Mapping[str, Baseline] = {}
    missing: frozenset[tuple[str, date]] | None = None  # None: the answer does not say what is missing
    unconfirmed: Mapping[str, Unconfirmed | None] = {}  # None: accepted again
    markers: Mapping[str, str] = {}
    validator: KeptValidator | None = None
    closings: Mapping[date, str] | None = None  # of the Federal Register's calendar

    linked_threads: tuple[tuple[str, str], ...] = ()  # which thread continues in which earlier one
    alerts: tuple[Alert, ...] = ()
    license_steps: Mapping[str, str] = {}  # by the key of an alert: the document whose license's thread it may join
    settled: tuple[Alert, ...] = ()  # noted as reported, and sent to nobody

    @property
    def status(self) -> Status:
        """How the poll ended."""
        if self.failed:
            return Status.FAILED
        if self.baselines or self.initial:
            return Status.BASELINE
        return Status.CHANGED if self.changes else Status.UNCHANGED

    @property
    def outcome(self) -> Outcome:
        """The row of the ledger."""
        return Outcome(
            source=self.source,
            status=self.status,
            message=self.message,
            started_at=self.started_at,
            as_of=self.as_of,
            requests=self.requests,
            sha256=self.sha256,
            alerts=self.changes,
            retry_at=self.retry_at,
            trouble=self.trouble,
        )


def merged(whole: PollResult, parts: Sequence[PollResult]) -> PollResult:
    """A result with what its parts keep and report, in their order, such as of the pages of one site."""
    return structs.replace(
        whole,
        failed=whole.failed or any(part.failed for part in parts),
        changes=sum(part.changes for part in parts),
        documents=tuple(document for part in parts for document in part.documents),
        snapshots=tuple(snapshot for part in parts for snapshot in part.snapshots),
        quarantined=tuple(held for part in parts for held in part.quarantined),
        rejected=tuple(answer for part in parts for answer in part.rejected),
        baselines={name: baseline for part in parts for name, baseline in part.baselines.items()},
        unconfirmed={**whole.unconfirmed, **{name: one for part in parts for name, one in part.unconfirmed.items()}},
        linked_threads=tuple(link for part in parts for link in part.linked_threads),
        alerts=tuple(alert for part in parts for alert in part.alerts),
    )
