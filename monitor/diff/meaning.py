"""What an entry means, apart from how it is printed: entries of one meaning are the same to a person."""

from collections.abc import Iterable

from msgspec import Struct

from monitor.law.countries import short_name
from monitor.law.wording import CLOSING_BRACKET, key, same
from monitor.model.entries import Citation, Entry, EntryKind, SubEntry


class Identity(Struct, frozen=True, order=True):
    """What identifies an entry: its country's short name and its normalized name."""

    country: str
    name: str


class SubMeaning(Struct, frozen=True, order=True):
    """What a sub-entry means."""

    name: str
    aliases: tuple[str, ...]
    addresses: tuple[str, ...]


class Meaning(Struct, frozen=True):
    """What an entry means; equal exactly where there is no change to report."""

    country: str
    name: str
    aliases: tuple[str, ...]
    addresses: tuple[str, ...]
    cross_references: tuple[str, ...]
    sub_entries: tuple[SubMeaning, ...]
    license_requirement: str
    license_review_policy: str
    citation: str | tuple[Citation, ...]


def identity(entry: Entry) -> Identity:
    """Return what identifies an entry."""
    return Identity(short_name(entry.country), key(entry.name))


def keys(texts: Iterable[str]) -> frozenset[str]:
    """Return the normalized forms of texts regardless of their order."""
    return frozenset(key(text) for text in texts)


def spellings(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the normalized forms of all different texts, sorted; two spellings of one thing count twice."""
    return tuple(sorted(key(text) for text in set(texts)))


def addresses_of(entry: Entry) -> frozenset[str]:
    """Return the normalized addresses of an entry, without those of its sub-entries."""
    return keys(address.text for address in entry.addresses)


def sub_meaning(sub: SubEntry) -> SubMeaning:
    """Return what a sub-entry means."""
    return SubMeaning(key(sub.name), spellings(sub.aliases), spellings(a.text for a in sub.addresses))


def citation_meaning(entry: Entry) -> str | tuple[Citation, ...]:
    """Return the citations where all of them could be read, else the words of the cell."""
    complete = len(entry.citations) > 0 and all(citation.on is not None for citation in entry.citations)
    return entry.citations if complete else key(entry.cells.citation)


def meaning(entry: Entry) -> Meaning:
    """Return what an entry means, apart from how it is printed."""
    return Meaning(
        country=key(entry.country),
        name=key(entry.name),
        aliases=spellings(entry.aliases),
        addresses=spellings(address.text for address in entry.addresses),
        cross_references=spellings(entry.cross_references),
        sub_entries=tuple(sorted({sub_meaning(sub) for sub in entry.sub_entries})),
        license_requirement=key(entry.cells.license_requirement),
        license_review_policy=key(entry.cells.license_review_policy),
        citation=citation_meaning(entry),
    )


def names_of(entry: Entry) -> frozenset[str]:
    """Return every name under which an entry and its sub-entries are known, normalized."""
    subs = (name for sub in entry.sub_entries for name in (sub.name, *sub.aliases))
    return keys((*own_names(entry), *entry.aliases, *entry.further_names, *subs))


def own_names(entry: Entry) -> tuple[str, str]:
    """Return the name as printed, and without the brackets at its end, as in "Alfa Co., Ltd. (ACL)"."""
    return entry.name, CLOSING_BRACKET.sub("", entry.name)


def is_entry(entry: Entry) -> bool:
    """Tell whether a row lists somebody; one kept with "[Reserved]" does not."""
    return entry.kind is not EntryKind.RESERVED


def same_cell(before: Entry, after: Entry) -> bool:
    """Tell whether two entity cells have the same words, however they were split."""
    return same(before.cells.entity, after.cells.entity)
