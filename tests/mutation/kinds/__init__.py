"""All kinds of variation, by family."""

from kind import REGISTERED, Kind

from kinds import (
    countries,
    country_lines,
    counts,
    dates,
    ends,
    entities,
    furniture,
    licenses,
    markers,
    names,
    nesting,
    plain_text,
    quotation,
    savings,
    supplement_heads,
    table_losses,
    tables,
    verbs,
)

__all__ = ["KINDS", "Kind"]

FAMILIES = (
    supplement_heads,
    markers,
    nesting,
    verbs,
    quotation,
    country_lines,
    countries,
    names,
    tables,
    table_losses,
    furniture,
    plain_text,
    entities,
    counts,
    dates,
    savings,
    licenses,
    ends,
)
KINDS: tuple[Kind, ...] = tuple(REGISTERED[name] for name in sorted(REGISTERED))
