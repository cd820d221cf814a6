"""What every unit of a backfill works with, and how it is recorded."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import date

from msgspec import Struct, structs

from monitor.model.polls import BACKFILL
from monitor.polls.context import Context
from monitor.polls.record import record
from monitor.polls.result import PollResult
from monitor.store import Store


class Work(Struct, frozen=True, kw_only=True):
    """`context` is at the present moment; `writing` is one transaction, with the lock held for as long as it lasts."""

    context: Callable[[], Context]
    writing: Callable[[], AbstractContextManager[Store]]

    def record(self, context: Context, decide: Callable[[], PollResult], requests: int) -> None:
        """Decide and record a unit with the lock held: a poll may have come since the unit was asked for."""
        with self.writing():
            record(context, structs.replace(decide(), requests=requests))


def unit_result(context: Context, message: str, as_of: date, bodies: Iterable[bytes]) -> PollResult:
    """A finished unit, before anything is kept with it."""
    digest = hashlib.sha256()
    for body in bodies:
        digest.update(body)
    return PollResult(source=BACKFILL, started_at=context.now, message=message, as_of=as_of, sha256=digest.hexdigest())
