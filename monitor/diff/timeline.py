"""Entries over time: the readings of a list, oldest first, folded into listings with every change on its day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from monitor.diff import changes, subject
from monitor.diff.pairing import pair
from monitor.law.countries import short_name
from monitor.model.changes import Addition, Change, FieldChange, Merger, Removal, Revision, Separation
from monitor.model.entries import Cells, Entry, EntryKind, EntryList

ONE_DAY = timedelta(days=1)


class Reading(Struct, frozen=True):
    """What a supplement listed from a day on, None where it was no list.

    `known_until` is the last day for which the evidence shows the reading before; None for the first reading.
    """

    day: date
    known_until: date | None
    entries: EntryList | None


class Listing(Struct, frozen=True, kw_only=True):
    """An entry from its first day to its last, as it reads then; renamed or moved, it is the same listing.

    `from_start`: it was there when the evidence begins, and may be much older. `as_of_last` is None while it is listed.
    `known_as` has every name that it or a part of it ever had, former ones too.
    """

    number: int
    list: str
    country: str  # its short name
    entry: Entry
    known_as: tuple[str, ...]
    as_of_first: date
    from_start: bool
    as_of_last: date | None = None


class Event(Struct, frozen=True, kw_only=True):
    """One field of a change, or an addition or removal as a whole; `listing` is the number of its listing.

    `day` is the first one of which the evidence shows it; it happened after `known_until`.
    """

    listing: int
    list: str
    day: date
    known_until: date | None
    country: str
    name: str
    action: str
    field: str = ""
    before: str = ""
    after: str = ""
    came: tuple[str, ...] = ()  # of a set of things, such as addresses, what is new in it
    went: tuple[str, ...] = ()
    document_number: str | None = None


Explain = Callable[[Change, date], str | None]
Place = tuple[str, str, Cells]


class Timeline:
    """Listings and events so far; continues from those that were kept."""

    def __init__(self, explain: Explain, listings: Iterable[Listing] = (), first_number: int = 1) -> None:
        """`explain` gives the number of the document behind a change; new listings are numbered from `first_number`."""
        self._explain = explain
        self._listings = {listing.number: listing for listing in listings}
        self._here: dict[Place, list[int]] = defaultdict(list)  # printed alike, they are interchangeable
        for listing in self._listings.values():
            self._place(listing)
        self._next = first_number
        self._before: dict[str, EntryList] = {}
        self.events: list[Event] = []
        self.touched: set[int] = set()

    @property
    def listings(self) -> list[Listing]:
        """Every listing, in the order of appearance."""
        return [self._listings[number] for number in sorted(self._listings)]

    def continue_with(self, readings: Iterable[Reading], before: EntryList | None, *, begins: bool) -> None:
        """Take the readings of one supplement that follow `before`; with `begins` there was none before them."""
        rest = iter(readings)
        if begins:
            first = next(rest, None)
            if first is None:
                return
            self._begin(first)
            before = first.entries
        elif before is not None:
            self._before[before.list] = before
        was = None if before is None else before.list
        for reading in rest:
            self._take(reading, was)
            was = None if reading.entries is None else reading.entries.list

    def _begin(self, reading: Reading) -> None:
        """Take the first reading of a supplement: what it lists was there before."""
        if reading.entries is not None:
            for entry in listed(reading.entries):
                self._add(reading.entries.list, entry, reading.day, from_start=True)
            self._before[reading.entries.list] = reading.entries

    def _take(self, reading: Reading, was: str | None) -> None:
        """Take the next reading of a supplement; `was` names the list that it was before, if it was one."""
        after = reading.entries
        for name in sorted({name for name in (was, None if after is None else after.list) if name is not None}):
            old = self._before.pop(name, None)
            new = after if after is not None and after.list == name else None
            self._step(name, () if old is None else old.entries, () if new is None else new.entries, reading)
            if new is not None:
                self._before[name] = new

    def _step(self, name: str, before: Sequence[Entry], after: Sequence[Entry], reading: Reading) -> None:
        """Move every listing from its place in one reading to that in the next, and record what changed."""
        found = pair(before, after)
        # By place, as two entries can be printed alike; the removed ones apart from the others.
        removed: dict[Place, list[int]] = defaultdict(list)
        here: dict[Place, list[int]] = defaultdict(list)
        for entry in found.removed:
            removed[place(name, entry)].append(self._here[place(name, entry)].pop())
        for number, entry in [(self._here[place(name, old)].pop(), entry) for old, entry in found.pairs]:
            self._update(number, entry)
            here[place(name, entry)].append(number)
        for entry in found.added:
            here[place(name, entry)].append(self._add(name, entry, reading.day, from_start=False))
        for change in changes(before, after):
            ended = isinstance(change, Removal | Merger)
            number = (removed if ended else here)[place(name, subject(change))].pop()
            if ended:
                self._put(replace(self._listings[number], as_of_last=reading.known_until or reading.day - ONE_DAY))
            for field in fields_of(change):
                self._record(number, change, reading, field)

    def _add(self, name: str, entry: Entry, day: date, *, from_start: bool) -> int:
        listing = Listing(
            number=self._next,
            list=name,
            country=short_name(entry.country),
            entry=entry,
            known_as=entry.names,
            as_of_first=day,
            from_start=from_start,
        )
        self._next += 1
        self._put(listing)
        return listing.number

    def _put(self, listing: Listing) -> None:
        self._listings[listing.number] = listing
        self.touched.add(listing.number)
        self._place(listing)

    def _place(self, listing: Listing) -> None:
        if listing.as_of_last is None:
            self._here[place(listing.list, listing.entry)].append(listing.number)

    def _update(self, number: int, entry: Entry) -> None:
        """Put an entry where the next reading prints it, in whatever spelling."""
        old = self._listings[number]
        known_as = tuple(dict.fromkeys((*old.known_as, *names_of(entry))))
        self._put(replace(old, entry=entry, country=short_name(entry.country), known_as=known_as))

    def _record(self, number: int, change: Change, reading: Reading, field: FieldChange) -> None:
        listing = self._listings[number]
        event = Event(
            listing=number,
            list=listing.list,
            day=reading.day,
            known_until=reading.known_until,
            country=listing.country,
            name=listing.entry.name,
            action=ACTIONS[type(change)],
            field=field.field,
            before=field.before,
            after=field.after,
            came=field.added,
            went=field.removed,
            document_number=self._explain(change, reading.day),
        )
        self.events.append(event)


def fields_of(change: Change) -> tuple[FieldChange, ...]:
    """The fields of a change: each one that differs, or, without the name of a field, the whole cell."""
    match change:
        case Addition(entry):
            return (FieldChange("", "", entry.cells.entity),)
        case Removal(entry):
            return (FieldChange("", entry.cells.entity, ""),)
        case Separation(entry, out_of):
            return (FieldChange("", out_of.name, entry.cells.entity),)
        case Merger(entry, into):
            return (FieldChange("", entry.cells.entity, into.name),)
        case Revision(_, _, fields):
            return fields


ACTIONS: dict[type[Change], str] = {
    Addition: "addition",
    Removal: "removal",
    Revision: "revision",
    Merger: "went under another entry",
    Separation: "came out of another entry",
}


def place(name: str, entry: Entry) -> Place:
    """The place of an entry in a reading: its list, its heading, its cells."""
    return name, entry.country, entry.cells


def listed(entries: EntryList) -> Iterator[Entry]:
    """The entries that name somebody."""
    return (entry for entry in entries.entries if entry.kind is not EntryKind.RESERVED)


def names_of(entry: Entry) -> tuple[str, ...]:
    """Every name of an entry and of its sub-entries, as printed."""
    subs = (name for sub in entry.sub_entries for name in (sub.name, *sub.aliases))
    return tuple(dict.fromkeys((entry.name, *entry.aliases, *entry.further_names, *subs)))


def fold(supplements: Sequence[Iterable[Reading]], explain: Explain) -> Timeline:
    """All listings of all supplements from the readings of each, oldest first."""
    timeline = Timeline(explain)
    for readings in supplements:
        timeline.continue_with(readings, None, begins=True)
    return timeline
