"""Everything that can go wrong by name.

MonitorError                    message: one line that says what, where, and what to do
├── BadRequestError             exit 2: what was asked for on the command line cannot be, or cannot be had
├── ConfigurationError          exit 78: monitor.toml or the environment
├── StateError                  exit 74: the state folder or the database in it
├── AlreadyRunningError         exit 75: another process is at work on this state
├── SourceError                 the answer of a source was rejected; a value in an Outcome
│   ├── UnreachableError        no complete answer came
│   ├── RefusedError            an answer came that is not the one we asked for
│   │   └── AbsentError         the source says that it has no such thing (404, 410)
│   ├── ReadError               the right kind of answer, but it does not read as it must
│   └── ImplausibleError        it reads well and cannot be true
└── DeliveryError               a mail was not taken; `permanent` says whether to try again
"""

from pathlib import Path

from monitor.model.polls import RejectedAnswer

RESTORE = "it was left as it is; restore it from a backup, or move it away to begin anew with a baseline"


class MonitorError(Exception):
    """A failure with a message for people; `exit_code` is what the command line answers with."""

    exit_code = 1


class BadRequestError(MonitorError):
    """What was asked for on the command line cannot be, or cannot be had; nothing was written."""

    exit_code = 2  # as click's for wrong arguments


class ConfigurationError(MonitorError):
    """monitor.toml or the environment cannot be used; nothing was touched."""

    exit_code = 78  # EX_CONFIG of sysexits.h


class StateError(MonitorError):
    """The state folder or its database cannot be used; nothing was changed."""

    exit_code = 74  # EX_IOERR of sysexits.h


class AlreadyRunningError(MonitorError):
    """Another process holds the lock of this state folder."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h

    def __init__(self, folder: Path, holder: str) -> None:
        """`holder` is what the other process wrote about itself, or empty."""
        who = f" ({holder})" if holder else ""
        super().__init__(f"another fedreg-monitor is at work on {folder}{who}; try again when it is done")


class SourceError(MonitorError):
    """The answer of a source was rejected."""

    def __init__(self, message: str, refused: RejectedAnswer | None = None, *, status: int | None = None) -> None:
        """`refused`: the beginning of the answer that was not taken, where one came; `status`: that of HTTP.

        `status` is there only where it was the trouble.
        """
        super().__init__(message)
        self.refused = refused
        self.status = status


class UnreachableError(SourceError):
    """No complete answer came: no network, a time-out, a lost connection."""


class RefusedError(SourceError):
    """An answer came that is not the one we asked for: status, host, content type or size."""


class AbsentError(RefusedError):
    """The source says that it has no such thing (404, 410)."""


class ReadError(SourceError):
    """The right kind of answer, but it does not read as it must."""


class ImplausibleError(SourceError):
    """It reads well and cannot be true, such as a list with half of its entries."""


class DeliveryError(MonitorError):
    """A message did not reach its recipient: it is deferred or, with `permanent`, refused."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        """`permanent`: trying again will not help (SMTP 5xx on the recipient or the message)."""
        super().__init__(message)
        self.permanent = permanent


class ChannelDownError(DeliveryError):
    """A channel takes nothing from anybody: its server is unreachable, not trusted, not signed in, or lost."""

    def __init__(self, message: str) -> None:
        """Always worth another try."""
        super().__init__(message, permanent=False)
