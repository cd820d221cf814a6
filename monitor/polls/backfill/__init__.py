"""Keeping the past: every version of the supplements since 2017 and every document of BIS since 1994.

The monitor is not disturbed. The lock is held only while a finished unit is written, so that cycles run in between; no
poll is compared with what is kept here, and the clock does not report it as new (`BACKFILL` in the ledger marks it).
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from monitor.model.errors import SourceError
from monitor.polls.backfill import documents, supplements
from monitor.polls.backfill.work import Work
from monitor.sources import published, versions

__all__ = ["FIRST_DAY", "Progress", "Step", "Work", "limits_of", "run_backfill"]

FIRST_DAY = published.FIRST_DAY  # nothing is to be had of the days before
Unit = documents.Unit | supplements.Unit


class Step(Struct, frozen=True):
    """A unit that was worked on, and what was not accepted or is not there, or nothing."""

    label: str
    problem: str


class Progress(Struct, frozen=True):
    """How many units a range has, and how many of them were finished before."""

    total: int
    done: int


def run_backfill(work: Work, since: date, until: date, on_start: Callable[[Progress], None]) -> Iterator[Step]:
    """Work off what is left of a range, a unit at a time; `on_start` is given how much that is.

    Raises SourceError when a source does not answer or is not accepted; what is finished stays.
    """
    listed, done = documents.plan(work, since, until)
    codified, already = supplements.plan(work, since, until) if until >= versions.FIRST_DAY else ([], 0)
    on_start(Progress(len(listed) + len(codified) + done + already, done + already))
    units: list[Unit] = [*listed, *codified]
    for unit in units:
        yield Step(unit.label, keep(work, unit))


def keep(work: Work, unit: Unit) -> str:
    """Work on one unit. Raises SourceError that names it."""
    try:
        if isinstance(unit, documents.Unit):
            return documents.keep(work, unit)
        return supplements.keep(work, unit)
    except SourceError as error:
        raise SourceError(f"{unit.label}: {error}") from error


def limits_of(work: Work, since: date, until: date) -> Sequence[str]:
    """What of a range there is to have, in sentences, where it is not all of it."""
    context = work.context()
    last = documents.last_day(context.store, context.today, until)
    found = []
    if since < versions.FIRST_DAY:
        found.append(f"the eCFR's history begins on {versions.FIRST_DAY}; earlier days have documents alone")
    if last < until:
        found.append(f"documents after {last} are left to the polls, which read them themselves and report them")
    return found
