"""The facts of a reading, and what a variation made of them: same, flagged, or silently wrong."""

import re
from collections import Counter
from enum import StrEnum

from kind import Expected
from msgspec import Struct

from monitor.law.countries import is_country, short_name
from monitor.law.rules.names import comparable
from monitor.model.rules import NamedEntry, RuleReading

_PLACE = re.compile(r"\binstruction \S+(?: \(“.*?”\))?", re.IGNORECASE | re.DOTALL)
_Entry = tuple[str, str, str]  # list, country, name
_LISTS = ("added", "removed", "revised")


class Outcome(StrEnum):
    """What a variation came to."""

    SAME = "same"
    FLAGGED = "flagged"
    WRONG = "silently wrong"


class Facts(Struct, frozen=True):
    """What a rule says, in a form that two readings can be compared by."""

    entries: dict[str, Counter[_Entry]]  # what is done, and to which entries
    others: dict[str, object]  # days, counts, license, savings clause, by name
    flags: Counter[str]  # what the reading itself says that it could not read or that does not agree


def facts_of(reading: RuleReading) -> Facts:
    """The facts of a reading."""
    license_, savings = reading.general_license, reading.savings_clause
    counts = reading.stated_counts
    return Facts(
        entries={field: Counter(map(_entry, getattr(reading, field))) for field in _LISTS},
        others={
            "kind": str(reading.kind),
            "stated": {f: getattr(counts, f) for f in ("entities", "entries", "added", "removed", "revised")},
            "by_country": dict(sorted((counts.by_country or {}).items())),
            "effective_on": reading.effective_on,
            "effective_through": reading.effective_through,
            "comments_close_on": reading.comments_close_on,
            "license": license_ and (str(license_.status), license_.old_expiry, license_.new_expiry),
            "savings": savings and (savings.en_route_on, savings.complete_by),
        },
        flags=flags_of(reading),
    )


def flags_of(reading: RuleReading) -> Counter[str]:
    """What a reading says against itself; the labels of instructions, which variations renumber, are left out."""
    return Counter(_PLACE.sub("instruction", flag) for flag in (*reading.unread, *reading.agreement))


def _entry(entry: NamedEntry) -> _Entry:
    country = short_name(entry.country) if is_country(entry.country) else entry.country
    return str(entry.list), country, comparable(entry.name)


def verdict(before: Facts, after: Facts, *, keeps: bool, expected: Expected) -> Outcome:
    """What a variation came to, against the reading of the text as it was printed."""
    says_so = bool(after.flags - before.flags)
    if not keeps:
        return Outcome.FLAGGED if says_so else Outcome.WRONG
    if expected is Expected.TWO_SPELLINGS:
        if not says_so:
            return Outcome.WRONG
        return Outcome.SAME if _by_country(before) == _by_country(after) else Outcome.FLAGGED
    if says_so:
        return Outcome.FLAGGED
    return Outcome.SAME if (before.entries, before.others) == (after.entries, after.others) else Outcome.WRONG


def _by_country(facts: Facts) -> tuple[dict[str, Counter[tuple[str, str]]], dict[str, object]]:
    """Entries counted by list and country, whatever their names, and all other facts."""
    counted = {
        field: Counter((list_, country) for list_, country, _ in entries.elements())
        for field, entries in facts.entries.items()
    }
    return counted, facts.others


def differences(before: Facts, after: Facts) -> list[str]:
    """What differs, one line each."""
    lines = [f"{f}: - {before.entries[f] - after.entries[f]}" for f in _LISTS if before.entries[f] - after.entries[f]]
    lines += [f"{f}: + {after.entries[f] - before.entries[f]}" for f in _LISTS if after.entries[f] - before.entries[f]]
    lines += [f"{f}: {v} -> {after.others[f]}" for f, v in before.others.items() if v != after.others[f]]
    lines += [f"says: {flag}" for flag in (after.flags - before.flags)]
    return [re.sub(r"Counter\(|\)$", "", line) for line in lines]
