"""What is due of the deadlines that are no license: reminders, moved days, what comes back by itself."""

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.deadlines.days import gained, gained_words, left, said
from monitor.deadlines.licenses.spans import ONE_DAY
from monitor.deadlines.licenses.steps import Holidays
from monitor.model.deadlines import ClockNotice, Deadline, DeadlineKind, Move, NoticeKind, Quoted
from monitor.model.eastern import short_date


def due_of(deadline: Deadline, day: date, days: Sequence[int], holidays: Holidays) -> Iterator[ClockNotice]:
    """What is due on a day, by what was public by then."""
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
        more = gained_words(gained(before.day, after.day))
        earlier = "a day that could not be read" if before.day is None else said(before.day, holidays)
        yield ClockNotice(
            key=f"{deadline.key}:moved:{before.day}:{after.day}",
            thread=deadline.key,
            kind=NoticeKind.MOVED,
            on=after.public_on,
            title=deadline.title,
            about=deadline.kind,
            headline=f"Moved to {short_date(after.day)}{f' ({more})' if more else ''}: {deadline.kind.value}",
            says=f"{deadline.title}: the {deadline.kind.value} moves from {earlier} to {said(after.day, holidays)}.",
            day=after.day,
            old_day=before.day,
            days=gained(before.day, after.day),
            document_number=after.document_number,
            quotes=_quotes(before, after),
        )


def _quotes(*moves: Move) -> tuple[Quoted, ...]:
    return tuple(Quoted(move.document_number, move.sentence) for move in moves)


def _reminder(deadline: Deadline, move: Move, end: date, day: date, holidays: Holidays) -> ClockNotice:
    remaining = (end - day).days
    means = f" {deadline.means}" if end == deadline.day else ""
    return ClockNotice(
        key=f"{deadline.key}:{end}:left:{remaining}",
        thread=deadline.key,
        kind=NoticeKind.REMINDER,
        on=day,
        title=deadline.title,
        about=deadline.kind,
        headline=f"{_capital(deadline.kind.value)} {left(remaining)}, {short_date(end)}",
        says=f"{deadline.title}: {deadline.kind.value} {left(remaining)}, {said(end, holidays)}.{means}",
        day=end,
        days=remaining,
        document_number=move.document_number,
        quotes=_quotes(move),
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
        f"{said(end, holidays)}, and what was suspended is in effect again from today. "
        "Check that no later document prolongs it.",
        day=back,
        days=0,
        document_number=move.document_number,
        quotes=_quotes(move),
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
