"""What changed between two readings, by meaning: additions, revisions, removals, mergers and separations."""

from collections.abc import Sequence

from monitor.diff.fields import field_changes
from monitor.diff.meaning import addresses_of, keys, names_of, own_names
from monitor.diff.pairing import pair
from monitor.diff.paragraphs import paragraph_changes
from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.entries import Entry

__all__ = ["changes", "paragraph_changes", "subject"]


def changes(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Change, ...]:
    """Return what changed from one reading of a list to another, by country and name.

    Complete and minimal: applied to `before` it gives what `after` says, and an entry that says the same
    gives none. The order of the entries does not count. Places kept with "[Reserved]" are no entries.
    """
    found = pair(before, after)
    revisions = [Revision(b, a, fields) for b, a in found.pairs if (fields := field_changes(b, a))]
    all_changes: list[Change] = [
        *revisions,
        *(_gone(entry, revisions) for entry in found.gone),
        *(_new(entry, revisions) for entry in found.new),
    ]
    return tuple(sorted(all_changes, key=_place))


def subject(change: Change) -> Entry:
    """Return the entry that a change is about, as it stands after the change if it still does."""
    return change.after if isinstance(change, Revision) else change.entry


def _place(change: Change) -> tuple[str, ...]:
    entry = subject(change)
    return (
        short_name(entry.country).casefold(),
        key(entry.name),
        type(change).__name__,
        entry.country,
        entry.cells.entity,
        entry.cells.citation,
        entry.cells.license_requirement,
        entry.cells.license_review_policy,
    )


def _gone(entry: Entry, revisions: Sequence[Revision]) -> Removal | Merger:
    hosts = [r for r in revisions if lists(r.after, entry) and not lists(r.before, entry)]
    return Merger(entry, _nearest(entry, [r.after for r in hosts])) if hosts else Removal(entry)


def _new(entry: Entry, revisions: Sequence[Revision]) -> Addition | Separation:
    hosts = [r for r in revisions if lists(r.before, entry) and not lists(r.after, entry)]
    return Separation(entry, _nearest(entry, [r.before for r in hosts])) if hosts else Addition(entry)


def _nearest(entry: Entry, hosts: Sequence[Entry]) -> Entry:
    """Return the host in the same country if there is one, else the first by country and name."""
    own = short_name(entry.country)
    return min(hosts, key=lambda host: (short_name(host.country) != own, host.country, key(host.name)))


def lists(host: Entry, entry: Entry) -> bool:
    """Tell whether another entry lists this one, too: by a sub-entry, an alias, or its name and address."""
    name = key(entry.name)
    if name in keys(own_names(host)):
        return bool(addresses_of(host) & addresses_of(entry))
    return name in names_of(host)
