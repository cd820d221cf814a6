"""The chart of how a list grew and shrank: additions by the rules of a day above the line, removals below."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from monitor.model.changes import Addition, Removal, Separation
from monitor.model.documents import Document
from monitor.model.eastern import count, long_date
from monitor.model.reports import ListReport, Report
from monitor.report.page.axis import APART, Axis, Box, Label, Line, Picture, placed
from monitor.report.page.license_chart import EDGE, WIDTHS

FEWEST = 2  # days with rules that are worth a chart
TALL = {"wide": 150.0, "narrow": 120.0}
TOP = 20.0


class Bar(Struct, frozen=True):
    """What the rules of one day did to a list."""

    day: date
    added: int
    removed: int
    rules: tuple[str, ...]


def growth_charts(one: ListReport, report: Report, documents: Mapping[str, Document]) -> tuple[Picture, ...]:
    """The picture for wide and for narrow screens, none where there were too few changes."""
    bars = bars_of(one, report, documents)
    return tuple(picture(one, bars, report, size) for size in WIDTHS) if len(bars) >= FEWEST else ()


def bars_of(one: ListReport, report: Report, documents: Mapping[str, Document]) -> list[Bar]:
    """The additions and removals of each day of publication; an addition counts for the first rule between."""
    added, removed, rules = defaultdict[date, int](int), defaultdict[date, int](int), defaultdict[date, set[str]](set)
    low = min(report.start, report.end)
    for entry in one.entries:
        if not entry.documents or not isinstance(entry.change, Addition | Removal | Separation):
            continue
        cited = sorted((documents[number] for number in entry.documents), key=lambda d: d.publication_date)
        rule = next((document for document in cited if document.publication_date > low), cited[-1])
        (removed if isinstance(entry.change, Removal) else added)[rule.publication_date] += 1
        rules[rule.publication_date].add(rule.citation or rule.document_number)
    return [Bar(day, added[day], removed[day], tuple(sorted(rules[day]))) for day in sorted(rules)]


def picture(one: ListReport, bars: list[Bar], report: Report, size: str) -> Picture:
    """One picture."""
    low, high = min(report.start, report.end), max(report.start, report.end)
    axis = Axis(min(low, bars[0].day), max(high, bars[-1].day), EDGE, WIDTHS[size] - EDGE)
    up, down = max(bar.added for bar in bars), max(bar.removed for bar in bars)
    scale = TALL[size] / max(1, up + down)
    zero = TOP + up * scale
    below = zero + max(down * scale, 2.0) + 4
    wide = round(min(14.0, max(2.0, (axis.right - axis.left) / (1.6 * len(bars)))), 1)
    boxes = tuple(box for bar in bars for box in boxes_of(bar, axis, zero, scale, wide))
    marks = axis.ticks()
    bottom = below + (14 if down else 0)
    return Picture(
        id=f"growth-{one.called.casefold().replace(' ', '-').replace('.', '')}-{size}",
        size=size,
        width=WIDTHS[size],
        height=bottom + 22,
        title=f"{one.called}: entries added and removed, by the day of the rule",
        summary=f"{count(len(bars), 'day')} with rules. {busiest_day(bars)}",
        boxes=boxes,
        lines=(
            *(Line("grid", x, TOP - 8, x, bottom) for x, _ in marks),
            Line("axis", axis.left, zero, axis.right, zero),
        ),
        labels=(
            *(Label("tick", x, bottom + 15, text, "middle") for x, text in marks),
            *numbers(bars, boxes, axis, zero, scale),
        ),
    )


def boxes_of(bar: Bar, axis: Axis, zero: float, scale: float, wide: float) -> list[Box]:
    """The two bars of a day."""
    x = min(max(axis.x(bar.day) - wide / 2, axis.left), axis.right - wide)
    words = f"{long_date(bar.day)}, {', '.join(bar.rules)}"
    found = []
    if bar.added:
        tall = max(1.5, bar.added * scale)
        found.append(Box("added", x, round(zero - tall, 1), wide, round(tall, 1), f"{words}: {bar.added:,} added"))
    if bar.removed:
        tall = max(1.5, bar.removed * scale)
        found.append(Box("removed", x, zero, wide, round(tall, 1), f"{words}: {bar.removed:,} removed"))
    return found


def numbers(bars: list[Bar], boxes: Sequence[Box], axis: Axis, zero: float, scale: float) -> list[Label]:
    """The numbers at the ends of the bars, the largest first, as many as fit without overlap."""
    wanted = [
        (number, Label("number", axis.x(bar.day), y, f"{sign}{number:,}", "middle"))
        for bar in bars
        for number, sign, y in (
            (bar.added, "+", zero - bar.added * scale - 5),
            (bar.removed, "−", zero + bar.removed * scale + 14),
        )
        if number
    ]
    found: list[Label] = []
    for _, label in sorted(wanted, key=lambda one: -one[0]):
        ways = (placed(Label("number", x, label.y, label.text, how), axis.left, axis.right) for x, how in (
            (label.x, "middle"), (label.x + 6, "end"), (label.x - 6, "start"),
        ))  # fmt: skip
        free = (w for w in ways if all(clear(w, one) for one in found) and not any(touches(w, box) for box in boxes))
        found += [one for one in [next(free, None)] if one is not None]
    return found


def clear(one: Label, other: Label) -> bool:
    """Whether two numbers do not touch."""
    return one.right + APART / 2 <= other.left or other.right + APART / 2 <= one.left or abs(one.y - other.y) > 13


def touches(label: Label, box: Box) -> bool:
    """Whether a number overlaps a bar."""
    across = label.left < box.x + box.width and box.x < label.right
    return across and box.y < label.y + 2 and label.y - 10 < box.y + box.height


def busiest_day(bars: list[Bar]) -> str:
    """The day with the most, for people who do not see the chart."""
    most = max(bars, key=lambda bar: bar.added + bar.removed)
    return f"The most on {long_date(most.day)}: {most.added:,} added, {most.removed:,} removed."
