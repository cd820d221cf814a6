"""What the Consolidated Screening List says of the lists that we keep, and how the two agree."""

from msgspec import Struct

from monitor.model.entries import ListName


class Party(Struct, frozen=True, kw_only=True, gc=False, order=True):
    """One row of the screening list that is of one of our lists; `countries` are short names, by its addresses."""

    list: ListName
    name: str
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class Screening(Struct, frozen=True, kw_only=True):
    """The screening list as far as it concerns us."""

    parties: tuple[Party, ...]  # in a fixed order, each once
    rows: int  # of all lists
    strange: tuple[str, ...] = ()  # lists and countries that we do not know, in the words of the screening list


class Name(Struct, frozen=True, order=True):
    """An entry or a row by its country and its name; the country is empty where a row has none."""

    country: str
    name: str


class CrossCheck(Struct, frozen=True, kw_only=True):
    """One of our lists against the screening list.

    `missing` stands in the eCFR and not there, `extra` stands there and not in the eCFR.
    """

    list: ListName
    agreed: int  # entries
    missing: tuple[Name, ...]
    extra: tuple[Name, ...]
