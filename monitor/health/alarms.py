"""The check of the monitor after each cycle: what is overdue or no longer so, a pause of the monitor, a full disk."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from monitor.health.overdue import (
    ISSUE_BY,
    Facts,
    FilingFacts,
    Overdue,
    SourceFacts,
    find_overdue,
    reason_of_end,
    undecided_rules,
)
from monitor.model.alerts import Alert, Notice, operator_alert
from monitor.model.eastern import clock, duration
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.polls import Outcome
from monitor.polls.context import Context
from monitor.polls.issue_calendar import ISSUE, ask_calendar, issue_is_there
from monitor.sources import ecfr, inspection, published
from monitor.store.disk import LEAST_TO_WRITE

REGISTER = (inspection.NAME, published.NAME)
OVERDUE, OVER = "overdue:", "overdue-over:"
CALENDAR_HOLDS = timedelta(hours=1)  # a closing can be declared on its own morning (CONTRACT.md §4.2)


def check_alarms(context: Context, outcomes: Sequence[Outcome], last_poll: datetime | None) -> None:
    """Alert the operator to what needs a person; `last_poll` is when any source was polled before this cycle."""
    known, found = current_alarms(
        context, polite=all(outcome.good for outcome in outcomes if outcome.source in REGISTER)
    )
    undecided = undecided_rules(known, context.settings.limits)
    open_now = open_alarms(context)
    overdue = {one.rule for one in found}
    alerts = [*was_off(context, outcomes, last_poll), *low_disk(context)]
    alerts += [alert_of(one, context.now) for one in found if one.rule not in open_now]
    with context.store.transaction():
        context.enqueue(alerts)
        for rule, cause in open_now.items():
            if rule not in overdue and rule not in undecided:
                close_alarm(context, rule, cause, known)


def current_alarms(context: Context, *, polite: bool) -> tuple[Facts, tuple[Overdue, ...]]:
    """The facts and what is overdue by them; where something seems to be, the calendar is read again first.

    The Federal Register is asked only where `polite`: not while it fails or asks for a pause.
    """
    known = facts(context, context.store.calendar(), polite=polite)
    found = find_overdue(known, context.settings.limits)
    read_at = context.store.calendar_read_at()
    if found and polite and (read_at is None or context.now - read_at >= CALENDAR_HOLDS):
        known = facts(context, ask_calendar(context), polite=polite)
        found = find_overdue(known, context.settings.limits)
    return known, found


def facts(context: Context, calendar: IssueCalendar, *, polite: bool) -> Facts:
    """The facts; asks for the issue of the day only from nine o'clock on, and until it has appeared.

    An issue is expected where public inspection lists documents scheduled for it, as it does for every issue.
    """
    store, day = context.store, calendar.last_issue(context.now, ISSUE_BY)
    summary = store.marker(inspection.NAME)
    announced = summary is not None and day in summary_of(summary[0]).issues
    expected = polite and ((day == context.today and announced) or ISSUE in open_alarms(context))
    monitored = [(name, store.first_poll(name)) for name in context.settings.relied_on]
    return Facts(
        moment=context.now,
        calendar=calendar,
        sources=tuple(
            SourceFacts(name=name, first_poll=first, last_good=store.last_good_poll(name))
            for name, first in monitored
            if first is not None
        ),
        issue_day=day,
        issue_there=issue_is_there(context, day) if expected else None,
        ecfr_as_of=store.last_as_of(ecfr.NAME),
        filings=None if summary is None else filings(*summary),
    )


def summary_of(value: str) -> inspection.InspectionSummary:
    """The summary of the public inspection list, as it is kept."""
    return msgspec.json.decode(value, type=inspection.InspectionSummary)


def filings(value: str, seen_at: datetime) -> FilingFacts:
    """The facts in the kept summary of the public inspection list."""
    summary = summary_of(value)
    return FilingFacts(count=summary.count, filed_at=summary.filed_at, seen_at=seen_at)


def alert_of(one: Overdue, now: datetime) -> Alert:
    """Something overdue, for the operator; the key names the rule and the cause."""
    key = f"{OVERDUE}{one.rule}|{one.cause}"
    return operator_alert(key, key, Notice(title=one.title, reason=one.reason, advice=one.advice), now)


def open_alarms(context: Context) -> dict[str, str]:
    """The rules whose alarm was reported and is not yet reported to be over, each with its cause."""
    begun = {key.removeprefix(OVERDUE) for key in context.store.alert_keys(OVERDUE)}
    ended = {key.removeprefix(OVER) for key in context.store.alert_keys(OVER)}
    return dict(key.split("|", 1) for key in sorted(begun - ended))


def close_alarm(context: Context, rule: str, cause: str, known: Facts) -> None:
    """Report that something is no longer overdue; only recorded where the end of a failure has just reported it."""
    key = f"{OVERDUE}{rule}|{cause}"
    begun = context.store.alert(key)
    if begun is None or not isinstance(begun.body, Notice):
        raise AssertionError(f"{key} is open and was never enqueued")
    lasted = duration(context.now - begun.created_at)
    notice = Notice(
        title=f"over: {begun.body.title}",
        reason=f"{reason_of_end(rule, cause, known)} You were told {lasted} ago, on {clock(begun.created_at)}.",
        advice="There is nothing to do.",
    )
    end = operator_alert(f"{OVER}{rule}|{cause}", key, notice, context.now)
    if context.store.last_alert_at(f"recovered:{rule.removeprefix('stale:')}:") == context.now:
        context.store.enqueue(end, [])
    else:
        context.enqueue([end])


def was_off(context: Context, outcomes: Sequence[Outcome], last_poll: datetime | None) -> Iterator[Alert]:
    """The alert that the monitor did not run although a poll was due."""
    limit = context.settings.limits.off_after_hours
    if last_poll is None or context.now - last_poll <= timedelta(hours=limit):
        return
    from monitor.polls.schedule import next_poll  # noqa: PLC0415 - the scheduler is needed only after a long pause

    due = next_poll(context.settings.schedules, last_poll)
    if due is None or context.store.calendar().open_hours(due, context.now) <= limit:
        return
    unread = [outcome.source for outcome in outcomes if not outcome.good]
    read = f"Everything since {clock(last_poll)} was read now."
    if unread:
        read = f"What {' and '.join(unread)} said since {clock(last_poll)} is still to be read; the rest was read now."
    body = Notice(
        title=f"the watch was off for {duration(context.now - last_poll)}",
        reason=f"No source was asked between {clock(last_poll)} and {clock(context.now)}, though a poll was due on "
        f"{clock(due)}. {read}",
        advice="Readers hear late of what happened meanwhile. If this was not meant, look at why it stood still: "
        "the machine, the service, the timer.",
    )
    yield operator_alert(f"off:{last_poll.isoformat()}", "off", body, context.now)


def low_disk(context: Context) -> Iterator[Alert]:
    """The alert that little disk space is left for the state, once a day."""
    least = context.settings.limits.least_free_mib
    if context.free_mib < least:
        body = Notice(
            title=f"only {context.free_mib:,.0f} MiB are free for the state",
            reason=f"The disk of {context.folder} has {context.free_mib:,.0f} MiB left; "
            f"[limits] least_free_mib is {least}.",
            advice=f"Make room. Below {LEAST_TO_WRITE} MiB no source is polled any more.",
        )
        yield operator_alert(f"disk:{context.today}", "disk", body, context.now)
