"""The supplements as they stood on each day on which they changed (CONTRACT.md §5.4, §5.5)."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from monitor.evidence.readings import supplement_reading
from monitor.model.eastern import eastern_date
from monitor.model.errors import ImplausibleError, ReadError
from monitor.model.polls import Snapshot
from monitor.polls import ecfr as codified
from monitor.polls import ecfr_alerts
from monitor.polls.backfill.plan import ONE_DAY, Days, is_done, is_kept, issued, version_days
from monitor.polls.backfill.work import Work, finished
from monitor.polls.context import Context
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

    Raises SourceError when these are not believed.
    """
    left: list[Unit] = []
    done = 0
    lists = version_lists(work, until)
    for supplement in ecfr.WATCHED:
        kept = lists[supplement.part]
        found = versions.of_supplement(versions.read_pages(kept.pages, supplement.part), supplement)
        store = work.context().store
        sights, covered = store.sights(supplement.name), store.covered(supplement.name)
        for days in version_days(found, sights, max(since, versions.FIRST_DAY), min(until, kept.known_through)):
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
    parts = sorted({supplement.part for supplement in ecfr.WATCHED})
    kept = {part: found for part in parts if (found := context.store.versions(part)) is not None}
    if len(kept) == len(parts) and all(
        found.known_through >= until or eastern_date(found.fetched_at) == context.today for found in kept.values()
    ):
        return kept
    asked = context.fetcher.requests
    known_through = ecfr.read_as_of(context.fetcher.json(ecfr.titles_url(context.settings.sources.ecfr)).body)
    ecfr.check_as_of(known_through, context.today)
    new = {part: VersionList(part, known_through, context.now, tuple(pages(context, part))) for part in parts}
    for found in new.values():
        versions.read_pages(found.pages, found.part)
    bodies = [body for found in new.values() for body in found.pages]
    with work.writing() as store:
        message = f"the eCFR's lists of versions as of {known_through}"
        number = store.record_poll(finished(context, message, known_through, asked, bodies))
        for found in new.values():
            store.keep_versions(found, number)
    return new


def pages(context: Context, part: int) -> Iterator[bytes]:
    """Every page as sent. Raises SourceError."""
    number = total = 1
    while number <= total:
        body = context.fetcher.json(versions.versions_url(context.settings.sources.ecfr, part, number)).body
        total = versions.read_page(body, part, number).pages
        yield body
        number += 1


def do(work: Work, unit: Unit) -> str:
    """Keep a supplement as of the first of its days, and note that it says the same on all of them.

    Returns what was not believed and is not kept, or nothing. Raises SourceError when the eCFR does not answer.
    """
    context = work.context()
    asked = context.fetcher.requests
    name, day = unit.supplement.name, unit.days.since
    snapshot = None
    if not is_kept(day, unit.needed, context.store.sights(name)):
        snapshot = codified.fetch_day(context, unit.supplement, day)
        try:
            check(context, snapshot, unit.days.until)
        except (ReadError, ImplausibleError) as error:
            return f"{name} of {day} is not believed and not kept: {error}"
    message = f"{name} as of {day}, the same through {unit.days.until}"
    bodies = [] if snapshot is None else [snapshot.body or b""]
    with work.writing() as store:
        number = store.record_poll(finished(context, message, day, asked, bodies))
        if snapshot is not None:
            store.keep_snapshot(snapshot, number, monitored=False)
        store.cover(name, Span(day, unit.days.until, unit.known_through), number)
    return ""


def check(context: Context, snapshot: Snapshot, until: date) -> None:
    """Raise ReadError or ImplausibleError for what cannot be the text of a supplement through a day.

    Half of a list would be whole again on the next day, and that is more growth than any rule brings.
    """
    reading, limits = supplement_reading(snapshot), context.settings.limits
    ecfr_alerts.check_plausible(None, reading, context.today, limits)
    following = context.store.snapshot_on(snapshot.name, until + ONE_DAY)
    if following is not None and following.as_of == until + ONE_DAY:
        ecfr_alerts.check_plausible(reading, supplement_reading(following), context.today, limits)
