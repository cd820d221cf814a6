"""The life of a failure: told to the operator once when it lasts, and once when it is over."""

from datetime import datetime

from monitor.codified import operator_alert
from monitor.desk import Desk
from monitor.model.alerts import Notice
from monitor.model.eastern import clock, count
from monitor.model.polls import Outcome, Status


def watch(desk: Desk, outcome: Outcome) -> None:
    """Note how a poll ended; the first failures are only in the ledger, most pass by themselves."""
    if outcome.status is Status.WAITING:
        return
    failures = desk.store.failures_before(outcome.source, good=outcome.good)
    if not failures:
        return
    since = failures[0]
    key = f"failing:{outcome.source}:{since.isoformat()}"
    if outcome.good:
        if desk.store.alert_keys(key):
            told = notice_of_recovery(outcome, since, len(failures), desk.now)
            with desk.store.transaction():
                desk.promise([operator_alert(f"recovered:{outcome.source}:{since.isoformat()}", key, told, desk.now)])
    elif len(failures) >= desk.settings.limits.failures_before_notice:
        with desk.store.transaction():
            desk.promise([operator_alert(key, key, notice_of_failure(outcome, since, len(failures)), desk.now)])


def notice_of_failure(outcome: Outcome, since: datetime, times: int) -> Notice:
    """A source fails and goes on failing."""
    return Notice(
        title=f"the source {outcome.source} fails",
        reason=f"{count(times, 'poll')} in a row failed, the first on {clock(since)}. "
        f"The last one said: {outcome.message}",
        advice="Readers were told nothing, and nothing is lost: the next good answer is compared with the last "
        "good one. You hear again when it is over.",
    )


def notice_of_recovery(outcome: Outcome, since: datetime, times: int, now: datetime) -> Notice:
    """A source answers again."""
    minutes = int((now - since).total_seconds() // 60)
    news = (
        "Nothing was missed."
        if outcome.alerts == 0
        else f"It was read late: {count(outcome.alerts, 'alert')} just now."
    )
    return Notice(
        title=f"the source {outcome.source} answers again",
        reason=f"It failed for {minutes // 60} h {minutes % 60} min ({count(times, 'poll')}), "
        f"since {clock(since)}. {news}",
        advice="There is nothing to do.",
    )
