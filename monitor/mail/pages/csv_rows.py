"""The full list behind a page, row by row."""

from collections.abc import Iterable, Iterator

from monitor.diff import subject
from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.mail.pages.blocks import Table
from monitor.mail.pages.subjects import LISTS
from monitor.model.alerts import DocumentEvent, ListChanged
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.entries import Entry
from monitor.model.rules import NamedEntry, RuleReading, RuleRow

LEADING = ("action", "list", "country", "name")
CELLS = ("aliases", "addresses", "license_requirement", "license_review_policy", "footnotes", "citation")
WORDS: dict[type[Change], str] = {
    Addition: "added",
    Revision: "revised",
    Removal: "removed",
    Merger: "now under another entry",
    Separation: "now an entry of its own",
}


def rule_table(event: DocumentEvent) -> Table | None:
    """Every entry that a rule names, with what its tables print; None where it names none."""
    if event.reading is None:
        return None
    rows = tuple(rule_rows(event.reading))
    return table(event.document_number, (*LEADING, *CELLS), rows, f"explain {event.document_number}") if rows else None


def rule_rows(reading: RuleReading) -> Iterator[tuple[str, ...]]:
    """One row for each entry that a rule adds, revises, removes, moves or rewords."""
    printed = {(short_name(row.country), key(row.name)): row for row in reading.rows}
    for word, found in reading.entry_groups.items():
        for entry in found:
            row = None if word == "removed" else printed.get((short_name(entry.country), key(entry.name)))
            cells = ("",) * len(CELLS) if row is None else printed_cells(row)
            yield (word, list_name(entry), short_name(entry.country), entry.name, *cells)


def list_name(entry: NamedEntry) -> str:
    """The list on which an entry stands."""
    return LISTS.get(entry.list, entry.list)


def printed_cells(row: RuleRow) -> tuple[str, ...]:
    """What a rule prints of an entry; where its parts cannot be told apart, the whole cell stands as addresses."""
    return (
        "; ".join(row.aliases),
        "; ".join(row.addresses) or row.entity,
        row.license_requirement,
        row.license_review_policy,
        ", ".join(row.footnotes),
        row.citation,
    )


def changes_table(body: ListChanged) -> Table | None:
    """Every change of a list, with what is revised before and after."""
    rows = tuple(change_row(body.name, change) for change in body.changes)
    columns = (*LEADING, "before", "after", *CELLS)
    command = f"diff --from {body.as_of_before} --to {body.as_of}"
    return table(f"{body.name} {body.as_of}", columns, rows, command) if rows else None


def change_row(list_: str, change: Change) -> tuple[str, ...]:
    """One change: the entry as it stands after it, or as it stood."""
    entry = subject(change)
    before, after = moved(change)
    return (WORDS[type(change)], list_, short_name(entry.country), entry.name, before, after, *entry_cells(entry))


def moved(change: Change) -> tuple[str, str]:
    """What stands before and after: the fields of a revision, or the entry under which another one stands."""
    match change:
        case Revision(_, _, fields):
            sides = ((f.field, f.before or "; ".join(f.removed), f.after or "; ".join(f.added)) for f in fields)
            pairs = list(sides)
            return labeled((name, text) for name, text, _ in pairs), labeled((name, text) for name, _, text in pairs)
        case Merger(_, into):
            return "", f"under {into.name} ({short_name(into.country)})"
        case Separation(_, out_of):
            return f"under {out_of.name} ({short_name(out_of.country)})", ""
        case Addition() | Removal():
            return "", ""


def labeled(fields: Iterable[tuple[str, str]]) -> str:
    """license_requirement: …; citation: …"""
    return "; ".join(f"{name}: {text}" for name, text in fields if text)


def entry_cells(entry: Entry) -> tuple[str, ...]:
    """What a list prints of an entry."""
    return (
        "; ".join(entry.aliases),
        "; ".join(address.text for address in entry.addresses) or entry.cells.entity,
        entry.cells.license_requirement,
        entry.cells.license_review_policy,
        ", ".join(entry.footnotes),
        entry.cells.citation,
    )


def table(name: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], command: str) -> Table:
    """A table under a name that every file system takes."""
    safe = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.lower())
    return Table(f"{safe}.csv", columns, len(LEADING), rows, f"fedreg-monitor {command}")
