"""The clock as a source: what is due today of licenses and deadlines, asked once a day and after every change."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

import msgspec
from msgspec import Struct

from monitor import compare
from monitor.calendar_file import write_calendar
from monitor.deadlines import deadlines, due
from monitor.desk import Desk
from monitor.dossier import dossiers
from monitor.errors import StateError
from monitor.events import document_thread
from monitor.licenses import licenses
from monitor.model.alerts import Alert
from monitor.model.deadlines import CaughtUp, Codified, Deadline, Due, NoticeKind, Told
from monitor.model.documents import Kind
from monitor.model.eastern import count, eastern_date
from monitor.model.licenses import GeneralLicense
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.opening import ask_calendar
from monitor.readings import NOISE
from monitor.sources import ecfr
from monitor.store import Store

NAME = "clock"
PROSE = (ecfr.SUPPLEMENT_7, ecfr.GENERAL_ORDERS)  # where general licenses stand
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


class Calendar(Struct, frozen=True):
    """Everything that has an end, of what kind the documents are that set it, and all that was read for it."""

    licenses: tuple[GeneralLicense, ...]
    deadlines: tuple[Deadline, ...]
    kinds: Mapping[str, tuple[Kind, ...]]
    told: tuple[Told, ...] = ()


def gather(store: Store, learned: dict[str, str] | None = None) -> Calendar:
    """Read everything that is kept for what has an end; `learned` as in `dossiers`.

    Raises ReadError for evidence that does not read.
    """
    told = [
        Told(
            reading=one.reading,
            document_number=one.document.document_number,
            title=one.document.title,
            filed_at=one.filed_at,
            publication_date=one.document.publication_date,
            seen_on=store.first_text_on(one.document.document_number),
        )
        for one in dossiers(store, learned=learned)
        if one.reading is not None and one.reading.kind not in NOISE
    ]
    codified = [
        Codified(
            supplement=f"Supplement No. {supplement.number} to part {supplement.part}",
            as_of=snapshot.as_of,
            body=compare.read(snapshot),
            seen_on=eastern_date(snapshot.fetched_at) if watched else None,
        )
        for supplement in PROSE
        for snapshot, watched in evidence(store, supplement.name)
    ]
    found = licenses(told, codified)
    kinds = {one.document_number: (one.reading.kind, *one.reading.also) for one in told}
    return Calendar(found, deadlines(told, found, codified), kinds, tuple(told))


def evidence(store: Store, name: str) -> list[tuple[Snapshot, bool]]:
    """Every snapshot of a supplement, and whether the watch saw it.

    What a person asked for was no news when it came. Beyond the last day that the watch saw it is left out: the watch
    comes there itself, and tells it then.
    """
    last = store.last_watched(name)
    seen = store.watched_days(name)
    return [
        (snapshot, (snapshot.as_of, snapshot.sha256) in seen)
        for snapshot in store.snapshots(name)
        if last is None or snapshot.as_of <= last.as_of
    ]


def tick(desk: Desk) -> Outcome:
    """Tell what is due since the last day that was told, and keep that day."""
    last = desk.store.last_as_of(NAME)
    learned: dict[str, str] = {}
    found = gather(desk.store, learned)
    with desk.store.transaction():
        desk.store.keep_readings(learned)
    known, closed = desk.store.alert_keys(f"{NAME}:"), ask_calendar(desk).closings
    notices = due(
        found.deadlines,
        found.licenses,
        since=min(desk.today - YESTERDAY, desk.today if last is None else last),
        today=desk.today,
        days=desk.settings.reminders.days,
        holidays=closed,
        told={key.removeprefix(f"{NAME}:") for key in known},
    )
    spoken = [one for one in notices if is_news(desk, one, found, first=last is None)]
    try:
        write_calendar(desk.folder, found.deadlines, stamp=desk.now, holidays=closed)
    except StateError as error:  # what is due is told all the same, and the file is tried again at the next poll
        trouble = str(error)
    else:
        trouble = ""
    return record(desk, found, spoken, [one for one in notices if one not in spoken], trouble)


def is_news(desk: Desk, notice: Due, found: Calendar, *, first: bool) -> bool:
    """Whether readers are to hear of it: not what the mail of a document said, nor, at first sight, what is past.

    What a document with a thread of its own does to a license is said in the thread of the license, too.
    """
    if isinstance(notice, CaughtUp):
        return not first
    if first:
        return notice.kind in TO_COME
    said = None if notice.document_number is None else desk.store.thread_of(notice.document_number)
    if said is None or notice.kind not in TOLD_BY_DOCUMENT:
        return True
    return notice.thread.startswith("license:") and said != thread_of(notice.thread, found, desk.store)


def record(desk: Desk, found: Calendar, spoken: list[Due], silent: list[Due], trouble: str) -> Outcome:
    """Promise what is news; the rest, and what a caught-up notice holds, is noted as told and sent to nobody.

    With a `trouble` the poll counts as failed.
    """
    alerts = [alert_of(one, found, desk) for one in spoken]
    inner = [one for notice in (*spoken, *silent) if isinstance(notice, CaughtUp) for one in notice.notices]
    running = sum(1 for deadline in found.deadlines if deadline.day is not None and deadline.day >= desk.today)
    outcome = Outcome(
        source=NAME,
        status=Status.FAILED if trouble else Status.CHANGED if alerts else Status.UNCHANGED,
        message=trouble or f"{count(len(found.licenses), 'general license')}, {count(running, 'deadline')} to come",
        started_at=desk.now,
        as_of=desk.today,
        sha256=hashlib.sha256(msgspec.json.encode(found.deadlines)).hexdigest(),
        alerts=len(alerts),
    )
    with desk.store.transaction():
        desk.store.record_poll(outcome)
        desk.promise(alerts)
        for notice in (*silent, *inner):
            desk.store.promise(alert_of(notice, found, desk), [])
    return outcome


def alert_of(notice: Due, found: Calendar, desk: Desk) -> Alert:
    """A notice as an alert in the thread of its license or deadline; of several, in a thread of what was caught up."""
    notices = notice.notices if isinstance(notice, CaughtUp) else (notice,)
    numbers = {one.document_number for one in notices}
    threads = {thread_of(one.thread, found, desk.store) for one in notices}
    thread = threads.pop() if len(threads) == 1 else f"{NAME}:caught-up"
    kinds = {kind for number in numbers if number is not None for kind in found.kinds.get(number, ())}
    topics = tuple(sorted(kinds)) or (Kind.GENERAL_LICENSE,)
    return Alert(key=f"{NAME}:{notice.key}", thread=thread, topics=topics, created_at=desk.now, body=notice)


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
