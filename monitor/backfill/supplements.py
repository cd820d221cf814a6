"""The supplements as they stood on each day on which they changed (CONTRACT.md §5.4, §5.5)."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from monitor import codified, compare
from monitor.backfill.plan import ONE_DAY, Days, is_done, is_kept, issued, version_days
from monitor.backfill.work import Work, finished
from monitor.desk import Desk
from monitor.errors import ImplausibleError, ReadError
from monitor.model.eastern import eastern_date
from monitor.model.polls import Snapshot
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
        store = work.desk().store
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
    desk = work.desk()
    parts = sorted({supplement.part for supplement in ecfr.WATCHED})
    kept = {part: found for part in parts if (found := desk.store.versions(part)) is not None}
    if len(kept) == len(parts) and all(
        found.known_through >= until or eastern_date(found.fetched_at) == desk.today for found in kept.values()
    ):
        return kept
    asked = desk.fetcher.requests
    known_through = ecfr.read_as_of(desk.fetcher.json(ecfr.titles_url(desk.settings.sources.ecfr)).body)
    ecfr.check_as_of(known_through, desk.today)
    new = {part: VersionList(part, known_through, desk.now, tuple(pages(desk, part))) for part in parts}
    for found in new.values():
        versions.read_pages(found.pages, found.part)
    bodies = [body for found in new.values() for body in found.pages]
    with work.writing() as store:
        message = f"the eCFR's lists of versions as of {known_through}"
        number = store.record_poll(finished(desk, message, known_through, asked, bodies))
        for found in new.values():
            store.keep_versions(found, number)
    return new


def pages(desk: Desk, part: int) -> Iterator[bytes]:
    """Every page as sent. Raises SourceError."""
    number = total = 1
    while number <= total:
        body = desk.fetcher.json(versions.versions_url(desk.settings.sources.ecfr, part, number)).body
        total = versions.read_page(body, part, number).pages
        yield body
        number += 1


def do(work: Work, unit: Unit) -> str:
    """Keep a supplement as of the first of its days, and note that it says the same on all of them.

    Returns what was not believed and is not kept, or nothing. Raises SourceError when the eCFR does not answer.
    """
    desk = work.desk()
    asked = desk.fetcher.requests
    name, day = unit.supplement.name, unit.days.since
    snapshot = None
    if not is_kept(day, unit.needed, desk.store.sights(name)):
        snapshot = codified.fetch_day(desk, unit.supplement, day)
        try:
            check(desk, snapshot, unit.days.until)
        except (ReadError, ImplausibleError) as error:
            return f"{name} of {day} is not believed and not kept: {error}"
    message = f"{name} as of {day}, the same through {unit.days.until}"
    bodies = [] if snapshot is None else [snapshot.body or b""]
    with work.writing() as store:
        number = store.record_poll(finished(desk, message, day, asked, bodies))
        if snapshot is not None:
            store.keep_snapshot(snapshot, number, watched=False)
        store.cover(name, Span(day, unit.days.until, unit.known_through), number)
    return ""


def check(desk: Desk, snapshot: Snapshot, until: date) -> None:
    """Raise ReadError or ImplausibleError for what cannot be the text of a supplement through a day.

    Half of a list would be whole again on the next day, and that is more growth than any rule brings.
    """
    reading, limits = compare.read(snapshot), desk.settings.limits
    compare.check_plausible(None, reading, desk.today, limits)
    following = desk.store.snapshot_on(snapshot.name, until + ONE_DAY)
    if following is not None and following.as_of == until + ONE_DAY:
        compare.check_plausible(reading, compare.read(following), desk.today, limits)
