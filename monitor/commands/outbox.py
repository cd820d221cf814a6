"""Mail that is owed or was refused, by hand."""

import click

from monitor.commands.options import Globals
from monitor.errors import MonitorError
from monitor.lock import locked
from monitor.state_file import open_store, read_store
from monitor.store import Pending


@click.group()
def outbox() -> None:
    """Mail that is owed or was refused."""


@outbox.command("list")
@click.pass_obj
def outbox_list(options: Globals) -> int:
    """List what is owed or was refused, and why."""
    store = read_store(options.folder)
    pending: list[Pending] = []
    if store is not None:
        with store:
            pending = store.pending()
    for one in pending:
        tried = f"tried {one.attempts} times, last: {one.error}" if one.attempts else "not tried yet"
        click.echo(f"{one.id:>6}  {one.status:<8} {one.recipient}  {one.alert_key}  ({tried})")
    if not pending:
        click.echo("nothing is owed, and nothing was refused")
    return 0


@outbox.command()
@click.argument("number", metavar="ID", type=int)
@click.pass_obj
def retry(options: Globals, number: int) -> int:
    """Owe delivery ID again, so that the next cycle tries it, also where it was refused."""
    return change(options, number, "owed")


@outbox.command()
@click.argument("number", metavar="ID", type=int)
@click.pass_obj
def drop(options: Globals, number: int) -> int:
    """Give delivery ID up; it stays in the evidence as dropped by hand."""
    return change(options, number, "refused")


def change(options: Globals, number: int, status: str) -> int:
    """Settle a delivery by hand. Raises MonitorError when there is none to settle."""
    app = options.app()
    with locked(options.folder), open_store(options.folder) as store:
        if number not in {one.id for one in store.pending()}:
            raise MonitorError(f"no delivery {number} is owed or was refused; `outbox list` shows them")
        store.settle_by_hand(number, status, app.clock())
    click.echo(f"delivery {number} is {'owed again' if status == 'owed' else 'given up'}")
    return 0
