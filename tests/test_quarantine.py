"""Lists that are not believed: kept, told to the operator alone, accepted by hand."""

from pathlib import Path
from typing import Any

import pytest
from conftest import Bench, configuration

from monitor.__main__ import run
from monitor.model.polls import Status
from monitor.model.settings import Operator

NEWS = "2019-05-23T08:00"


@pytest.fixture
def halved(sources: Any, mailbox: Any, tmp_path: Path) -> Bench:
    """A monitor with an operator, to which half of a list was sent."""
    bench = Bench(sources, mailbox, tmp_path / "state", operator=Operator(address="operator@example.org"))
    bench.check("2019-05-15T12:00")
    bench.mailbox.clear()
    bench.replay.fault("half-list", "/full/.*No.%204|/full/.*No. 4")
    cycle = bench.check(NEWS)
    assert cycle.outcomes[2].status is Status.FAILED
    bench.replay.clear_faults()
    return bench


def about_the_list(bench: Bench) -> list[str]:
    return [subject for subject in bench.subjects if "In the eCFR" in subject or "in the eCFR" in subject]


def test_readers_hear_nothing_and_the_operator_hears_once(halved: Bench) -> None:
    halved.replay.fault("half-list", "/full/.*No.%204|/full/.*No. 4")
    halved.check("2019-05-23T09:00")
    notices = [m for m in halved.mailbox.messages if "quarantine" in m.message["Subject"]]
    assert [mail.recipients for mail in notices] == [["operator@example.org"]]
    assert about_the_list(halved) == []


def test_the_next_good_answer_tells_exactly_the_change(halved: Bench) -> None:
    assert halved.check("2019-05-23T12:00").good
    told = [subject for subject in about_the_list(halved) if " agree: Entity List: " in subject]
    assert sorted(subject.split(":")[0] for subject in told) == [
        "In the eCFR, 16 of 16 agree",
        "In the eCFR, 70 of 70 agree",
    ]


def test_the_list_and_its_reason_are_shown_and_can_be_accepted(
    halved: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    (halved.folder.parent / "monitor.toml").write_text(
        configuration(halved.replay.url, halved.mailbox.port), encoding="utf-8"
    )
    state = ["--config", str(halved.folder.parent / "monitor.toml"), "--state", str(halved.folder), "--now", NEWS]
    assert run([*state, "quarantine", "list"]) == 0
    line = capsys.readouterr().out
    assert "Entity List as of 2019-05-21" in line
    assert "more than the 10% that may go at once" in line
    assert run([*state, "quarantine", "accept", "nothing"]) == 1
    assert "0 answers in quarantine begin with 'nothing'" in capsys.readouterr().err
    assert run([*state, "quarantine", "accept", line.split()[0]]) == 0
    assert "accepted by hand, changed" in capsys.readouterr().out
    assert run([*state, "quarantine", "list"]) == 0
    assert capsys.readouterr().out == "nothing is in quarantine\n"
