"""The clock as a source: what is due today of licenses and deadlines, asked once a day and after every change."""

import hashlib
from datetime import timedelta

import msgspec

from monitor.deadlines import due
from monitor.evidence.deadlines import Calendar, read_calendar
from monitor.model.alerts import Alert
from monitor.model.deadlines import CaughtUp, Due, NoticeKind
from monitor.model.documents import Kind, document_thread
from monitor.model.eastern import count
from monitor.model.errors import StateError
from monitor.model.polls import Outcome, Status
from monitor.polls.calendar_file import write_calendar
from monitor.polls.context import Context
from monitor.polls.issue_calendar import ask_calendar
from monitor.store import Store

NAME = "clock"
YESTERDAY = timedelta(days=1)
# Steps that the mail of their document tells with all its facts.
TOLD_BY_DOCUMENT = (
    NoticeKind.ISSUED,
    NoticeKind.EXTENDED,
    NoticeKind.SHORTENED,
    NoticeKind.CORRECTED,
    NoticeKind.REMOVED,
    NoticeKind.SUPERSEDED,
    NoticeKind.MOVED,
    NoticeKind.ENDED,
)
# At first sight only what is still to come is news.
TO_COME = (NoticeKind.REMINDER,)


def tick(context: Context) -> Outcome:
    """Tell what is due since the last day that was told, and keep that day."""
    last = context.store.last_as_of(NAME)
    found = read_calendar(context.readings)
    known, closed = context.store.alert_keys(f"{NAME}:"), ask_calendar(context).closings
    notices = due(
        found.deadlines,
        found.licenses,
        since=min(context.today - YESTERDAY, context.today if last is None else last),
        today=context.today,
        days=context.settings.reminders.days,
        holidays=closed,
        told={key.removeprefix(f"{NAME}:") for key in known},
    )
    spoken = [one for one in notices if is_news(context, one, found, first=last is None)]
    try:
        write_calendar(context.folder, found.deadlines, stamp=context.now, holidays=closed)
    except StateError as error:  # what is due is told all the same, and the file is tried again at the next poll
        trouble = str(error)
    else:
        trouble = ""
    return record(context, found, spoken, [one for one in notices if one not in spoken], trouble)


def is_news(context: Context, notice: Due, found: Calendar, *, first: bool) -> bool:
    """Whether readers are to hear of it: not what the mail of a document said, nor, at first sight, what is past.

    What a document with a thread of its own does to a license is said in the thread of the license, too.
    """
    if isinstance(notice, CaughtUp):
        return not first
    if first:
        return notice.kind in TO_COME
    said = None if notice.document_number is None else context.store.thread_of(notice.document_number)
    if said is None or notice.kind not in TOLD_BY_DOCUMENT:
        return True
    return notice.thread.startswith("license:") and said != thread_of(notice.thread, found, context.store)


def record(context: Context, found: Calendar, spoken: list[Due], silent: list[Due], trouble: str) -> Outcome:
    """Promise what is news; the rest, and what a caught-up notice holds, is noted as told and sent to nobody.

    With a `trouble` the poll counts as failed.
    """
    alerts = [alert_of(one, found, context) for one in spoken]
    inner = [one for notice in (*spoken, *silent) if isinstance(notice, CaughtUp) for one in notice.notices]
    running = sum(1 for deadline in found.deadlines if deadline.day is not None and deadline.day >= context.today)
    outcome = Outcome(
        source=NAME,
        status=Status.FAILED if trouble else Status.CHANGED if alerts else Status.UNCHANGED,
        message=trouble or f"{count(len(found.licenses), 'general license')}, {count(running, 'deadline')} to come",
        started_at=context.now,
        as_of=context.today,
        sha256=hashlib.sha256(msgspec.json.encode(found.deadlines)).hexdigest(),
        alerts=len(alerts),
    )
    with context.store.transaction():
        context.store.record_poll(outcome)
        context.readings.save()
        context.promise(alerts)
        for notice in (*silent, *inner):
            context.store.promise(alert_of(notice, found, context), [])
    return outcome


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
            told = [store.thread_of(event.document_number) for event in license_.history if event.document_number]
            return next((thread for thread in told if thread is not None and thread.startswith("license:")), name)
    numbers = [deadline.moves[0].document_number for deadline in found.deadlines if deadline.key == name]
    if not numbers or name.startswith("note:"):
        return name
    return store.thread_of(numbers[0]) or document_thread(numbers[0])
