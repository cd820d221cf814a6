"""Mail that is owed or was refused, by hand."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from harness import at
from samples import LIST, alert

from monitor.__main__ import run
from monitor.store.open import open_store


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


def test_several_are_settled_at_once_or_none(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("check", "--no-mail") == 0
    capsys.readouterr()
    assert command("outbox", "drop", "1", "98", "99") == 1
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert "no delivery 98, 99 is owed" in said.err
    assert command("outbox", "list") == 0
    assert " owed " in capsys.readouterr().out
    assert command("outbox", "drop") == 2


def test_what_is_owed_is_listed_for_programs_with_the_next_try(
    command: Any, mailbox: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    mailbox.fault("defer", times=1)
    assert command("check") == 1
    capsys.readouterr()
    assert command("outbox", "list", "--format", "json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["id"], one["status"], one["attempts"]) == (1, "owed", 1)
    assert datetime.fromisoformat(one["next_attempt_at"]) > datetime.fromisoformat("2019-05-15T16:00:00+00:00")
    assert command("outbox", "list") == 0
    said = capsys.readouterr().out
    assert "(tried once, last: mail server 127.0.0.1:" in said
    assert "; next try May 15, 2019, 12:0" in said


def test_an_empty_outbox_is_an_empty_list_for_programs(command: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("outbox", "list", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_what_waits_for_a_digest_is_listed_and_can_be_sent_before_it(
    command: Any, configured: Path, mailbox: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configured.write_text(configured.read_text(encoding="utf-8") + 'send = "daily"\n', encoding="utf-8")
    assert command("check", "--no-mail") == 0
    with open_store(tmp_path / "state") as store, store.transaction():
        due = at("2019-05-16T08:00")
        store.enqueue(alert(LIST), [("officer@example.org", "<list@example.org>")], {"officer@example.org": due})
    capsys.readouterr()
    assert command("outbox", "list") == 0
    waiting = next(line for line in capsys.readouterr().out.splitlines() if " waiting " in line)
    assert "(not tried yet; digest May 16, 2019, 8:00 a.m. ET)" in waiting
    assert command("outbox", "retry", waiting.split()[0]) == 0
    assert command("check") == 0
    assert "<list@example.org>" in {mail.message["Message-ID"] for mail in mailbox.messages}


def test_what_was_given_up_by_hand_is_not_reported_to_the_operator(
    command: Any, configured: Path, mailbox: Any
) -> None:
    text = configured.read_text(encoding="utf-8")
    configured.write_text(f'{text}[operator]\naddress = "it@example.org"\n', encoding="utf-8")
    assert command("check", "--no-mail") == 0
    assert command("outbox", "drop", "1") == 0
    assert command("check") == 0
    assert mailbox.messages == []
