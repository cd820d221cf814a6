"""What changed between two readings of a text, by meaning: additions, revisions, removals, mergers, separations."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

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

    Complete and minimal: applied to `before` the changes give `after`, and an entry with the same meaning gives none.
    The order of the entries does not matter. Rows kept with "[Reserved]" are no entries.
    """
    found = pair(before, after)
    revisions = [Revision(b, a, fields) for b, a in found.pairs if (fields := field_changes(b, a))]
    hosts = _hosts(revisions)
    all_changes: list[Change] = [
        *revisions,
        *(_left(entry, hosts) for entry in found.removed),
        *(_came(entry, hosts) for entry in found.added),
    ]
    return tuple(sorted(all_changes, key=_place))


def subject(change: Change) -> Entry:
    """Return the entry that a change is about, as it reads after the change, unless it was removed."""
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


def _hosts(revisions: Sequence[Revision]) -> dict[str, list[Revision]]:
    """Return the revised entries by every name that they list before or after."""
    hosts: dict[str, list[Revision]] = defaultdict(list)
    for revision in revisions:
        for name in names_of(revision.before) | names_of(revision.after):
            hosts[name].append(revision)
    return hosts


def _left(entry: Entry, hosts: Mapping[str, Sequence[Revision]]) -> Removal | Merger:
    known = hosts.get(key(entry.name), ())
    into = [r.after for r in known if lists(r.after, entry) and not lists(r.before, entry)]
    return Merger(entry, _nearest(entry, into)) if into else Removal(entry)


def _came(entry: Entry, hosts: Mapping[str, Sequence[Revision]]) -> Addition | Separation:
    known = hosts.get(key(entry.name), ())
    out_of = [r.before for r in known if lists(r.before, entry) and not lists(r.after, entry)]
    return Separation(entry, _nearest(entry, out_of)) if out_of else Addition(entry)


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
