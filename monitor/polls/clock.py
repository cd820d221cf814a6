"""The clock as a source: what is due today of licenses and deadlines, asked once a day and after every change."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from monitor.deadlines import due
from monitor.evidence.deadlines import Calendar, read_calendar
from monitor.model.alerts import Alert
from monitor.model.deadlines import CaughtUp, Due, NoticeKind
from monitor.model.documents import Kind, document_thread
from monitor.model.eastern import count
from monitor.model.errors import StateError
from monitor.model.issue_calendar import IssueCalendar
from monitor.polls.calendar_file import write_calendar
from monitor.polls.context import Context
from monitor.polls.issue_calendar import fetch_calendar
from monitor.polls.result import PollResult
from monitor.store import Store

NAME = "clock"
YESTERDAY = timedelta(days=1)
# Steps that the mail of their document reports with all its facts.
REPORTED_BY_DOCUMENT = (
    NoticeKind.ISSUED,
    NoticeKind.EXTENDED,
    NoticeKind.SHORTENED,
    NoticeKind.CORRECTED,
    NoticeKind.REMOVED,
    NoticeKind.SUPERSEDED,
    NoticeKind.MOVED,
    NoticeKind.ENDED,
)
# Of the first day only what is still to come is reported.
TO_COME = (NoticeKind.REMINDER,)


def poll(context: Context) -> PollResult:
    """What is due since the last day that was reported; the rest is only noted as reported.

    Raises ReadError for evidence that does not read.
    """
    last = context.store.last_as_of(NAME)
    found = read_calendar(context.readings)
    known, closings = context.store.alert_keys(f"{NAME}:"), fetch_calendar(context)
    holidays = (context.store.calendar() if closings is None else IssueCalendar(closings)).closings
    notices = due(
        found.deadlines,
        found.licenses,
        since=min(context.today - YESTERDAY, context.today if last is None else last),
        today=context.today,
        days=context.settings.reminders.days,
        holidays=holidays,
        reported={key.removeprefix(f"{NAME}:") for key in known},
    )
    reported = [one for one in notices if is_reportable(context, one, found, first=last is None)]
    silent = [one for one in notices if one not in reported]
    # What a notice of several holds is not to be reported again by itself.
    inner = [one for notice in (*reported, *silent) if isinstance(notice, CaughtUp) for one in notice.notices]
    trouble = calendar_trouble(context, found, holidays)
    return PollResult(
        source=NAME,
        started_at=context.now,
        message=trouble or summary(context, found),
        as_of=context.today,
        sha256=hashlib.sha256(msgspec.json.encode(found.deadlines)).hexdigest(),
        failed=bool(trouble),
        changes=len(reported),
        closings=closings,
        alerts=tuple(alert_of(one, found, context) for one in reported),
        settled=tuple(alert_of(one, found, context) for one in (*silent, *inner)),
    )


def calendar_trouble(context: Context, found: Calendar, holidays: Mapping[date, str]) -> str:
    """Write the file of deadlines, and return why that failed, or nothing.

    The poll then counts as failed; what is due is reported all the same, and the next poll tries the file again.
    """
    try:
        write_calendar(context.folder, found.deadlines, stamp=context.now, holidays=holidays)
    except StateError as error:
        return str(error)
    return ""


def summary(context: Context, found: Calendar) -> str:
    """What has an end, in one line of the ledger."""
    running = sum(1 for deadline in found.deadlines if deadline.day is not None and deadline.day >= context.today)
    return f"{count(len(found.licenses), 'general license')}, {count(running, 'deadline')} to come"


def is_reportable(context: Context, notice: Due, found: Calendar, *, first: bool) -> bool:
    """Whether it is to be reported: not what the mail of a document said, nor, on the first day, what is past.

    What a document with a thread of its own does to a license is reported in the thread of the license, too.
    """
    if isinstance(notice, CaughtUp):
        return not first
    if first:
        return notice.kind in TO_COME
    thread = None if notice.document_number is None else context.store.thread_of(notice.document_number)
    if thread is None or notice.kind not in REPORTED_BY_DOCUMENT:
        return True
    return notice.thread.startswith("license:") and thread != thread_of(notice.thread, found, context.store)


def alert_of(notice: Due, found: Calendar, context: Context) -> Alert:
    """A notice as an alert in the thread of its license or deadline; of several, in a thread of what was caught up."""
    notices = notice.notices if isinstance(notice, CaughtUp) else (notice,)
    numbers = {one.document_number for one in notices}
    threads = {thread_of(one.thread, found, context.store) for one in notices}
    thread = threads.pop() if len(threads) == 1 else f"{NAME}:caught-up"
    kinds = {kind for number in numbers if number is not None for kind in found.kinds.get(number, ())}
    topics = tuple(sorted(kinds)) or (Kind.GENERAL_LICENSE,)
    return Alert(key=f"{NAME}:{notice.key}", thread=thread, topics=topics, created_at=context.now, body=notice)


def thread_of(name: str, found: Calendar, store: Store) -> str:
    """The thread of a license, or that of the document which first set a deadline; a note has its own."""
    for license_ in found.licenses:
        if license_.thread == name:
            threads = [store.thread_of(event.document_number) for event in license_.history if event.document_number]
            return next((thread for thread in threads if thread is not None and thread.startswith("license:")), name)
    numbers = [deadline.moves[0].document_number for deadline in found.deadlines if deadline.key == name]
    if not numbers or name.startswith("note:"):
        return name
    return store.thread_of(numbers[0]) or document_thread(numbers[0])
