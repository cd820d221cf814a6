"""A backfill that is killed again and again ends with the same evidence, and asks for nothing that it has."""

import os
import random
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gate import Gate, Process
from harness import PYTHON, ROOT, configuration
from soak import in_soak

from monitor.sources import ecfr, published
from monitor.store.open import FILE

NOW = "2020-12-31T12:00:00-05:00"
# What the evidence says, without row ids and moments.
EVIDENCE = {
    "snapshot": "SELECT name, as_of, sha256, watched FROM snapshot",
    "document": "SELECT source, document_number, publication_date, sha256 FROM document",
    "text": "SELECT document_number, form, url, sha256 FROM text",
    "covered": "SELECT name, since, until, known_through FROM covered",
    "version_list": "SELECT part, page, known_through, sha256 FROM version_list",
}


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def gated(corpus: Any, gate: Gate) -> Iterator[Any]:
    from replay import Replay

    with Replay(corpus, NOW, on_request=gate) as replay:
        yield replay


def start(config: Path, state: Path) -> Process:
    options = ["--config", str(config), "--state", str(state), "--now", NOW]
    command = ["backfill", "--since", "2019-05-15", "--until", "2019-12-31"]
    return subprocess.Popen(
        [PYTHON, "-m", "monitor", *options, *command],
        cwd=ROOT,
        env=os.environ | {"MONITOR_SMTP_PASSWORD": "p"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def rows(state: Path, sql: str) -> list[tuple[Any, ...]]:
    if not (state / FILE).exists():
        return []
    db = sqlite3.connect(state / FILE)
    try:
        return sorted(db.execute(sql).fetchall())
    finally:
        db.close()


def evidence(state: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(state, sql) for table, sql in EVIDENCE.items()}


def finished_urls(state: Path, url: str) -> set[str]:
    """Everything that an interrupted backfill has finished, as addresses."""
    supplements = {supplement.name: supplement for supplement in ecfr.MONITORED}
    found = {text for (text,) in rows(state, "SELECT url FROM text")}
    for name, as_of in rows(state, "SELECT name, as_of FROM snapshot"):
        found.add(ecfr.text_url(f"{url}/ecfr", date.fromisoformat(as_of), supplements[name]))
    for since, until in rows(state, "SELECT since, until FROM covered WHERE name = 'documents'"):
        days = (date.fromisoformat(since), date.fromisoformat(until))
        found.add(published.first_page_url(f"{url}/federalregister", *days))
    return found


def asked(replay: Any) -> set[str]:
    return {f"{replay.url}{line.path}{f'?{line.query}' if line.query else ''}" for line in replay.requests}


@pytest.mark.parametrize("kills", [3, in_soak(10)])
def test_kills_change_nothing_and_nothing_finished_is_asked_for_again(
    gate: Gate, gated: Any, tmp_path: Path, kills: int
) -> None:
    chance = random.Random(20190515)
    config = tmp_path / "monitor.toml"
    config.write_text(configuration(gated.url, 9), encoding="utf-8")
    undisturbed = start(config, tmp_path / "undisturbed")
    undisturbed.communicate(timeout=90)
    assert undisturbed.returncode == 0
    everything, had, ends = asked(gated), set[str](), []
    state = tmp_path / "state"
    for _ in range(kills):
        gated.clear_requests()
        process = start(config, state)
        gate.wait_for_request(chance.randint(1, 9), 20)
        if chance.random() < 0.5:
            gate.reached.wait(chance.uniform(0, 0.02))
        process.kill()
        process.communicate()
        ends.append(process.returncode)
        assert not asked(gated) & had
        had = finished_urls(state, gated.url)
        assert had <= everything
    gated.clear_requests()
    last = start(config, state)
    out, err = last.communicate(timeout=90)
    assert (last.returncode, out.count("\n")) == (0, 1), err
    assert not asked(gated) & had
    assert evidence(state) == evidence(tmp_path / "undisturbed")
    assert ends == [-signal.SIGKILL] * kills
    assert rows(state, "SELECT count(*) FROM alert") == [(0,)]
