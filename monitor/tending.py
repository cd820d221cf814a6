"""After each cycle, the watch over the watch: what is overdue, what is over, a watch that was off, a full disk."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec

from monitor import deadman
from monitor.codified import operator_alert
from monitor.deadman import FilingFacts, Overdue, SourceFacts
from monitor.desk import Desk
from monitor.disk import LEAST_TO_WRITE
from monitor.model.alerts import Alert, Notice
from monitor.model.calendar import IssueCalendar
from monitor.model.eastern import clock, duration
from monitor.model.polls import Outcome
from monitor.opening import ISSUE, ask_calendar, issue_is_there
from monitor.sources import ecfr, inspection, published

REGISTER = (inspection.NAME, published.NAME)
OVERDUE, OVER = "overdue:", "overdue-over:"
CALENDAR_HOLDS = timedelta(hours=1)  # a closing can be declared on its own morning (CONTRACT.md §4.2)


def tend(desk: Desk, outcomes: Sequence[Outcome], last_poll: datetime | None) -> None:
    """Tell the operator what needs a person; `last_poll` is when any source was asked before this cycle."""
    known, found = look(desk, polite=all(outcome.good for outcome in outcomes if outcome.source in REGISTER))
    unknown = deadman.unknown(known, desk.settings.limits)
    open_now = open_alarms(desk)
    overdue = {one.rule for one in found}
    alerts = [*was_off(desk, outcomes, last_poll), *low_disk(desk)]
    alerts += [alert_of(one, desk.now) for one in found if one.rule not in open_now]
    with desk.store.transaction():
        desk.promise(alerts)
        for rule, cause in open_now.items():
            if rule not in overdue and rule not in unknown:
                close(desk, rule, cause, known)


def look(desk: Desk, *, polite: bool) -> tuple[deadman.Facts, tuple[Overdue, ...]]:
    """What is known and overdue, after a second look at the calendar where something seems to be.

    The Register is asked only where that is `polite`: not while it fails, or wants to be left alone.
    """
    known = facts(desk, desk.store.calendar(), polite=polite)
    found = deadman.overdue(known, desk.settings.limits)
    read_at = desk.store.calendar_read_at()
    if found and polite and (read_at is None or desk.now - read_at >= CALENDAR_HOLDS):
        known = facts(desk, ask_calendar(desk), polite=polite)
        found = deadman.overdue(known, desk.settings.limits)
    return known, found


def facts(desk: Desk, calendar: IssueCalendar, *, polite: bool) -> deadman.Facts:
    """What is known; asks for the issue of the day only from nine o'clock on, and until it was seen.

    It is waited for where public inspection announced documents for it, as it does for every issue.
    """
    store, day = desk.store, calendar.last_issue(desk.now, deadman.ISSUE_BY)
    sign = store.sign(inspection.NAME)
    announced = sign is not None and day in sign_of(sign[0]).issues
    waited_for = polite and ((day == desk.today and announced) or ISSUE in open_alarms(desk))
    watched = [(name, store.first_poll(name)) for name in desk.settings.relied_on]
    return deadman.Facts(
        moment=desk.now,
        calendar=calendar,
        sources=tuple(
            SourceFacts(name=name, first_poll=first, last_good=store.last_good_poll(name))
            for name, first in watched
            if first is not None
        ),
        issue_day=day,
        issue_there=issue_is_there(desk, day) if waited_for else None,
        ecfr_as_of=store.last_as_of(ecfr.NAME),
        filings=None if sign is None else filings(*sign),
    )


def sign_of(value: str) -> inspection.Sign:
    """What public inspection said of itself, as it is kept."""
    return msgspec.json.decode(value, type=inspection.Sign)


def filings(value: str, seen_at: datetime) -> FilingFacts:
    """What public inspection said of itself."""
    sign = sign_of(value)
    return FilingFacts(count=sign.count, filed_at=sign.filed_at, seen_at=seen_at)


def alert_of(one: Overdue, now: datetime) -> Alert:
    """Something overdue, for the operator; the key names the rule and the cause."""
    key = f"{OVERDUE}{one.rule}|{one.cause}"
    return operator_alert(key, key, Notice(title=one.title, reason=one.reason, advice=one.advice), now)


def open_alarms(desk: Desk) -> dict[str, str]:
    """The rules by which something was told to be overdue and not yet to be over, each with its cause."""
    begun = {key.removeprefix(OVERDUE) for key in desk.store.alert_keys(OVERDUE)}
    ended = {key.removeprefix(OVER) for key in desk.store.alert_keys(OVER)}
    return dict(key.split("|", 1) for key in sorted(begun - ended))


def close(desk: Desk, rule: str, cause: str, known: deadman.Facts) -> None:
    """Tell that something is no longer overdue; only noted where the end of a failure has just told it."""
    key = f"{OVERDUE}{rule}|{cause}"
    begun = desk.store.alert(key)
    if begun is None or not isinstance(begun.body, Notice):
        raise AssertionError(f"{key} is open and was never promised")
    lasted = duration(desk.now - begun.created_at)
    notice = Notice(
        title=f"over: {begun.body.title}",
        reason=f"{deadman.over(rule, cause, known)} You were told {lasted} ago, on {clock(begun.created_at)}.",
        advice="There is nothing to do.",
    )
    end = operator_alert(f"{OVER}{rule}|{cause}", key, notice, desk.now)
    if desk.store.last_alert_at(f"recovered:{rule.removeprefix('stale:')}:") == desk.now:
        desk.store.promise(end, [])
    else:
        desk.promise([end])


def was_off(desk: Desk, outcomes: Sequence[Outcome], last_poll: datetime | None) -> Iterator[Alert]:
    """The watch itself did not run, though a poll was due."""
    limit = desk.settings.limits.off_after_hours
    if last_poll is None or desk.now - last_poll <= timedelta(hours=limit):
        return
    from monitor.schedule import next_poll  # noqa: PLC0415 - the scheduler is needed only after a long pause

    due = next_poll(desk.settings.schedules, last_poll)
    if due is None or desk.store.calendar().open_hours(due, desk.now) <= limit:
        return
    unread = [outcome.source for outcome in outcomes if not outcome.good]
    read = f"Everything since {clock(last_poll)} was read now."
    if unread:
        read = f"What {' and '.join(unread)} said since {clock(last_poll)} is still to be read; the rest was read now."
    body = Notice(
        title=f"the watch was off for {duration(desk.now - last_poll)}",
        reason=f"No source was asked between {clock(last_poll)} and {clock(desk.now)}, though a poll was due on "
        f"{clock(due)}. {read}",
        advice="Readers hear late of what happened meanwhile. If this was not meant, look at why it stood still: "
        "the machine, the service, the timer.",
    )
    yield operator_alert(f"off:{last_poll.isoformat()}", "off", body, desk.now)


def low_disk(desk: Desk) -> Iterator[Alert]:
    """Little room for the state, told once a day."""
    least = desk.settings.limits.least_free_mib
    if desk.free_mib < least:
        body = Notice(
            title=f"only {desk.free_mib:,.0f} MiB are free for the state",
            reason=f"The disk of {desk.folder} has {desk.free_mib:,.0f} MiB left; [limits] least_free_mib is {least}.",
            advice=f"Make room. Below {LEAST_TO_WRITE} MiB no source is polled any more.",
        )
        yield operator_alert(f"disk:{desk.today}", "disk", body, desk.now)
