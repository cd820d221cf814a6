"""The command line: the options before the command, and which commands there are."""

import logging
from datetime import datetime
from importlib import import_module
from pathlib import Path

import click

from monitor import __version__
from monitor.commands.options import Globals, Moment

COMMANDS = (
    "check",
    "run",
    "status",
    "diff",
    "documents",
    "explain",
    "entries",
    "show",
    "backfill",
    "rebuild",
    "licenses",
    "deadlines",
    "screening",
    "quarantine",
    "outbox",
    "ledger",
    "test-mail",
    "demo",
)
# The level of libraries without -vv: a retry or a skipped run shows in the outcome of its poll.
LIBRARIES = {"httpx": logging.WARNING, "apscheduler": logging.WARNING, "stamina": logging.ERROR, "bs4": logging.ERROR}


class Commands(click.Group):
    """Loads the module of a command when it is used, so that each imports only what it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"monitor.commands.{module}"), module)
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config", type=click.Path(path_type=Path), help="The configuration file; default: every setting has its default."
)
@click.option("--state", type=click.Path(path_type=Path), help="The folder of the state (evidence, mail, lock).")
@click.option("--now", type=Moment(), help="Pretend that this is the current time; for replays.")
@click.option("-v", "--verbose", count=True, help="Log more; twice: every request.")
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def commands(
    context: click.Context, config: Path | None, state: Path | None, now: datetime | None, verbose: int
) -> None:
    """Monitor the Federal Register and the eCFR for Entity List rules and general licenses; mail what changed.

    Exit codes: 0 success; 1 a source (other than the BIS site and the screening list) or a delivery failed;
    2 wrong arguments; 74 the state cannot be used; 75 another process uses it; 78 the configuration is wrong.
    """
    level = (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    if verbose < 2:
        for library, quiet in LIBRARIES.items():
            logging.getLogger(library).setLevel(quiet)
    context.obj = Globals(config, state, now)
