"""Mail that is owed or was refused, by hand."""

from pathlib import Path
from typing import Any

import pytest

from monitor.__main__ import run


@pytest.fixture
def command(configured: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line on a state of its own."""
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "p")
    before = ["--config", str(configured), "--state", str(tmp_path / "state"), "--now", "2019-05-15T12:00:00-04:00"]
    return lambda *words: run([*before, *words])


def test_a_refused_mail_is_shown_owed_again_and_sent(
    command: Any, mailbox: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    mailbox.fault("reject-recipient", times=1)
    assert command("check") == 1
    assert mailbox.messages == []
    assert command("outbox", "list") == 0
    assert "refused  officer@example.org  baseline:" in capsys.readouterr().out
    assert command("outbox", "retry", "1") == 0
    assert command("check") == 0
    assert len(mailbox.messages) == 1
    capsys.readouterr()
    assert command("outbox", "list") == 0
    assert capsys.readouterr().out == "nothing is owed, and nothing was refused\n"


def test_a_mail_that_was_given_up_is_not_sent(command: Any, mailbox: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("check", "--no-mail") == 0
    assert command("outbox", "drop", "1") == 0
    assert command("check") == 0
    assert mailbox.messages == []
    capsys.readouterr()
    assert command("outbox", "list") == 0
    assert "1  refused  officer@example.org" in capsys.readouterr().out


def test_a_number_that_is_none_is_one_line(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("check", "--no-mail") == 0
    capsys.readouterr()
    assert command("outbox", "retry", "99") == 1
    assert "no delivery 99 is owed or was refused" in capsys.readouterr().err
