"""What tests put around the monitor: a clock that stands, settings, and a configuration file."""

import os
import socket
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from monitor.app import App
from monitor.cycle import Cycle
from monitor.model.eastern import EASTERN
from monitor.model.errors import MonitorError
from monitor.model.settings import Mail, Recipient, Schedule, Settings, Smtp, Sources

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
DATA = ROOT / "tests" / "data"
CERTIFICATES = httpx.create_ssl_context()  # read once; a replay has none to be checked
SOURCES = ("inspection", "published", "ecfr")


def need_shared() -> None:
    """Skip where the shared folder is absent; in CI its absence is a failure."""
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is missing, and CI must run the tests that need it")
        pytest.skip("needs ../shared")


def at(text: str) -> datetime:
    """A moment in Eastern time."""
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN)


def objection(check: Callable[..., object], *arguments: Any, **named: Any) -> str | None:
    """What a check says against its arguments, None where it lets them pass."""
    try:
        check(*arguments, **named)
    except MonitorError as error:
        return str(error)
    return None


class Clock:
    """A clock that stands until it is set."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


class Bench:
    """A monitor between the replay and the mailbox, at any moment."""

    def __init__(self, replay: Any, mailbox: Any, folder: Path, **settings: Any) -> None:
        self.replay, self.mailbox, self.folder = replay, mailbox, folder
        self.clock = Clock(replay.now)
        self.settings = settings_for(replay.url, mailbox.port, **settings)
        self.app = App(
            settings=self.settings,
            folder=folder,
            clock=self.clock,
            environment={"MONITOR_SMTP_PASSWORD": "p"},
            transport=httpx.HTTPTransport(verify=CERTIFICATES),
        )
        folder.mkdir(parents=True, exist_ok=True)

    def check(self, moment: datetime | str | None = None, **options: Any) -> Cycle:
        """One cycle at a moment."""
        if moment is not None:
            self.clock.moment = at(moment) if isinstance(moment, str) else moment
            self.replay.set_now(self.clock.moment)
        return self.app.cycle(SOURCES, **options)

    @property
    def subjects(self) -> list[str]:
        """The subjects in the mailbox."""
        return [mail.message["Subject"] for mail in self.mailbox.messages]


def only(*sources: str) -> Schedule:
    """A schedule in which no other source is polled."""
    return Schedule(**{name: () for name in Schedule.__struct_fields__ if name not in sources})


def settings_for(url: str, port: int, **settings: Any) -> Settings:
    """Settings that point at the replay and at the sink."""
    sources = Sources(
        federal_register=f"{url}/federalregister",
        ecfr=f"{url}/ecfr",
        bis=f"{url}/bis",
        trade=f"{url}/trade",
        requests_per_second=0,
        timeout=5,
    )
    smtp = Smtp(host="127.0.0.1", port=port, security="none", user="u", timeout=2)
    mail = Mail(sender="Export watch <watch@example.org>", smtp=smtp)
    defaults: dict[str, Any] = {"recipients": (Recipient(address="officer@example.org"),)}
    return Settings(sources=sources, mail=mail, **defaults | settings)


def configuration(url: str, port: int) -> str:
    """The text of such a file; the sources beside the three of SOURCES have tests of their own."""
    idle = "\n".join(f"{name} = []" for name in only(*SOURCES).__struct_fields__ if name not in SOURCES)
    bases = "\n".join(
        f'{name} = "{url}/{name.replace("_", "")}"' for name in ("federal_register", "ecfr", "bis", "trade")
    )
    return f"""
[sources]
{bases}
requests_per_second = 0
timeout = 5

[schedule]
{idle}

[mail]
sender = "Export watch <watch@example.org>"

[mail.smtp]
host = "127.0.0.1"
port = {port}
security = "none"
user = "u"
timeout = 2

[[recipients]]
address = "officer@example.org"
"""


def closed_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


Command = Callable[..., list[str]]
PYTHON = sys.executable
