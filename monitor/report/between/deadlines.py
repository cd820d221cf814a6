"""Deadlines that were set, moved, or passed between two days."""

from collections.abc import Iterator, Sequence
from datetime import date

from monitor.model.deadlines import Deadline, Move
from monitor.model.reports import DeadlineReport


def deadlines_between(deadlines: Sequence[Deadline], start: date, end: date) -> tuple[DeadlineReport, ...]:
    """The deadlines that were set, moved or passed between two days, sorted by their day on the last one.

    A day has passed when it is over: on the day itself the deadline still runs.
    """
    low, high = min(start, end), max(start, end)
    found = []
    for one in deadlines:
        moves = tuple(move for move in one.moves if low < move.public_on <= high)
        passed = tuple(day for day in days_that_held(one, high) if low <= day < high)
        if moves or passed:
            found.append(
                DeadlineReport(
                    key=one.key,
                    kind=one.kind,
                    title=one.title,
                    means=one.means,
                    before=day_of(one.move_on(start)),
                    after=day_of(one.move_on(end)),
                    moves=moves,
                    passed=passed,
                )
            )
    return tuple(sorted(found, key=lambda d: (d.after or d.before or high, d.key)))


def days_that_held(deadline: Deadline, until: date) -> Iterator[date]:
    """The days that arrived before a public document moved them."""
    known = [move for move in deadline.moves if move.public_on <= until]
    for move, later in zip(known, [*known, None][1:], strict=True):
        if move.day is not None and (later is None or move.day < later.public_on):
            yield move.day


def day_of(move: Move | None) -> date | None:
    """The day that a move sets, if there is one."""
    return None if move is None else move.day
