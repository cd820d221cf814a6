"""One reading: in a cycle every list, text and title is read once, however many documents are kept."""

import hashlib
import json
import sqlite3
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from harness import Bench, at

from monitor.evidence import readings
from monitor.law import document as documents_of_law
from monitor.law.rules.classify import classify_metadata
from monitor.law.rules.reading import read_rule
from monitor.law.supplement import read_supplement
from monitor.store import open as opening

BEFORE, CHANGED = "2019-05-21T12:00", "2019-05-24T12:00"  # between them the eCFR lists what was published before
MOST_STATEMENTS = 300
FEW, MANY = 50, 5_000
Counts = Counter[str]


# What is counted, by the code that does it.
COUNTED = {
    read_supplement.__code__: "supplements",
    read_rule.__code__: "texts",
    classify_metadata.__code__: "titles",
}


@pytest.fixture
def counts() -> Iterator[Counts]:
    """What is counted from here on: statements, and what is read of lists, texts and titles, in a fresh process."""
    found: Counts = Counter()

    def count(frame: FrameType, event: str, called: Any) -> None:
        if event == "call" and frame.f_code in COUNTED:
            found[COUNTED[frame.f_code]] += 1
            if frame.f_code is read_supplement.__code__:
                found[f"supplement {hashlib.sha256(frame.f_locals['body']).hexdigest()}"] += 1
        elif event == "c_call" and isinstance(getattr(called, "__self__", None), sqlite3.Connection):
            found["statements"] += called.__name__ in ("execute", "executemany", "executescript")

    forget()
    sys.setprofile(count)
    yield found
    sys.setprofile(None)


def forget() -> None:
    """What a process remembers is gone with it."""
    readings.SUPPLEMENTS.forget()
    documents_of_law._kind_by_metadata.cache_clear()


def keep_more(folder: Path, number: int) -> None:
    """Keep documents of past years beside those that are kept, every other one with a text."""
    with sqlite3.connect(folder / opening.FILE) as db:
        poll = db.execute("SELECT max(id) FROM poll").fetchone()[0]
        rows = [json.loads(row) for (row,) in db.execute("SELECT row FROM document WHERE source = 'published'")]
        for index in range(number):
            day = date(2008, 1, 2) + timedelta(days=index % 3_600)
            name, volume = f"{day.year}-9{index:05}", day.year - 1935
            row = rows[index % len(rows)]
            row = json.loads(json.dumps(row).replace(row["document_number"], name))
            row |= {"publication_date": day.isoformat(), "volume": volume, "start_page": index, "end_page": index}
            row |= {"title": f"{row['title']} {index}", "type": ("Rule", "Notice")[index % 4 // 2]}
            raw, text = json.dumps(row).encode(), f"Nothing of the lists, {index}.".encode()
            db.execute(
                """INSERT INTO document (poll, source, document_number, publication_date, sha256, seen_at, row)
                   VALUES (?, 'published', ?, ?, ?, '2019-05-21T12:00:00.000000+00:00', ?)""",
                [poll, name, day.isoformat(), hashlib.sha256(raw).hexdigest(), raw],
            )
            if index % 2 == 0:
                db.execute(
                    """INSERT INTO text (poll, document_number, form, url, fetched_at, sha256, body)
                       VALUES (?, ?, 'xml', '', '2019-05-21T12:00:00.000000+00:00', ?, ?)""",
                    [poll, name, hashlib.sha256(text).hexdigest(), zlib.compress(text)],
                )
    db.close()


def changed_cycle(bench: Bench, counts: Counts, more: int) -> Counts:
    """What a cycle does in which the Entity List changed, as a process of its own, beside so many other documents."""
    bench.check("2019-05-15T12:00")
    keep_more(bench.folder, more)
    bench.check(BEFORE)
    forget()
    counts.clear()
    cycle = bench.check(CHANGED)
    assert [(o.source, o.status.value) for o in cycle.outcomes if o.source == "ecfr"] == [("ecfr", "changed")]
    return Counter(counts)


@pytest.fixture
def benches(corpus: Any, tmp_path: Path) -> Iterator[Callable[[], Bench]]:
    """Monitors that each begin anew."""
    from replay import Replay
    from smtp_sink import SmtpSink

    with Replay(corpus, at("2019-05-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        made: list[Bench] = []

        def make() -> Bench:
            replay.set_now(at("2019-05-15T12:00"))
            made.append(Bench(replay, sink, tmp_path / str(len(made))))
            return made[-1]

        yield make


def test_a_changed_list_and_the_one_before_it_are_each_parsed_once(bench: Bench, counts: Counts) -> None:
    found = changed_cycle(bench, counts, 0)
    parsed = {name: times for name, times in found.items() if name.startswith("supplement ")}
    assert set(parsed.values()) == {1}
    with sqlite3.connect(bench.folder / opening.FILE) as db:
        sql = "SELECT sha256 FROM snapshot WHERE name = 'Entity List' ORDER BY as_of DESC LIMIT 2"
        lists = {f"supplement {sha256}" for (sha256,) in db.execute(sql)}
    db.close()
    assert len(lists & set(parsed)) == 2


def test_a_changed_cycle_takes_few_statements(bench: Bench, counts: Counts) -> None:
    assert changed_cycle(bench, counts, 0)["statements"] <= MOST_STATEMENTS


def test_many_kept_documents_cost_what_few_cost(benches: Callable[[], Bench], counts: Counts) -> None:
    few = changed_cycle(benches(), counts, FEW)
    many = changed_cycle(benches(), counts, MANY)
    for what in ("statements", "supplements", "texts", "titles"):
        assert many[what] <= few[what] + 3, what
    assert many["statements"] <= MOST_STATEMENTS


def test_a_cycle_without_changes_reads_no_list_and_no_text(bench: Bench, counts: Counts) -> None:
    bench.check("2019-05-24T12:00")
    forget()
    counts.clear()
    bench.check("2019-05-24T14:00")
    assert (counts["supplements"], counts["texts"]) == (0, 0)
