"""Entries as names to be looked for: their own, their aliases, and those listed inside them."""

from collections.abc import Iterator

from msgspec import Struct

from monitor.law.wording import key
from monitor.model.alerts import DocumentEvent, ListChanged
from monitor.model.changes import Addition, Merger, Removal, Revision, Separation
from monitor.model.entries import Entry
from monitor.model.rules import Action, NamedEntry, RuleRow


class Party(Struct, frozen=True, kw_only=True):
    """One entry: `names` as printed, each with what it is to the entry (empty for its own), and `text`, its cell."""

    country: str
    name: str
    action: str
    names: tuple[tuple[str, str], ...]
    text: str = ""


def of_list(body: ListChanged) -> Iterator[Party]:
    """The entries that changed; a revised one with its names before and after."""
    for change in body.changes:
        match change:
            case Addition():
                yield party_of_entry(change.entry, "added")
            case Removal():
                yield party_of_entry(change.entry, "removed")
            case Revision():
                after, before = party_of_entry(change.after, "revised"), names_of_entry(change.before)
                still = {printed for printed, _ in after.names}
                earlier = tuple((printed, "before the revision") for printed, _ in before if printed not in still)
                yield Party(
                    country=after.country,
                    name=after.name,
                    action=after.action,
                    names=after.names + earlier,
                    text=f"{after.text} | {change.before.cells.entity}",
                )
            case Merger() | Separation():  # it stays listed, in another place
                yield party_of_entry(change.entry, "revised")


def party_of_entry(entry: Entry, action: str) -> Party:
    """An entry of a list."""
    names = tuple(names_of_entry(entry))
    return Party(country=entry.country, name=entry.name, action=action, names=names, text=entry.cells.entity)


def names_of_entry(entry: Entry) -> Iterator[tuple[str, str]]:
    """Every name of an entry, its own first."""
    yield entry.name, ""
    yield from ((alias, f"alias of {entry.name}") for alias in entry.aliases)
    yield from ((name, f"named inside the entry of {entry.name}") for name in entry.further_names)
    for sub in entry.sub_entries:
        yield sub.name, f"listed inside the entry of {entry.name}"
        yield from ((alias, f"alias of {sub.name}, inside the entry of {entry.name}") for alias in sub.aliases)


def of_document(event: DocumentEvent) -> Iterator[Party]:
    """The entries that a rule names, each with the aliases of its row in the tables; none before it is read."""
    reading = event.reading
    if reading is None:
        return
    rows = {(key(row.country), key(row.name)): row for row in reading.rows}
    for group, entries in reading.entry_groups.items():
        action = "revised" if group in ("moved", "reworded") else group
        for entry in entries:
            yield _party_of_rule(entry, rows.pop((key(entry.country), key(entry.name)), None), action)
    for row in rows.values():
        yield _party_of_rule(row, row, ACTIONS[row.action])


ACTIONS = {Action.ADD: "added", Action.REVISE: "revised", Action.REMOVE: "removed", None: "named"}


def _party_of_rule(entry: NamedEntry | RuleRow, row: RuleRow | None, action: str) -> Party:
    aliases = () if row is None else row.aliases
    return Party(
        country=entry.country,
        name=entry.name,
        action=action,
        names=((entry.name, ""), *((alias, f"alias of {entry.name}") for alias in aliases)),
        text="" if row is None else row.entity,
    )
