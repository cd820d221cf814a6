"""How many entries each country has, in a line."""

from collections import Counter
from collections.abc import Iterable

from monitor.law.countries import short_name
from monitor.model.eastern import count


def by_country(headings: Iterable[str], most: int = 40) -> str:
    """15 in 2 countries: China 12, Hong Kong 3: how many of these headings each country has, the most first."""
    totals = Counter(short_name(heading) for heading in headings)
    ordered = sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    if len(ordered) == 1:
        return f"{totals.total():,} in {ordered[0][0]}"
    shown = ", ".join(f"{name} {number}" for name, number in ordered[:most])
    more = len(ordered) - most
    rest = f" and {count(more, 'country')} more" if more > 0 else ""
    return f"{totals.total():,} in {count(len(ordered), 'country')}: {shown}{rest}"
