"""Making the projections: from the evidence, with today's readers; anew, or on from where they are."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from itertools import groupby

import msgspec

from monitor.diff.timeline import Listing, Reading, Timeline, fold, listed
from monitor.evidence.deadlines import gather
from monitor.evidence.documents import dossiers
from monitor.evidence.fingerprint import reader
from monitor.evidence.projections.index import Index, index_of, note_removals
from monitor.evidence.projections.rows import (
    Row,
    change_row,
    deadline_row,
    document_row,
    entry_row,
    license_row,
    listing_of,
    place_of,
    printed_as,
)
from monitor.evidence.readings import supplement_reading
from monitor.law.supplement import entries_of
from monitor.model.entries import EntryList
from monitor.sources import ecfr
from monitor.store import Store
from monitor.store.projections import DOCUMENTS, LISTS, READINGS

NAME = "documents"
Begin = Callable[[], AbstractContextManager[object]]  # of a transaction
MOST_IN_MEMORY = 100  # readings of documents
MOST_AT_ONCE = 12  # readings of supplements that a cycle makes for the projections; more are left to `rebuild`


def is_current(store: Store) -> bool:
    """Whether the projections of lists are those of today's readers and of all that is kept."""
    return all(
        store.projection(one.name) == (reader(), mark_of(store.snapshot_marks(one.name))) for one in ecfr.MONITORED
    )


def mark_of(snapshots: Sequence[tuple[date, str]]) -> str:
    """A hash of which days were read and what they said, and how many."""
    return f"{len(snapshots)} {hashlib.sha256(msgspec.json.encode(snapshots)).hexdigest()}"


# -- the lists


def readings(store: Store, supplement: ecfr.Supplement, skip: int, advance: Callable[[str], None]) -> Iterator[Reading]:
    """What a supplement said after so many kept days, oldest first; days that say the same are passed over."""
    marks = store.snapshot_marks(supplement.name)
    before = marks[skip - 1] if skip else None
    for day, sha256 in marks[skip:]:
        if before is None or before[1] != sha256:
            advance(f"{supplement.name} of {day}")
            yield Reading(day, known_until(store, supplement.name, day, before), list_on(store, supplement.name, day))
        before = (day, sha256)


def known_until(store: Store, name: str, day: date, before: tuple[date, str] | None) -> date | None:
    """The last day before another one for which it is known what a supplement said."""
    if before is None:
        return None
    eve = day - timedelta(days=1)
    return eve if store.is_covered(name, ecfr.NAME, eve) else before[0]


def list_on(store: Store, name: str, day: date) -> EntryList | None:
    """The list that a supplement was as of a day, None where it was none. Raises ReadError."""
    snapshot = store.snapshot_on(name, day)
    return None if snapshot is None else entries_of(supplement_reading(snapshot))


def timeline_of(store: Store, index: Index, advance: Callable[[str], None] = lambda _: None) -> Timeline:
    """Every listing of every list, read anew. Raises ReadError for evidence that does not read."""
    return fold([readings(store, supplement, 0, advance) for supplement in ecfr.MONITORED], index.explain)


# -- documents, licenses, deadlines


def read_documents(store: Store, begin: Begin) -> tuple[list[Row], Index]:
    """Every document as a row, and by what the changes of lists know it; what is read is kept as it comes."""
    rows: list[Row] = []
    removing: dict[str, list[tuple[date, str]]] = {}
    learned: dict[str, str] = {}
    for one in dossiers(store, learned=learned):
        rows.append(document_row(one))
        note_removals(removing, one)
        if len(learned) >= MOST_IN_MEMORY:
            keep(store, learned, begin)
    keep(store, learned, begin)
    return rows, index_of(store, removing)


def keep(store: Store, learned: dict[str, str], begin: Begin) -> None:
    """Keep what was read, and forget it here."""
    if learned:
        with begin():
            store.keep_readings(learned)
        learned.clear()


def project_documents(store: Store, rows: Sequence[Row]) -> None:
    """Documents, licenses and deadlines anew, within a transaction."""
    calendar = gather(store)
    store.empty_projections(DOCUMENTS)
    store.project("document_fact", rows)
    store.project("license_step", (license_row(one, step) for one in calendar.licenses for step in one.history))
    store.project("deadline", map(deadline_row, calendar.deadlines))


# -- anew, or on


def rebuild(
    store: Store,
    now: datetime,
    advance: Callable[[str], None] = lambda _: None,
    writing: Begin | None = None,
) -> None:
    """Make every projection anew in one transaction, for which `writing` can hold a lock; readings are dropped before.

    What is kept while it reads is left to the next time. Raises ReadError for evidence that does not read.
    """
    begin = writing or store.transaction
    marks = marks_of(store)
    with begin():
        store.empty_projections((READINGS,))
    documents, index = read_documents(store, begin)
    timeline = timeline_of(store, index, advance)
    with begin():
        store.empty_projections(LISTS)
        put(store, timeline, index)
        project_documents(store, documents)
        stamp_all(store, marks, now)


def size(store: Store) -> int:
    """How many readings of supplements a rebuild takes."""
    return sum(len(list(groupby(sha256 for _, sha256 in store.snapshot_marks(one.name)))) for one in ecfr.MONITORED)


def put(store: Store, timeline: Timeline, index: Index) -> None:
    """Put what a timeline found into the projections."""
    store.project(
        "entry", (entry_row(listing, index) for listing in timeline.listings if listing.number in timeline.touched)
    )
    store.project("change", map(change_row, timeline.events))


def marks_of(store: Store) -> dict[str, str]:
    """What the evidence is, for each projection."""
    lists = {one.name: mark_of(store.snapshot_marks(one.name)) for one in ecfr.MONITORED}
    return lists | {NAME: store.documents_mark()}


def stamp_all(store: Store, marks: Mapping[str, str], now: datetime) -> None:
    """Note from what the projections were made."""
    for name, mark in marks.items():
        store.stamp_projection(name, reader(), mark, now)


def follow(store: Store, now: datetime, most: int = MOST_AT_ONCE) -> bool:
    """Bring the projections on to what a cycle kept, if that is little; whether they are now those of today."""
    if all(store.projection(name) == (reader(), mark) for name, mark in marks_of(store).items()):
        return True
    steps = {supplement.name: read_before(store, supplement) for supplement in ecfr.MONITORED}
    if any(read is None for read in steps.values()):
        if size(store) > most:
            return False
        rebuild(store, now)
        return True
    if sum(len(store.snapshot_marks(name)) - (read or 0) for name, read in steps.items()) > most:
        return False
    documents, index = read_documents(store, store.transaction)
    with store.transaction():
        for supplement in ecfr.MONITORED:
            advance_list(store, supplement, steps[supplement.name] or 0, index)
        project_documents(store, documents)
        stamp_all(store, marks_of(store), now)
    return True


def read_before(store: Store, supplement: ecfr.Supplement) -> int | None:
    """How many kept days of a supplement the projections hold; None where they must be made anew."""
    kept = store.projection(supplement.name)
    if kept is None:
        return 0 if store.projection(NAME) is None else None
    number = int(kept[1].partition(" ")[0])
    fits = kept == (reader(), mark_of(store.snapshot_marks(supplement.name)[:number]))
    return number if fits else None


def advance_list(store: Store, supplement: ecfr.Supplement, read: int, index: Index) -> None:
    """Put the kept days of a supplement that come after so many into the projections."""
    marks = store.snapshot_marks(supplement.name)
    if len(marks) == read:
        return
    before = list_on(store, supplement.name, marks[read - 1][0]) if read else None
    timeline = Timeline(index.explain, listings_of(store, before), first_number=store.last_entry() + 1)
    timeline.continue_with(readings(store, supplement, read, lambda _: None), before, begins=read == 0)
    put(store, timeline, index)


def listings_of(store: Store, before: EntryList | None) -> list[Listing]:
    """The listings of a list as they are kept, each at its place in the last reading."""
    if before is None:
        return []
    rows: dict[tuple[str, ...], list[Row]] = {}
    for row in store.projected("entry", "list = :list AND as_of_last IS NULL", {"list": before.list}):
        rows.setdefault(place_of(row), []).append(row)
    return [listing_of(rows[printed_as(entry)].pop(), entry) for entry in listed(before)]
