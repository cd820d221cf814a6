"""The status of the monitor: last good polls, mail that is owed, evidence, and what would keep it from running."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from monitor.health.failures import MAIL
from monitor.health.weekly import QUIET
from monitor.model.eastern import EASTERN, eastern_date
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.polls import Status
from monitor.model.settings import SIDE_SOURCES, Settings
from monitor.store import Store


class SourceStatus(Struct, frozen=True, kw_only=True):
    """One source; never polled: `last_status` and `last_good_poll` are None."""

    name: str
    last_good_poll: datetime | None
    last_status: Status | None
    message: str
    as_of: date | None
    stale: bool


class NextPoll(Struct, frozen=True, kw_only=True):
    """When the next poll is or was due by the schedule, and whether it is overdue."""

    due: datetime
    overdue: bool


class Closing(Struct, frozen=True):
    """A weekday without an issue of the Federal Register."""

    day: date
    name: str


class MailFailure(Struct, frozen=True, kw_only=True):
    """The last failure of the mail server; `lasting` until it accepts a mail again."""

    at: datetime
    message: str
    lasting: bool


class StatusReport(Struct, frozen=True, kw_only=True):
    """The state in numbers; `schema` is empty where nothing is kept yet."""

    now: datetime
    state: str
    schema: str
    sources: tuple[SourceStatus, ...]
    deliveries: dict[str, int]
    evidence: dict[str, int]
    next_poll: NextPoll | None
    next_closing: Closing
    free_mib: int
    last_weekly_report: datetime | None
    mail_failure: MailFailure | None

    @property
    def stale(self) -> bool:
        """Whether any source is without a good poll for too long."""
        return any(source.stale for source in self.sources if source.name not in SIDE_SOURCES)

    @property
    def well(self) -> bool:
        """Whether nothing needs a person: no source is stale, and mail can be sent."""
        return not self.stale and (self.mail_failure is None or not self.mail_failure.lasting)


def read_status(store: Store | None, state: str, now: datetime, settings: Settings, free_mib: float) -> StatusReport:
    """Read the status from the store."""
    calendar = IssueCalendar() if store is None else store.calendar()
    stale_after = settings.limits.stale_after_hours
    return StatusReport(
        now=now,
        state=state,
        schema="" if store is None else store.schema(),
        sources=tuple(source_status(store, name, now, stale_after, calendar) for name in settings.scheduled),
        deliveries={} if store is None else store.deliveries_by_status(),
        evidence={} if store is None else store.counts(),
        next_poll=None if store is None else next_poll_of(store, now, settings, calendar),
        next_closing=Closing(*calendar.next_closing(eastern_date(now) - timedelta(days=1))),
        free_mib=int(free_mib),
        last_weekly_report=None if store is None else store.last_alert_at(QUIET),
        mail_failure=None if store is None else mail_failure_of(store),
    )


def source_status(
    store: Store | None, name: str, now: datetime, stale_after_hours: float, calendar: IssueCalendar
) -> SourceStatus:
    """The status of one source."""
    standing = None if store is None else store.standing(name)
    if standing is None:
        never = "never polled"
        return SourceStatus(name=name, last_good_poll=None, last_status=None, message=never, as_of=None, stale=True)
    good = standing.last_good
    return SourceStatus(
        name=name,
        last_good_poll=good,
        last_status=standing.status,
        message=standing.message,
        as_of=standing.as_of,
        stale=good is None or calendar.open_hours(good, now) > stale_after_hours,
    )


def next_poll_of(store: Store, now: datetime, settings: Settings, calendar: IssueCalendar) -> NextPoll | None:
    """When the poll after the last one is due by the schedule; None before the first, or without a schedule."""
    from monitor.polls.schedule import next_poll  # noqa: PLC0415 - 50 ms that a state without a poll need not spend

    last = store.last_poll(settings.scheduled)
    due = None if last is None else next_poll(settings.schedules, last)
    if due is None:
        return None
    return NextPoll(due=due, overdue=calendar.open_hours(due, now) > settings.limits.off_after_hours)


def mail_failure_of(store: Store) -> MailFailure | None:
    """The last failure of the mail server, if there ever was one."""
    failed, standing = store.last_failure(MAIL), store.standing(MAIL)
    if failed is None or standing is None:
        return None
    return MailFailure(at=failed[0], message=failed[1], lasting=standing.status is Status.FAILED)


def as_text(report: StatusReport) -> str:
    """The report for a terminal."""
    lines = [f"state     {report.state}", f"schema    {report.schema or 'nothing kept yet'}"]
    lines += [source_line(source) for source in report.sources]
    lines.append(numbers("mail", report.deliveries, "none yet"))
    if report.mail_failure is not None:
        failure = report.mail_failure
        mark = "  FAILING" if failure.lasting else "; works again"
        lines.append(f"server    failed {moment(failure.at)}: {failure.message}{mark}")
    lines.append(numbers("evidence", report.evidence, "none yet"))
    if report.next_poll is not None:
        lines.append(f"next poll {moment(report.next_poll.due)}{'  OVERDUE' if report.next_poll.overdue else ''}")
    lines.append(
        f"calendar  no issue on {report.next_closing.day:%A} {report.next_closing.day}: {report.next_closing.name}"
    )
    weekly = report.last_weekly_report
    lines.append(f"weekly    last account {'never' if weekly is None else moment(weekly)}")
    lines.append(f"disk      {report.free_mib:,} MiB free")
    return "\n".join(lines)


def moment(at: datetime) -> str:
    """A moment on a terminal."""
    return f"{at.astimezone(EASTERN):%Y-%m-%d %H:%M ET}"


def source_line(source: SourceStatus) -> str:
    """One source on one line."""
    good = source.last_good_poll
    when = "never" if good is None else moment(good)
    of = f", as of {source.as_of}" if source.as_of is not None else ""
    mark = "  STALE" if source.stale else ""
    return f"{source.name:<11} last good poll {when}{of}; {source.last_status or 'not polled'}: {source.message}{mark}"


def numbers(label: str, counts: dict[str, int], nothing: str) -> str:
    """Counts on one line."""
    parts: Sequence[str] = [f"{number} {word}" for word, number in counts.items()]
    return f"{label:<9} {', '.join(parts) or nothing}"
