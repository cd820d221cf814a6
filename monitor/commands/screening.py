"""The screening list of trade.gov against our lists."""

import click
import msgspec

from monitor.commands.options import FORMATS, Globals
from monitor.model.errors import MonitorError
from monitor.model.screening import CrossCheck, Name
from monitor.polls.screening import checks_on, summary
from monitor.sources.screening import SNAPSHOT, read_kept
from monitor.store.open import read_store


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def screening(options: Globals, form: str) -> int:
    """Tell which entries stand in the eCFR alone, or in the screening list alone, as of the last good poll."""
    store = read_store(options.folder)
    if store is None:
        raise MonitorError(f"nothing is kept in {options.folder} yet; run `fedreg-monitor check` first")
    with store:
        kept = store.last_monitored(SNAPSHOT)
        if kept is None:
            raise MonitorError("the screening list was never read; run `fedreg-monitor check --source screening` first")
        checks = checks_on(store, read_kept(kept.body or b""))
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(checks)))
    else:
        click.echo(f"the screening list since {kept.as_of} against the newest list of the eCFR")
        click.echo("\n".join(line for check in checks for line in lines_of(check)))
    return 0


def lines_of(check: CrossCheck) -> list[str]:
    """One list in lines."""
    missing = [f"    missing there: {line_of(name)}" for name in check.missing]
    return [summary(check), *missing, *(f"    only there: {line_of(name)}" for name in check.extra)]


def line_of(name: Name) -> str:
    """One name with its country."""
    return f"{name.name} ({name.country or 'no country'})"
