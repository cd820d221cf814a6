"""Real processes: two at once, killed at any moment, and asked to stop."""

import os
import random
import signal
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from gate import Gate, Process
from harness import PYTHON, ROOT, Bench, at, configuration
from soak import in_soak

from monitor.__main__ import run
from monitor.store.open import read_store

BEGIN = at("2019-05-15T12:00")


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


@pytest.fixture
def gated(corpus: Any, gate: Gate) -> Iterator[Any]:
    """The public sources, behind the gate."""
    from replay import Replay

    with Replay(corpus, BEGIN, on_request=gate) as replay:
        yield replay
        gate.opened.set()


class Context:
    """Starts commands as processes on one state; ends what is still running."""

    def __init__(self, replay: Any, mailbox: Any, folder: Path) -> None:
        self.state, self.config, self.started = folder / "state", folder / "monitor.toml", list[Process]()
        self.config.write_text(configuration(replay.url, mailbox.port), encoding="utf-8")

    def arguments(self, moment: datetime) -> list[str]:
        return ["--config", str(self.config), "--state", str(self.state), "--now", moment.isoformat()]

    def start(self, command: str, moment: datetime = BEGIN) -> Process:
        arguments = [PYTHON, "-m", "monitor", *self.arguments(moment), command]
        environment = os.environ | {"MONITOR_SMTP_PASSWORD": "p"}
        pipe = subprocess.PIPE
        process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)
        self.started.append(process)
        return process

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()


@pytest.fixture
def context(gated: Any, mailbox: Any, tmp_path: Path) -> Iterator[Context]:
    context = Context(gated, mailbox, tmp_path)
    yield context
    context.close()


def polls(context: Context) -> int:
    store = read_store(context.state)
    assert store is not None
    with store:
        return store.counts()["poll"]


# -- two at once


def test_of_two_processes_one_works_and_the_other_says_so_in_one_line(
    context: Context, gate: Gate, mailbox: Any
) -> None:
    gate.close("titles.json")
    first = context.start("check")
    assert gate.arrived.wait(20)
    second = context.start("check")
    out, err = second.communicate(timeout=20)
    assert (second.returncode, out, err.count("\n")) == (75, "", 1)
    assert err.startswith(f"fedreg-monitor: another fedreg-monitor is at work on {context.state} (process {first.pid})")
    gate.opened.set()
    first.communicate(timeout=20)
    assert first.returncode == 0
    assert len(mailbox.messages) == 1


def test_the_lock_dies_with_its_process(context: Context, gate: Gate) -> None:
    gate.close("titles.json")
    first = context.start("check")
    assert gate.arrived.wait(20)
    first.kill()
    first.communicate(timeout=20)
    gate.opened.set()
    gate.path = ""
    second = context.start("check")
    second.communicate(timeout=20)
    assert second.returncode == 0


# -- the daemon


def line_with(process: Process, words: str) -> str:
    """The first line of standard error that has these words; a process that never says them is ended."""
    assert process.stderr is not None
    limit = threading.Timer(20, process.kill)
    limit.start()
    line = next((line for line in process.stderr if words in line), "")
    limit.cancel()
    assert line, f"{words!r} was never said"
    return line


def test_the_daemon_finishes_the_cycle_at_work_and_exits_0(
    context: Context, gate: Gate, mailbox: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    gate.close("titles.json")
    daemon = context.start("run")
    assert gate.arrived.wait(20)
    assert polls(context) == 2
    assert run([*context.arguments(BEGIN), "status"]) == 1  # beside the daemon; the eCFR was never polled
    assert "ecfr        last good poll never" in capsys.readouterr().out
    daemon.send_signal(signal.SIGTERM)
    line_with(daemon, "a running cycle is finished first")
    assert daemon.poll() is None
    gate.opened.set()
    daemon.communicate(timeout=20)
    assert (daemon.returncode, polls(context), len(mailbox.messages)) == (0, 4, 1)  # the clock, too


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_daemon_begins_with_a_cycle_and_stops_at_once_when_idle(
    context: Context, mailbox: Any, number: signal.Signals
) -> None:
    daemon = context.start("run")
    line_with(daemon, "running; next polls: ")
    assert len(mailbox.wait(1, 20)) == 1
    daemon.send_signal(number)
    daemon.communicate(timeout=20)
    assert daemon.returncode == 0


# -- killed


def moments(replay: Any) -> list[datetime]:
    """Some moments of May 2019 at which an answer changes."""
    events = {datetime.fromisoformat(moment) for moment, what, _ in replay.events() if what not in ("csl", "bis")}
    return [BEGIN, *sorted(moment for moment in events if BEGIN < moment <= at("2019-05-24T12:00"))]


def played(bench: Bench, when: list[datetime]) -> list[int]:
    """How many mails each moment brings when nobody is killed."""
    found = []
    for moment in when:
        before = len(bench.mailbox.messages)
        assert bench.check(moment).good
        found.append(len(bench.mailbox.messages) - before)
    return found


def kill_somewhere(process: Process, chance: random.Random, gate: Gate, mailbox: Any, mails: int) -> int:
    """Kill -9 after some time, at some request, or when some mail has arrived; returns how it ended."""
    way = chance.choice(["time", "request", "mail"])
    if way == "request":
        gate.wait_for_request(chance.randint(1, 4), 1)
    elif way == "mail":
        mailbox.wait(len(mailbox.messages) + chance.randint(1, mails), 1)
    else:
        wait_at_most(process, chance.uniform(0.15, 0.45))
    process.kill()
    process.communicate()
    return process.returncode


def wait_at_most(process: Process, seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return


def messages(mailbox: Any) -> set[tuple[str, str, str]]:
    found = [mail.message for mail in mailbox.messages]
    return {(message["Message-ID"], message["To"], message["Subject"]) for message in found}


@pytest.mark.parametrize("kills", [3, in_soak(12)])
def test_nothing_is_lost_when_processes_are_killed(
    context: Context, gate: Gate, gated: Any, mailbox: Any, kills: int
) -> None:
    from smtp_sink import SmtpSink

    chance = random.Random(20190516)
    when = moments(gated)
    with SmtpSink(user="u", password="p") as undisturbed:
        mails = played(Bench(gated, undisturbed, context.state.with_name("undisturbed")), when)
        expected = messages(undisturbed)
    eventful = [number for number, count in enumerate(mails) if count]
    killed = [0, *chance.choices(eventful, k=kills - 1)]
    bench, ends = Bench(gated, mailbox, context.state), []
    for number, moment in enumerate(when):
        gated.set_now(moment)
        for _ in range(killed.count(number)):
            process = context.start("check", moment)
            ends.append(kill_somewhere(process, chance, gate, mailbox, mails[number]))
        bench.check(moment)
    assert messages(mailbox) == expected
    assert ends.count(-signal.SIGKILL) >= kills // 2
