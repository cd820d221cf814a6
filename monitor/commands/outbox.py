"""List, retry and drop mail that is owed or was refused."""

from collections.abc import Sequence

import click
import msgspec

from monitor.commands.options import FORMATS, Globals
from monitor.model.eastern import clock
from monitor.model.errors import MonitorError
from monitor.store import Pending
from monitor.store.lock import locked
from monitor.store.open import open_store, read_store


@click.group()
def outbox() -> None:
    """List, retry and drop owed and refused mail."""


@outbox.command("list")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def outbox_list(options: Globals, form: str) -> int:
    """List mail that is owed or was refused.

    Also what waits for a digest; with the reason and the next attempt.
    """
    store = read_store(options.folder)
    pending: list[Pending] = []
    if store is not None:
        with store:
            pending = store.pending()
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(pending)))
    else:
        click.echo("\n".join(map(line_of, pending)) or "nothing is owed, and nothing was refused")
    return 0


def line_of(one: Pending) -> str:
    """A delivery on one line."""
    return f"{one.id:>6}  {one.status:<8} {one.recipient}  {one.alert_key}  ({'; '.join(history_of(one))})"


def history_of(one: Pending) -> list[str]:
    """The attempts of a delivery so far, and the next one."""
    times = "once" if one.attempts == 1 else f"{one.attempts} times"
    parts = [f"tried {times}, last: {one.error}" if one.attempts else "not tried yet"]
    if one.next_attempt_at is not None:
        next_step = "digest" if one.status == "waiting" else "next try"
        parts.append(f"{next_step} {clock(one.next_attempt_at)}")
    return parts


@outbox.command()
@click.argument("numbers", metavar="ID...", type=int, nargs=-1, required=True)
@click.pass_obj
def retry(options: Globals, numbers: tuple[int, ...]) -> int:
    """Mark the deliveries ID as owed.

    The next cycle tries them again, even those that were refused.
    """
    return change(options, numbers, "owed")


@outbox.command()
@click.argument("numbers", metavar="ID...", type=int, nargs=-1, required=True)
@click.pass_obj
def drop(options: Globals, numbers: tuple[int, ...]) -> int:
    """Give up the deliveries ID.

    They stay in the evidence as dropped by hand.
    """
    return change(options, numbers, "refused")


def change(options: Globals, numbers: Sequence[int], status: str) -> int:
    """Settle deliveries by hand, all or none. Raises MonitorError when one of them is neither owed nor refused."""
    app = options.app()
    with locked(options.folder), open_store(options.folder) as store:
        known = {one.id for one in store.pending()}
        unknown = [str(number) for number in numbers if number not in known]
        if unknown:
            names = ", ".join(unknown)
            raise MonitorError(f"no delivery {names} is owed or was refused; `outbox list` shows them; nothing changed")
        with store.transaction():
            for number in numbers:
                store.settle_by_hand(number, status, app.clock())
    for number in numbers:
        click.echo(f"delivery {number} is {'owed again' if status == 'owed' else 'given up'}")
    return 0
