"""Rebuild the projections from the evidence."""

import click

from monitor.commands.options import Globals
from monitor.commands.progress import progress
from monitor.store.lock import locked


@click.command()
@click.pass_obj
def rebuild(options: Globals) -> int:
    """Rebuild the tables for queries from the evidence.

    They are those of `show` and datasette, as the current program reads the evidence.
    """
    from monitor.evidence import projections  # noqa: PLC0415 - `--help` need not wait

    app = options.app()
    with locked(options.folder), app.context() as context, progress() as (begins, advance):
        begins(projections.size(context.store), 0)
        projections.rebuild(context.store, context.now, advance)
        counts = context.store.projected_counts()
    click.echo("; ".join(f"{number:,} {table.replace('_', ' ')}" for table, number in counts.items()))
    return 0
