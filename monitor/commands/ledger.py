"""The ledger of polls, chained by hash."""

import click

from monitor.commands.options import Globals
from monitor.errors import MonitorError
from monitor.model.eastern import count
from monitor.state_file import read_store


@click.group()
def ledger() -> None:
    """Every poll that was made: the proof that silence was silence."""


@ledger.command()
@click.pass_obj
def verify(options: Globals) -> int:
    """Check that no poll was altered, added or taken out since it was recorded."""
    store = read_store(options.folder)
    if store is None:
        raise MonitorError(f"nothing is kept in {options.folder} yet; run `fedreg-monitor check` first")
    with store:
        polls, broken = store.counts()["poll"], store.first_broken_poll()
    if broken is not None:
        raise MonitorError(
            f"the ledger is broken at poll {broken}: this row, or one before it, is not as it was recorded"
        )
    click.echo(f"{count(polls, 'poll')}, each as it was recorded and in its order")
    return 0
