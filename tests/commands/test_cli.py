"""The command line: one clear line and a documented exit code for whatever is wrong, and the state untouched."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from harness import ROOT, closed_port, configuration

from monitor import __version__
from monitor.__main__ import run
from monitor.commands.cli import COMMANDS
from monitor.store.open import FILE

BEGIN, FILED = "2019-05-15T12:00:00-04:00", "2019-05-16T16:15"
Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a state of its own; returns its exit code and its output."""
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "p")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)

    def call(*arguments: str, config: Path | None = None, state: Path | None = None) -> Outcome:
        options = [] if config is None else ["--config", str(config)]
        options += ["--state", str(state or tmp_path / "state")]
        code = run([*options, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def begun(cli: Run, configured: Path, tmp_path: Path) -> Path:
    """A state that has seen every source once."""
    assert cli("--now", BEGIN, "check", config=configured)[0] == 0
    return tmp_path / "state"


def complaint(found: Outcome, code: int) -> str:
    """The one line on standard error, with nothing on standard output."""
    assert found[0] == code, found
    assert found[1] == ""
    return one_line(found[2])


def one_line(said: str) -> str:
    assert said.startswith("fedreg-monitor: ")
    assert said.count("\n") == 1
    assert "Traceback" not in said
    return said


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a state but for the lock, and what they hold."""
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != "monitor.store.lock"}


# -- configuration: exit 78, before anything is touched

READER = '[[recipients]]\naddress = "a@example.org"\n'
WRONG = {
    "malformed": ("[sources\n", "is not valid TOML"),
    "an unknown key": ("[sources]\nspeed = 3\n", "unknown field `speed`, at sources"),
    "an unknown table": ("[source]\n", "unknown field `source`"),
    "a bad address": ("[[recipients]]\naddress = 'nobody'\n", "recipients[0].address is not an address: 'nobody'"),
    "an address twice": (READER + READER, "a@example.org is listed twice"),
    "a bad URL": ("[sources]\necfr = 'www.ecfr.gov'\n", "sources.ecfr is not an https address: 'www.ecfr.gov'"),
    "http elsewhere": ("[sources]\nbis = 'http://www.bis.gov'\n", "sources.bis must be https"),
    "a bad cron line": ("[schedule]\necfr = ['99 * * * *']\n", "schedule.ecfr[0] is not a cron line: '99 * * * *'"),
    "SMTP without readers": ("[mail.smtp]\nhost = 'localhost'\n", "there are no [[recipients]]"),
    "a value of another type": ("[sources]\ntimeout = 'long'\n", "at sources.timeout"),
}
WITH_CONFIGURATION = (
    ["check"],
    ["run"],
    ["status"],
    ["test-mail", "a@example.org"],
    ["diff", "--from", "2019-05-20", "--to", "2019-05-23"],
)


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_configuration_touches_nothing(cli: Run, tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(text, encoding="utf-8")
    said = complaint(cli("check", config=file), 78)
    assert str(file) in said
    assert words in said
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("arguments", WITH_CONFIGURATION, ids=lambda arguments: arguments[0])
def test_every_command_reads_the_configuration_first(cli: Run, tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "absent.toml"
    assert f"cannot read {file}" in complaint(cli(*arguments, config=file), 78)
    assert not (tmp_path / "state").exists()


def test_a_configuration_that_cannot_be_read_is_reported(cli: Run, tmp_path: Path) -> None:
    assert "cannot read" in complaint(cli("check", config=tmp_path), 78)


def test_a_configuration_in_another_encoding_is_reported(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_bytes("[mail]\nsender = 'Büro <a@example.org>'".encode("latin-1"))
    assert "is not UTF-8" in complaint(cli("check", config=file), 78)


@pytest.mark.parametrize("command", ["check", "run"])
def test_a_user_without_a_password_is_reported_before_anything_is_touched(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("MONITOR_SMTP_PASSWORD")
    file = tmp_path / "monitor.toml"
    file.write_text(configuration("http://127.0.0.1:9", 25), encoding="utf-8")
    assert "set MONITOR_SMTP_PASSWORD" in complaint(cli(command, config=file), 78)
    assert not (tmp_path / "state").exists()


# -- arguments: exit 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--now", "yesterday", "check"], "'yesterday' is not a moment such as 2031-03-02T16:15:00-05:00"),
        (["--now", "2019-02-30", "check"], "is not a moment"),
        (["diff", "--from", "May", "--to", "2019-05-20"], "'May' is not a day such as 2031-03-02"),
        (["diff", "--from", "2019-05-20"], "Missing option '--to'"),
        (["check", "--source", "rumor"], "'rumor' is not one of"),
        (["status", "--format", "xml"], "'xml' is not one of"),
        (["test-mail", "nobody"], "'nobody' is not a mail address"),
        (["test-mail"], "Missing argument"),
        (["chekc"], "No such command 'chekc'"),
        (["check", "--sauce"], "No such option"),
    ],
)
def test_wrong_arguments_touch_nothing(cli: Run, tmp_path: Path, arguments: list[str], words: str) -> None:
    assert words in complaint(cli(*arguments), 2)
    assert not (tmp_path / "state").exists()


def test_a_moment_without_an_offset_is_eastern_time(cli: Run, configured: Path, begun: Path, sources: Any) -> None:
    sources.set_now(f"{FILED}:00-04:00")
    assert cli("--now", FILED, "check", config=configured)[0] == 0
    found = json.loads(cli("--now", FILED, "status", "--format", "json", config=configured)[1])
    assert {source["last_good_poll"][:16] for source in found["sources"]} == {"2019-05-16T20:15"}
    assert begun.exists()


# -- state: exit 74


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize("below", ["file", "file/state"])
def test_a_state_folder_that_cannot_be_written_is_reported(
    cli: Run, tmp_path: Path, configured: Path, command: str, below: str
) -> None:
    (tmp_path / "file").touch()
    said = complaint(cli(command, config=configured, state=tmp_path / below), 74)
    assert f"cannot write to the state folder {tmp_path / below}" in said
    assert said.endswith("choose another with --state\n")


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:30_000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def replace(file: Path) -> None:
    file.write_text("notes about recipes", encoding="utf-8")


def outgrow(file: Path) -> None:
    with sqlite3.connect(file) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "SELECT migration_set, 'later', applied_at FROM _sqlite_migrations LIMIT 1"
        )
    db.close()


def rot(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096:-4096] = b"\xa5" * (len(content) - 8192)
    file.write_bytes(content)


DAMAGE = {
    "truncated": (truncate, "is truncated"),
    "empty": (empty, "is not an SQLite database"),
    "something else": (replace, "is not an SQLite database"),
    "newer": (outgrow, "was written by a newer fedreg-monitor"),
    "rotten": (rot, "damaged"),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("arguments", [["check"], ["status"], WITH_CONFIGURATION[4]], ids=lambda args: args[0])
def test_a_bad_state_is_reported_and_left_as_it_is(
    cli: Run, configured: Path, damaged: Path, damage: str, arguments: list[str]
) -> None:
    spoil, words = DAMAGE[damage]
    spoil(damaged / FILE)
    before = contents(damaged)[FILE]
    assert words in complaint(cli(*arguments, config=configured, state=damaged), 74)
    assert contents(damaged)[FILE] == before


def test_the_daemon_does_not_begin_on_a_bad_state(cli: Run, configured: Path, damaged: Path) -> None:
    outgrow(damaged / FILE)
    assert "newer fedreg-monitor" in complaint(cli("run", config=configured, state=damaged), 74)


@pytest.fixture(scope="module")
def healthy(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state that was used once."""
    from harness import Bench
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("healthy") / "state"
    with Replay(corpus, BEGIN) as replay, SmtpSink(user="u", password="p") as sink:
        Bench(replay, sink, folder).check()
    return folder


@pytest.fixture
def damaged(healthy: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may damage."""
    return shutil.copytree(healthy, tmp_path / "damaged")


# -- sources and mail: exit 1


@pytest.mark.usefixtures("quick_retries")
def test_without_a_network_each_source_is_one_clear_line(cli: Run, tmp_path: Path, mailbox: Any) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(configuration(f"http://127.0.0.1:{closed_port()}", mailbox.port), encoding="utf-8")
    code, out, err = cli("check", config=file)
    *lines, summary = out.splitlines()
    assert (code, err) == (1, "")
    assert [line.split()[:4] for line in lines] == [
        [source, "failed", "cannot", "reach"] for source in ("inspection", "published", "ecfr")
    ]
    assert summary == "3 sources polled, 3 failed, 0 alerts, 0 mails sent, 0 owed"
    assert mailbox.messages == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("busy", "answers 421"),
        ("hang", "did not answer within 0.3 s"),
        ("hang-connect", "did not answer within 0.3 s"),
        ("auth", "refuses user 'u': 535"),
    ],
)
def test_an_unwell_mail_server_is_one_clear_line_and_the_mail_stays_owed(
    cli: Run, sources: Any, tmp_path: Path, mailbox: Any, fault: str, words: str
) -> None:
    file = tmp_path / "monitor.toml"
    text = configuration(sources.url, mailbox.port).replace("timeout = 2", "timeout = 0.3")
    file.write_text(text, encoding="utf-8")
    mailbox.fault(fault)
    code, out, err = cli("--now", BEGIN, "check", config=file)
    assert code == 1
    assert words in one_line(err)
    assert out.splitlines()[-1] == "3 sources polled, 0 alerts, 0 mails sent, 1 owed"
    mailbox.clear_faults()
    assert cli("--now", BEGIN, "check", config=file)[0] == 0
    assert len(mailbox.messages) == 1


def test_a_refused_mail_server_is_one_clear_line(cli: Run, sources: Any, tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(configuration(sources.url, closed_port()), encoding="utf-8")
    code, _, err = cli("--now", BEGIN, "check", config=file)
    assert code == 1
    assert "cannot be reached" in one_line(err)


@pytest.mark.parametrize("command", [["check"], ["test-mail", "a@example.org"]])
def test_a_wrong_password_is_one_clear_line(
    cli: Run, configured: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "wrong")
    code, _, err = cli("--now", BEGIN, *command, config=configured)
    assert code == 1
    assert "refuses user 'u': 535" in one_line(err)
    assert "wrong" not in err


# -- what is fine


def test_a_check_prints_one_line_for_each_source_and_a_summary(
    cli: Run, configured: Path, begun: Path, sources: Any
) -> None:
    sources.set_now(f"{FILED}:00-04:00")
    code, out, err = cli("--now", FILED, "check", config=configured)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.split()[0] for line in lines[:-1]] == ["inspection", "published", "ecfr"]
    assert "alert" in lines[0]
    assert lines[-1].startswith("3 sources polled, ")
    assert lines[-1].endswith(", 0 owed")
    assert begun.exists()


def test_only_the_named_sources_are_polled(cli: Run, configured: Path) -> None:
    _, out, _ = cli("--now", BEGIN, "check", "--source", "ecfr", "--source", "inspection", config=configured)
    assert [line.split()[0] for line in out.splitlines()] == ["inspection", "ecfr", "2"]


def test_mail_can_be_left_owed(cli: Run, configured: Path, mailbox: Any) -> None:
    code, out, _ = cli("--now", BEGIN, "check", "--no-mail", config=configured)
    assert code == 0
    assert "sent" not in out
    assert mailbox.messages == []
    found = json.loads(cli("--now", BEGIN, "status", "--format", "json", config=configured)[1])
    assert found["deliveries"] == {"owed": 1, "sent": 0, "refused": 0}


def test_without_a_mail_server_the_setting_for_one_is_named(cli: Run, sources: Any, tmp_path: Path) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(configuration(sources.url, 25).partition("[mail.smtp]")[0], encoding="utf-8")
    _, out, _ = cli("--now", BEGIN, "check", config=file)
    assert f"mail is written to {tmp_path / 'state' / 'mail'}; to send it, set [mail.smtp]" in out


def test_a_test_mail_goes_the_way_of_alerts(cli: Run, configured: Path, mailbox: Any, tmp_path: Path) -> None:
    code, out, _ = cli("test-mail", "new@example.org", config=configured)
    assert (code, out) == (0, f"a test message for new@example.org went to 127.0.0.1:{mailbox.port}\n")
    assert mailbox.messages[0].recipients == ["new@example.org"]
    assert not (tmp_path / "state").exists()


def test_a_stale_source_is_exit_1(cli: Run, configured: Path, begun: Path) -> None:
    assert cli("--now", "2019-05-16T12:00", "status", config=configured)[0] == 0
    code, out, err = cli("--now", "2019-05-17T12:00", "status", config=configured)
    assert (code, err) == (1, "")
    assert out.count("STALE") == 3
    assert str(begun) in out


def test_a_state_that_was_never_made_is_stale_and_stays_unmade(cli: Run, tmp_path: Path) -> None:
    code, out, _ = cli("status")
    assert code == 1
    assert "nothing kept yet" in out
    assert not (tmp_path / "state").exists()


def test_a_difference_needs_evidence(cli: Run, configured: Path, begun: Path) -> None:
    asked = ["--now", BEGIN, "diff", "--from", "2019-01-01", "--to", "2019-05-15", "--offline"]
    assert "nothing is kept" in complaint(cli(*asked, config=configured, state=begun / "none"), 2)
    assert "no evidence of Entity List for 2019-01-01" in complaint(cli(*asked, config=configured), 2)


def test_a_difference_is_shown_as_text_or_json(cli: Run, configured: Path, begun: Path) -> None:
    asked = ["--now", BEGIN, "diff", "--from", "2019-05-15", "--to", "2019-05-15", "--offline"]
    code, text, _ = cli(*asked, config=configured, state=begun)
    assert code == 0
    assert text.startswith("Changes from 2019-05-15 to 2019-05-15\n")
    assert json.loads(cli(*asked, "--format", "json", config=configured)[1])["from"] == "2019-05-15"


# -- help


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(cli: Run, tmp_path: Path, command: str) -> None:
    code, out, err = cli(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: fedreg-monitor {command}")
    assert not (tmp_path / "state").exists()


def test_the_help_names_every_command_and_the_exit_codes(cli: Run) -> None:
    code, out, _ = cli("--help")
    assert code == 0
    assert [name for name in COMMANDS if f"  {name} " not in out] == []
    said = " ".join(out.split())
    codes = (
        "0 success",
        "1 a source",
        "2 wrong arguments",
        "74 the state",
        "75 another process",
        "78 the configuration",
    )
    assert [code for code in codes if code not in said] == []


def test_no_arguments_show_the_help(cli: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "Usage: fedreg-monitor" in capsys.readouterr().err
    assert "Missing command" in complaint(cli(), 2)


def test_the_version_is_that_of_the_package(cli: Run) -> None:
    assert cli("--version")[:2] == (0, f"fedreg-monitor {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"| `{command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_an_unknown_source_is_reported_with_the_known_ones(cli: Run, configured: Path, tmp_path: Path) -> None:
    with configured.open("a", encoding="utf-8") as file:
        file.write('\n[[searches]]\nname = "ofac"\nterm = "license"\n[[pages]]\nname = "list"\nurl = "https://e.org"\n')
    said = complaint(cli("check", "--source", "page:lists", config=configured), 2)
    for name in ("inspection", "bis", "search:ofac", "page:list"):
        assert f"'{name}'" in said
    assert not (tmp_path / "state").exists()
