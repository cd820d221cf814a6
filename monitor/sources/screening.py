"""The Consolidated Screening List of trade.gov: a cross-check of our lists, never the source (CONTRACT.md §6)."""

import re
from collections.abc import Iterable
from typing import TypeVar

from msgspec import Raw, Struct

from monitor.law.countries import is_country, short_name
from monitor.law.country_codes import name_of_code
from monitor.model.entries import ListName
from monitor.model.errors import ReadError
from monitor.model.screening import Party, Screening
from monitor.sources.decoding import decode, encode

T = TypeVar("T")
NAME = "screening"
WHAT = "the Consolidated Screening List"
SNAPSHOT = "Screening list"  # under this name its rows of our lists are kept
MOST = 96 << 20  # bytes; it had 34 MB in 2026
LISTS = {
    "EL": ListName.ENTITY_LIST,
    "UVL": ListName.UNVERIFIED_LIST,
    "MEU": ListName.MILITARY_END_USER_LIST,
}
# Lists of other bureaus, and the denied persons, for whom the Federal Register is the source.
OTHER_LISTS = {"CAP", "CMIC", "DPL", "DTC", "FSE", "ISN", "MBS", "NS-MBS List", "PLC", "SDN", "SSI"}
CODE = re.compile(r"\(([A-Z][\w -]*)\)")
NO_VALUES = (None, "")  # an empty key may be null, empty or absent: all three mean no value


class Address(Struct, frozen=True, gc=False):
    """An address; only its country is used, as the lists print addresses differently."""

    country: str | None = None


class Row(Struct, frozen=True, gc=False):
    """One row of one of our lists."""

    name: str | None = None
    alt_names: tuple[str | None, ...] | str | None = None
    addresses: tuple[Address, ...] | str | None = None


class Origin(Struct, frozen=True, gc=False):
    """The part of a row that tells the other lists apart."""

    source: str | None = None


class Envelope(Struct, frozen=True):
    """The answer around the rows."""

    results: tuple[Raw, ...]


def url(base: str) -> str:
    """The whole list; it comes with an ETag and is asked for only when it changed."""
    return f"{base}/downloadable_consolidated_screening_list/v1/consolidated.json"


def read(body: bytes) -> Screening:
    """Read the rows of our lists. Raises ReadError when the answer or one of these rows does not read."""
    rows = decode(body, Envelope, WHAT).results
    parties: set[Party] = set()
    strange: set[str] = set()
    for raw in rows:
        origin = decode(raw, Origin, WHAT).source
        if origin in NO_VALUES:
            continue  # there are empty rows (§6)
        found = CODE.search(origin or "")
        code = found[1] if found is not None else origin or ""
        if code in LISTS:
            party = party_of(LISTS[code], decode(raw, Row, WHAT), strange)
            parties |= set() if party is None else {party}
        elif code not in OTHER_LISTS:
            strange.add(f"list {origin!r}")
    if not any(party.list is ListName.ENTITY_LIST for party in parties):
        raise ReadError(f"{WHAT} has no row of the Entity List among its {len(rows):,} rows")
    return Screening(parties=tuple(sorted(parties)), rows=len(rows), strange=tuple(sorted(strange)))


def party_of(name: ListName, row: Row, strange: set[str]) -> Party | None:
    """A row as a value; None for one without a name. Unknown countries are added to `strange`."""
    if row.name is None or not row.name.strip():
        return None
    countries = set()
    for address in several(row.addresses, "addresses"):
        if address.country not in NO_VALUES and (country := country_of(address.country or "")) is not None:
            countries.add(country)
        elif address.country not in NO_VALUES:
            strange.add(f"country {address.country!r}")
    aliases = {" ".join(alias.split()) for alias in several(row.alt_names, "alt_names") if alias} - {""}
    return Party(
        list=name,
        name=" ".join(row.name.split()),
        aliases=tuple(sorted(aliases)),
        countries=tuple(sorted(countries)),
    )


def several(values: tuple[T, ...] | str | None, key: str) -> tuple[T, ...]:
    """The values of a key that may be null or empty instead. Raises ReadError for a text."""
    if values in NO_VALUES:
        return ()
    if isinstance(values, str) or values is None:
        raise ReadError(f"{WHAT} has a text in place of {key}: {values!r:.100}")
    return values


def country_of(code: str) -> str | None:
    """The short name of a country by its code, or by one of its names; None where it is neither."""
    return name_of_code(code) or (short_name(code) if is_country(code) else None)


def kept_form(parties: Iterable[Party]) -> bytes:
    """The rows as they are kept: the same rows make the same bytes."""
    return encode(tuple(parties))


def read_kept(body: bytes) -> tuple[Party, ...]:
    """Rows as they were kept. Raises ReadError."""
    return decode(body, tuple[Party, ...], "the kept rows of the screening list")
