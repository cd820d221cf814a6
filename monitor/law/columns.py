"""Identify the list in a supplement and its columns by the words of the headings, never by position."""

import re
from collections.abc import Sequence

from monitor.law.markup import Cell
from monitor.law.wording import key
from monitor.model.entries import ListName
from monitor.model.errors import ReadError

# The headings as the eCFR prints them in supplements nos. 4, 6 and 7 to part 744, whole.
COUNTRY, ENTITY, REQUIREMENT, POLICY, CITATION = (
    "country", "entity", "license_requirement", "license_review_policy", "citation",
)  # fmt: skip
COLUMNS = {
    ListName.ENTITY_LIST: {
        "Country": COUNTRY,
        "Entity": ENTITY,
        "License requirement": REQUIREMENT,
        "License review policy": POLICY,
        "Federal Register citation": CITATION,
    },
    ListName.UNVERIFIED_LIST: {
        "Country": COUNTRY,
        "Listed person and address": ENTITY,
        "Federal Register citation and date of publication": CITATION,
    },
    ListName.MILITARY_END_USER_LIST: {
        "Country": COUNTRY,
        "Entity": ENTITY,
        "Federal Register citation": CITATION,
    },
}
SUPPLEMENTS = {
    "4": ListName.ENTITY_LIST,
    "6": ListName.UNVERIFIED_LIST,
    "7": ListName.MILITARY_END_USER_LIST,
}
HEADING = re.compile(r"supplement\s+no\.?\s*(\d+)\s+to\s+part\s+744\b", re.IGNORECASE)


def list_named(heading: str) -> ListName:
    """Return the list that a supplement's heading names.

    Raises ReadError when the heading names no list of part 744.
    """
    found = HEADING.search(heading)
    if found is None or found[1] not in SUPPLEMENTS:
        raise ReadError(f"the supplement is headed {heading!r}, which is none of the lists of part 744")
    return SUPPLEMENTS[found[1]]


def columns_of(name: ListName, headings: Sequence[Cell]) -> tuple[str, ...]:
    """Return what each column holds, from left to right.

    Raises ReadError when a heading is unknown, missing or there twice.
    """
    wanted = {key(heading): column for heading, column in COLUMNS[name].items()}
    found = []
    for cell in headings:
        if key(cell.text) not in wanted:
            raise ReadError(
                f"the {name} has a column headed {cell.text!r}, which we do not know; its headings were "
                f"{', '.join(COLUMNS[name])}"
            )
        found.append(wanted[key(cell.text)])
    missing = [heading for heading, column in COLUMNS[name].items() if column not in found]
    if missing:
        raise ReadError(f"the {name} lacks the column {missing[0]!r}")
    if len(found) != len(wanted):
        raise ReadError(f"the {name} has a column twice: {', '.join(cell.text for cell in headings)}")
    return tuple(found)
