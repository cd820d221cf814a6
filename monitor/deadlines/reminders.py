"""The notices of all deadlines but licenses: reminders, moved days, suspensions that have ended."""

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.deadlines.days import added_in_words, days_added, in_words, time_left
from monitor.deadlines.licenses.spans import ONE_DAY
from monitor.deadlines.licenses.steps import Holidays
from monitor.deadlines.notices import Subject, reminder
from monitor.model.deadlines import ClockNotice, Deadline, DeadlineKind, Move, NoticeKind, Quoted
from monitor.model.eastern import short_date


def deadline_notices(deadline: Deadline, day: date, days: Sequence[int], holidays: Holidays) -> Iterator[ClockNotice]:
    """The notices that are due on a day, by what was public by then."""
    yield from _moved(deadline, day, holidays)
    move = deadline.move_on(day)
    if move is None or move.day is None:
        return
    remaining = (move.day - day).days
    if remaining >= 0 and remaining in days:
        yield _reminder(deadline, move, move.day, day, holidays)
    if deadline.kind is DeadlineKind.SUSPENSION_ENDS and day == move.day + ONE_DAY:
        yield _returned(deadline, move, move.day, holidays)


def _moved(deadline: Deadline, day: date, holidays: Holidays) -> Iterator[ClockNotice]:
    for before, after in zip(deadline.moves, deadline.moves[1:], strict=False):
        if after.announced_on != day or after.day is None or before.day == after.day:
            continue
        more = added_in_words(days_added(before.day, after.day))
        earlier = "a day that could not be read" if before.day is None else in_words(before.day, holidays)
        later = in_words(after.day, holidays)
        yield ClockNotice(
            key=f"{deadline.key}:moved:{before.day}:{after.day}",
            thread=deadline.key,
            kind=NoticeKind.MOVED,
            on=after.public_on,
            title=deadline.title,
            about=deadline.kind,
            headline=f"Moved to {short_date(after.day)}{f' ({more})' if more else ''}: {deadline.kind.value}",
            says=f"{deadline.title}: the {deadline.kind.value} moves from {earlier} to {later}.",
            day=after.day,
            old_day=before.day,
            days=days_added(before.day, after.day),
            document_number=after.document_number,
            quotes=(_quoted(before), _quoted(after)),
        )


def _quoted(move: Move) -> Quoted:
    return Quoted(move.document_number, move.sentence)


def _reminder(deadline: Deadline, move: Move, end: date, today: date, holidays: Holidays) -> ClockNotice:
    kind, left = deadline.kind.value, time_left((end - today).days)
    means = f" {deadline.means}" if end == deadline.day else ""
    return reminder(
        Subject(key=deadline.key, thread=deadline.key, title=deadline.title, about=deadline.kind),
        end,
        today,
        event=_capital(kind),
        says=f"{deadline.title}: {kind} {left}, {in_words(end, holidays)}.{means}",
        document_number=move.document_number,
        quote=_quoted(move),
    )


def _returned(deadline: Deadline, move: Move, end: date, holidays: Holidays) -> ClockNotice:
    back = end + ONE_DAY
    return ClockNotice(
        key=f"{deadline.key}:{end}:returned",
        thread=deadline.key,
        kind=NoticeKind.RETURNED,
        on=back,
        title=deadline.title,
        about=deadline.kind,
        headline=f"Back in effect today, {short_date(back)}: the suspension has ended",
        says=f"{deadline.title}: by the words of {move.document_number} the suspension ended with "
        f"{in_words(end, holidays)}, and what was suspended is in effect again from today. "
        "Check that no later document prolongs it.",
        day=back,
        days=0,
        document_number=move.document_number,
        quotes=(_quoted(move),),
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
