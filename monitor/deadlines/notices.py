"""The reminder of a day to come, in the same form for general licenses and for all other deadlines."""

from datetime import date

from msgspec import Struct

from monitor.deadlines.days import time_left
from monitor.model.deadlines import ClockNotice, DeadlineKind, NoticeKind, Quoted
from monitor.model.eastern import short_date


class Subject(Struct, frozen=True, kw_only=True):
    """What a notice is about: the beginning of its key, its thread, its title, and the kind of its day."""

    key: str
    thread: str
    title: str
    about: DeadlineKind = DeadlineKind.LICENSE_END


def reminder(
    subject: Subject, end: date, today: date, *, event: str, says: str, document_number: str | None, quote: Quoted
) -> ClockNotice:
    """The reminder, some days before a day or on the day itself, of the event that falls on it."""
    remaining = (end - today).days
    return ClockNotice(
        key=f"{subject.key}:{end}:left:{remaining}",
        thread=subject.thread,
        kind=NoticeKind.REMINDER,
        on=today,
        title=subject.title,
        about=subject.about,
        headline=f"{event} {time_left(remaining)}, {short_date(end)}",
        says=says,
        day=end,
        days=remaining,
        document_number=document_number,
        quotes=(quote,),
    )
