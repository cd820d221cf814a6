"""The weekly account, also of a week without changes, for the operator and the recipients who asked for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor.evidence.readings import kept_supplement
from monitor.health import coverage
from monitor.health.coverage import SourceCoverage
from monitor.law.supplement import size_in_words
from monitor.mail.alert_kinds import headline_of
from monitor.mail.message import message_id
from monitor.model.alerts import Alert, Audience, Digest
from monitor.model.eastern import EASTERN
from monitor.model.errors import SourceError
from monitor.model.settings import SIDE_SOURCES
from monitor.model.weekly_report import ComingDeadline, ListState, WeeklyReport
from monitor.polls.context import Context
from monitor.polls.poll import polls_of
from monitor.sources import ecfr

QUIET = "quiet:"
AHEAD = timedelta(days=30)
DEFAULT_HOUR = 8


class Addressee(Struct, frozen=True, kw_only=True):
    """Who gets the account, and when on Mondays."""

    address: str
    audience: Audience
    zone: ZoneInfo
    hour: int


def enqueue_accounts(context: Context) -> None:
    """Enqueue the account for everybody whose Monday hour has come; one for each ISO week and address."""
    began, head = context.store.first_poll(), context.store.head()
    for addressee in addressees(context):
        monday = coverage.last_monday(context.now, addressee.zone, addressee.hour)
        year, week, _ = monday.isocalendar()
        key = f"{QUIET}{year}-W{week:02}:{addressee.audience}:{addressee.address}"
        if began is None or head is None or began >= monday or context.store.alert(key) is not None:
            continue
        last = context.store.last_alert_at(QUIET, f":{addressee.audience}:{addressee.address}")
        body = weekly_account(context, last or max(began, monday - coverage.WEEK), addressee.audience, head)
        alert = Alert(
            key=key,
            thread=f"{QUIET}{addressee.audience}",
            topics=(),
            created_at=context.now,
            body=body,
            audience=addressee.audience,
        )
        identity = message_id(key, addressee.address, context.settings.mail.sender)
        with context.store.transaction():
            context.store.enqueue(alert, [(addressee.address, identity)])


def addressees(context: Context) -> Iterator[Addressee]:
    """The operator unless they declined, and every recipient who asked; nobody twice."""
    operator = context.settings.operator
    listed = set()
    if context.operator is not None and (operator is None or operator.weekly):
        zone, hour = (EASTERN, DEFAULT_HOUR) if operator is None else (ZoneInfo(operator.time_zone), operator.hour)
        listed.add(context.operator)
        yield Addressee(address=context.operator, audience=Audience.OPERATOR, zone=zone, hour=hour)
    for recipient in context.recipients:
        if recipient.weekly_report and recipient.address not in listed:
            yield Addressee(
                address=recipient.address, audience=Audience.WEEKLY_REPORT, zone=recipient.zone, hour=recipient.hour
            )


def weekly_account(context: Context, since: datetime, audience: Audience, head: tuple[int, str]) -> WeeklyReport:
    """What was polled, accepted and reported since a moment; failures of the monitor only for the operator."""
    store, now = context.store, context.now
    calendar, limit = store.calendar(), context.settings.limits.stale_after_hours
    sources, requests = source_coverage(context, since)
    notices = store.alerts_between(since, now, Audience.OPERATOR) if audience is Audience.OPERATOR else []
    coming, unread = coming_deadlines(context)
    enqueued = store.alerts_between(since, now, Audience.RECIPIENTS)
    reported = [alert for alert in enqueued if not isinstance(alert.body, Digest)]  # its alerts are counted already
    return WeeklyReport(
        since=since,
        until=now,
        sources=tuple(coverage.week_of(source, now) for source in sources),
        blind=coverage.blind_gaps([one for one in sources if one.name not in SIDE_SOURCES], now, calendar, limit),
        requests=requests,
        standings=tuple(standings(context)),
        told=coverage.tallies(reported),
        troubles=tuple(headline_of(alert.body) for alert in notices if not isinstance(alert.body, WeeklyReport)),
        coming=coming,
        coming_unread=unread,
        polls=head[0],
        head=head[1],
    )


def source_coverage(context: Context, since: datetime) -> tuple[list[SourceCoverage], int]:
    """The coverage of every source that has a schedule and was ever polled, and the requests of all good polls."""
    sources = polls_of(context.settings)
    polls = list(context.store.polls(since))
    found = []
    for name in context.settings.scheduled:
        first = context.store.first_poll(name)
        if first is None:
            continue
        mine = [poll for poll in polls if poll.source == name]
        good = tuple(poll.started_at for poll in mine if poll.good)
        before = context.store.good_poll_before(name, since) or first
        found.append(SourceCoverage(name=name, polls=len(mine), good=good, before=before))
    return found, sum(poll.requests for poll in polls if poll.good and poll.source in sources)


def standings(context: Context) -> Iterator[ListState]:
    """Every supplement as it was last accepted."""
    as_of = context.store.last_as_of(ecfr.NAME)
    for supplement in ecfr.MONITORED:
        snapshot = context.store.last_monitored_kept(supplement.name)
        if snapshot is None:
            continue
        try:
            size = size_in_words(kept_supplement(context.store, snapshot))
        except SourceError as error:
            size = f"kept, and cannot be read today: {error}"
        yield ListState(
            name=supplement.name,
            count=size,
            as_of=max(as_of or snapshot.as_of, snapshot.as_of),
            since=snapshot.as_of,
            sha256=snapshot.sha256,
        )


def coming_deadlines(context: Context) -> tuple[tuple[ComingDeadline, ...], str]:
    """What ends or begins within thirty days; or why that could not be read."""

    from monitor.evidence.deadlines import read_calendar  # noqa: PLC0415 - 0.2 s, once a week

    try:
        found = read_calendar(context.readings).deadlines
    except SourceError as error:
        return (), str(error)
    near = [one for one in found if one.day is not None and context.today <= one.day <= context.today + AHEAD]
    coming = [ComingDeadline(one.day, one.kind.value, one.title) for one in near if one.day is not None]
    return tuple(sorted(coming, key=lambda one: (one.day, one.title))), ""
