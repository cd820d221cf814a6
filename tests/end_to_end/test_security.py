"""What a hostile source, a curious neighbor on the machine or a careless log could do, and does not."""

import ast
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
from harness import PYTHON, ROOT, Bench, configuration

from monitor.__main__ import run
from monitor.config import read_settings
from monitor.model.errors import ConfigurationError, ReadError, RefusedError
from monitor.polls.texts import check_place
from monitor.sources.decoding import decode
from monitor.sources.register import document_number
from monitor.store.lock import locked

PACKAGE = ROOT / "monitor"
SECRET = "Tr0ub4dor-and-3"


def test_nothing_in_the_source_turns_the_verification_of_certificates_off() -> None:
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = {getattr(node, "attr", None), getattr(node, "id", None)}
            assert not names & {"CERT_NONE", "_create_unverified_context", "check_hostname"}, f"{file}: {names}"
            if isinstance(node, ast.keyword) and node.arg == "verify":
                pytest.fail(f"{file} line {node.value.lineno} sets verify")


def test_xml_is_parsed_by_defusedxml_alone() -> None:
    parsers = {"fromstring", "iterparse", "parse", "XMLParser", "XML"}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("xml.", "lxml")):
                assert not parsers & {alias.name for alias in node.names}, file


# -- document numbers


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("2019-10616", "2019-10616"), (" 2019\u201310616 ", "2019-10616"), ("E7-1234", "E7-1234"), ("94-123", "94-123"),
        ("C1-2024-13148", "C1-2024-13148"), ("R1-2020-00954", "R1-2020-00954"), ("Z9-12345", "Z9-12345"),
        ("2013-00047R", "2013-00047R"), ("X94-10804", "X94-10804"),
    ],
)  # fmt: skip
def test_real_forms_of_document_numbers_are_taken(printed: str, number: str) -> None:
    assert document_number(printed, "the list") == number


@pytest.mark.parametrize(
    "printed",
    [
        "", " ", "-", "../../x", "'; DROP TABLE poll;--", "{{7*7}}", "2" * 300,
        "2019-10616\nBcc: x@example.org", "2019 10616", "2019-10616/../x", "%2e%2e", "2019_10616", "<b>1</b>",
        "2019-1-2-3-4", "\u0662\u0660-1", "abc-def", "2019-10616\0",
    ],
)  # fmt: skip
def test_what_is_no_document_number_is_loud(printed: str) -> None:
    with pytest.raises(ReadError, match="which is none"):
        document_number(printed, "the list")


ELSEWHERE = (
    "http://169.254.169.254/x",
    "https://www.federalregister.gov.evil.example/x",
    "https://www.federalregister.gov@evil.example/",
    "file:///etc/passwd",
    "",
)


@pytest.mark.parametrize("url", ELSEWHERE)
def test_no_answer_sends_us_to_another_host(url: str) -> None:
    with pytest.raises(RefusedError, match="is said to be at"):
        check_place(url, "https://www.federalregister.gov")


# -- JSON


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_json_that_is_nested_without_end_is_refused(opening: bytes) -> None:
    with pytest.raises(ReadError, match="nested beyond all measure"):
        decode(opening * 100_000, list[Any] if opening == b"[" else dict[str, Any], "the answer")


# -- the state folder


def modes(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def test_files_are_the_owners_alone_also_where_they_were_open_to_others_before(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    for name in ("monitor.sqlite", "monitor.sqlite-wal", "monitor.store.lock", "monitor.toml"):
        (tmp_path / name).write_bytes(b"")
        (tmp_path / name).chmod(0o664)
    (tmp_path / "mail").chmod(0o755)
    with locked(tmp_path):
        assert modes(tmp_path) == {
            "mail": 0o700,
            "monitor.sqlite": 0o600,
            "monitor.sqlite-wal": 0o600,
            "monitor.store.lock": 0o600,
            "monitor.toml": 0o664,  # not ours
        }


def test_all_that_a_run_leaves_is_the_owners_alone(configured: Path, tmp_path: Path) -> None:
    options = ["--config", str(configured), "--state", str(tmp_path / "state"), "--now", "2019-05-15T12:00"]
    environment = os.environ | {"MONITOR_SMTP_PASSWORD": "p"}
    subprocess.run([PYTHON, "-m", "monitor", *options, "check"], check=True, umask=0o022, env=environment)
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
    assert {mode & 0o077 for mode in modes(tmp_path / "state").values()} == {0}


# -- secrets


@pytest.mark.parametrize("url", [f"https://me:{SECRET}@example.org", f"https://{SECRET}@example.org:99999"])
def test_an_address_with_a_password_is_refused_without_showing_it(tmp_path: Path, url: str) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(f'[sources]\necfr = "{url}"\n', encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read_settings(file)
    assert SECRET not in str(caught.value)


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize("fault", ["", "auth", "hang"])
def test_the_password_stands_in_nothing_that_a_run_says_or_keeps(
    bench: Bench, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    file = bench.folder.parent / "monitor.toml"
    file.write_text(
        configuration(bench.replay.url, bench.mailbox.port).replace("timeout = 2", "timeout = 0.3"), encoding="utf-8"
    )
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", SECRET)
    if fault:
        bench.mailbox.fault(fault)
    state = ["-vv", "--config", str(file), "--state", str(bench.folder), "--now", "2019-05-15T12:00"]
    said = [
        run([*state, *command])
        for command in (["check"], ["status"], ["status", "--format", "json"], ["outbox", "list"])
    ]
    assert len(said) == 4
    shown = "".join(capfd.readouterr())
    assert shown
    kept = b"".join(path.read_bytes() for path in bench.folder.rglob("*") if path.is_file())
    assert SECRET not in shown
    assert SECRET.encode() not in kept
