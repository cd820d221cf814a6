"""List the kept documents, and what each does."""

from datetime import date

import click
import msgspec

from monitor.commands.options import FORMATS, Day, Globals
from monitor.evidence.document_output import as_json, as_line
from monitor.evidence.documents import document_records
from monitor.evidence.readings import Readings
from monitor.model.documents import Kind


@click.command()
@click.option("--since", type=Day(), help="From this day of publication (or filing) on.")
@click.option("--until", type=Day(), help="Up to this day.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only documents of this kind.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def documents(options: Globals, since: date | None, until: date | None, kind: str | None, form: str) -> int:
    """List the documents of BIS that are kept, and what each does."""
    with options.kept() as store:
        records = document_records(Readings(store), since, until)
        found = [one for one in records if kind is None or one.kind == kind]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode([as_json(one) for one in found])))
    else:
        click.echo("\n".join([*map(as_line, found), f"{len(found)} documents"]))
    return 0
