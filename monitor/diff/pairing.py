"""Pairing the entries of two readings: by country and name, or else by citations, addresses and similar names."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable

from msgspec import Struct

from monitor.diff.meaning import addresses_of, identity, is_entry, meaning, names_of
from monitor.law.countries import short_name
from monitor.law.wording import key, ratio
from monitor.model.entries import Entry

Pair = tuple[Entry, Entry]

# How similar two names must be (0 to 100), by how much else indicates the same entry.
NEARLY_THE_SAME = 88.0
ALIKE = 70.0
# Beyond so many comparisons only entries that share a name, an address or a citation are compared.
MOST_COMPARISONS = 20_000


class Pairing(Struct, frozen=True):
    """Entries found again, and those that were not."""

    pairs: tuple[Pair, ...]  # that may differ
    removed: tuple[Entry, ...]
    added: tuple[Entry, ...]


class Traits(Struct, frozen=True):
    """The traits by which an entry is recognized under another name or country."""

    entry: Entry
    country: str
    name: str
    names: frozenset[str]
    addresses: frozenset[str]
    citations: frozenset[tuple[int, int]]


def pair(before: Iterable[Entry], after: Iterable[Entry]) -> Pairing:
    """Pair the entries of two readings; those that are the same word for word are left out."""
    old, new = _unequal([e for e in before if is_entry(e)], [e for e in after if is_entry(e)])
    pairs: list[Pair] = []
    old, new = _by_identity(old, new, pairs)
    old, new = _by_evidence(old, new, pairs)
    return Pairing(tuple(pairs), tuple(old), tuple(new))


def _unequal(before: list[Entry], after: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Leave out what both sides print alike."""
    return _without(before, after), _without(after, before)


def _without(entries: list[Entry], others: list[Entry]) -> list[Entry]:
    left = Counter((e.country, e.cells) for e in others)
    kept = []
    for entry in entries:
        printed = (entry.country, entry.cells)
        if left[printed] > 0:
            left[printed] -= 1
        else:
            kept.append(entry)
    return kept


def _traits(entry: Entry) -> Traits:
    return Traits(
        entry=entry,
        country=short_name(entry.country),
        name=key(entry.name),
        names=names_of(entry),
        addresses=addresses_of(entry),
        citations=frozenset((citation.volume, citation.page) for citation in entry.citations),
    )


def _by_identity(old: list[Entry], new: list[Entry], pairs: list[Pair]) -> tuple[list[Entry], list[Entry]]:
    places: dict[Hashable, tuple[list[Entry], list[Entry]]] = defaultdict(lambda: ([], []))
    for side, entries in enumerate((old, new)):
        for entry in entries:
            places[identity(entry)][side].append(entry)
    for ours, theirs in places.values():
        if len(ours) == 1 and len(theirs) == 1:
            pairs.append((ours[0], theirs[0]))
        elif ours and theirs:
            pairs.extend(_best([(likeness(b, a), b, a) for b in ours for a in theirs]))
    return _left(old, new, pairs)


def _by_evidence(old: list[Entry], new: list[Entry], pairs: list[Pair]) -> tuple[list[Entry], list[Entry]]:
    if not old or not new:
        return old, new
    ours, theirs = [_traits(entry) for entry in old], [_traits(entry) for entry in new]
    scored = [(score, b.entry, a.entry) for b, a in _candidates(ours, theirs) if (score := evidence(b, a)) > 0]
    pairs.extend(_best(scored))
    return _left(old, new, pairs)


def _candidates(old: list[Traits], new: list[Traits]) -> Iterable[tuple[Traits, Traits]]:
    """Yield what is worth comparing: all of a few, and of many those that have something in common."""
    if len(old) * len(new) <= MOST_COMPARISONS:
        return ((b, a) for b in old for a in new)
    shared: dict[Hashable, list[int]] = defaultdict(list)
    for number, traits in enumerate(new):
        for mark in _marks(traits):
            shared[mark].append(number)
    found = {(i, j) for i, traits in enumerate(old) for mark in _marks(traits) for j in shared[mark]}
    return ((old[i], new[j]) for i, j in sorted(found))


def _marks(traits: Traits) -> frozenset[Hashable]:
    cited = ((traits.country, *citation) for citation in traits.citations)
    return traits.names | traits.addresses | frozenset(cited)


def _best(scored: list[tuple[float, Entry, Entry]]) -> list[Pair]:
    """Take the best pair, then the best of what is left; the same from either side and in any order."""
    taken: set[int] = set()
    pairs = []
    for _, b, a in sorted(scored, key=lambda s: (-s[0], sorted((_printed(s[1]), _printed(s[2]))))):
        if id(b) not in taken and id(a) not in taken:
            taken |= {id(b), id(a)}
            pairs.append((b, a))
    return pairs


def _printed(entry: Entry) -> tuple[str, ...]:
    cells = entry.cells
    return (
        entry.country,
        cells.entity,
        cells.citation,
        cells.license_requirement,
        cells.license_review_policy,
    )


def _left(old: list[Entry], new: list[Entry], pairs: list[Pair]) -> tuple[list[Entry], list[Entry]]:
    taken = {id(entry) for pair in pairs for entry in pair}
    return [e for e in old if id(e) not in taken], [e for e in new if id(e) not in taken]


def likeness(one: Entry, other: Entry) -> float:
    """Return how similar two entries of one country and name are, 0 to 100; 101 where they mean the same."""
    if meaning(one) == meaning(other):
        return 101.0
    return ratio(key(one.cells.entity + one.cells.citation), key(other.cells.entity + other.cells.citation))


def evidence(one: Traits, other: Traits) -> float:
    """Return how strong the evidence is for one entry under another name or country; 0: not enough."""
    address = not one.addresses.isdisjoint(other.addresses)
    kept = _citations_kept(one, other)
    same_country = one.country == other.country
    needed = _needed(address=address, kept=kept, same_country=same_country)
    if needed is None:
        return 0.0
    alike = _likeness_of_names(one, other, needed)
    if alike < needed:
        return 0.0
    return alike + 50.0 * address + 50.0 * kept + 25.0 * same_country


def _needed(*, address: bool, kept: bool, same_country: bool) -> float | None:
    """Return how similar the names must be, given the other evidence; None: no similarity is enough."""
    if not same_country:
        return NEARLY_THE_SAME if address or kept else None
    if not kept:  # a new rule adds its citation and keeps the old ones
        return NEARLY_THE_SAME
    return 0.0 if address else ALIKE


def _likeness_of_names(one: Traits, other: Traits, needed: float) -> float:
    """Return how similar the names are; a name that became an alias, or the reverse, is the same name."""
    if one.name in other.names or other.name in one.names:
        return 100.0
    return ratio(one.name, other.name, needed)


def _citations_kept(one: Traits, other: Traits) -> bool:
    """Tell whether one entry has all citations of the other: a revision adds its own to the old ones."""
    ours, theirs = one.citations, other.citations
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)
