"""Run the monitor as a daemon."""

import logging
import sqlite3
from collections.abc import Sequence

import click

from monitor.commands.options import Globals
from monitor.commands.outcome_lines import log_outcome
from monitor.daemon import serve
from monitor.model.errors import MonitorError
from monitor.store.lock import locked


@click.command()
@click.pass_obj
def run(options: Globals) -> int:
    """Poll each source by its schedule until SIGTERM."""

    app = options.app()
    app.channel()
    log = logging.getLogger("monitor.run")
    logging.getLogger("monitor").setLevel(min(logging.INFO, logging.getLogger().level))

    def job(sources: Sequence[str]) -> None:
        try:
            cycle = app.cycle(sources, due_only=True, on_outcome=lambda outcome: log_outcome(log, outcome))
        except (MonitorError, sqlite3.DatabaseError) as error:
            log.error("the cycle could not be finished: %s", error)  # noqa: TRY400 - one line is enough
            return
        if cycle.clock is not None:
            log_outcome(log, cycle.clock)
        for problem in () if cycle.deliveries is None else cycle.deliveries.problems:
            log.warning("%s", problem)

    with locked(options.folder):
        app.open_state()
        serve(app.settings.schedules, job)
    return 0
