"""The ledger of polls."""

import sqlite3
from pathlib import Path

import pytest
from conftest import Bench

from monitor.__main__ import run


@pytest.fixture
def polled(bench: Bench) -> Path:
    """A state after three cycles."""
    for moment in ("2019-05-15T12:00", "2019-05-16T16:15", "2019-05-16T16:20"):
        bench.check(moment)
    return bench.folder


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
def test_an_altered_ledger_is_told_with_its_first_broken_poll(
    polled: Path, capsys: pytest.CaptureFixture[str], sql: str
) -> None:
    alter(polled, "PRAGMA foreign_keys = off")
    alter(polled, sql)
    assert verify(polled) == 1
    assert "the ledger is broken at poll " in capsys.readouterr().err


def test_there_is_no_ledger_before_the_first_poll(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(tmp_path / "none") == 1
    assert "nothing is kept" in capsys.readouterr().err
