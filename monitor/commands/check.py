"""Run one cycle, by hand or by a timer."""

import click

from monitor.app import MAIL_FOLDER
from monitor.commands.options import Globals
from monitor.commands.outcome_lines import line_of, summary_of
from monitor.polls.poll import polls_of
from monitor.store.lock import locked


@click.command()
@click.option("--source", "sources", multiple=True, metavar="NAME", help="Only this source; repeatable.")
@click.option("--no-mail", is_flag=True, help="Send no mail; it stays owed.")
@click.pass_obj
def check(options: Globals, sources: tuple[str, ...], no_mail: bool) -> int:  # noqa: FBT001 - a flag of the command line
    """Poll every source once, and send owed mail."""

    app = options.app()
    known = polls_of(app.settings)
    for source in sources:
        if source not in known:
            names = ", ".join(repr(name) for name in known)
            raise click.BadParameter(f"{source!r} is not one of {names}", param_hint="'--source'")
    app.channel()  # a missing password is reported before anything is touched
    with locked(options.folder):
        cycle = app.cycle(sources or None, mail=not no_mail, on_outcome=lambda outcome: click.echo(line_of(outcome)))
    if cycle.clock is not None and (cycle.clock.alerts or not cycle.clock.good):
        click.echo(line_of(cycle.clock))
    if cycle.deliveries is not None:
        for problem in cycle.deliveries.problems:
            click.echo(f"fedreg-monitor: {problem}", err=True)
        if app.settings.mail.smtp is None and cycle.deliveries.sent:
            click.echo(
                f"mail is written to {options.folder / MAIL_FOLDER}; to send it, set [mail.smtp] in the configuration"
            )
    click.echo(summary_of(cycle))
    return 0 if cycle.good else 1
