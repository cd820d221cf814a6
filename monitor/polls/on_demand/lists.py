"""What a supplement said on a day: from kept evidence, else asked for and then kept."""

from datetime import date

from monitor.evidence.readings import supplement_reading
from monitor.model.entries import EntryList
from monitor.model.errors import MonitorError, RefusedError
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.polls import ecfr as codified
from monitor.polls import ecfr_alerts
from monitor.polls.context import Context
from monitor.sources import ecfr

SOURCE = "on-demand"  # in the ledger: asked by a person, no part of the watch


class NotThereError(MonitorError):
    """What is asked for is not kept, and must not or cannot be fetched."""


def lists_on(context: Context, day: date, *, offline: bool) -> list[tuple[Snapshot, EntryList]]:
    """Every supplement that was a list on a day.

    Raises NotThereError, or SourceError when the eCFR cannot be asked or believed.
    """
    found = []
    for supplement in ecfr.WATCHED:
        snapshot = snapshot_of(context, supplement, day, offline=offline)
        reading = supplement_reading(snapshot)
        if isinstance(reading, EntryList):
            found.append((snapshot, reading))
    return found


def snapshot_of(context: Context, supplement: ecfr.Supplement, day: date, *, offline: bool) -> Snapshot:
    """A supplement as of a day, fetched where it is not covered by what is kept."""
    kept = context.store.snapshot_on(supplement.name, day)
    if kept is not None and context.store.is_covered(supplement.name, ecfr.NAME, day):
        return kept
    if offline:
        known = "nothing before it is kept" if kept is None else f"the last kept before it is of {kept.as_of}"
        raise NotThereError(f"{supplement.name} of {day} is not kept ({known}); ask without --offline to fetch it")
    return fetch(context, supplement, day)


def fetch(context: Context, supplement: ecfr.Supplement, day: date) -> Snapshot:
    """Ask the eCFR for a day, check that it is plausible, and keep it beside the evidence of the watch."""
    asked = context.fetcher.requests
    try:
        snapshot = codified.fetch_day(context, supplement, day)
    except RefusedError as error:
        raise NotThereError(f"the eCFR has no {supplement.identifier} for {day}: {error}") from error
    ecfr_alerts.check_plausible(None, supplement_reading(snapshot), context.today, context.settings.limits)
    outcome = Outcome(
        source=SOURCE,
        status=Status.UNCHANGED,
        message=f"{supplement.name} as of {day}",
        started_at=context.now,
        as_of=day,
        requests=context.fetcher.requests - asked,
        sha256=snapshot.sha256,
    )
    with context.store.transaction():
        context.store.keep_snapshot(snapshot, context.store.record_poll(outcome), monitored=False)
    return snapshot
