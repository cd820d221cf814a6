"""Rules that the eCFR should have followed by now."""

from copy import copy
from datetime import date
from pathlib import Path
from typing import Any

from harness import Bench, at


def told(bench: Bench) -> list[str]:
    return [subject for subject in bench.subjects if subject.startswith("Not in the eCFR")]


def test_a_rule_that_the_list_bears_out_is_not_reported(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.check("2019-05-21T12:00")
    for day in ("2019-05-29", "2019-05-30", "2019-06-05"):
        bench.check(f"{day}T12:00")
    assert told(bench) == []


def test_a_rule_that_the_list_does_not_follow_is_reported_once(corpus: Any, mailbox: Any, tmp_path: Path) -> None:
    from replay import Replay

    without = copy(corpus)
    without.rows = [row for row in corpus.rows if row.start != date(2019, 5, 21)]
    with Replay(without, at("2019-05-15T12:00")) as replay:
        bench = Bench(replay, mailbox, tmp_path / "state")
        for day in ("2019-05-15", "2019-05-21", "2019-05-23", "2019-06-03", "2019-06-04"):
            bench.check(f"{day}T12:00")
    assert len(told(bench)) == 1
