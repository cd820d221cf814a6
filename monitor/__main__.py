"""The console script and `python -m monitor`: every failure is one line and a documented exit code."""

import os
import sqlite3
import sys
from collections.abc import Sequence

import click

from monitor.commands.cli import commands
from monitor.model.errors import RESTORE, MonitorError, StateError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code."""
    os.umask(0o077)  # evidence, addresses and mail are private
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    try:
        code = commands.main(args=arguments, prog_name="fedreg-monitor", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.ClickException as error:
        complain(error.format_message())
        return error.exit_code
    except click.Abort:
        complain("interrupted")
        return 130
    except MonitorError as error:
        complain(str(error))
        return error.exit_code
    except sqlite3.DatabaseError as error:
        complain(f"the state is damaged: {error}; {RESTORE}")
        return StateError.exit_code
    return code if isinstance(code, int) else 0


def complain(message: str) -> None:
    """One line to standard error."""
    click.echo(f"fedreg-monitor: {' '.join(message.split())}", err=True)


if __name__ == "__main__":
    main()
