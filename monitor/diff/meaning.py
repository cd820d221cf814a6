"""What an entry says, apart from how it is printed: two entries with one meaning are one entry to a reader."""

from collections.abc import Iterable

from msgspec import Struct

from monitor.law.countries import short_name
from monitor.law.wording import key, same
from monitor.model.entries import Citation, Entry, EntryKind, SubEntry


class Identity(Struct, frozen=True, order=True):
    """Where an entry is looked for again: its country's short name and its normalised name."""

    country: str
    name: str


class SubMeaning(Struct, frozen=True, order=True):
    """What a sub-entry says."""

    name: str
    aliases: frozenset[str]
    addresses: frozenset[str]


class Meaning(Struct, frozen=True):
    """What an entry says; equal exactly where there is no change to report."""

    country: str
    name: str
    aliases: frozenset[str]
    addresses: frozenset[str]
    cross_references: frozenset[str]
    sub_entries: frozenset[SubMeaning]
    license_requirement: str
    license_review_policy: str
    citation: str | tuple[Citation, ...]


def identity(entry: Entry) -> Identity:
    """Return where an entry is looked for again."""
    return Identity(short_name(entry.country), key(entry.name))


def keys(texts: Iterable[str]) -> frozenset[str]:
    """Return the normalised forms of texts of which the order does not count."""
    return frozenset(key(text) for text in texts)


def addresses_of(entry: Entry) -> frozenset[str]:
    """Return the normalised addresses of an entry, without those of its sub-entries."""
    return keys(address.text for address in entry.addresses)


def sub_meaning(sub: SubEntry) -> SubMeaning:
    """Return what a sub-entry says."""
    return SubMeaning(key(sub.name), keys(sub.aliases), keys(address.text for address in sub.addresses))


def citation_meaning(entry: Entry) -> str | tuple[Citation, ...]:
    """Return the citations where all of them could be read, else the words of the cell."""
    complete = len(entry.citations) > 0 and all(citation.on is not None for citation in entry.citations)
    return entry.citations if complete else key(entry.cells.citation)


def meaning(entry: Entry) -> Meaning:
    """Return what an entry says, apart from how it is printed."""
    return Meaning(
        country=key(entry.country),
        name=key(entry.name),
        aliases=keys(entry.aliases),
        addresses=addresses_of(entry),
        cross_references=keys(entry.cross_references),
        sub_entries=frozenset(sub_meaning(sub) for sub in entry.sub_entries),
        license_requirement=key(entry.cells.license_requirement),
        license_review_policy=key(entry.cells.license_review_policy),
        citation=citation_meaning(entry),
    )


def names_of(entry: Entry) -> frozenset[str]:
    """Return every name under which an entry and its sub-entries are known, normalised."""
    subs = (name for sub in entry.sub_entries for name in (sub.name, *sub.aliases))
    return keys((entry.name, *entry.aliases, *subs))


def is_entry(entry: Entry) -> bool:
    """Tell whether a row lists somebody; a place kept with "[Reserved]" does not."""
    return entry.kind is not EntryKind.RESERVED


def same_cell(before: Entry, after: Entry) -> bool:
    """Tell whether two entity cells have the same words, however they were split."""
    return same(before.cells.entity, after.cells.entity)
