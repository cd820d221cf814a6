"""What the lists say: entries and their parts."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

# gc=False: these values hold no references to themselves, and a list has thousands of them.


class ListName(StrEnum):
    """The lists that are printed as supplements to part 744."""

    ENTITY_LIST = "Entity List"
    UNVERIFIED_LIST = "Unverified List"
    MILITARY_END_USER_LIST = "Military End-User List"


class EntryKind(StrEnum):
    """What a row of a list names."""

    ENTITY = "entity"
    ADDRESS = "address"  # "Address 16": whoever is there, no name
    RESERVED = "reserved"


class Citation(Struct, frozen=True, gc=False):
    """A Federal Register citation; `on` is None where the list prints no readable date."""

    volume: int
    page: int
    on: date | None


class Address(Struct, frozen=True, gc=False):
    """One address as printed; `country` is the short name of the country it names, if it names one."""

    text: str
    country: str | None = None


class PolicyKind(StrEnum):
    """What a license review policy means for an application."""

    PRESUMPTION_OF_DENIAL = "presumption of denial"
    POLICY_OF_DENIAL = "policy of denial"
    CASE_BY_CASE = "case-by-case"
    PRESUMPTION_OF_APPROVAL = "presumption of approval"


class Policy(Struct, frozen=True, gc=False):
    """One policy and the words that bound it; `scope` is empty where it holds for everything."""

    kind: PolicyKind
    scope: str = ""


class SubEntry(Struct, frozen=True, gc=False):
    """A firm or institute listed inside another one's entry."""

    name: str
    aliases: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()


class Cells(Struct, frozen=True, gc=False):
    """The plain text of each cell, word for word, with blanks collapsed and markup dropped.

    A footnote designation stands as a superscript ("EAR²"). A list that has no such column has an empty cell.
    """

    entity: str
    license_requirement: str
    license_review_policy: str
    citation: str


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """One entry of a list.

    Identified by `country` + normalised `name` + `ordinal` (n for the nth of the same country and name).
    """

    country: str  # the official heading as printed
    name: str
    cells: Cells
    ordinal: int = 1
    kind: EntryKind = EntryKind.ENTITY
    aliases: tuple[str, ...] = ()
    further_names: tuple[str, ...] = ()  # names inside other parts, such as "Alfa (a.k.a., Beta)": to be searched
    addresses: tuple[Address, ...] = ()
    cross_references: tuple[str, ...] = ()
    sub_entries: tuple[SubEntry, ...] = ()
    policies: tuple[Policy, ...] = ()
    footnotes: tuple[str, ...] = ()  # designations, such as "1"
    citations: tuple[Citation, ...] = ()
    whole: bool = False  # a part of the entity cell could not be split with confidence and stands whole

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the entry and of those listed inside it, as printed, its own first and each once."""
        inner = (name for sub in self.sub_entries for name in (sub.name, *sub.aliases))
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.further_names, *inner)))


class EntryList(Struct, frozen=True, kw_only=True):
    """A list as of a day, in the order in which it is printed."""

    list: ListName
    heading: str
    entries: tuple[Entry, ...]
    footnotes: dict[str, str] = {}  # designation: text as printed below the table
    paragraphs: tuple[str, ...] = ()  # the prose around the table, without footnotes and source notes


class Text(Struct, frozen=True, kw_only=True):
    """A supplement that is prose: its heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]
