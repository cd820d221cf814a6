"""Failed polls, and of what kind: what stays the same while numbers, times and quoted pages differ."""

import re

from msgspec import structs

from monitor.model.errors import ImplausibleError, ReadError, SourceError
from monitor.model.polls import RejectedAnswer
from monitor.polls.context import Context
from monitor.polls.result import PollResult
from monitor.sources.fetch import retry_moment

QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
# Numbers with all that clings to them: times, hashes, amounts, places such as $.results[3].
NUMBER = re.compile(r"\b(?=\w*\d)[\w:.,+-]+")
LONGEST = 120


def failed_result(context: Context, source: str, error: SourceError) -> PollResult:
    """The result of a poll that was not answered, or whose answer is not accepted."""
    return PollResult(
        source=source,
        started_at=context.now,
        message=str(error),
        failed=True,
        trouble=trouble_of(error),
        retry_at=retry_moment(error, context.now),
        rejected=unreadable_answers(context, error),
    )


def unreadable_answers(context: Context, error: SourceError) -> tuple[RejectedAnswer, ...]:
    """The answer that was taken on the way and then did not read, or cannot be true."""
    last = context.fetcher.last
    if error.refused is None and last is not None and isinstance(error, ReadError | ImplausibleError):
        return (structs.replace(last, reason=str(error)),)
    return ()


def trouble_of(error: SourceError) -> str:
    """The kind of an error: its class, with the status of HTTP, or with what it says of an answer that did not read."""
    name = type(error).__name__
    if isinstance(error, ReadError | ImplausibleError):
        return f"{name}: {gist_of(str(error))}"
    return name if error.status is None else f"{name} {error.status}"


def gist_of(message: str) -> str:
    """A message without what differs each time: quotations and numbers."""
    words = NUMBER.sub("#", QUOTED.sub("…", message)).split()
    return " ".join(words)[:LONGEST]
