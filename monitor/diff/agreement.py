"""Whether the codified list agrees with a rule: what the rule put into the list, and what the list shows."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from monitor.law.countries import short_name
from monitor.law.wording import key, same
from monitor.model.entries import Entry
from monitor.model.rules import NamedEntry, RuleReading, RuleRow


class Agreement(Struct, frozen=True, kw_only=True):
    """How far the list agrees with a rule.

    `agreeing` of the `found` entries are listed as the rule printed them. `missing` ones should be listed and are not,
    `still` ones should be removed and are listed, `different` ones have another license requirement or review policy.
    """

    expected: int
    found: int
    agreeing: int
    missing: tuple[NamedEntry, ...]
    still: tuple[NamedEntry, ...]
    different: tuple[NamedEntry, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the list agrees with the whole rule."""
        return not self.missing and not self.still and not self.different


def reconcile(reading: RuleReading, entries: Sequence[Entry]) -> Agreement:
    """Look for every entry that a rule adds or revises, and for none that it removes.

    An entry is the same by country and name; an alias or an inner entry of the same country counts as its name,
    as the list sometimes puts one under another.
    """
    listed = {(short_name(entry.country), key(name)) for entry in entries for name in entry.names}
    expected = (*reading.added, *reading.revised)
    missing = tuple(
        entry for entry in expected if identity(entry) not in listed and not is_nearly_listed(entry, entries)
    )
    own = {(short_name(entry.country), key(entry.name)) for entry in entries}
    still = tuple(entry for entry in reading.removed if identity(entry) in own)
    different = tuple(differing(reading, entries))
    found = len(expected) - len(missing)
    return Agreement(
        expected=len(expected),
        found=found,
        agreeing=found - len(set(map(identity, different)) & set(map(identity, expected))),
        missing=missing,
        still=still,
        different=different,
    )


def differing(reading: RuleReading, entries: Sequence[Entry]) -> Iterable[NamedEntry]:
    """The rows of a rule whose entry is in the list under another requirement or policy; namesakes are left out."""
    listed: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        listed.setdefault((short_name(entry.country), key(entry.name)), []).append(entry)
    for row in reading.rows:
        named = NamedEntry(row.country, row.name)
        found = listed.get(identity(named), [])
        if len(found) == 1 and not agrees(row, found[0]):
            yield named


def agrees(row: RuleRow, entry: Entry) -> bool:
    """Whether an entry has the requirement and the policy that a rule printed; an empty cell repeats the one above."""
    pairs = (
        (row.license_requirement, entry.cells.license_requirement),
        (row.license_review_policy, entry.cells.license_review_policy),
    )
    return all(not printed or same(printed, listed) for printed, listed in pairs)


def is_nearly_listed(entry: NamedEntry, entries: Iterable[Entry]) -> bool:
    """Whether an entry of the country has all words of the name, or the name all of its ("…, PT", "… Co., Ltd.").

    Instructions and tables of one rule cut such endings differently; that must not cause a false "not in the list".
    """
    wanted, country = words_of(entry.name), short_name(entry.country)
    names = (name for other in entries if short_name(other.country) == country for name in (other.name, *other.aliases))
    return any(within(wanted, words_of(name)) for name in names)


def within(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether the shorter of two names, of two words at least, is part of the other."""
    return min(len(one), len(other)) >= 2 and (one <= other or other <= one)


def words_of(name: str) -> set[str]:
    """The words of a name, without what separates them."""
    return set(re.findall(r"\w+", name.casefold()))


def identity(entry: NamedEntry) -> tuple[str, str]:
    """The country and name that identify an entry of a rule."""
    return short_name(entry.country), key(entry.name)


def names_of(entry: Entry) -> Iterable[str]:
    """Every name under which an entry can be found."""
    inner = (name for sub in entry.sub_entries for name in (sub.name, *sub.aliases))
    return {key(name) for name in (entry.name, *entry.aliases, *entry.further_names, *inner)}


def agreement_sentence(agreement: Agreement, rule: str) -> str:
    """The outcome in one sentence."""
    if agreement.expected == 0 and not agreement.still:
        return f"{rule}: it names no entries to look for."
    sentence = f"{rule}: {agreement.found} of {agreement.expected} entries that it adds or revises are in the list"
    if agreement.missing:
        sentence += f"; not found: {names_in_short(agreement.missing)}"
    if agreement.still:
        sentence += f"; removed by the rule and still there: {names_in_short(agreement.still)}"
    if agreement.different:
        sentence += f"; under another requirement or policy: {names_in_short(agreement.different)}"
    return sentence + "."


def names_in_short(entries: Sequence[NamedEntry], most: int = 10) -> str:
    """The first so many names with their countries."""
    shown = "; ".join(f"{entry.name} ({short_name(entry.country)})" for entry in entries[:most])
    return shown + (f" and {len(entries) - most} more" if len(entries) > most else "")
