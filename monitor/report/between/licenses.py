"""General licenses on two days, and what happened to them between."""

from collections.abc import Sequence
from datetime import date

from monitor.deadlines.licenses import state_on
from monitor.model.licenses import GeneralLicense, LicenseState
from monitor.model.reports import LicenseReport


def licenses_between(licenses: Sequence[GeneralLicense], start: date, end: date) -> tuple[LicenseReport, ...]:
    """The licenses whose state differs on the two days or that took a step between them, oldest first.

    Each day is judged by what was public on it, so that later documents change no report. In either direction the
    steps are those of the days between, in the order of effect.
    """
    low, high = min(start, end), max(start, end)
    found = []
    for one in licenses:
        before, after = state_known_on(one, start), state_known_on(one, end)
        steps = tuple(event for event in one.history if low < max(event.public_on, event.effective_on) <= high)
        if steps or not alike(before, after):
            found.append(LicenseReport(license=one, before=before, after=after, steps=steps))
    return tuple(found)


def state_known_on(license_: GeneralLicense, day: date) -> LicenseState | None:
    """The state of a license on a day by what was public then; None before anything was."""
    known = any(event.public_on <= day for event in license_.history)
    return state_on(license_, day, known_on=day) if known else None


def alike(before: LicenseState | None, after: LicenseState | None) -> bool:
    """Whether two states are the same but for the days that are left."""
    if before is None or after is None:
        return before is after
    return (before.status, before.valid_from, before.ends, before.ended_on, before.scope) == (
        after.status,
        after.valid_from,
        after.ends,
        after.ended_on,
        after.scope,
    )
