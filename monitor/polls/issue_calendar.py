"""The Federal Register's calendar and issues, asked and kept."""

from datetime import date

from monitor.model.errors import AbsentError, SourceError
from monitor.model.issue_calendar import IssueCalendar
from monitor.polls.context import Context
from monitor.sources import calendar

ISSUE = "issue"  # the sign of the newest issue that was seen to be there


def ask_calendar(context: Context) -> IssueCalendar:
    """The days without an issue as they are said to be now; as last kept where they cannot be had."""
    try:
        answer = context.fetcher.json(calendar.url(context.settings.sources.federal_register))
        closings = calendar.read_holidays(answer.body)
    except SourceError:
        return context.store.calendar()
    with context.store.transaction():
        context.store.keep_calendar(closings, context.now)
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
    with context.store.transaction():
        context.store.note_marker(ISSUE, day.isoformat(), context.now)
    return True
