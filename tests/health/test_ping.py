"""Pings around a cycle: loopback, real HTTP, and a secret that is never shown."""

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness import Bench, closed_port
from msgspec import structs

from monitor.__main__ import run
from monitor.health.ping import Ping
from monitor.model.errors import StateError
from monitor.model.settings import Ping as PingSettings

SECRET = "5f3a-secret-uuid"
URL = f"https://hc-ping.example/{SECRET}"


class Healthchecks(ThreadingHTTPServer):
    """What healthchecks.io does with pings: it notes them."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        """The address to configure."""
        return f"http://127.0.0.1:{self.server_address[1]}/{SECRET}"


class Handler(BaseHTTPRequestHandler):
    server: Healthchecks

    def do_GET(self) -> None:
        self.take()

    def do_POST(self) -> None:
        self.take()

    def take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path.replace(SECRET, "uuid"), body.decode()))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[Healthchecks]:
    with Healthchecks() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def pinging(bench: Bench, service: Healthchecks) -> Bench:
    settings = structs.replace(bench.settings, ping=PingSettings(url=service.url))
    bench.app = structs.replace(bench.app, settings=settings)
    return bench


def test_a_good_cycle_is_a_start_and_a_success(pinging: Bench, service: Healthchecks) -> None:
    pinging.check()
    assert service.seen == [("GET", "/uuid/start", ""), ("GET", "/uuid", "")]


@pytest.mark.usefixtures("quick_retries")
def test_a_failed_cycle_pings_a_failure_with_what_failed(pinging: Bench, service: Healthchecks) -> None:
    pinging.replay.fault("status-500", r"current\.json")
    pinging.check()
    assert [path for _, path, _ in service.seen] == ["/uuid/start", "/uuid/fail"]
    (method, _, said) = service.seen[-1]
    assert method == "POST"
    assert said.startswith("inspection: 127.0.0.1 answers 500")


def test_a_cycle_that_could_not_be_finished_is_a_failure(pinging: Bench, service: Healthchecks) -> None:
    pinging.app = structs.replace(pinging.app, free=lambda _: 1.0)
    with pytest.raises(StateError):
        pinging.check()
    assert service.seen[-1][:2] == ("POST", "/uuid/fail")
    assert "make room" in service.seen[-1][2]


def test_a_job_that_only_sends_what_is_owed_is_no_sign_of_life(pinging: Bench, service: Healthchecks) -> None:
    pinging.app.cycle(())
    assert service.seen == []


def test_a_ping_that_fails_is_logged_and_changes_nothing(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    dead = PingSettings(url=f"http://127.0.0.1:{closed_port()}/{SECRET}")
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.settings, ping=dead))
    with caplog.at_level(logging.DEBUG):
        assert bench.check().good
    assert "the ping/start failed (ConnectError)" in caplog.text
    assert "the ping failed (ConnectError)" in caplog.text
    assert SECRET not in caplog.text


def test_the_address_is_in_no_log_also_where_every_request_is(
    pinging: Bench, service: Healthchecks, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "httpx"):
        pinging.check()
    assert len(service.seen) == 2
    assert "current.json" in caplog.text  # the other requests are there
    assert SECRET not in caplog.text


@pytest.mark.parametrize("status", [301, 404, 500])
def test_an_answer_that_is_not_good_is_logged(caplog: pytest.LogCaptureFixture, status: int) -> None:
    Ping(URL, transport=httpx.MockTransport(lambda _: httpx.Response(status))).started()
    assert f"the ping/start was answered with {status}" in caplog.text
    assert SECRET not in caplog.text


def test_a_server_that_hangs_does_not_hold_the_cycle_up(caplog: pytest.LogCaptureFixture) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as hanging:  # takes connections, never answers
        Ping(f"http://127.0.0.1:{hanging.server_address[1]}/{SECRET}", timeout=0.05).ended([])
    assert "the ping failed (ReadTimeout)" in caplog.text


def test_a_query_stays_behind_the_step() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200)

    ping = Ping("https://hc-ping.example/key/slug/?create=1", transport=httpx.MockTransport(answer))
    ping.started()
    ping.ended([])
    assert asked == ["https://hc-ping.example/key/slug/start?create=1", "https://hc-ping.example/key/slug?create=1"]


def test_without_an_address_nobody_is_pinged() -> None:
    Ping("", transport=httpx.MockTransport(lambda _: pytest.fail("asked"))).started()


@pytest.mark.parametrize(
    "url", [f"http://hc-ping.example/{SECRET}", f"ftp://hc-ping.example/{SECRET}", SECRET, f"https://[::/{SECRET}"]
)
def test_the_configuration_refuses_other_addresses_and_does_not_show_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str
) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text(f'[ping]\nurl = "{url}"\n', encoding="utf-8")
    assert run(["--config", str(file), "--state", str(tmp_path), "status"]) == 78
    said = capsys.readouterr().err
    assert "ping.url" in said
    assert SECRET not in said


def test_the_operators_zone_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "monitor.toml"
    file.write_text('[operator]\naddress = "it@example.org"\ntime_zone = "Mars/Olympus"\n', encoding="utf-8")
    assert run(["--config", str(file), "--state", str(tmp_path), "status"]) == 78
    assert "operator.time_zone is not a time zone" in capsys.readouterr().err
