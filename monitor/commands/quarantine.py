"""Answers that are kept and not believed."""

import click

from monitor import codified
from monitor.commands.options import Globals
from monitor.commands.telling import line_of
from monitor.lock import locked
from monitor.state_file import read_store


@click.group()
def quarantine() -> None:
    """Answers that are kept and not believed."""


@quarantine.command("list")
@click.pass_obj
def quarantine_list(options: Globals) -> int:
    """List what is held, and why."""

    store = read_store(options.folder)
    held = []
    if store is not None:
        with store:
            held = store.held()
    for one in held:
        snapshot = one.snapshot
        size = len(snapshot.body or b"")
        click.echo(f"{snapshot.sha256[:12]}  {snapshot.name} as of {snapshot.as_of}, {size:,} bytes: {one.reason}")
    if not held:
        click.echo("nothing is in quarantine")
    return 0


@quarantine.command("accept")
@click.argument("sha256", metavar="HASH")
@click.pass_obj
def quarantine_accept(options: Globals, sha256: str) -> int:
    """Believe the answer whose hash begins with HASH; its changes are told as if it had come so."""

    app = options.app()
    with locked(options.folder), app.desk() as desk:
        click.echo(line_of(codified.accept(desk, sha256)))
    return 0
