"""The weekly account, also of a week in which nothing happened: to the operator and to readers who asked for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor import compare, silence
from monitor.codified import size
from monitor.desk import Desk
from monitor.errors import SourceError
from monitor.headlines import headline_of
from monitor.mail import message_id
from monitor.model.alerts import Alert, Audience, Coming, Digest, Quiet, Standing
from monitor.model.eastern import EASTERN
from monitor.model.settings import BESIDE
from monitor.poll import polls_of
from monitor.silence import Watching
from monitor.sources import ecfr

QUIET = "quiet:"
AHEAD = timedelta(days=30)
READERS_HOUR = 8


class Addressee(Struct, frozen=True, kw_only=True):
    """Who gets the account, and when on Mondays."""

    address: str
    audience: Audience
    zone: ZoneInfo
    hour: int


def account(desk: Desk) -> None:
    """Owe the account to everybody whose Monday hour has come; one for each ISO week and address."""
    began, head = desk.store.first_poll(), desk.store.head()
    for addressee in addressees(desk):
        monday = silence.last_monday(desk.now, addressee.zone, addressee.hour)
        year, week, _ = monday.isocalendar()
        key = f"{QUIET}{year}-W{week:02}:{addressee.audience}:{addressee.address}"
        if began is None or head is None or began >= monday or desk.store.alert(key) is not None:
            continue
        last = desk.store.last_alert_at(QUIET, f":{addressee.audience}:{addressee.address}")
        body = account_of(desk, last or max(began, monday - silence.WEEK), addressee.audience, head)
        alert = Alert(
            key=key,
            thread=f"{QUIET}{addressee.audience}",
            topics=(),
            created_at=desk.now,
            body=body,
            audience=addressee.audience,
        )
        identity = message_id(key, addressee.address, desk.settings.mail.sender)
        with desk.store.transaction():
            desk.store.promise(alert, [(addressee.address, identity)])


def addressees(desk: Desk) -> Iterator[Addressee]:
    """The operator unless they declined, and every reader who asked; nobody twice."""
    operator = desk.settings.operator
    told = set()
    if desk.operator is not None and (operator is None or operator.weekly):
        zone, hour = (EASTERN, READERS_HOUR) if operator is None else (ZoneInfo(operator.time_zone), operator.hour)
        told.add(desk.operator)
        yield Addressee(address=desk.operator, audience=Audience.OPERATOR, zone=zone, hour=hour)
    for recipient in desk.recipients:
        if recipient.weekly_report and recipient.address not in told:
            yield Addressee(
                address=recipient.address, audience=Audience.WITNESSES, zone=recipient.zone, hour=recipient.hour
            )


def account_of(desk: Desk, since: datetime, audience: Audience, head: tuple[int, str]) -> Quiet:
    """What was polled, believed and told since a moment; what concerns the watch itself only for the operator."""
    store, now = desk.store, desk.now
    calendar, limit = store.calendar(), desk.settings.limits.stale_after_hours
    sources, requests = watched(desk, since)
    notices = store.alerts_between(since, now, Audience.OPERATOR) if audience is Audience.OPERATOR else []
    coming, unread = deadlines(desk)
    promised = store.alerts_between(since, now, Audience.READERS)
    told = [alert for alert in promised if not isinstance(alert.body, Digest)]  # it holds what is counted already
    return Quiet(
        since=since,
        until=now,
        sources=tuple(silence.week_of(source, now) for source in sources),
        blind=silence.blind([one for one in sources if one.name not in BESIDE], now, calendar, limit),
        requests=requests,
        standings=tuple(standings(desk)),
        told=silence.tallies(told),
        troubles=tuple(headline_of(alert.body) for alert in notices if not isinstance(alert.body, Quiet)),
        coming=coming,
        coming_unread=unread,
        polls=head[0],
        head=head[1],
    )


def watched(desk: Desk, since: datetime) -> tuple[list[Watching], int]:
    """Every source that has a schedule and was ever asked, in the period, and the requests of all believed polls."""
    sources = polls_of(desk.settings)
    polls = list(desk.store.polls(since))
    found = []
    for name in desk.settings.scheduled:
        first = desk.store.first_poll(name)
        if first is None:
            continue
        mine = [poll for poll in polls if poll.source == name]
        good = tuple(poll.started_at for poll in mine if poll.good)
        before = desk.store.good_poll_before(name, since) or first
        found.append(Watching(name=name, polls=len(mine), good=good, before=before))
    return found, sum(poll.requests for poll in polls if poll.good and poll.source in sources)


def standings(desk: Desk) -> Iterator[Standing]:
    """Every supplement as it was last believed."""
    as_of = desk.store.last_as_of(ecfr.NAME)
    for supplement in ecfr.WATCHED:
        snapshot = desk.store.last_watched(supplement.name)
        if snapshot is None:
            continue
        try:
            said = size(compare.read(snapshot))
        except SourceError as error:
            said = f"kept, and cannot be read today: {error}"
        yield Standing(
            name=supplement.name,
            count=said,
            as_of=max(as_of or snapshot.as_of, snapshot.as_of),
            since=snapshot.as_of,
            sha256=snapshot.sha256,
        )


def deadlines(desk: Desk) -> tuple[tuple[Coming, ...], str]:
    """What ends or begins within thirty days; or why that could not be read."""
    from monitor import clock  # noqa: PLC0415 - 0.2 s, once a week

    try:
        found = clock.gather(desk.store).deadlines
    except SourceError as error:
        return (), str(error)
    near = [one for one in found if one.day is not None and desk.today <= one.day <= desk.today + AHEAD]
    coming = [Coming(one.day, one.kind.value, one.title) for one in near if one.day is not None]
    return tuple(sorted(coming, key=lambda one: (one.day, one.title))), ""
