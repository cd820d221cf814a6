"""A rule against the codified list: what it said would stand there, and what stands there."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.model.entries import Entry
from monitor.model.rules import NamedEntry, RuleReading


class Agreement(Struct, frozen=True, kw_only=True):
    """How the list bears a rule out; `missing` should be there and is not, `still` should be gone and is there."""

    expected: int
    found: int
    missing: tuple[NamedEntry, ...]
    still: tuple[NamedEntry, ...]

    @property
    def whole(self) -> bool:
        """Whether the list says all that the rule said."""
        return not self.missing and not self.still


def reconcile(reading: RuleReading, entries: Sequence[Entry]) -> Agreement:
    """Look for every entry that a rule adds or revises, and for none that it removes.

    An entry is the same by country and name; an alias or an inner entry of the same country counts as its name,
    as the list sometimes puts one under another.
    """
    listed = {(short_name(entry.country), name) for entry in entries for name in names_of(entry)}
    expected = (*reading.added, *reading.revised)
    missing = tuple(entry for entry in expected if identity(entry) not in listed)
    own = {(short_name(entry.country), key(entry.name)) for entry in entries}
    still = tuple(entry for entry in reading.removed if identity(entry) in own)
    return Agreement(expected=len(expected), found=len(expected) - len(missing), missing=missing, still=still)


def identity(entry: NamedEntry) -> tuple[str, str]:
    """By what an entry of a rule is known."""
    return short_name(entry.country), key(entry.name)


def names_of(entry: Entry) -> Iterable[str]:
    """Every name under which an entry can be found."""
    inner = (name for sub in entry.sub_entries for name in (sub.name, *sub.aliases))
    return {key(name) for name in (entry.name, *entry.aliases, *entry.further_names, *inner)}


def said(agreement: Agreement, rule: str) -> str:
    """The outcome in one sentence."""
    if agreement.expected == 0 and not agreement.still:
        return f"{rule}: it names no entries to look for."
    sentence = f"{rule}: {agreement.found} of {agreement.expected} entries that it adds or revises are in the list"
    if agreement.missing:
        sentence += f"; not found: {listing(agreement.missing)}"
    if agreement.still:
        sentence += f"; removed by the rule and still there: {listing(agreement.still)}"
    return sentence + "."


def listing(entries: Sequence[NamedEntry], most: int = 10) -> str:
    """The first so many names with their countries."""
    shown = "; ".join(f"{entry.name} ({short_name(entry.country)})" for entry in entries[:most])
    return shown + (f" and {len(entries) - most} more" if len(entries) > most else "")
