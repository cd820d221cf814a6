"""One cycle: poll every source, confirm first sights, deliver."""

import hashlib
from collections.abc import Callable, Sequence

from msgspec import Struct

from monitor import failing
from monitor.deliver import Deliveries, Post, deliver
from monitor.desk import Desk
from monitor.errors import SourceError, StateError
from monitor.model.alerts import Alert, WatchBegins
from monitor.model.polls import Outcome, Status
from monitor.poll import poll, polls_of


class Cycle(Struct, frozen=True, kw_only=True):
    """What a cycle did; `clock` is None where it was not asked, `deliveries` where mail was not to be sent."""

    outcomes: tuple[Outcome, ...]
    clock: Outcome | None
    deliveries: Deliveries | None

    @property
    def good(self) -> bool:
        """Whether every source was believed and nothing that was tried to be sent failed."""
        polled = all(outcome.good or outcome.status is Status.WAITING for outcome in self.outcomes)
        polled = polled and (self.clock is None or self.clock.good)
        return polled and (self.deliveries is None or not self.deliveries.problems)


def run_cycle(
    desk: Desk,
    post: Post | None,
    *,
    sources: Sequence[str] | None = None,
    due_only: bool = False,
    tell: Callable[[Outcome], None] | None = None,
) -> Cycle:
    """Poll, confirm, deliver; without `sources` all that have a schedule.

    `tell` hears of every outcome as it comes; `post` is None to leave mail owed.
    """
    asked = desk.settings.scheduled if sources is None else sources
    outcomes = []
    for source in polls_of(desk.settings):
        if source in asked:
            outcomes.append(poll(source, desk))
            failing.watch(desk, outcomes[-1])
            if tell is not None:
                tell(outcomes[-1])
    confirm_first_sights(desk)
    due = ask_clock(desk) if is_due(desk, outcomes) else None
    deliveries = None if post is None else deliver(desk.store, post, desk.now, due_only=due_only)
    return Cycle(outcomes=tuple(outcomes), clock=due, deliveries=deliveries)


def ask_clock(desk: Desk) -> Outcome:
    """What is due today, of dates and of the eCFR; a failure is a value, as mail that is owed must still go out."""
    from monitor import clock, uncodified  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    try:
        uncodified.look(desk)
        return clock.tick(desk)
    except (SourceError, StateError) as error:
        failed = Outcome(source=clock.NAME, status=Status.FAILED, message=str(error), started_at=desk.now)
        with desk.store.transaction():
            desk.store.record_poll(failed)
        return failed


def is_due(desk: Desk, outcomes: Sequence[Outcome]) -> bool:
    """Whether the clock is to be asked: once a day, and whenever a source brought something."""
    if any(outcome.status in (Status.CHANGED, Status.BASELINE) for outcome in outcomes):
        return True
    return desk.store.last_as_of("clock") != desk.today and any(outcome.good for outcome in outcomes)


def confirm_first_sights(desk: Desk) -> None:
    """One short mail for all that was seen for the first time and is not yet confirmed."""
    seen = desk.store.unconfirmed_baselines()
    if not seen:
        return
    watched = tuple(line for _, baseline in seen for line in baseline.watched)
    names = "|".join(f"{source}:{line.sha256}" for source, baseline in seen for line in baseline.watched)
    alert = Alert(
        key=f"baseline:{hashlib.sha256(names.encode()).hexdigest()[:16]}",
        thread="baseline",
        topics=(),
        created_at=desk.now,
        body=WatchBegins(watched=watched, pending=tuple(event for _, b in seen for event in b.pending)),
    )
    with desk.store.transaction():
        desk.promise([alert])
        desk.store.confirm_baselines(alert.key)
