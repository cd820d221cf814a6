"""The cross-check of the codified lists with the screening list: entries in both, and in one alone.

The screening list writes the same entries differently (CONTRACT.md §6): `?` for letters that it lost, several rows for
one entry, country codes by address and not by heading, "and any successor … thereof" after names.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from monitor.diff.agreement import within, words_of
from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.model.entries import Entry, EntryKind, ListName
from monitor.model.screening import CrossCheck, Name, Party

SUCCESSORS = re.compile(r"andanysuccessors?.*thereof$")
LOST = re.compile(r"[?\ufffd]+")
INNER = re.compile(r"[.,;:]?\s+subordinate institutions?\b\W*", re.IGNORECASE)  # "Alfa. Subordinate Institution - Beta"
MOST_PAIRS = 200_000  # that are compared loosely; more than this are not a difference of spelling
FEWEST_LETTERS = 5  # of a name with lost letters; the rest of a shorter one fits too many names


class Comparable(Struct, frozen=True, gc=False):
    """An entry or a row as it is compared."""

    countries: frozenset[str]
    printed: tuple[str, ...]
    names: frozenset[str]  # letters and digits alone


def cross_check(name: ListName, entries: Sequence[Entry], parties: Iterable[Party]) -> CrossCheck:
    """Pair entries and rows: first by country and any of their names, then what is left more and more loosely.

    A different spelling alone must never make an entry "missing" or "extra".
    """
    listed = [entry for entry in entries if entry.kind is not EntryKind.RESERVED]
    rows = [party for party in parties if party.list is name]
    lacking, unpaired = pair([comparable_entry(entry) for entry in listed], [comparable_party(row) for row in rows])
    return CrossCheck(
        list=name,
        agreed=len(listed) - len(lacking),
        missing=tuple(sorted(Name(short_name(listed[n].country), listed[n].name) for n in lacking)),
        extra=tuple(sorted({Name("/".join(rows[m].countries), rows[m].name) for m in unpaired})),
    )


def persisting(now: CrossCheck, then: CrossCheck) -> CrossCheck:
    """The differences that were there at an earlier time already."""
    return CrossCheck(
        list=now.list,
        agreed=now.agreed,
        missing=tuple(name for name in now.missing if name in then.missing),
        extra=tuple(name for name in now.extra if name in then.extra),
    )


def comparable_entry(entry: Entry) -> Comparable:
    """An entry of the eCFR by all of its names."""
    return Comparable(
        countries=frozenset((short_name(entry.country),)),
        printed=(entry.name, *entry.aliases),
        names=frozenset(plain(key(name)) for name in entry.names) - {""},
    )


def comparable_party(party: Party) -> Comparable:
    """A row of the screening list by all of its names; an inner entry of ours is a row with both names there."""
    names = (party.name, *party.aliases, *INNER.split(party.name)[1:])
    return Comparable(
        countries=frozenset(party.countries),
        printed=names,
        names=frozenset(plain(key(name)) for name in names) - {""},
    )


def plain(letters: str) -> str:
    """The letters of a name without accents, and without the words that extend it to successors."""
    if letters.endswith("thereof"):
        letters = SUCCESSORS.sub("", letters)
    if letters.isascii():
        return letters
    decomposed = unicodedata.normalize("NFKD", letters)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def pair(entries: Sequence[Comparable], rows: Sequence[Comparable]) -> tuple[set[int], set[int]]:
    """The numbers of the entries and of the rows that pair with nothing.

    An entry can have several rows. One that only rows of another country name pairs with a row that is left over.
    """
    lacking, unpaired = set(range(len(entries))), set(range(len(rows)))
    named: dict[str, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        for name in entry.names:
            named[name].add(number)

    def take(alike: Callable[[int], Iterable[int]]) -> None:
        found = [(number, row) for row in unpaired for number in alike(row)]
        lacking.difference_update(number for number, _ in found)
        unpaired.difference_update(row for _, row in found)

    def namesakes(row: int) -> set[int]:
        return {number for name in rows[row].names for number in named.get(name, ())}

    take(lambda row: (n for n in namesakes(row) if entries[n].countries <= rows[row].countries))
    take(namesakes)  # an address may lie outside the heading's country, such as on an island or in an occupied region
    if len(unpaired) * len(entries) <= MOST_PAIRS:
        take(lambda row: entries_with_lost_letters(rows[row], entries))
    if len(unpaired) * len(lacking) <= MOST_PAIRS:
        left = {number: (entries[number], [words_of(name) for name in entries[number].printed]) for number in lacking}
        take(lambda row: similar_entries(rows[row], left))
    return lacking, unpaired


def entries_with_lost_letters(row: Comparable, entries: Sequence[Comparable]) -> Iterator[int]:
    """The entries whose name is that of a row when its question marks stand for letters."""
    for name in row.printed:
        parts = [plain(key(part)) for part in LOST.split(name)]
        if len(parts) > 1 and sum(map(len, parts)) >= FEWEST_LETTERS:
            pattern = re.compile(r"\w{0,3}".join(map(re.escape, parts)))
            yield from (n for n, entry in enumerate(entries) if any(map(pattern.fullmatch, entry.names)))


def similar_entries(row: Comparable, entries: Mapping[int, tuple[Comparable, Sequence[set[str]]]]) -> Iterator[int]:
    """The entries whose name has all words of a row's or the other way round, in its country where it has one."""
    names = [words_of(name) for name in row.printed]
    for number, (entry, words) in entries.items():
        if row.countries and not entry.countries & row.countries:
            continue
        if any(within(one, other) for one in words for other in names):
            yield number
