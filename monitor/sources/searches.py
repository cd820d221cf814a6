"""A configured search of the published documents (CONTRACT.md §2.1)."""

from monitor.model.settings import Search
from monitor.sources.published import Asked

# The type that each condition finds; a correction printed by the Office of the Federal Register has a type of its own.
TYPES = {"RULE": "Rule", "PRORULE": "Proposed Rule", "NOTICE": "Notice", "PRESDOCU": "Presidential Document"}
CORRECTION = "Correction"


def asked_of(search: Search) -> Asked:
    """The search in the terms of the API, and how its answer is recognized.

    The slug of an agency is its name in small letters; a term of several words may be quoted by the site.
    """
    title, _, part = search.cfr.partition(" CFR")
    pairs = [("conditions[term]", search.term.strip())]
    pairs += [("conditions[agencies][]", slug) for slug in search.agencies]
    pairs += [("conditions[type][]", kind) for kind in search.types]
    pairs += [("conditions[cfr][title]", title), ("conditions[cfr][part]", part.strip())]
    return Asked(
        what=f"the Federal Register's search {search.name!r}",
        conditions=tuple((name, value) for name, value in pairs if value),
        described=(*search.term.split(), *search.agencies),
        agencies=frozenset(search.agencies),
        types=frozenset(TYPES[kind] for kind in search.types) | ({CORRECTION} if search.types else frozenset()),
    )
