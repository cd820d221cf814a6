"""Which countries the entries of an alert stand under, where entries are all that is at stake in it."""

from collections.abc import Iterator

from monitor.law.countries import short_name
from monitor.model.alerts import DocumentEvent, ListChanged
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.rules import NamedEntry, RuleReading, RuleRow


def of_list(body: ListChanged) -> frozenset[str] | None:
    """The short names of the countries of a list's changes; None where the words around it changed, too."""
    if body.notes or not body.changes:
        return None
    return frozenset(short_name(heading) for change in body.changes for heading in headings_of(change))


def of_document(event: DocumentEvent) -> frozenset[str] | None:
    """The short names of the countries whose entries a rule names; None where it may do more than that."""
    reading = event.reading
    if reading is None or not is_of_entries_alone(event, reading):
        return None
    return frozenset(short_name(entry.country) for entry in entries_of(reading))


def headings_of(change: Change) -> Iterator[str]:
    """The headings under which an entry stood and stands."""
    match change:
        case Revision():
            yield from (change.before.country, change.after.country)
        case Merger():
            yield from (change.entry.country, change.into.country)
        case Separation():
            yield from (change.entry.country, change.out_of.country)
        case Addition() | Removal():
            yield change.entry.country


def is_of_entries_alone(event: DocumentEvent, reading: RuleReading) -> bool:
    """Whether all that a document does was read, and is done to entries."""
    whole = not event.text_missing and not reading.unread and not reading.agreement
    return whole and reading.general_license is None and any(True for _ in entries_of(reading))


def entries_of(reading: RuleReading) -> Iterator[NamedEntry | RuleRow]:
    """Every entry that a rule names."""
    for group in reading.entry_groups.values():
        yield from group
    yield from reading.rows
