"""What changed between two days."""

from datetime import date

import click
import msgspec

from monitor import report
from monitor.commands.options import FORMATS, Day, Globals
from monitor.config import read_settings
from monitor.errors import MonitorError
from monitor.state_file import read_store


@click.command()
@click.option("--from", "start", type=Day(), required=True, help="The day to compare from.")
@click.option("--to", "end", type=Day(), required=True, help="The day to compare to.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def diff(options: Globals, start: date, end: date, form: str) -> int:
    """Show what changed between two days, from kept evidence."""

    read_settings(options.config)
    store = read_store(options.folder)
    if store is None:
        raise MonitorError(f"nothing is kept in {options.folder} yet; run `fedreg-monitor check` first")
    with store:
        found = report.report(store, start, end)
    text = report.as_text(found) if form == "text" else msgspec.json.format(msgspec.json.encode(report.as_json(found)))
    click.echo(text)
    return 0
