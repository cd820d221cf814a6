"""The Federal Register's calendar and issues, asked and kept."""

from datetime import date

from monitor.desk import Desk
from monitor.errors import AbsentError, SourceError
from monitor.model.calendar import IssueCalendar
from monitor.sources import calendar

ISSUE = "issue"  # the sign of the newest issue that was seen to be there


def ask_calendar(desk: Desk) -> IssueCalendar:
    """The days without an issue as they are said to be now; as last kept where they cannot be had."""
    try:
        answer = desk.fetcher.json(calendar.url(desk.settings.sources.federal_register))
        closings = calendar.read_holidays(answer.body)
    except SourceError:
        return desk.store.calendar()
    with desk.store.transaction():
        desk.store.keep_calendar(closings, desk.now)
    return desk.store.calendar()


def issue_is_there(desk: Desk, day: date) -> bool | None:
    """Whether a day's issue has appeared; asked only until it was seen. None where that cannot be known now."""
    seen = desk.store.sign(ISSUE)
    if seen is not None and date.fromisoformat(seen[0]) >= day:
        return True
    try:
        desk.fetcher.json(calendar.issue_url(desk.settings.sources.federal_register, day))
    except AbsentError:
        return False
    except SourceError:
        return None
    with desk.store.transaction():
        desk.store.note_sign(ISSUE, day.isoformat(), desk.now)
    return True
