"""What all commands share: the options before the command, and the types of days and moments."""

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from monitor.config import read_settings, state_folder
from monitor.model.eastern import EASTERN
from monitor.model.errors import MonitorError

if TYPE_CHECKING:
    from monitor.app import App
    from monitor.store import Store

FORMATS = ("text", "json")


class Moment(click.ParamType[datetime]):
    """A moment as ISO 8601; without an offset it is Eastern time."""

    name = "ISO-8601"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read a moment, or fail with one line."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a moment such as 2031-03-02T16:15:00-05:00", param, ctx)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=EASTERN)


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day, or fail with one line."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day such as 2031-03-02", param, ctx)


class Globals(Struct, frozen=True):
    """The options before the command."""

    config: Path | None
    state: Path | None
    now: datetime | None

    @property
    def folder(self) -> Path:
        """The state folder."""
        return state_folder(self.state, os.environ)

    def app(self) -> "App":
        """Everything that a command needs. Raises ConfigurationError before anything is touched."""
        from monitor.app import App  # noqa: PLC0415 - `status` and `diff` need no network

        settings = read_settings(self.config)
        return App(settings=settings, folder=self.folder, clock=self.clock(), environment=os.environ)

    def kept(self, known_at: datetime | None = None, *, missing: type[MonitorError] = MonitorError) -> "Store":
        """The state, open for reading, as of a moment if one is given. Raises `missing` when nothing is kept yet."""
        from monitor.store.open import read_store  # noqa: PLC0415 - `--help` need not wait

        store = read_store(self.folder, known_at)
        if store is None:
            raise missing(f"nothing is kept in {self.folder} yet; run `fedreg-monitor check` first")
        return store

    def clock(self) -> Callable[[], datetime]:
        """The current time, or the pretended one, which advances as time does."""
        if self.now is None:
            return lambda: datetime.now(UTC)
        pretended, started = self.now, datetime.now(UTC)
        return lambda: pretended + (datetime.now(UTC) - started)
