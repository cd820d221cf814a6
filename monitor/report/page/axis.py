"""A time axis, and labels that do not overlap, for both charts."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import Struct

CHARACTER = 7.0  # units that a character of a label takes on the average, at a font size of 12, generously
SIGN = 4.0  # more, as a plus or minus is wide and occurs in short labels
APART = 8.0  # units between two labels


class Line(Struct, frozen=True):
    """A straight line; `kind` names its style."""

    kind: str
    x1: float
    y1: float
    x2: float
    y2: float


class Box(Struct, frozen=True):
    """A rectangle; `kind` names its style, `title` is its tooltip."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    title: str


class Label(Struct, frozen=True):
    """A text; `x` is its `anchor` (start, middle or end), `y` its base line."""

    kind: str
    x: float
    y: float
    text: str
    anchor: str = "start"

    @property
    def left(self) -> float:
        """Where it begins."""
        width = width_of(self.text)
        return self.x - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]

    @property
    def right(self) -> float:
        """Where it ends, generously."""
        return self.left + width_of(self.text)


class Picture(Struct, frozen=True, kw_only=True):
    """A drawing of so many units; `size` is "wide" or "narrow", shown on screens of that kind at about one to one."""

    id: str
    size: str
    width: float
    height: float
    title: str
    summary: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    labels: tuple[Label, ...]

    @property
    def has_gap(self) -> bool:
        """Whether something on it was interrupted."""
        return any(box.kind == "gap" for box in self.boxes)


class Axis(Struct, frozen=True):
    """The days from `first` to `last` over the units from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """The position of a day; days outside are put at the ends."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + min(1.0, max(0.0, share)) * (self.right - self.left), 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Marks of years, or of months where there are few years, as close as their labels allow."""
        months = [*months_between(self.first, self.last)]
        for step in (1, 2, 3, 6, 12, 24, 60):
            marks = [(self.x(m), mark_of(m, step)) for m in months if (m.year * 12 + m.month - 1) % step == 0]
            room = min((b[0] - a[0] for a, b in pairwise(marks)), default=1e9)
            if room >= max((width_of(text) for _, text in marks), default=0) + APART:
                return [(x, text) for x, text in marks if self.left + 1 < x < self.right - width_of(text) / 2]
        return []


def months_between(first: date, last: date) -> Iterator[date]:
    """The first days of the months between."""
    month = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    while month <= last:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def mark_of(month: date, step: int) -> str:
    """A month by its short name, January by its year."""
    return f"{month.year}" if month.month == 1 or step >= 12 else f"{month:%b}"


def width_of(text: str) -> float:
    """How wide a label is at most."""
    return len(text) * CHARACTER + SIGN


def placed(label: Label, left: float, right: float) -> Label:
    """A label moved inside; at an edge it is anchored there, whatever its true width."""
    if label.left < left:
        return Label(label.kind, left, label.y, label.text)
    return Label(label.kind, right, label.y, label.text, "end") if label.right > right else label


def stacked(labels: Sequence[Label], left: float, right: float, step: float) -> tuple[list[Label], int]:
    """Labels in as many rows as they need not to overlap; returns them and the number of rows."""
    ends: list[float] = []
    found = []
    for label in sorted((placed(one, left, right) for one in labels), key=lambda one: one.left):
        row = next((n for n, end in enumerate(ends) if end + APART <= label.left), len(ends))
        ends[row : row + 1] = [label.right]
        found.append(Label(label.kind, label.x, label.y + row * step, label.text, label.anchor))
    return found, len(ends)
