"""The chart of general licenses over time: bars with their extensions and gaps."""

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap

from msgspec import Struct

from monitor.deadlines.licenses.spans import Span, spans_of
from monitor.model.eastern import long_date, short_date
from monitor.model.licenses import LicenseEvent
from monitor.model.reports import LicenseReport, Report
from monitor.report.formats.wording import license_name
from monitor.report.page.axis import Axis, Box, Label, Line, Picture, stacked, width_of

ONE_DAY = timedelta(days=1)
BAR, ROW, EDGE = 18.0, 16.0, 4.0
BOLD = 1.25  # of the width of a label, for a name
MOST_ROWS = 2  # of labels below a bar
HEAD = 30.0  # above the first lane: the labels of the two days
WIDTHS = {"wide": 980.0, "narrow": 350.0}


class Part(Struct, frozen=True):
    """Days on which a license held without being extended, first and last; `open` where no end is stated."""

    start: date
    last: date
    open: bool = False


def license_charts(report: Report) -> tuple[Picture, ...]:
    """The picture for wide and for narrow screens, none without a license that had days."""
    lanes = [(one, parts_of(one, report)) for one in report.licenses]
    lanes = [(one, parts) for one, parts in lanes if parts]
    return tuple(chart(report, lanes, size) for size in WIDTHS) if lanes else ()


def chart(report: Report, lanes: Sequence[tuple[LicenseReport, list[Part]]], size: str) -> Picture:
    """One picture: a lane for each license."""
    days = [day for _, parts in lanes for part in parts for day in (part.start, part.last)]
    low, high = min(report.start, report.end), max(report.start, report.end)
    axis = Axis(min(*days, low), max(*days, high) + ONE_DAY, EDGE, WIDTHS[size] - EDGE)
    boxes, lines, labels, y = list[Box](), list[Line](), list[Label](), HEAD
    for one, parts in lanes:
        bars, notes, y = lane(license_name(one, report), parts, axis, y)
        boxes += bars
        labels += notes
    marks = axis.ticks()
    lines += [Line("grid", x, HEAD - 6, x, y) for x, _ in marks]
    lines.append(Line("axis", axis.left, y, axis.right, y))
    labels += [Label("tick", x, y + 15, text, "middle") for x, text in marks]
    words = [(day, f"{short_date(day)}, {day.year}") for day in (low, high)]
    shown = [Label("bound", axis.x(day), 12, text, "middle") for day, text in words if axis.first <= day <= axis.last]
    bounds, rows = stacked(shown, axis.left, axis.right, 0.0)
    lines += [Line("bound", axis.x(day), 18, axis.x(day), y) for day, _ in words]
    labels += bounds if rows == 1 else bounds[-1:]
    return Picture(
        id=f"licenses-{size}",
        size=size,
        width=WIDTHS[size],
        height=y + 22,
        title="General licenses over time",
        summary=" ".join(summary_of(license_name(one, report), parts) for one, parts in lanes),
        boxes=tuple(boxes),
        lines=tuple(lines),
        labels=tuple(labels),
    )


def lane(name: str, parts: Sequence[Part], axis: Axis, y: float) -> tuple[list[Box], list[Label], float]:
    """One license from a height on: its name, its bars, the days on which they end; returns the height below it."""
    most = int((axis.right - axis.left) / width_of("n") / BOLD)
    lines = wrap(name, most)
    labels = [Label("name", axis.left + 6, y + 14 + ROW * number, line) for number, line in enumerate(lines)]
    top = y + 22 + ROW * (len(lines) - 1)
    boxes, before = list[Box](), None
    for number, part in enumerate(parts):
        if before is not None and part.start > before.last + ONE_DAY:
            title = f"not in force {long_date(before.last + ONE_DAY)} to {long_date(part.start - ONE_DAY)}"
            left, right = axis.x(before.last + ONE_DAY), axis.x(part.start)
            boxes.append(Box("gap", left, top + BAR / 2 - 3, max(1.0, right - left), 6, title))
        left, right = axis.x(part.start), axis.x(part.last + ONE_DAY)
        kind = "first" if number == 0 else f"extended{number % 2}"
        boxes.append(Box(kind, left, top, max(2.0, right - left - 1.5), BAR, part_in_words(part, number)))
        before = part
    ends = [
        Label("end", axis.x(part.last + ONE_DAY), top + BAR + 14, end_in_words(part, parts, number), "end")
        for number, part in enumerate(parts)
    ]
    notes, rows = kept_ends(ends, axis)
    return boxes, labels + notes, top + BAR + 14 + rows * ROW


def kept_ends(ends: Sequence[Label], axis: Axis) -> tuple[list[Label], int]:
    """The labels of the ends in two rows at most: the last one and the first one, then those that fit."""
    chosen: list[Label] = []
    for label in (ends[-1], *ends[:-1]):
        if stacked([*chosen, label], axis.left, axis.right, ROW)[1] <= MOST_ROWS:
            chosen.append(label)
    return stacked(chosen, axis.left, axis.right, ROW)


def parts_of(one: LicenseReport, report: Report) -> list[Part]:
    """The days on which a license held by what was public on the later day, cut where it was extended."""
    high = max(report.start, report.end)
    known = [event for event in one.license.history if event.public_on <= high]
    return [part for span in spans_of(known) for part in parts_of_span(span, known, high)]


def parts_of_span(span: Span, known: Sequence[LicenseEvent], high: date) -> list[Part]:
    """A span cut where one end was replaced by a later one."""
    start = span.start or min(event.effective_on for event in known)
    last = span.last or max(high, start)
    earlier = (event.new_expiry for event in known if event.new_expiry is not None)
    cuts = sorted({end for end in earlier if start <= end < last})
    begins = [start, *(cut + ONE_DAY for cut in cuts)]
    return [Part(a, b, open=span.last is None) for a, b in zip(begins, [*cuts, last], strict=True)]


def part_in_words(part: Part, number: int) -> str:
    """The tooltip of a bar."""
    until = "with no end stated" if part.open else f"through {long_date(part.last)}"
    return f"{'in force from' if number == 0 else 'extended from'} {long_date(part.start)} {until}"


def end_in_words(part: Part, parts: Sequence[Part], number: int) -> str:
    """The label of an end; the year where it is another one than before, the last one in full."""
    if part.open:
        return "no end"
    new_year = number == 0 or parts[number - 1].last.year != part.last.year or number == len(parts) - 1
    return f"{short_date(part.last)}, {part.last.year}" if new_year else short_date(part.last)


def summary_of(name: str, parts: Sequence[Part]) -> str:
    """The history of a license in a sentence, for people who do not see the chart."""
    periods = "; ".join(part_in_words(part, number) for number, part in enumerate(parts))
    return f"{name}: {periods}."
