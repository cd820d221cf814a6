"""The command line: it only wires and prints."""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from msgspec import Struct

from monitor import __version__
from monitor.config import read_settings, state_folder
from monitor.errors import DeliveryError, MonitorError
from monitor.model.eastern import EASTERN, count
from monitor.model.polls import Outcome, Status

if TYPE_CHECKING:
    from monitor.cycle import Cycle

# What libraries log until asked for more: a retry or a skipped run is told by its outcome.
LIBRARIES = {"httpx": logging.WARNING, "apscheduler": logging.WARNING, "stamina": logging.ERROR}
FORMATS = ("text", "json")
SOURCES = ("inspection", "published", "ecfr")  # in the order in which they are polled


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
            self.fail(f"{value!r} is not a moment such as 2019-05-16T16:15:00-04:00", param, ctx)
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
            self.fail(f"{value!r} is not a day such as 2019-05-16", param, ctx)


class Globals(Struct, frozen=True):
    """The options before the command."""

    config: Path | None
    state: Path | None
    now: datetime | None

    @property
    def folder(self) -> Path:
        """The state folder."""
        return state_folder(self.state, os.environ)

    def clock(self) -> Callable[[], datetime]:
        """The time of day, or the moment to pretend, from which time goes on."""
        if self.now is None:
            return lambda: datetime.now(UTC)
        pretended, started = self.now, datetime.now(UTC)
        return lambda: pretended + (datetime.now(UTC) - started)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--config", type=click.Path(path_type=Path), help="The configuration; without it all has its default.")
@click.option("--state", type=click.Path(path_type=Path), help="The folder of the state (evidence, mail, lock).")
@click.option("--now", type=Moment(), help="Pretend that it is this moment; for replays.")
@click.option("-v", "--verbose", count=True, help="Say more; twice: every request.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def commands(
    context: click.Context, config: Path | None, state: Path | None, now: datetime | None, verbose: int
) -> None:
    """Watch the Federal Register and the eCFR for Entity List rules and general licenses; mail what changed.

    Exit codes: 0 fine; 1 a source or a delivery failed; 2 wrong arguments; 74 the state cannot be used;
    75 another process is at work; 78 the configuration is wrong.
    """
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    if verbose < 2:
        for library, quiet in LIBRARIES.items():
            logging.getLogger(library).setLevel(quiet)
    context.obj = Globals(config, state, now)


@commands.command()
@click.option("--source", "sources", multiple=True, type=click.Choice(SOURCES), help="Only this source; repeatable.")
@click.option("--no-mail", is_flag=True, help="Leave mail owed.")
@click.pass_obj
def check(options: Globals, sources: tuple[str, ...], no_mail: bool) -> int:  # noqa: FBT001 - a flag of the command line
    """Poll every source once, and send what is owed."""
    from monitor.app import App  # noqa: PLC0415 - `--help` and wrong arguments answer at once
    from monitor.lock import locked  # noqa: PLC0415 - the same

    settings = read_settings(options.config)
    app = App(settings=settings, folder=options.folder, clock=options.clock(), environment=os.environ)
    app.mailer()  # a missing password is said before anything is touched
    with locked(options.folder):
        cycle = app.cycle(sources or SOURCES, mail=not no_mail, tell=lambda outcome: click.echo(line_of(outcome)))
    if cycle.deliveries is not None:
        for problem in cycle.deliveries.problems:
            click.echo(f"fedreg-monitor: {problem}", err=True)
        if settings.mail.smtp is None and cycle.deliveries.sent:
            click.echo(
                f"mail is written to {options.folder / 'mail'}; to send it, set [mail.smtp] in the configuration"
            )
    click.echo(summary_of(cycle))
    return 0 if cycle.good else 1


@commands.command()
@click.pass_obj
def run(options: Globals) -> int:
    """Watch until SIGTERM, polling each source by its schedule."""
    from monitor.app import App  # noqa: PLC0415 - the scheduler is needed here alone
    from monitor.daemon import serve  # noqa: PLC0415 - the same
    from monitor.lock import locked  # noqa: PLC0415 - the same

    settings = read_settings(options.config)
    app = App(settings=settings, folder=options.folder, clock=options.clock(), environment=os.environ)
    app.mailer()
    log = logging.getLogger("monitor.run")
    logging.getLogger("monitor").setLevel(min(logging.INFO, logging.getLogger().level))

    def job(sources: Sequence[str]) -> None:
        try:
            cycle = app.cycle(sources, due_only=True, tell=lambda outcome: log_outcome(log, outcome))
        except MonitorError:
            log.exception("the cycle could not be finished")
            return
        for problem in () if cycle.deliveries is None else cycle.deliveries.problems:
            log.warning("%s", problem)

    with locked(options.folder):
        app.open_state()
        serve(settings.schedule, job)
    return 0


@commands.command("test-mail")
@click.argument("address")
@click.pass_obj
def test_mail(options: Globals, address: str) -> int:
    """Send a test message to ADDRESS, the way alerts go."""
    from monitor.app import App  # noqa: PLC0415 - `--help` and wrong arguments answer at once
    from monitor.config import MAILBOX  # noqa: PLC0415 - the same

    if MAILBOX.fullmatch(address) is None:
        raise click.BadParameter(f"{address!r} is not an address", param_hint="ADDRESS")
    settings = read_settings(options.config)
    app = App(settings=settings, folder=options.folder, clock=options.clock(), environment=os.environ)
    try:
        where = app.test_mail(address)
    except DeliveryError as error:
        raise MonitorError(str(error)) from error
    click.echo(f"a test message for {address} went to {where}")
    return 0


@commands.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def status(options: Globals, form: str) -> int:
    """Tell how the watch stands; exit 1 when a source is stale."""
    from monitor import status as standing  # noqa: PLC0415 - `--help` and wrong arguments answer at once
    from monitor.state_file import read_store  # noqa: PLC0415 - the same

    settings = read_settings(options.config)
    store = read_store(options.folder)
    now = options.clock()()
    found = standing.status(store, str(options.folder), now, settings.limits.stale_after_hours)
    if store is not None:
        store.close()
    click.echo(msgspec.json.format(msgspec.json.encode(found)) if form == "json" else standing.as_text(found))
    return 1 if found.stale else 0


@commands.command()
@click.option("--from", "start", type=Day(), required=True, help="The day to compare from.")
@click.option("--to", "end", type=Day(), required=True, help="The day to compare to.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def diff(options: Globals, start: date, end: date, form: str) -> int:
    """Show what changed between two days, from kept evidence."""
    from monitor import report  # noqa: PLC0415 - `--help` and wrong arguments answer at once
    from monitor.state_file import read_store  # noqa: PLC0415 - the same

    read_settings(options.config)
    store = read_store(options.folder)
    if store is None:
        raise MonitorError(f"nothing is kept in {options.folder} yet; run `fedreg-monitor check` first")
    with store:
        found = report.report(store, start, end)
    text = report.as_text(found) if form == "text" else msgspec.json.format(msgspec.json.encode(report.as_json(found)))
    click.echo(text)
    return 0


def line_of(outcome: Outcome) -> str:
    """One source on one line."""
    alerts = f"; {count(outcome.alerts, 'alert')}" if outcome.alerts else ""
    return f"{outcome.source:<11} {outcome.status:<10} {outcome.message}{alerts}"


def log_outcome(log: logging.Logger, outcome: Outcome) -> None:
    """One source in the log; an unchanged one only when asked for more."""
    level = logging.DEBUG if outcome.status is Status.UNCHANGED else logging.INFO
    log.log(logging.WARNING if outcome.status is Status.FAILED else level, "%s", line_of(outcome))


def summary_of(cycle: "Cycle") -> str:
    """The cycle on one line."""
    failed = [outcome.source for outcome in cycle.outcomes if outcome.status is Status.FAILED]
    alerts = sum(outcome.alerts for outcome in cycle.outcomes)
    parts = [
        f"{count(len(cycle.outcomes), 'source')} polled",
        f"{len(failed)} failed" if failed else "",
        count(alerts, "alert"),
    ]
    if cycle.deliveries is not None:
        sent = cycle.deliveries
        parts += [
            f"{count(sent.sent, 'mail')} sent",
            f"{sent.refused} refused" if sent.refused else "",
            f"{sent.owed} owed",
        ]
    return ", ".join(part for part in parts if part)


@commands.command()
@click.option("--output", type=click.Path(path_type=Path), help="An empty folder for the mails; default: a new one.")
def demo(output: Path | None) -> int:
    """Play the Huawei case of 2019 and 2020 through the whole pipeline, offline, in seconds."""
    from monitor.app import MAIL_FOLDER  # noqa: PLC0415 - `--help` and wrong arguments answer at once
    from monitor.demo.play import demo_folder, play  # noqa: PLC0415 - the same
    from monitor.demo.sources import SampleSources  # noqa: PLC0415 - the same

    folder = demo_folder(output)
    moments = SampleSources.moments()
    with progress(len(moments)) as advance:
        steps = list(play(folder, moments, advance))
    for step in steps:
        click.echo(f"{step.moment:%Y-%m-%d %H:%M}  {step.label}")
        for subject in step.subjects:
            click.echo(f"{'':18}→ {subject}")
    mails = sum(len(step.subjects) for step in steps)
    click.echo(f"\n{count(len(steps), 'poll')} of each source, {count(mails, 'mail')} in {folder / MAIL_FOLDER}")
    return 0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None] | None]:
    """A bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415 - the same

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("playing May 2019 to August 2020", total=total)
        yield lambda done: bar.update(task, completed=done)
