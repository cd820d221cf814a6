"""One cycle: poll every source, report baselines, deliver."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec import Struct

from monitor.health import alarms, failures, weekly
from monitor.mail.deliver import Deliveries, Post, deliver
from monitor.mail.digests import assemble
from monitor.model.alerts import Alert, MonitoringBegins
from monitor.model.errors import SourceError, StateError
from monitor.model.polls import Outcome, Status
from monitor.model.settings import SIDE_SOURCES
from monitor.polls.context import Context
from monitor.polls.poll import poll, poll_clock, polls_of


class Cycle(Struct, frozen=True, kw_only=True):
    """What a cycle did; `clock` is None where it was not asked, `deliveries` where mail was not to be sent."""

    outcomes: tuple[Outcome, ...]
    clock: Outcome | None
    deliveries: Deliveries | None

    @property
    def good(self) -> bool:
        """Whether every source that is relied on was accepted, and nothing that was tried to be sent failed."""
        waited = (outcome for outcome in self.outcomes if outcome.source not in SIDE_SOURCES)
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
    context: Context,
    post: Post | None,
    *,
    sources: Sequence[str] | None = None,
    due_only: bool = False,
    on_outcome: Callable[[Outcome], None] | None = None,
) -> Cycle:
    """Poll, report, deliver; without `sources` all that have a schedule.

    `on_outcome` is called with every outcome as it comes; `post` is None to leave mail owed.
    """
    known = polls_of(context.settings)
    asked = context.settings.scheduled if sources is None else sources
    last_poll = context.store.last_poll(tuple(known))
    outcomes = [ask(source, context, on_outcome) for source in known if source in asked]
    report_baselines(context)
    due = ask_clock(context) if is_due(context, outcomes) else None
    if outcomes:
        alarms.check_alarms(context, outcomes, last_poll)
        weekly.enqueue_accounts(context)
    assemble(context.store, context.settings.mail.sender, context.now)
    deliveries = None if post is None else send(context, post, due_only=due_only)
    if any(outcome.status in (Status.CHANGED, Status.BASELINE) for outcome in outcomes):
        project(context)
    return Cycle(outcomes=tuple(outcomes), clock=due, deliveries=deliveries)


def ask(source: str, context: Context, on_outcome: Callable[[Outcome], None] | None) -> Outcome:
    """Poll one source, and note whether it goes on failing."""
    newest = context.store.newest_alert()
    outcome = poll(source, context)
    failures.note_outcome(context, outcome, newest)
    if on_outcome is not None:
        on_outcome(outcome)
    return outcome


def send(context: Context, post: Post, *, due_only: bool) -> Deliveries:
    """Send what is owed, and note whether the mail server takes it."""
    deliveries = deliver(context.store, post, context.now, due_only=due_only)
    broken = bool(deliveries.problems) and not deliveries.sent and not deliveries.refused
    failures.note_deliveries(context, deliveries.sent, deliveries.problems, broken=broken)
    return deliveries


def ask_clock(context: Context) -> Outcome:
    """Poll the clock, and note whether it goes on failing."""
    newest = context.store.newest_alert()
    outcome = poll_clock(context)
    failures.note_outcome(context, outcome, newest)
    return outcome


def project(context: Context) -> None:
    """Bring the projections on; where that fails they are outdated, which they say themselves, and all else is done."""
    from monitor.evidence import projections  # noqa: PLC0415 - a quiet poll does not need it

    with suppress(SourceError, StateError):
        projections.follow(context.readings, context.now)


def is_due(context: Context, outcomes: Sequence[Outcome]) -> bool:
    """Whether the clock is to be asked: once a day, and whenever a source brought something."""
    if any(outcome.status in (Status.CHANGED, Status.BASELINE) for outcome in outcomes):
        return True
    return context.store.last_as_of("clock") != context.today and any(outcome.good for outcome in outcomes)


def report_baselines(context: Context) -> None:
    """One short mail for all that was read for the first time and is not yet reported."""
    seen = context.store.unconfirmed_baselines()
    if not seen:
        return
    watched = tuple(line for _, baseline in seen for line in baseline.watched)
    names = "|".join(f"{source}:{line.sha256}" for source, baseline in seen for line in baseline.watched)
    alert = Alert(
        key=f"baseline:{hashlib.sha256(names.encode()).hexdigest()[:16]}",
        thread="baseline",
        topics=(),
        created_at=context.now,
        body=MonitoringBegins(watched=watched, pending=tuple(event for _, b in seen for event in b.pending)),
    )
    with context.store.transaction():
        context.enqueue([alert])
        context.store.confirm_baselines(alert.key)
