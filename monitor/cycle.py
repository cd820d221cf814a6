"""One cycle: poll every source, confirm first sights, deliver."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec import Struct

from monitor import failing, tending, weekly
from monitor.deliver import Deliveries, Post, deliver
from monitor.desk import Desk
from monitor.errors import SourceError, StateError
from monitor.gathering import gather
from monitor.model.alerts import Alert, WatchBegins
from monitor.model.polls import Outcome, Status
from monitor.model.settings import BESIDE
from monitor.poll import poll, polls_of


class Cycle(Struct, frozen=True, kw_only=True):
    """What a cycle did; `clock` is None where it was not asked, `deliveries` where mail was not to be sent."""

    outcomes: tuple[Outcome, ...]
    clock: Outcome | None
    deliveries: Deliveries | None

    @property
    def good(self) -> bool:
        """Whether every source that is relied on was believed, and nothing that was tried to be sent failed."""
        waited = (outcome for outcome in self.outcomes if outcome.source not in BESIDE)
        polled = all(outcome.good or outcome.status is Status.WAITING for outcome in waited)
        polled = polled and (self.clock is None or self.clock.good)
        return polled and (self.deliveries is None or not self.deliveries.problems)

    @property
    def complaints(self) -> tuple[str, ...]:
        """What was not good, a line each."""
        asked = (*self.outcomes, *(() if self.clock is None else (self.clock,)))
        failed = [f"{one.source}: {one.message}" for one in asked if one.status is Status.FAILED]
        return (*failed, *(() if self.deliveries is None else self.deliveries.problems))


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
    known = polls_of(desk.settings)
    asked = desk.settings.scheduled if sources is None else sources
    last_poll = desk.store.last_poll(tuple(known))
    outcomes = [ask(source, desk, tell) for source in known if source in asked]
    confirm_first_sights(desk)
    due = ask_clock(desk) if is_due(desk, outcomes) else None
    if outcomes:
        tending.tend(desk, outcomes, last_poll)
        weekly.account(desk)
    gather(desk.store, desk.settings.mail.sender, desk.now)
    deliveries = None if post is None else send(desk, post, due_only=due_only)
    if any(outcome.status in (Status.CHANGED, Status.BASELINE) for outcome in outcomes):
        project(desk)
    return Cycle(outcomes=tuple(outcomes), clock=due, deliveries=deliveries)


def ask(source: str, desk: Desk, tell: Callable[[Outcome], None] | None) -> Outcome:
    """Poll one source, and note whether it goes on failing."""
    newest = desk.store.newest_alert()
    outcome = poll(source, desk)
    failing.watch(desk, outcome, newest)
    if tell is not None:
        tell(outcome)
    return outcome


def send(desk: Desk, post: Post, *, due_only: bool) -> Deliveries:
    """Send what is owed, and note whether the mail server takes it."""
    deliveries = deliver(desk.store, post, desk.now, due_only=due_only)
    broken = bool(deliveries.problems) and not deliveries.sent and not deliveries.refused
    failing.watch_mail(desk, deliveries.sent, deliveries.problems, broken=broken)
    return deliveries


def ask_clock(desk: Desk) -> Outcome:
    """What is due today, of dates and of the eCFR; a failure is a value, as mail that is owed must still go out."""
    from monitor import clock, uncodified  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    newest = desk.store.newest_alert()
    try:
        uncodified.look(desk)
        outcome = clock.tick(desk)
    except (SourceError, StateError) as error:
        outcome = Outcome(source=clock.NAME, status=Status.FAILED, message=str(error), started_at=desk.now)
        with desk.store.transaction():
            desk.store.record_poll(outcome)
    failing.watch(desk, outcome, newest)
    return outcome


def project(desk: Desk) -> None:
    """Bring the projections on; where that fails they are outdated, which they say themselves, and all else is done."""
    from monitor import projections  # noqa: PLC0415 - a quiet poll does not need it

    with suppress(SourceError, StateError):
        projections.follow(desk.store, desk.now)


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
