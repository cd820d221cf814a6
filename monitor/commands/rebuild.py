"""Making the projections anew."""

import click

from monitor.commands.options import Globals
from monitor.commands.progress import progress
from monitor.lock import locked


@click.command()
@click.pass_obj
def rebuild(options: Globals) -> int:
    """Make the tables for questions (`show`, datasette) anew from the evidence, with today's readers."""
    from monitor import projections  # noqa: PLC0415 - `--help` need not wait

    app = options.app()
    with locked(options.folder), app.desk() as desk, progress() as (begins, advance):
        begins(projections.size(desk.store), 0)
        projections.rebuild(desk.store, desk.now, advance)
        counts = desk.store.projected_counts()
    click.echo("; ".join(f"{number:,} {table.replace('_', ' ')}" for table, number in counts.items()))
    return 0
