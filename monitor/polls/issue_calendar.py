"""The Federal Register's calendar and issues, asked and kept."""

from collections.abc import Mapping
from datetime import date

from monitor.model.errors import AbsentError, SourceError
from monitor.model.issue_calendar import IssueCalendar
from monitor.polls.context import Context
from monitor.polls.record import record
from monitor.polls.result import PollResult
from monitor.sources import calendar

NAME = "calendar"
ISSUE = "issue"  # the marker of the newest issue that was seen to be there


def fetch_calendar(context: Context) -> Mapping[date, str] | None:
    """The days without an issue as the Federal Register names them now; None where they cannot be had."""
    try:
        answer = context.fetcher.json(calendar.url(context.settings.sources.federal_register))
        return dict(sorted(calendar.read_holidays(answer.body).items()))
    except SourceError:
        return None


def ask_calendar(context: Context) -> IssueCalendar:
    """The calendar as it is now, which is kept; as last kept where it cannot be had."""
    closings = fetch_calendar(context)
    if closings is None:
        return context.store.calendar()
    record(context, question(context, closings=closings))
    return context.store.calendar()


def issue_is_there(context: Context, day: date) -> bool | None:
    """Whether a day's issue has appeared; asked only until it was seen. None where that cannot be known now."""
    seen = context.store.marker(ISSUE)
    if seen is not None and date.fromisoformat(seen[0]) >= day:
        return True
    try:
        context.fetcher.json(calendar.issue_url(context.settings.sources.federal_register, day))
    except AbsentError:
        return False
    except SourceError:
        return None
    record(context, question(context, markers={ISSUE: day.isoformat()}))
    return True


def question(
    context: Context, closings: Mapping[date, str] | None = None, markers: Mapping[str, str] | None = None
) -> PollResult:
    """What is kept of a question that is no poll by itself."""
    return PollResult(
        source=NAME,
        started_at=context.now,
        message="",
        in_ledger=False,
        closings=closings,
        markers=markers or {},
    )
