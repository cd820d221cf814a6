"""What stands in deploy/ is what the program and systemd understand."""

import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
import pytest
from apscheduler.triggers.cron import CronTrigger
from harness import ROOT

from monitor.commands.cli import COMMANDS, commands
from monitor.config import read_settings
from monitor.model.documents import Kind
from monitor.model.settings import Recipient, Settings, Smtp
from monitor.model.severity import NO_DEADLINES, DeadlineTopic
from monitor.store.open import FILE

DEPLOY = ROOT / "deploy"
COMMAND = "/opt/fedreg-monitor/.venv/bin/fedreg-monitor"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))
CRON = DEPLOY / "fedreg-monitor.cron"
LOCK = DEPLOY / "requirements.txt"
EXAMPLE = DEPLOY / "monitor.example.toml"
NEEDS_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None and "CI" not in os.environ, reason="systemd-analyze is not installed"
)


def exec_lines() -> Iterator[tuple[str, str]]:
    for unit in UNITS:
        for line in unit.read_text(encoding="utf-8").splitlines():
            if line.startswith("Exec"):
                yield unit.name, line.partition("=")[2]


def cron_lines() -> Iterator[tuple[str, str]]:
    """Schedule and command of every line of /etc/cron.d that is neither a comment nor a setting."""
    for line in CRON.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#") and not re.match(r"\w+=", line):
            *schedule, user, command = line.split(maxsplit=6)
            assert user == "fedreg-monitor"
            yield " ".join(schedule), command


def documented_lines() -> Iterator[tuple[str, str]]:
    text = (DEPLOY / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if f"{COMMAND} " in line and "--version" not in line:
            yield "README.md", line[line.index(COMMAND) :]


LINES = [*exec_lines(), *(("cron", command) for _, command in cron_lines()), *documented_lines()]


def parse(words: list[str]) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Parse a command line as the program does, without running it: the command and the options on both levels."""
    group = commands.make_context("fedreg-monitor", words, resilient_parsing=False)
    name, command, rest = commands.resolve_command(group, [*group._protected_args, *group.args])
    assert name is not None
    assert command is not None
    return name, group.params, command.make_context(name, rest, parent=group).params


@pytest.mark.parametrize(("where", "line"), LINES)
def test_every_command_line_is_one_of_ours(where: str, line: str) -> None:
    program, *words = shlex.split(line.partition(" >")[0])
    assert program == COMMAND
    name, options, _ = parse(words)
    assert name in COMMANDS
    assert options["config"] == Path("/etc/fedreg-monitor/monitor.toml"), where


def test_a_wrong_line_would_be_noticed() -> None:
    for words in (["run", "--forever"], ["--conf", "x", "run"], ["watch"]):
        with pytest.raises(click.UsageError):
            parse(words)


def test_the_daemon_runs_for_ever_and_the_others_look_once() -> None:
    found = {where: parse(shlex.split(line)[1:])[0] for where, line in exec_lines()}
    assert found == {"fedreg-monitor.service": "run", "fedreg-monitor-check.service": "check"}
    for schedule, command in cron_lines():
        assert " check" in command
        CronTrigger.from_crontab(schedule)


def test_every_line_outside_systemd_says_where_the_state_is() -> None:
    for _, command in cron_lines():
        _, options, _ = parse(shlex.split(command.partition(" >")[0])[1:])
        assert options["state"] == Path("/var/lib/fedreg-monitor")


def settings_of(unit: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / unit).read_text(encoding="utf-8").splitlines():
        if line and line[0] not in "#[":
            key, _, value = line.partition("=")
            found.setdefault(key, []).append(value)
    return found


@pytest.mark.parametrize("unit", ["fedreg-monitor.service", "fedreg-monitor-check.service"])
def test_a_service_keeps_its_state_to_itself_and_takes_a_password_if_there_is_one(unit: str) -> None:
    settings = settings_of(unit)
    assert settings["StateDirectory"] == ["fedreg-monitor"]
    assert settings["StateDirectoryMode"] == ["0700"]
    assert settings["User"] == ["fedreg-monitor"]
    credential, _, name = settings["LoadCredential"][0].partition(":")
    assert credential == "smtp_password"
    assert "/" not in name  # an absolute path would keep the unit from starting without the file


def test_a_wrong_configuration_does_not_restart_and_a_second_process_is_no_failure() -> None:
    daemon = settings_of("fedreg-monitor.service")
    assert daemon["Restart"] == ["on-failure"]
    assert daemon["StartLimitIntervalSec"] == ["0"]  # it tries for ever
    assert "78" in daemon["RestartPreventExitStatus"][0].split()
    assert settings_of("fedreg-monitor-check.service")["SuccessExitStatus"] == ["75"]


def test_the_timer_keeps_the_time_of_washington() -> None:
    whens = settings_of("fedreg-monitor-check.timer")["OnCalendar"]
    assert whens
    assert all(when.endswith(" America/New_York") for when in whens)


@NEEDS_SYSTEMD
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """It complains of a program that is not there, so a copy names one that is."""
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace(COMMAND, sys.executable)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    copies = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *copies], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@NEEDS_SYSTEMD
def test_systemd_takes_the_user() -> None:
    file = DEPLOY / "sysusers.d" / "fedreg-monitor.conf"
    done = subprocess.run(["systemd-sysusers", "--dry-run", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "fedreg-monitor" in done.stdout + done.stderr


# ---------------------------------------------------------------- the example configuration


def switched_on() -> str:
    """The example with all that is commented out switched on."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return "\n".join(re.sub(r'^# (?=\w+ = |    "|\]|\[\[)', "", line) for line in lines)


def test_the_example_with_every_setting_is_a_configuration_too(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "mail-authority.pem").touch()
    (tmp_path / "counsel-watchlist.txt").write_text("# partners\nBeta Optronics\n", encoding="utf-8")
    (tmp_path / "monitor.toml").write_text(switched_on(), encoding="utf-8")
    settings = read_settings(tmp_path / "monitor.toml")
    assert settings.mail.smtp is not None
    assert settings.mail.smtp.ca_file == tmp_path / "mail-authority.pem"
    assert settings.templates.folder == tmp_path / "templates"
    assert settings.recipients[1].watchlist == ("Alfa Optronics GmbH", "Beta Optronics")


def named(kind: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(kind)}


def test_the_example_is_a_configuration() -> None:
    settings = read_settings(EXAMPLE)
    assert settings.mail.smtp is not None
    assert len(settings.recipients) == 2


def test_the_example_names_every_setting_and_no_other() -> None:
    everything = tomllib.loads(switched_on())
    assert set(everything) == named(Settings)
    for section in msgspec.structs.fields(Settings):
        if isinstance(section.type, type) and issubclass(section.type, msgspec.Struct):
            assert set(everything[section.name]) == named(section.type), section.name
    assert set(everything["mail"]["smtp"]) == named(Smtp)
    assert {key for block in everything["recipients"] for key in block} == named(Recipient)


def test_what_the_example_shows_as_default_is_the_default() -> None:
    everything = msgspec.convert(tomllib.loads(switched_on()), Settings, dec_hook=lambda kind, value: kind(value))
    default = Settings()
    assert everything.schedule == default.schedule
    assert everything.limits == default.limits
    contact = everything.sources.contact
    assert msgspec.structs.replace(everything.sources, contact="") == default.sources
    assert contact


def test_every_topic_is_explained_in_the_example() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for topic in (*Kind, *DeadlineTopic, NO_DEADLINES):
        assert re.search(rf"^#   .*\b{topic}\b", text, re.MULTILINE), topic


# ---------------------------------------------------------------- the lock


def required() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}


def test_the_lock_names_every_dependency_by_version_and_hash_and_no_index() -> None:
    text = LOCK.read_text(encoding="utf-8").replace("\\\n", " ")
    locked = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert all(re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line) for line in locked)
    assert required() <= {line.partition("==")[0] for line in locked}
    assert "://" not in text
    assert "index" not in text


# ---------------------------------------------------------------- exploring with datasette

DATASETTE: dict[str, Any] = json.loads((DEPLOY / "datasette.json").read_text(encoding="utf-8"))["databases"]["monitor"]
TABLES: dict[str, Any] = DATASETTE["tables"]
QUERIES: dict[str, Any] = DATASETTE["queries"]
ANSWERS = {"rule": "2019-10616", "name": "huawei technologies"}


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The state of the demo, opened as datasette opens it."""
    from monitor.commands.example.play import play
    from monitor.commands.example.sources import SampleSources

    folder = tmp_path_factory.mktemp("explored")
    list(play(folder, SampleSources.moments()))
    db = sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro", uri=True)
    yield db
    db.close()


def columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in db.execute(f'PRAGMA table_info("{table}")')}


def test_every_table_is_described_and_no_other(state: sqlite3.Connection) -> None:
    tables = {row[0] for row in state.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {table for table in tables if "_fts" not in table} == set(TABLES)
    assert all("description" in table or table.get("hidden") for table in TABLES.values())


@pytest.mark.parametrize("table", TABLES)
def test_every_column_that_is_described_sorted_or_faceted_is_there(state: sqlite3.Connection, table: str) -> None:
    facets = [facet if isinstance(facet, str) else facet["array"] for facet in TABLES[table].get("facets", ())]
    named = {*facets, *TABLES[table].get("columns", ())}
    named |= {TABLES[table][key] for key in ("sort_desc", "label_column") if key in TABLES[table]}
    assert named <= columns(state, table)
    for facet in facets:
        state.execute(f'SELECT "{facet}", count(*) FROM "{table}" GROUP BY 1').fetchall()
    for facet in TABLES[table].get("facets", ()):
        if isinstance(facet, dict):
            state.execute(f'SELECT j.value FROM "{table}" t, json_each(t."{facet["array"]}") j').fetchall()


@pytest.mark.parametrize("query", QUERIES)
def test_every_canned_query_runs_on_a_real_state(state: sqlite3.Connection, query: str) -> None:
    found = state.execute(QUERIES[query]["sql"], {name: ANSWERS[name] for name in QUERIES[query].get("params", ())})
    rows = found.fetchall()
    assert set(re.findall(r":(\w+)", QUERIES[query]["sql"])) == set(QUERIES[query].get("params", ()))
    assert rows or query == "expires_next_60_days"  # of the days of today, and the demo plays in 2019


def test_the_query_for_a_rule_says_whom_it_added(state: sqlite3.Connection) -> None:
    added = state.execute(QUERIES["added_under_rule"]["sql"], ANSWERS).fetchall()
    assert len(added) > 1
    assert {row[4] for row in added} == {"addition"}


@pytest.mark.parametrize(("table", "word"), [("entry", "huawei"), ("document_fact", "entity")])
def test_full_text_search_is_there_where_datasette_looks_for_it(
    state: sqlite3.Connection, table: str, word: str
) -> None:
    sql = "SELECT sql FROM sqlite_master WHERE name = ?"
    assert f'content="{table}"' in re.sub(r"[\[\]']", '"', state.execute(sql, [f"{table}_fts"]).fetchone()[0])
    assert state.execute(f"SELECT 1 FROM {table}_fts WHERE {table}_fts MATCH ?", [word]).fetchone()
