"""The outcomes of polls and cycles as lines for the terminal and the log."""

import logging

from monitor.cycle import Cycle
from monitor.model.eastern import count
from monitor.model.polls import Outcome, Status


def line_of(outcome: Outcome) -> str:
    """One source on one line."""
    alerts = f"; {count(outcome.alerts, 'alert')}" if outcome.alerts else ""
    return f"{outcome.source:<11} {outcome.status:<10} {outcome.message}{alerts}"


def log_outcome(log: logging.Logger, outcome: Outcome) -> None:
    """One source in the log; an unchanged one only with -vv."""
    level = logging.DEBUG if outcome.status is Status.UNCHANGED else logging.INFO
    log.log(logging.WARNING if outcome.status is Status.FAILED else level, "%s", line_of(outcome))


def summary_of(cycle: Cycle) -> str:
    """The cycle on one line."""
    failed = [outcome.source for outcome in cycle.outcomes if outcome.status is Status.FAILED]
    outcomes = (*cycle.outcomes, *(() if cycle.clock is None else (cycle.clock,)))
    alerts = sum(outcome.alerts for outcome in outcomes)
    parts = [
        f"{count(len(cycle.outcomes), 'source')} polled",
        f"{len(failed)} failed" if failed else "",
        count(alerts, "alert"),
    ]
    if cycle.deliveries is not None:
        sent = cycle.deliveries
        parts += [
            f"{count(sent.sent, 'mail')} sent",
            f"{sent.refused} refused" if sent.refused else "",
            f"{sent.owed} owed",
        ]
    return ", ".join(part for part in parts if part)
