"""Our lists against the screening list: what stands in both, and what in one alone.

The screening list writes the same entries otherwise (CONTRACT.md §6): `?` for letters that it lost, several rows for
one entry, codes of countries by address and not by heading, "and any successor … thereof" behind names.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from monitor.diff.reconcile import within, words_of
from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.model.entries import Entry, EntryKind, ListName
from monitor.model.screening import CrossCheck, Name, Party

SUCCESSORS = re.compile(r"andanysuccessors?.*thereof$")
LOST = re.compile(r"[?\ufffd]+")
INNER = re.compile(r"[.,;:]?\s+subordinate institutions?\b\W*", re.IGNORECASE)  # "Alfa. Subordinate Institution - Beta"
MOST_PAIRS = 200_000  # that are compared loosely; where more are left over, it is no matter of spelling
FEWEST_LETTERS = 5  # of a name with lost letters; what is left of a shorter one fits to many


class Known(Struct, frozen=True, gc=False):
    """An entry or a row as it is compared."""

    countries: frozenset[str]
    printed: tuple[str, ...]
    names: frozenset[str]  # letters and digits alone


def cross_check(name: ListName, entries: Sequence[Entry], parties: Iterable[Party]) -> CrossCheck:
    """Pair entries and rows: first by country and any of their names, then what is left more and more loosely.

    A cry of "missing" or "extra" must not hang on a spelling.
    """
    listed = [entry for entry in entries if entry.kind is not EntryKind.RESERVED]
    rows = [party for party in parties if party.list is name]
    lacking, unpaired = pair([known_entry(entry) for entry in listed], [known_party(row) for row in rows])
    return CrossCheck(
        list=name,
        agreed=len(listed) - len(lacking),
        missing=tuple(sorted(Name(short_name(listed[n].country), listed[n].name) for n in lacking)),
        extra=tuple(sorted({Name("/".join(rows[m].countries), rows[m].name) for m in unpaired})),
    )


def standing(now: CrossCheck, then: CrossCheck) -> CrossCheck:
    """The differences that stood at an earlier time already."""
    return CrossCheck(
        list=now.list,
        agreed=now.agreed,
        missing=tuple(name for name in now.missing if name in then.missing),
        extra=tuple(name for name in now.extra if name in then.extra),
    )


def known_entry(entry: Entry) -> Known:
    """An entry of the eCFR by all of its names."""
    return Known(
        countries=frozenset((short_name(entry.country),)),
        printed=(entry.name, *entry.aliases),
        names=frozenset(plain(key(name)) for name in entry.names) - {""},
    )


def known_party(party: Party) -> Known:
    """A row of the screening list by all of its names; an inner entry of ours is there a row of both names."""
    names = (party.name, *party.aliases, *INNER.split(party.name)[1:])
    return Known(
        countries=frozenset(party.countries),
        printed=names,
        names=frozenset(plain(key(name)) for name in names) - {""},
    )


def plain(letters: str) -> str:
    """The letters of a name without accents, and without the words that stretch it to successors."""
    if letters.endswith("thereof"):
        letters = SUCCESSORS.sub("", letters)
    if letters.isascii():
        return letters
    decomposed = unicodedata.normalize("NFKD", letters)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def pair(entries: Sequence[Known], rows: Sequence[Known]) -> tuple[set[int], set[int]]:
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
    take(namesakes)  # an address may lie elsewhere than the heading, such as on an island or in an occupied region
    if len(unpaired) * len(entries) <= MOST_PAIRS:
        take(lambda row: with_lost_letters(rows[row], entries))
    if len(unpaired) * len(lacking) <= MOST_PAIRS:
        left = {number: (entries[number], [words_of(name) for name in entries[number].printed]) for number in lacking}
        take(lambda row: nearly(rows[row], left))
    return lacking, unpaired


def with_lost_letters(row: Known, entries: Sequence[Known]) -> Iterator[int]:
    """The entries whose name is that of a row when its question marks stand for letters."""
    for name in row.printed:
        parts = [plain(key(part)) for part in LOST.split(name)]
        if len(parts) > 1 and sum(map(len, parts)) >= FEWEST_LETTERS:
            pattern = re.compile(r"\w{0,3}".join(map(re.escape, parts)))
            yield from (n for n, entry in enumerate(entries) if any(map(pattern.fullmatch, entry.names)))


def nearly(row: Known, entries: Mapping[int, tuple[Known, Sequence[set[str]]]]) -> Iterator[int]:
    """The entries whose name has all words of a row's or the other way round, in its country where it has one."""
    names = [words_of(name) for name in row.printed]
    for number, (entry, words) in entries.items():
        if row.countries and not entry.countries & row.countries:
            continue
        if any(within(one, other) for one in words for other in names):
            yield number
