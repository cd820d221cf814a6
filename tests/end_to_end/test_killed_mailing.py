"""Killed while it mails, at many moments: every reader has every alert, and nobody has another's."""

import os
import random
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import PYTHON, ROOT, at, configuration
from samples import FILED, alert
from soak import in_soak

from monitor.mail.message import message_id
from monitor.store.open import open_store, read_store

READERS = ("a@example.org", "b@example.org", "c@example.org")
ALERTS = ("first", "second", "third", "fourth", "fifth")
SENDER = "Export watch <watch@example.org>"
BEGIN = at("2019-05-15T12:00")
A_MAIL = 0.06  # seconds for one mail


@pytest.fixture
def owing(tmp_path: Path) -> Path:
    """A state that owes five alerts to three readers."""
    folder = tmp_path / "owing"
    folder.mkdir()
    with open_store(folder) as store, store.transaction():
        for key in ALERTS:
            owed = [(address, message_id(key, address, SENDER)) for address in READERS]
            store.enqueue(alert(FILED, key), owed)
    return folder


def owed_in(folder: Path) -> int:
    store = read_store(folder)
    assert store is not None
    with store:
        return store.deliveries_by_status()["owed"]


def expected() -> set[tuple[str, str]]:
    return {(address, message_id(key, address, SENDER)) for key in ALERTS for address in READERS}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("least", [5, in_soak(50)])
def test_nothing_is_lost_and_a_repeat_is_recognizable(
    sources: Any, mailbox: Any, owing: Path, tmp_path: Path, least: int
) -> None:
    chance, kills, repeats, round_ = random.Random(550), 0, 0, 0
    config = tmp_path / "monitor.toml"
    config.write_text(configuration(sources.url, mailbox.port), encoding="utf-8")
    mailbox.fault("slow", seconds=A_MAIL / 6)  # or all would be sent before a signal arrives
    while kills < least:
        round_ += 1
        state = tmp_path / f"state{round_}"
        shutil.copytree(owing, state)
        mailbox.clear()
        while owed_in(state):
            kills += mail_until_killed(config, state, mailbox, chance if kills < least else None)
        arrived = [(mail.recipients[0], mail.message["Message-ID"]) for mail in mailbox.messages]
        sent = [pair for pair in arrived if pair in expected()]  # beside them the first sight is confirmed
        assert set(sent) == expected()
        assert all(mail.recipients == [mail.message["To"]] for mail in mailbox.messages)
        repeats += len(sent) - len(expected())
    assert repeats <= kills  # a kill repeats at most the one mail whose end it did not see


def wait_at_most(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def mail_until_killed(config: Path, state: Path, mailbox: Any, chance: random.Random | None) -> int:
    """One check, killed when some more mails have arrived; without chance it is left alone. Returns 1 for a kill."""
    moment = (BEGIN + timedelta(minutes=1)).isoformat()
    options = ["--config", str(config), "--state", str(state), "--now", moment]
    process = subprocess.Popen(
        [PYTHON, "-m", "monitor", *options, "check", "--source", "inspection"],
        cwd=ROOT,
        env=os.environ | {"MONITOR_SMTP_PASSWORD": "p"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    if chance is not None:
        mailbox.wait(len(mailbox.messages) + chance.randint(1, min(4, owed_in(state))), 10)
        wait_at_most(process, chance.uniform(0, A_MAIL))
        process.kill()
    process.communicate()
    return int(process.returncode < 0)
