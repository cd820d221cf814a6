"""How the watch stands: last good polls, what is owed, what is kept."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from monitor.model.eastern import EASTERN
from monitor.model.polls import Status
from monitor.store import Store


class SourceStatus(Struct, frozen=True, kw_only=True):
    """One source; never polled: `last_status` and `last_good_poll` are None."""

    name: str
    last_good_poll: datetime | None
    last_status: Status | None
    message: str
    as_of: date | None
    stale: bool


class StatusReport(Struct, frozen=True, kw_only=True):
    """The whole state in numbers; `schema` is empty where nothing was kept yet."""

    now: datetime
    state: str
    schema: str
    sources: tuple[SourceStatus, ...]
    deliveries: dict[str, int]
    evidence: dict[str, int]

    @property
    def stale(self) -> bool:
        """Whether any source was silent for too long."""
        return any(source.stale for source in self.sources)


def status(
    store: Store | None, state: str, now: datetime, stale_after_hours: float, names: Sequence[str]
) -> StatusReport:
    """Read how everything stands; `names` are the sources that are polled."""
    sources = tuple(source_status(store, name, now, stale_after_hours) for name in names)
    if store is None:
        return StatusReport(now=now, state=state, schema="", sources=sources, deliveries={}, evidence={})
    return StatusReport(
        now=now,
        state=state,
        schema=store.schema(),
        sources=sources,
        deliveries=store.deliveries_by_status(),
        evidence=store.counts(),
    )


def source_status(store: Store | None, name: str, now: datetime, stale_after_hours: float) -> SourceStatus:
    """How one source stands."""
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
        stale=good is None or working_hours(good, now) > stale_after_hours,
    )


def working_hours(start: datetime, end: datetime) -> float:
    """The hours between two moments without Saturdays and Sundays in Washington, when nothing is filed."""
    start, end = start.astimezone(EASTERN), end.astimezone(EASTERN)
    hours, moment = 0.0, start
    while moment < end:
        midnight = (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        until = min(midnight, end)
        if moment.weekday() < 5:
            hours += (until - moment).total_seconds() / 3600
        moment = until
    return hours


def as_text(report: StatusReport) -> str:
    """The report for a terminal."""
    lines = [f"state     {report.state}", f"schema    {report.schema or 'nothing kept yet'}"]
    lines += [source_line(source) for source in report.sources]
    lines.append(numbers("mail", report.deliveries, "none yet"))
    lines.append(numbers("evidence", report.evidence, "none yet"))
    return "\n".join(lines)


def source_line(source: SourceStatus) -> str:
    """One source on one line."""
    good = source.last_good_poll
    when = "never" if good is None else f"{good.astimezone(EASTERN):%Y-%m-%d %H:%M ET}"
    of = f", as of {source.as_of}" if source.as_of is not None else ""
    mark = "  STALE" if source.stale else ""
    return f"{source.name:<11} last good poll {when}{of}; {source.last_status or 'not polled'}: {source.message}{mark}"


def numbers(label: str, counts: dict[str, int], nothing: str) -> str:
    """Counts on one line."""
    parts: Sequence[str] = [f"{number} {word}" for word, number in counts.items()]
    return f"{label:<9} {', '.join(parts) or nothing}"
