"""Rejected lists: kept, reported to the operator alone, accepted by hand."""

from pathlib import Path
from typing import Any

import pytest
from harness import Bench, configuration

from monitor.__main__ import run
from monitor.model.polls import RejectedAnswer, Status
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


def test_recipients_get_nothing_and_the_operator_gets_one_notice(halved: Bench) -> None:
    halved.replay.fault("half-list", "/full/.*No.%204|/full/.*No. 4")
    halved.check("2019-05-23T09:00")
    notices = [m for m in halved.mailbox.messages if "quarantine" in m.message["Subject"]]
    assert [mail.recipients for mail in notices] == [["operator@example.org"]]
    assert about_the_list(halved) == []


def test_the_next_good_answer_reports_exactly_the_change(halved: Bench) -> None:
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


WALL = "<html><title>Request Access</title><p>\x1b[2JSolve the CAPTCHA \u202e</p></html>"


def command(bench: Bench, *arguments: str) -> list[str]:
    (bench.folder.parent / "monitor.toml").write_text(
        configuration(bench.replay.url, bench.mailbox.port), encoding="utf-8"
    )
    return ["--config", str(bench.folder.parent / "monitor.toml"), "--state", str(bench.folder), *arguments]


def test_what_was_refused_is_kept_with_its_reason_and_shown_safely(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.replay.fault("captcha", "current")
    bench.replay.fault("bad-json", "documents.json")
    bench.check()
    assert run(command(bench, "quarantine", "list")) == 0
    assert "2 refused answers kept besides: `quarantine list --refused`" in capsys.readouterr().out
    assert run(command(bench, "quarantine", "list", "--refused")) == 0
    nothing, unread, blocked = capsys.readouterr().out.splitlines()
    assert nothing == "nothing is in quarantine"
    assert unread.startswith("r2  2019-05-15 12:00 EDT  published: the Federal Register's list of published documents")
    assert blocked.startswith("r1  2019-05-15 12:00 EDT  inspection: 127.0.0.1 sent text/html instead of")
    assert run(command(bench, "quarantine", "show", "r1")) == 0
    shown = capsys.readouterr().out
    assert "/public-inspection-documents/current.json: 200 text/html" in shown
    assert "Request Access" in shown
    assert run(command(bench, "quarantine", "show", "r3")) == 1
    assert "0 answers are known as 'r3'" in capsys.readouterr().err


def test_a_refused_answer_cannot_play_with_the_terminal(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    refusal = RejectedAnswer(
        url="https://x.example/", status=200, content_type="a\x07", reason="b\x1b[1m", body=WALL.encode()
    )
    bench.check()
    with bench.app.context() as context, context.store.transaction():
        context.store.keep_rejected_answers("inspection", [refusal], context.now)
    assert run(command(bench, "quarantine", "show", "r1")) == 0
    shown = capsys.readouterr().out
    assert r"\x1b[2JSolve the CAPTCHA \u202e" in shown
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)


def test_of_each_source_only_the_newest_refused_answers_are_kept(bench: Bench) -> None:
    bench.check()
    with bench.app.context() as context, context.store.transaction():
        for source in ("inspection", "published"):
            for number in range(60):
                refusal = RejectedAnswer(url="u", status=200, content_type="", reason=f"{source} {number}", body=b"")
                context.store.keep_rejected_answers(source, [refusal], context.now)
        kept = [answer.answer.reason for answer in context.store.rejected_answers()]
    assert len(kept) == 100
    assert (kept[0], kept[-1]) == ("published 59", "inspection 10")
