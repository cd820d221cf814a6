"""The supplements as they stood on each day on which they changed (CONTRACT.md §5.4, §5.5)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct, structs

from monitor.evidence.readings import supplement_reading
from monitor.model.eastern import eastern_date
from monitor.model.errors import ImplausibleError, ReadError
from monitor.model.polls import Snapshot
from monitor.polls import ecfr_alerts
from monitor.polls.backfill.plan import ONE_DAY, Days, is_done, is_kept, issued, version_days
from monitor.polls.backfill.work import Work, unit_result
from monitor.polls.context import Context
from monitor.polls.ecfr import fetch_day
from monitor.polls.result import PollResult
from monitor.sources import ecfr, versions
from monitor.store import Span, VersionList


class Unit(Struct, frozen=True, kw_only=True):
    """A supplement between two of its versions."""

    supplement: ecfr.Supplement
    days: Days
    needed: date  # the last issue that changes these days
    known_through: date

    @property
    def label(self) -> str:
        """What it is, for the progress."""
        return f"{self.supplement.name} of {self.days.since}"


def plan(work: Work, since: date, until: date) -> tuple[list[Unit], int]:
    """What is left to do of a range, and how many units of it are done; asks for the lists of versions.

    Raises SourceError when these are not accepted.
    """
    left: list[Unit] = []
    done = 0
    lists = version_lists(work, until)
    for supplement in ecfr.MONITORED:
        kept = lists[supplement.part]
        found = versions.of_supplement(versions.read_pages(kept.pages, supplement.part), supplement)
        store = work.context().store
        days_kept, covered = store.kept_days(supplement.name), store.covered(supplement.name)
        for days in version_days(found, days_kept, max(since, versions.FIRST_DAY), min(until, kept.known_through)):
            needed = issued(found, days.until)
            unit = Unit(supplement=supplement, days=days, needed=needed, known_through=kept.known_through)
            if is_done(days, needed, covered):
                done += 1
            else:
                left.append(unit)
    return left, done


def version_lists(work: Work, until: date) -> dict[int, VersionList]:
    """The list of versions of each part: the kept ones where they are of today or reach as far, else new ones."""
    context = work.context()
    parts = sorted({supplement.part for supplement in ecfr.MONITORED})
    kept = {part: found for part in parts if (found := context.store.versions(part)) is not None}
    if len(kept) == len(parts) and all(
        found.known_through >= until or eastern_date(found.fetched_at) == context.today for found in kept.values()
    ):
        return kept
    new, requests = context.counted(partial(fetch_versions, context, parts))
    work.record(context, partial(versions_result, context, new), requests)
    return new


def fetch_versions(context: Context, parts: Sequence[int]) -> dict[int, VersionList]:
    """Ask for the list of versions of each part. Raises SourceError."""
    known_through = ecfr.read_as_of(context.fetcher.json(ecfr.titles_url(context.settings.sources.ecfr)).body)
    ecfr.check_as_of(known_through, context.today)
    new = {part: VersionList(part, known_through, context.now, tuple(pages(context, part))) for part in parts}
    for found in new.values():
        versions.read_pages(found.pages, found.part)
    return new


def versions_result(context: Context, new: Mapping[int, VersionList]) -> PollResult:
    """The lists of versions as one unit."""
    known_through = max(found.known_through for found in new.values())
    bodies = [body for found in new.values() for body in found.pages]
    message = f"the eCFR's lists of versions as of {known_through}"
    return structs.replace(unit_result(context, message, known_through, bodies), version_lists=tuple(new.values()))


def pages(context: Context, part: int) -> Iterator[bytes]:
    """Every page as sent. Raises SourceError."""
    number = total = 1
    while number <= total:
        body = context.fetcher.json(versions.versions_url(context.settings.sources.ecfr, part, number)).body
        total = versions.read_page(body, part, number).pages
        yield body
        number += 1


def keep(work: Work, unit: Unit) -> str:
    """Keep a supplement as of the first of its days, and note that it says the same on all of them.

    Returns what was not accepted and is not kept, or nothing. Raises SourceError when the eCFR does not answer.
    """
    context = work.context()
    snapshot, requests = context.counted(partial(fetch, context, unit))
    if snapshot is not None:
        try:
            check(context, snapshot, unit.days.until)
        except (ReadError, ImplausibleError) as error:
            return f"{unit.label} is not believed and not kept: {error}"
    work.record(context, partial(result_of, context, unit, snapshot), requests)
    return ""


def fetch(context: Context, unit: Unit) -> Snapshot | None:
    """The bytes of a supplement as of the first of its days; None where they are kept. Raises SourceError."""
    if is_kept(unit.days.since, unit.needed, context.store.kept_days(unit.supplement.name)):
        return None
    return fetch_day(context, unit.supplement, unit.days.since)


def result_of(context: Context, unit: Unit, snapshot: Snapshot | None) -> PollResult:
    """A supplement that says the same on all of its days."""
    name, day, until = unit.supplement.name, unit.days.since, unit.days.until
    bodies = [] if snapshot is None else [snapshot.body or b""]
    return structs.replace(
        unit_result(context, f"{name} as of {day}, the same through {until}", day, bodies),
        snapshots=() if snapshot is None else (snapshot,),
        monitored=False,
        covered=((name, Span(day, until, unit.known_through)),),
    )


def check(context: Context, snapshot: Snapshot, until: date) -> None:
    """Raise ReadError or ImplausibleError for what cannot be the text of a supplement through a day.

    Half of a list would be whole again on the next day, and that is more growth than any rule brings.
    """
    reading, limits = supplement_reading(snapshot), context.settings.limits
    ecfr_alerts.check_plausible(None, reading, context.today, limits)
    following = context.store.snapshot_on(snapshot.name, until + ONE_DAY)
    if following is not None and following.as_of == until + ONE_DAY:
        ecfr_alerts.check_plausible(reading, supplement_reading(following), context.today, limits)
