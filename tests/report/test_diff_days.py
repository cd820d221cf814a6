"""Any two days: what the report says is what the corpus says of the list, in both directions and in steps."""

import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from composed_lists import FIRST, in_force, plain
from harness import SHARED, Bench, at
from soak import every

from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.entries import Entry
from monitor.model.reports import Chosen
from monitor.polls.on_demand.gaps import supplement_steps
from monitor.report.build import build_report
from monitor.sources.ecfr import ENTITY_LIST

pytestmark = pytest.mark.skipif(
    not SHARED.exists() and not os.environ.get("CI"), reason="the corpus is not beside this clone"
)
NOW, LAST = "2026-01-15T12:00", date(2025, 12, 1)
RANDOM = random.Random(20190515)
Said = tuple[str, str]


def days_drawn(number: int) -> list[date]:
    return sorted(FIRST + timedelta(days=RANDOM.randrange((LAST - FIRST).days)) for _ in range(number))


PAIRS = [tuple(days_drawn(2)) for _ in range(30)]
TRIPLES = [tuple(days_drawn(3)) for _ in range(4)]


@pytest.fixture(scope="module")
def bench(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Nothing kept, and the sources as they are after all these days."""
    from replay import Replay
    from smtp_sink import SmtpSink

    with Replay(corpus, at(NOW)) as replay, SmtpSink(user="u", password="p") as sink:
        yield Bench(replay, sink, Path(tmp_path_factory.mktemp("days")) / "state")


COMPARED: dict[tuple[date, date], tuple[Change, ...]] = {}


def between(bench: Bench, start: date, end: date) -> tuple[Change, ...]:
    """What the report says of the Entity List; each pair of days is compared once."""
    if (start, end) not in COMPARED:
        COMPARED[start, end] = compared(bench, start, end)
    return COMPARED[start, end]


def compared(bench: Bench, start: date, end: date) -> tuple[Change, ...]:
    """What the report says of the Entity List, after fetching what is missing."""
    with bench.app.context() as context:
        for step in list(supplement_steps(context, (start, end), (ENTITY_LIST,))):
            step.run()
        found = build_report(context.store, start, end, chosen=Chosen(lists=(ENTITY_LIST.name,)), made_at=context.now)
    (one,) = found.lists
    assert [side.as_of for side in one.evidence] == [start, end]
    return one.changes


def stated(day: date) -> Counter[Said]:
    """What the corpus says that stood in the list on a day."""
    rows = ((row, version) for row, version in in_force(day) if row.get("_kind") != "reserved")
    return Counter((short_name(row["country"]), key(plain(version["entity_xml"]))) for row, version in rows)


def said(entry: Entry) -> Said:
    return short_name(entry.country), key(entry.cells.entity)


def applied(before: Counter[Said], changes: tuple[Change, ...]) -> Counter[Said]:
    """The list after its changes; what goes must have been there."""
    sides = [sides_of(change) for change in changes]
    after = before.copy()
    after.subtract(old for old, _ in sides if old is not None)
    assert min(after.values()) >= 0
    after.update(new for _, new in sides if new is not None)
    return +after


def sides_of(change: Change) -> tuple[Said | None, Said | None]:
    """What stood there before and what stands there after."""
    match change:
        case Revision(before, after, _):
            return said(before), said(after)
        case Removal(entry) | Merger(entry, _):
            return said(entry), None
        case Addition(entry) | Separation(entry, _):
            return None, said(entry)


def mirrored(change: Change) -> tuple[str, ...]:
    """A change as it must look from the other side."""
    match change:
        case Revision(before, after, fields):
            return "revision", *said(after), *said(before), *sorted(field.field for field in fields)
        case Addition(entry):
            return "removal", *said(entry)
        case Removal(entry):
            return "addition", *said(entry)
        case Merger(entry, _):
            return "separation", *said(entry)
        case Separation(entry, _):
            return "merger", *said(entry)


def shown(change: Change) -> tuple[str, ...]:
    if isinstance(change, Revision):
        fields = sorted(field.field for field in change.fields)
        return "revision", *said(change.before), *said(change.after), *fields
    return type(change).__name__.lower(), *said(change.entry)


@pytest.mark.parametrize(("start", "end"), every(6, PAIRS), ids=str)
def test_the_changes_between_two_days_make_the_later_list_of_the_earlier_one(
    bench: Bench, start: date, end: date
) -> None:
    assert applied(stated(start), between(bench, start, end)) == stated(end)


@pytest.mark.parametrize(("start", "end"), every(6, PAIRS[:10]), ids=str)
def test_the_other_direction_is_the_inverse(bench: Bench, start: date, end: date) -> None:
    there, back = between(bench, start, end), between(bench, end, start)
    assert Counter(map(shown, back)) == Counter(map(mirrored, there))


@pytest.mark.parametrize("days", every(4, [(days,) for days in TRIPLES]), ids=str)
def test_two_steps_come_to_the_same_as_one(bench: Bench, days: tuple[date, ...]) -> None:
    first, _, last = days
    after = stated(first)
    for start, end in pairwise(days):
        after = applied(after, between(bench, start, end))
    assert after == applied(stated(first), between(bench, first, last))


@pytest.mark.parametrize(("start", "end"), every(6, PAIRS), ids=str)
def test_nobody_is_reported_as_removed_and_added_at_once(bench: Bench, start: date, end: date) -> None:
    changes = between(bench, start, end)
    gone = {said(change.entry) for change in changes if isinstance(change, Removal)}
    assert gone & {said(change.entry) for change in changes if isinstance(change, Addition)} == set()


def test_what_is_kept_is_not_asked_for_again(bench: Bench) -> None:
    start, end = PAIRS[0]
    compared(bench, start, end)
    bench.replay.clear_requests()
    compared(bench, start, end)
    assert [r.path for r in bench.replay.requests if "/full/" in r.path] == []
