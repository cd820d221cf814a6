"""Show the status of the monitor."""

import click
import msgspec

from monitor.commands.options import FORMATS, Globals
from monitor.config import read_settings
from monitor.health.status import as_text, read_status
from monitor.store.disk import free_mib
from monitor.store.open import read_store


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def status(options: Globals, form: str) -> int:
    """Show the status of the monitor.

    Exit 1 when a source is stale or the mail server fails.
    """

    settings = read_settings(options.config)
    store = read_store(options.folder)
    now = options.clock()()
    found = read_status(store, str(options.folder), now, settings, free_mib(options.folder))
    if store is not None:
        store.close()
    click.echo(msgspec.json.format(msgspec.json.encode(found)) if form == "json" else as_text(found))
    return 0 if found.well else 1
