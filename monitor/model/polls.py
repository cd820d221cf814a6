"""What a poll leaves behind."""

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

# In the ledger: history that a person asked for. It was no change when it came, and nobody gets mail about it.
BACKFILL = "backfill"


class Status(StrEnum):
    """How a poll ended."""

    BASELINE = "baseline"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"  # no answer, or one that was rejected
    WAITING = "waiting"  # the source asked to be left alone until later


GOOD = (Status.BASELINE, Status.CHANGED, Status.UNCHANGED)


class Outcome(Struct, frozen=True, kw_only=True):
    """One poll of one source; a failure is a value, so that other sources go on."""

    source: str
    status: Status
    message: str
    started_at: datetime
    as_of: date | None = None
    requests: int = 0
    sha256: str = ""  # of the answers that were accepted, in the order asked
    alerts: int = 0
    retry_at: datetime | None = None
    trouble: str = ""  # of a failure: its kind, without what differs from poll to poll; not in the ledger

    @property
    def good(self) -> bool:
        """Whether the source answered and was accepted."""
        return self.status in GOOD


class RejectedAnswer(Struct, frozen=True, kw_only=True):
    """An answer that was rejected: at most the first 64 KB of its body, and one sentence that says why."""

    url: str  # without a user or a password
    status: int
    content_type: str
    reason: str
    body: bytes


class Form(StrEnum):
    """In which form the text of a document came."""

    INSPECTION = "inspection"  # the raw text of public inspection
    PRINTED = "printed"  # the raw text of the issue
    XML = "xml"


class KeptText(Struct, frozen=True, kw_only=True):
    """The text of a document as it came."""

    document_number: str
    form: Form
    url: str
    fetched_at: datetime
    sha256: str
    body: bytes


class Snapshot(Struct, frozen=True, kw_only=True):
    """The bytes of a supplement as of a day; `body` is None where the supplement did not exist."""

    name: str
    as_of: date
    fetched_at: datetime
    sha256: str
    sentinel: str
    body: bytes | None
