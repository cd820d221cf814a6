"""The ledger of polls."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.__main__ import run


@pytest.fixture
def polled(play: Callable[..., Path], tmp_path: Path) -> Path:
    """A state after three cycles."""
    return shutil.copytree(play("2019-05-15T12:00", "2019-05-16T16:15", "2019-05-16T16:20"), tmp_path / "state")


def verify(folder: Path) -> int:
    return run(["--state", str(folder), "ledger", "verify"])


def alter(folder: Path, sql: str) -> None:
    with sqlite3.connect(folder / "monitor.sqlite") as db:
        db.execute(sql)
    db.close()


def test_an_untouched_ledger_is_whole(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(polled) == 0
    assert "each as it was recorded" in capsys.readouterr().out


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE poll SET status = 'failed', good = 0 WHERE id = 4",
        "UPDATE poll SET started_at = '2019-05-16T00:00:00.000000+00:00' WHERE id = 4",
        "DELETE FROM poll WHERE id = 4",
        "UPDATE poll SET alerts = alerts + 1 WHERE id = 4",
    ],
)
def test_an_altered_ledger_is_reported_with_its_first_broken_poll(
    polled: Path, capsys: pytest.CaptureFixture[str], sql: str
) -> None:
    alter(polled, "PRAGMA foreign_keys = off")
    alter(polled, sql)
    assert verify(polled) == 1
    assert "the ledger is broken at poll " in capsys.readouterr().err


# -- evidence


@pytest.mark.parametrize(
    ("sql", "bad"),
    [
        ("UPDATE snapshot SET body = (SELECT body FROM snapshot WHERE id = 2) WHERE id = 1", "snapshot 1 (Entity List"),
        ("UPDATE snapshot SET body = x'00' WHERE id = 2", "snapshot 2 ("),
        ("UPDATE snapshot SET sha256 = 'feed' WHERE id = 1", "snapshot 1 (Entity List"),
        ("UPDATE document SET row = CAST(replace(row, 'a', 'b') AS BLOB) WHERE id = 1", "document 1 ("),
        ("UPDATE text SET body = x'' WHERE id = 1", "text 1 ("),
    ],
)
def test_evidence_that_is_not_what_was_kept_is_reported_with_its_row(
    polled: Path, capsys: pytest.CaptureFixture[str], sql: str, bad: str
) -> None:
    alter(polled, sql)
    assert verify(polled) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"fedreg-monitor: {bad}")
    assert "is not what was kept: its bytes" in line


def test_the_verdict_as_json_names_every_row(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--state", str(polled), "ledger", "verify", "--format", "json"]
    assert run(command) == 0
    whole = json.loads(capsys.readouterr().out)
    assert (whole["whole"], whole["broken_poll"], whole["bad_evidence"]) == (True, None, [])
    assert whole["polls"] == 11
    alter(polled, "UPDATE text SET body = x'00' WHERE id IN (1, 2)")
    alter(polled, "UPDATE poll SET message = 'all is well' WHERE id = 3")
    assert run(command) == 1
    broken = json.loads(capsys.readouterr().out)
    assert (broken["whole"], broken["broken_poll"]) == (False, 3)
    assert [(bad["table"], bad["id"]) for bad in broken["bad_evidence"]] == [("text", 1), ("text", 2)]


# -- a link of an old mail


def links(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert run(["--state", str(folder), "ledger", "list", "--format", "json"]) == 0
    return [row["chain"] for row in json.loads(capsys.readouterr().out)]


def test_an_old_link_is_in_the_chain_and_one_of_another_state_is_not(
    polled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fourth = links(polled, capsys)[3]
    command = ["--state", str(polled), "ledger", "verify", "--head"]
    assert run([*command, fourth[:12].upper()]) == 0
    assert f"the link {fourth[:12]} is in the chain: poll 4" in capsys.readouterr().out
    assert run([*command, "0" * 64]) == 1
    assert "is not in the chain" in capsys.readouterr().err


def test_polls_taken_from_the_end_are_missed_by_the_link_alone(
    polled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last = links(polled, capsys)[-1]
    alter(polled, "PRAGMA foreign_keys = off")
    alter(polled, "DELETE FROM poll WHERE id = (SELECT max(id) FROM poll)")
    assert verify(polled) == 0
    assert run(["--state", str(polled), "ledger", "verify", "--head", last]) == 1


def test_a_link_after_a_broken_poll_proves_nothing(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = links(polled, capsys)[-1]
    alter(polled, "UPDATE poll SET message = 'all is well' WHERE id = 3")
    assert run(["--state", str(polled), "ledger", "verify", "--head", last]) == 1
    assert f"the link {last} is not in the chain" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["abc", "x" * 64, ""])
def test_what_is_no_link_is_a_wrong_argument(polled: Path, text: str) -> None:
    assert run(["--state", str(polled), "ledger", "verify", "--head", text]) == 2


# -- the list


def test_the_polls_are_listed_on_a_line_each_from_a_day_on(polled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--state", str(polled), "ledger", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 11
    assert "1 2019-05-15 12:00 ET inspection  baseline   1 document of BIS" in lines[0]
    assert run(["--state", str(polled), "ledger", "list", "--since", "2019-05-16"]) == 0
    assert capsys.readouterr().out.splitlines() == lines[4:]


def test_there_is_no_ledger_before_the_first_poll(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(tmp_path / "none") == 1
    assert "nothing is kept" in capsys.readouterr().err
