"""Keep the history: every version of the lists and every document."""

from datetime import date

import click

from monitor.commands.options import Day, Globals
from monitor.commands.progress import progress
from monitor.model.eastern import count, eastern_date
from monitor.model.errors import MonitorError, SourceError
from monitor.polls.backfill.work import Work


@click.command()
@click.option("--since", type=Day(), required=True, help="The first day; documents begin in 1994, the eCFR in 2017.")
@click.option("--until", type=Day(), help="The last day; default: today.")
@click.pass_obj
def backfill(options: Globals, since: date, until: date | None) -> int:
    """Keep the history of the lists and the documents.

    Every version of the lists and orders, every document of BIS, and the texts of relevant rules. Nobody is mailed.
    Interrupt it at any moment; run again, it continues and requests nothing twice.
    """
    from monitor.polls.backfill import FIRST_DAY, limits_of, run_backfill  # noqa: PLC0415 - `--help` need not wait

    app = options.app()
    today = eastern_date(app.clock())
    last = until or today
    check_range(since, last, today, FIRST_DAY)
    with app.work() as work:
        for sentence in limits_of(work, since, last):
            click.echo(f"fedreg-monitor: {sentence}", err=True)
        asked, problems, worked = work.context().fetcher.requests, 0, 0
        with progress() as (begins, advance):
            try:
                for step in run_backfill(work, since, last, lambda found: begins(found.total, found.done)):
                    worked += 1
                    problems += bool(step.problem)
                    advance(step.problem or step.label)
            except SourceError as error:
                raise MonitorError(
                    f"{error}; {worked} finished this time and kept: run it again to continue"
                ) from error
        requests = work.context().fetcher.requests - asked
        found = work.context().store.backfilled(since, last)
        rebuild_projections(work)
    click.echo(
        f"{since} to {last}: by backfill {count(found['documents'], 'document')} with {count(found['texts'], 'text')} "
        f"and {count(found['supplements'], 'text')} of supplements are kept; {count(requests, 'request')} this time; "
        "nobody was mailed" + (f"; {count(problems, 'unit')} with a problem, see above" if problems else "")
    )
    return 1 if problems else 0


def check_range(since: date, until: date, today: date, first: date) -> None:
    """Raise UsageError for days that cannot be asked for."""
    if until > today:
        raise click.UsageError(f"--until {until} is in the future; today in Washington is {today}")
    if since > until:
        raise click.UsageError(f"--since {since} is after {'today' if until == today else '--until'} {until}")
    if since < first:
        raise click.UsageError(f"--since {since}: documents begin on {first}, and the eCFR's history on 2017-01-03")


def rebuild_projections(work: Work) -> None:
    """Rebuild the projections unless they are current."""
    from monitor.evidence import projections  # noqa: PLC0415 - needed last

    context = work.context()
    if not projections.is_current(context.store):
        with progress() as (begins, advance):
            begins(projections.size(context.store), 0)
            projections.rebuild(context.store, context.now, advance, work.writing)
