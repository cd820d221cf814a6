"""The entity cell: name, aliases, addresses, cross references and sub-entries.

The lists print them in one grammar with many lapses. What nothing separates reliably stays whole, in the part
where it stands, and the entity is marked so.
"""

import re
from functools import lru_cache

from msgspec import Struct

from monitor.law.addresses import has_address, read_addresses, runs_on, split_references
from monitor.law.aliases import (
    INLINE_MARKER,
    ONE_ALIAS,
    is_item,
    item_text,
    list_opening,
    mentions_aliases,
    name_that_runs_on,
    names_in_brackets,
)
from monitor.law.countries import named_in
from monitor.law.groups import GROUP_OPENS, LABEL, OWN_ADDRESSES
from monitor.law.names import is_place, split_name
from monitor.model.entries import Address, EntryKind, SubEntry

RUNNING_ON = re.compile(r"[.,]\s")
# A list of aliases that goes on in the same line.
OPENED = re.compile(r"following [^—•]*:\s*(?:—|•|\(\d)")
ADDRESS_ONLY = re.compile(r"address(?:es)?\s+(?:no\.\s*)?\d+\b", re.IGNORECASE)


class Entity(Struct, frozen=True, kw_only=True):
    """What an entity cell says; the fields are those of an entry."""

    name: str
    kind: EntryKind = EntryKind.ENTITY
    aliases: tuple[str, ...] = ()
    further_names: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    cross_references: tuple[str, ...] = ()
    sub_entries: tuple[SubEntry, ...] = ()
    whole: bool = False


@lru_cache(maxsize=8192)
def read_entity(text: str) -> Entity:
    """Return what an entity cell says; `text` has its lines separated by \\n."""
    return _Reader(text).entity()


class _Reader:
    """Reads a cell line by line; what it found so far is in its fields."""

    def __init__(self, text: str) -> None:
        self.lines = _lines_of(text)
        self.position = 0
        self.references: list[str] = []
        self.further = list(names_in_brackets(text))
        self.whole = False

    def entity(self) -> Entity:
        head = self.take()
        opens = _group(head)
        if opens is not None:
            head = head[: opens.start()] or head.rstrip(": ")
        name, aliases, places = self.named(head, most=None)
        if aliases and (last := _group(aliases[-1])):
            opens, aliases = last, [*aliases[:-1], item_text(aliases[-1][: last.start()])]
        subs: list[SubEntry] = []
        places += self.group(subs) if opens is not None else self.rest()
        if aliases and not places and not subs and _runs_on(aliases[-1]):
            self.further.append(name_that_runs_on(aliases[-1]))
            self.whole = True
        return self.result(name, aliases, places, subs)

    def result(self, name: str, aliases: list[str], places: list[str], subs: list[SubEntry]) -> Entity:
        addresses = tuple(address for place in places for address in read_addresses(place))
        unsplit = self.whole or any(runs_on(address) for address in addresses)
        return Entity(
            name=name,
            kind=EntryKind.ADDRESS if ADDRESS_ONLY.match(name) else EntryKind.ENTITY,
            aliases=tuple(aliases),
            further_names=tuple(self.further),
            addresses=addresses,
            cross_references=tuple(self.references),
            sub_entries=tuple(subs),
            whole=unsplit,
        )

    # -- lines

    def take(self) -> str:
        self.position += 1
        return self.lines[self.position - 1]

    def next(self) -> str | None:
        return self.lines[self.position] if self.position < len(self.lines) else None

    # -- parts

    def named(self, head: str, *, most: int | None) -> tuple[str, list[str], list[str]]:
        """Return the name that a line begins with, the aliases behind it, and the addresses in that line."""
        if "following" in head and (opening := list_opening(head)):
            count = opening.count if most is not None else None
            return head[: opening.start].rstrip(" ,"), self.items(count), []
        if mentions_aliases(head) and (single := ONE_ALIAS.search(head)):
            return self.one_alias(head, single)
        head, references = split_references(head)
        self.references += references
        name, rest = split_name(head)
        if rest and not has_address(rest) and not is_place(name, rest):
            self.whole = True
            return head, [], []
        return (name, [], [rest]) if rest else (item_text(name), [], [])

    def one_alias(self, head: str, found: re.Match[str]) -> tuple[str, list[str], list[str]]:
        """Read "Name, a.k.a., Alias, address." in one line; the words tell the address from the alias."""
        alias, rest = split_name(found["alias"])
        if rest and not has_address(rest.partition(",")[0]):
            self.whole = True
            return head, [], []
        return head[: found.start()], [item_text(alias)], [rest] if rest else []

    def items(self, most: int | None) -> list[str]:
        """Take the items of a list, not more than it announces where another list may follow at once."""
        found: list[str] = []
        while (line := self.next()) is not None and is_item(line) and (most is None or len(found) < most):
            found.append(item_text(self.take()))
        return found

    def rest(self) -> list[str]:
        """Take the remaining lines as addresses."""
        lines = self.lines[self.position :]
        self.position = len(self.lines)
        text, references = split_references(" ".join(lines))
        self.references += references
        return [text] if text else []

    def group(self, subs: list[SubEntry]) -> list[str]:
        """Take the sub-entries, and return the addresses of the entry itself that stand among them."""
        own: list[str] = []
        while (line := self.next()) is not None:
            if LABEL.fullmatch(line):
                self.take()
            elif addresses := OWN_ADDRESSES.match(line):
                text, references = split_references(self.take()[addresses.end() :])
                self.references += references
                own.append(text)
            else:
                subs.append(self.sub_entry())
        return own

    def sub_entry(self) -> SubEntry:
        line = self.take()
        head = item_text(line) if is_item(line) else line
        name, aliases, places = self.named(head, most=1)
        following = self.next()
        if aliases and following is not None and self.is_address(following):
            places.append(split_references(self.take())[0])
        return SubEntry(
            name=name,
            aliases=tuple(aliases),
            addresses=tuple(address for place in places for address in read_addresses(place)),
        )

    @staticmethod
    def is_address(line: str) -> bool:
        if is_item(line) or LABEL.fullmatch(line) or OWN_ADDRESSES.match(line) or list_opening(line):
            return False
        return has_address(line)


def _group(line: str) -> re.Match[str] | None:
    """Return where a line opens a group of entries, if it does."""
    if not line.endswith(":") or line.endswith(("alias:", "aliases:")):
        return None
    return GROUP_OPENS.search(line)


def _lines_of(text: str) -> list[str]:
    """Return the lines of a cell; a list in one line is broken up at its markers."""
    lines = []
    for line in text.split("\n"):
        opened = OPENED.search(line)
        lines += INLINE_MARKER.sub(r"\g<before>\n", line).split("\n") if opened else [line]
    return lines


def _runs_on(item: str) -> bool:
    """Tell whether an item goes on into an address: no line begins behind it, and it ends in a country."""
    return named_in(item) is not None and RUNNING_ON.search(item) is not None
