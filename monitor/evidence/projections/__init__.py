"""Making the projections: from the evidence, with today's readers; anew, or on from where they are."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from itertools import groupby

import msgspec

from monitor.diff.timeline import Listing, Reading, Timeline, fold, listed
from monitor.evidence.deadlines import read_calendar
from monitor.evidence.documents import document_records
from monitor.evidence.fingerprint import readers_fingerprint
from monitor.evidence.projections.index import AROUND, Index, index_of, removals_in
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
from monitor.evidence.readings import Readings, kept_supplement
from monitor.law.supplement import entries_of
from monitor.model.documents import document_thread
from monitor.model.entries import EntryList
from monitor.sources import ecfr
from monitor.store import KeptSnapshot, Store
from monitor.store.projections import DOCUMENTS, LISTS
from monitor.store.readings import READINGS

NAME = "documents"
Begin = Callable[[], AbstractContextManager[object]]  # of a transaction
Days = Mapping[str, Sequence[KeptSnapshot]]  # what each supplement says on each kept day, by its name
MOST_IN_MEMORY = 100  # readings of documents
MOST_AT_ONCE = 12  # readings of supplements that a cycle makes for the projections; more are left to `rebuild`


def is_current(store: Store) -> bool:
    """Whether the projections of lists are those of today's readers and of all that is kept."""
    made, days = store.projections(), kept_days(store)
    return all(made.get(name) == (readers_fingerprint(), mark_of(kept)) for name, kept in days.items())


def kept_days(store: Store) -> Days:
    """What each supplement says on every day of which it is kept, oldest first: what was kept last of a day counts."""
    found: dict[str, dict[date, KeptSnapshot]] = {supplement.name: {} for supplement in ecfr.MONITORED}
    for kept in store.kept_snapshots(found):
        found[kept.name][kept.as_of] = kept
    return {name: list(days.values()) for name, days in found.items()}


def mark_of(snapshots: Sequence[KeptSnapshot]) -> str:
    """A hash of which days were read and what they said, and how many."""
    said = [(kept.as_of, kept.sha256) for kept in snapshots]
    return f"{len(said)} {hashlib.sha256(msgspec.json.encode(said)).hexdigest()}"


# -- the lists


def readings_after(
    store: Store, days: Sequence[KeptSnapshot], skip: int, advance: Callable[[str], None]
) -> Iterator[Reading]:
    """What a supplement said after so many kept days, oldest first; days that say the same are passed over."""
    before = days[skip - 1] if skip else None
    for kept in days[skip:]:
        if before is None or before.sha256 != kept.sha256:
            advance(f"{kept.name} of {kept.as_of}")
            yield Reading(kept.as_of, known_until(store, kept, before), list_of(store, kept))
        before = kept


def known_until(store: Store, kept: KeptSnapshot, before: KeptSnapshot | None) -> date | None:
    """The last day before another one for which it is known what a supplement said."""
    if before is None:
        return None
    eve = kept.as_of - timedelta(days=1)
    return eve if store.is_covered(kept.name, ecfr.NAME, eve) else before.as_of


def list_of(store: Store, kept: KeptSnapshot) -> EntryList | None:
    """The list that a kept supplement is, None where it is none. Raises ReadError."""
    return entries_of(kept_supplement(store, kept))


def timeline_of(store: Store, index: Index, advance: Callable[[str], None] = lambda _: None) -> Timeline:
    """Every life of every list, read anew. Raises ReadError for evidence that does not read."""
    return fold([readings_after(store, days, 0, advance) for days in kept_days(store).values()], index.explain)


# -- documents, licenses, deadlines


def read_documents(readings: Readings, begin: Begin) -> tuple[list[Row], Index]:
    """Every document as a row, and by what the changes of lists know it; what is read is kept as it comes."""
    rows: list[Row] = []
    removing: dict[str, list[tuple[date, str]]] = {}
    for record in document_records(readings):
        rows.append(document_row(record))
        for name, days in removals_in([record]).items():
            removing.setdefault(name, []).extend(days)
        if len(readings.unsaved) >= MOST_IN_MEMORY:
            save(readings, begin)
    save(readings, begin)
    return rows, index_of(readings.documents.published(), removing)


def save(readings: Readings, begin: Begin) -> None:
    """Keep what was read and is not kept yet, in a transaction of its own."""
    if readings.unsaved:
        with begin():
            readings.save()


def project_calendar(readings: Readings) -> None:
    """Licenses and deadlines anew, within a transaction."""
    store, calendar = readings.store, read_calendar(readings)
    store.empty_projections(("license_step", "deadline"))
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
    readings = Readings(store, saves=True)
    documents, index = read_documents(readings, begin)
    timeline = timeline_of(store, index, advance)
    with begin():
        store.empty_projections((*LISTS, *DOCUMENTS))
        put(store, timeline, index)
        store.project("document_fact", documents)
        project_calendar(readings)
        store.stamp_projections(marks, readers_fingerprint(), now)


def size(store: Store) -> int:
    """How many readings of supplements a rebuild takes."""
    return size_of(kept_days(store))


def size_of(days: Days) -> int:
    """How many readings of supplements some days take."""
    return sum(len(list(groupby(kept, key=lambda one: one.sha256))) for kept in days.values())


def put(store: Store, timeline: Timeline, index: Index) -> None:
    """Put what a timeline found into the projections."""
    store.project(
        "entry", (entry_row(listing, index) for listing in timeline.listings if listing.number in timeline.touched)
    )
    store.project("change", map(change_row, timeline.events))


def marks_of(store: Store, days: Days | None = None) -> dict[str, str]:
    """What the evidence is, for each projection."""
    kept = kept_days(store) if days is None else days
    return {name: mark_of(snapshots) for name, snapshots in kept.items()} | {NAME: store.documents_mark()}


def follow(readings: Readings, now: datetime, most: int = MOST_AT_ONCE) -> bool:
    """Bring the projections on to what a cycle kept, if that is little; whether they are now those of today."""
    store = readings.store
    made, days = store.projections(), kept_days(store)
    marks = marks_of(store, days)
    if all(made.get(name) == (readers_fingerprint(), mark) for name, mark in marks.items()):
        return True
    steps = {name: read_before(made, name, kept) for name, kept in days.items()}
    if any(read is None for read in steps.values()):
        if size_of(days) > most:
            return False
        rebuild(store, now)
        return True
    if sum(len(days[name]) - (read or 0) for name, read in steps.items()) > most:
        return False
    new = {name: kept[steps[name] or 0 :] for name, kept in days.items()}
    index = index_around(readings, [kept.as_of for snapshots in new.values() for kept in snapshots])
    fresh = made.get(NAME, ("", ""))
    threads = threads_since(store, fresh[1]) if fresh[0] == readers_fingerprint() else None
    with store.transaction():
        for name, kept in days.items():
            advance_list(store, kept, steps[name] or 0, index)
        advance_documents(readings, threads)
        project_calendar(readings)
        readings.save()
        store.stamp_projections(marks, readers_fingerprint(), now)
    return True


def threads_since(store: Store, mark: str) -> set[str]:
    """The threads of the documents that changed since the projections were made."""
    return {document_thread(number) for number in store.documents_since(mark)}


def index_around(readings: Readings, days: Collection[date]) -> Index:
    """The documents by what changes of lists on some days can be known by: nobody is taken out long before or after."""
    near = document_records(readings, min(days) - AROUND, max(days) + AROUND) if days else ()
    return index_of(readings.documents.published(), removals_in(near))


def advance_documents(readings: Readings, threads: Collection[str] | None) -> None:
    """Put the documents of some threads into the projections, or all of them."""
    store = readings.store
    if threads is None:
        store.empty_projections(("document_fact",))
    else:
        known = {document.document_number for document in readings.documents.published()}
        known |= set(readings.documents.filings())
        store.empty_document_facts(number for number in known if document_thread(number) in threads)
    store.project("document_fact", map(document_row, document_records(readings, threads=threads)))


def read_before(made: Mapping[str, tuple[str, str]], name: str, days: Sequence[KeptSnapshot]) -> int | None:
    """How many kept days of a supplement the projections hold; None where they must be made anew."""
    if name not in made:
        return 0 if NAME not in made else None
    number = int(made[name][1].partition(" ")[0])
    return number if made[name] == (readers_fingerprint(), mark_of(days[:number])) else None


def advance_list(store: Store, days: Sequence[KeptSnapshot], read: int, index: Index) -> None:
    """Put the kept days of a supplement that come after so many into the projections."""
    if len(days) == read:
        return
    before = list_of(store, days[read - 1]) if read else None
    timeline = Timeline(index.explain, listings_of(store, before), first_number=store.last_entry() + 1)
    timeline.continue_with(readings_after(store, days, read, lambda _: None), before, begins=read == 0)
    put(store, timeline, index)


def listings_of(store: Store, before: EntryList | None) -> list[Listing]:
    """The listings of a list as they are kept, each at its place in the last reading."""
    if before is None:
        return []
    rows: dict[tuple[str, ...], list[Row]] = {}
    for row in store.projected("entry", "list = :list AND as_of_last IS NULL", {"list": before.list}):
        rows.setdefault(place_of(row), []).append(row)
    return [listing_of(rows[printed_as(entry)].pop(), entry) for entry in listed(before)]
