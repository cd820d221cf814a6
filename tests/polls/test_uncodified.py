"""Rules that the eCFR should have followed by now."""

from datetime import date
from typing import Any

from harness import Bench


def told(bench: Bench) -> list[str]:
    return [subject for subject in bench.subjects if subject.startswith("Not in the eCFR")]


def test_a_rule_that_the_list_bears_out_is_not_reported(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.check("2019-05-21T12:00")
    for day in ("2019-05-29", "2019-05-30", "2019-06-05"):
        bench.check(f"{day}T12:00")
    assert told(bench) == []


def test_a_rule_that_the_list_does_not_follow_is_reported_once(bench: Bench, corpus: Any) -> None:
    bench.check("2019-05-15T12:00")
    bench.check("2019-05-21T12:00")
    rows = list(corpus.rows)
    corpus.rows[:] = [row for row in rows if row.start != date(2019, 5, 21)]
    try:
        for day in ("2019-05-23", "2019-06-03", "2019-06-04"):
            bench.check(f"{day}T12:00")
    finally:
        corpus.rows[:] = rows
    assert len(told(bench)) == 1
