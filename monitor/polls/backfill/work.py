"""What every unit of a backfill works with, and how it is noted in the ledger."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date

from msgspec import Struct

from monitor.model.polls import BACKFILL, Outcome, Status
from monitor.polls.context import Context
from monitor.store import Store


class Work(Struct, frozen=True, kw_only=True):
    """`context` is at the present moment; `writing` is one transaction, with the lock held for as long as it lasts."""

    context: Callable[[], Context]
    writing: Callable[[], AbstractContextManager[Store]]


def finished(context: Context, message: str, as_of: date, asked: int, bodies: Iterable[bytes]) -> Outcome:
    """A finished unit for the ledger; `asked` is the number of requests before it."""
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(body)
    return Outcome(
        source=BACKFILL,
        status=Status.UNCHANGED,
        message=message,
        started_at=context.now,
        as_of=as_of,
        requests=context.fetcher.requests - asked,
        sha256=digest.hexdigest(),
    )
