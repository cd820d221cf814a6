"""Where a license is in the regulations and whom it is for, read from names and sentences."""

import re

from msgspec import Struct

_SUPPLEMENT = re.compile(r"\bsupplement\s+(?:no\.\s*)?(?P<number>\d+)\s+to\s+part\s+(?P<part>\d+)", re.IGNORECASE)
_ORDER = re.compile(r"\bgeneral order\s+(?:no\.\s*)?(?P<number>\d+)", re.IGNORECASE)
_NAMED = re.compile(r"\((?P<who>[^()]+)\)")
_WHO = (
    re.compile(
        r"\bpertaining to (?:exports?|reexports?)[^.;]*?\(in-country\)\s+to\s+(?P<who>[A-Z].+?)"
        r"(?=\s*\(see\b|;|\.\s+[A-Z]|\.?$)"
    ),
    re.compile(r"\bgeneral licen[sc]e to\s+(?P<who>[A-Z].+?)(?=\s+on the Entity List|;|\.\s+[A-Z]|\.?$)"),
    re.compile(r"\bbecame effective as to\s+(?P<who>[A-Z].+?),?\s+on\s+[A-Z][a-z]+ \d"),
)


class Place(Struct, frozen=True):
    """A supplement, and within the General Orders the order; the same place is used for many licenses."""

    supplement: str
    general_order: str = ""

    @property
    def key(self) -> str:
        """The place as a part of keys: part-736-supplement-1-general-order-4."""
        found = _SUPPLEMENT.search(self.supplement)
        supplement = f"part-{found['part']}-supplement-{found['number']}" if found else slug(self.supplement)
        return f"{supplement}-{slug(self.general_order)}" if self.general_order else supplement

    @property
    def words(self) -> str:
        """General Order No. 4, Supplement No. 1 to part 736."""
        return f"{self.general_order}, {self.supplement}" if self.general_order else self.supplement


def place_of(words: str) -> Place:
    """The place that a name or heading gives; the words themselves where it names no supplement."""
    supplement, order = _SUPPLEMENT.search(words), _ORDER.search(words)
    return Place(
        f"Supplement No. {supplement['number']} to part {supplement['part']}" if supplement else words.strip(),
        f"General Order No. {order['number']}" if order else "",
    )


def license_name(name: str) -> str:
    """The name without its place and beneficiaries: Temporary General License."""
    short = re.sub(r",?\s*supplement\s+no\..*$", "", _NAMED.sub("", name), flags=re.IGNORECASE)
    return re.sub(r"\s+", " ", short).strip(" ,")


def beneficiaries_of(name: str, sentence: str) -> tuple[str, ...]:
    """For whom the license is, as far as its sentence or its name says so."""
    for pattern in _WHO:
        if found := pattern.search(sentence):
            return tuple(re.split(r"\s+and\s+(?=[A-Z])", found["who"].strip(" ,")))
    named = _NAMED.search(name)
    return (named["who"],) if named else ()


def short_name(beneficiaries: tuple[str, ...]) -> str:
    """Whom a license is for, without the number of affiliates, which changes over time."""
    whole = " and ".join(beneficiaries)
    return re.split(r",?\s+and\s+(?:(?:certain|all|[a-z-]+(?:\s+[a-z-]+)*)\s+of\s+)?its\b", whole)[0]


def slug(words: str) -> str:
    """Words as a part of a key."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
