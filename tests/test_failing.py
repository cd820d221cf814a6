"""The life of a failure."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Bench

from monitor.model.settings import Operator

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def operated(sources: Any, mailbox: Any, tmp_path: Path) -> Bench:
    """A monitor with an operator that has seen everything once."""
    bench = Bench(sources, mailbox, tmp_path / "state", operator=Operator(address="operator@example.org"))
    bench.check("2019-05-15T12:00")
    mailbox.clear()
    return bench


def told(bench: Bench) -> list[tuple[str, str]]:
    return [(mail.recipients[0], mail.message["Subject"]) for mail in bench.mailbox.messages]


def test_a_failure_that_passes_is_told_to_nobody(operated: Bench) -> None:
    operated.replay.fault("status-500", r"current\.json", times=2)
    operated.check("2019-05-15T12:05")
    operated.check("2019-05-15T12:10")
    assert told(operated) == []


def test_a_failure_that_lasts_is_told_once_and_its_end_once(operated: Bench) -> None:
    operated.replay.fault("status-500", r"current\.json")
    for minute in range(5, 40, 5):
        operated.check(f"2019-05-15T12:{minute:02}")
    assert told(operated) == [("operator@example.org", "fedreg-monitor: the source inspection fails")]
    operated.replay.clear_faults()
    operated.check("2019-05-15T15:15")
    operated.check("2019-05-15T15:20")
    assert told(operated)[1:] == [("operator@example.org", "fedreg-monitor: the source inspection answers again")]
    said = str(operated.mailbox.messages[1].message.get_body(("plain",)).get_content())
    assert "It failed for 3 h 10 min (7 polls)" in " ".join(said.split())
    assert "Nothing was missed." in said


def test_a_second_failure_is_told_again(operated: Bench) -> None:
    for hour in (12, 14):
        operated.replay.fault("status-500", r"current\.json")
        for minute in (5, 10, 15):
            operated.check(f"2019-05-15T{hour}:{minute}" if minute > 9 else f"2019-05-15T{hour}:0{minute}")
        operated.replay.clear_faults()
        operated.check(f"2019-05-15T{hour}:30")
    assert [subject.rsplit(" ", 1)[-1] for _, subject in told(operated)] == ["fails", "again", "fails", "again"]
