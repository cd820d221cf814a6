"""Failures of a source: reported to the operator when they last, when they change in kind, and when they are over."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from monitor.mail.alert_kinds import headline_of
from monitor.model.alerts import Alert, Audience, Notice, operator_alert
from monitor.model.eastern import clock, count, duration
from monitor.model.polls import Outcome, Status
from monitor.polls.context import Context
from monitor.polls.failures import gist_of
from monitor.store import Failures

MAIL = "mail"  # in the ledger: the mail server, recorded only when it fails and when it takes mail again
CLOCK = "clock"
MOST_NAMED = 20  # of what was read late


def note_outcome(context: Context, outcome: Outcome, newest_alert: int) -> None:
    """Report a failure that lasts, or its end; `newest_alert` is the id of the last alert before the poll.

    The first failures are only in the ledger, as most pass by themselves.
    """
    if outcome.status is Status.WAITING:
        return
    run = context.store.failures_before(outcome.source, good=outcome.good)
    if run is None:
        return
    thread = thread_of(outcome.source, run)
    reported = {key for key in context.store.alert_keys(thread) if key == thread or key[len(thread)] == ":"}
    if outcome.good:
        if not reported:
            return
        late = [headline_of(alert.body) for alert in context.store.alerts_after(newest_alert, Audience.RECIPIENTS)]
        key, notice = f"recovered:{outcome.source}:{run.since.isoformat()}", recovery(context, outcome, run, late)
    elif lasts(context, run):
        trouble = hashlib.sha256((outcome.trouble or gist_of(outcome.message)).encode()).hexdigest()[:12]
        key, notice = f"{thread}:{trouble}", failure(outcome, run, again=bool(reported))
    else:
        return
    enqueue(context, operator_alert(key, thread, notice, context.now))


def thread_of(source: str, run: Failures) -> str:
    """What all notices of one run of failures have in common."""
    return f"failing:{source}:{run.since.isoformat()}"


def lasts(context: Context, run: Failures) -> bool:
    """Whether a run of failures is long enough to be reported, by its polls or by its hours."""
    limits = context.settings.limits
    hours = timedelta(hours=limits.failures_notice_after_hours)
    return run.times >= limits.failures_before_notice or context.now - run.since >= hours


def enqueue(context: Context, alert: Alert) -> None:
    """Enqueue one alert; nothing where it was enqueued before."""
    with context.store.transaction():
        context.enqueue([alert])


def name_of(source: str) -> str:
    """What fails, in words."""
    return "the clock" if source == CLOCK else f"the source {source}"


def failure(outcome: Outcome, run: Failures, *, again: bool) -> Notice:
    """The notice that a source goes on failing, or now fails in another way than was reported."""
    lost = (
        "Reminders of deadlines wait, and none is lost: days without them are caught up."
        if outcome.source == CLOCK
        else "Readers were told nothing, and nothing is lost: the next good answer is compared with the last good one."
    )
    return Notice(
        title=f"{name_of(outcome.source)} {'now fails in another way' if again else 'fails'}",
        reason=f"{count(run.times, 'poll')} in a row failed, the first on {clock(run.since)}. "
        f"The last one said: {outcome.message}",
        advice=f"{lost} You hear again when the failure changes in kind, and when it is over.",
    )


def recovery(context: Context, outcome: Outcome, run: Failures, late: Sequence[str]) -> Notice:
    """The notice that a source answers again; `late` is what it brought that could have been reported earlier."""
    named = "; ".join(late[:MOST_NAMED])
    more = f"; and {len(late) - MOST_NAMED} more" if len(late) > MOST_NAMED else ""
    if outcome.status is Status.BASELINE:
        missed = "It was read for the first time: from here on its changes are told."
    elif late:
        missed = f"This was read late: {named}{more}."
    else:
        missed = "Nothing was missed."
    return Notice(
        title=f"{name_of(outcome.source)} answers again",
        reason=f"It failed for {duration(context.now - run.since)} ({count(run.times, 'poll')}), "
        f"since {clock(run.since)}. {missed}",
        advice="There is nothing to do.",
    )


def note_deliveries(context: Context, sent: int, problems: Sequence[str], *, broken: bool) -> None:
    """Record in the ledger that the mail server fails, and report to the operator when it takes mail again.

    While it fails, the operator's mail cannot arrive either: the exit code and `status` show it.
    """
    standing = context.store.standing(MAIL)
    failed_before = standing is not None and standing.status is Status.FAILED
    if broken:
        outcome = Outcome(source=MAIL, status=Status.FAILED, message="; ".join(problems), started_at=context.now)
    elif sent and failed_before:
        message = f"takes mail again; {count(sent, 'mail')} sent"
        outcome = Outcome(source=MAIL, status=Status.CHANGED, message=message, started_at=context.now)
    else:
        return
    with context.store.transaction():
        context.store.record_poll(outcome)
    run = context.store.failures_before(MAIL, good=True) if outcome.good else None
    if run is not None and lasts(context, run):
        notice = Notice(
            title="the mail server takes mail again",
            reason=f"No mail left for {duration(context.now - run.since)} ({count(run.times, 'try')}), since "
            f"{clock(run.since)}. {count(sent, 'mail')} went out now, late; none was lost.",
            advice="There is nothing to do. What was owed is in `fedreg-monitor outbox list` until it is sent.",
        )
        enqueue(
            context,
            operator_alert(f"recovered:{MAIL}:{run.since.isoformat()}", thread_of(MAIL, run), notice, context.now),
        )
