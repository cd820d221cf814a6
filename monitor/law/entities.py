"""The entity cell: name, aliases, addresses, cross references and sub-entries."""

import re

from msgspec import Struct

from monitor.law.countries import named_in
from monitor.model.entries import Address, EntryKind, SubEntry

ADDRESS_ONLY = re.compile(r"address\s+\d+\b", re.IGNORECASE)


class Entity(Struct, frozen=True, kw_only=True):
    """What an entity cell says."""

    name: str
    kind: EntryKind = EntryKind.ENTITY
    aliases: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    cross_references: tuple[str, ...] = ()
    sub_entries: tuple[SubEntry, ...] = ()
    whole: bool = False


def read_entity(text: str) -> Entity:
    """Return what an entity cell says; `text` has its lines separated by \\n."""
    line = text.replace("\n", " ")
    name, _, rest = line.partition(", ")
    kind = EntryKind.ADDRESS if ADDRESS_ONLY.match(line) else EntryKind.ENTITY
    addresses = (Address(rest, named_in(rest)),) if rest else ()
    return Entity(name=name, kind=kind, addresses=addresses)
