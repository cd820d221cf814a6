"""One supplement between two readings, and which rules explain each change."""

from collections.abc import Iterable, Mapping, Sequence

from monitor.diff import changes, paragraph_changes
from monitor.diff.attribution import explaining, list_pages
from monitor.law.countries import short_name
from monitor.law.supplement import SupplementReading, entries_of, entry_count, words_of
from monitor.law.wording import key
from monitor.model.changes import Change, Merger, Removal
from monitor.model.documents import Document
from monitor.model.reports import Evidence, ListReport, ReportedChange
from monitor.model.rules import RuleReading


def list_between(
    name: str,
    evidence: tuple[Evidence, Evidence],
    readings: tuple[SupplementReading, SupplementReading],
    documents: Sequence[Document],
    removals: Mapping[tuple[str, str], tuple[str, ...]],
) -> ListReport:
    """Compare two readings of one supplement; `removals` as `removals_of` gives it."""
    old, new = readings
    earlier, later = entries_of(old), entries_of(new)
    found = changes(earlier.entries if earlier else (), later.entries if later else ())
    pages = list_pages(found)
    near = explaining(pages, documents)
    printed = {page: explaining({page}, near) for page in pages}
    return ListReport(
        name=name,
        called=(newest.list if (newest := later or earlier) else name),
        evidence=evidence,
        sizes=(entry_count(earlier) if earlier else None, entry_count(later) if later else None),
        entries=tuple(explained(change, printed, removals) for change in found),
        paragraphs=paragraph_changes(words_of(old), words_of(new)),
    )


def explained(
    change: Change,
    printed: Mapping[tuple[int, int], tuple[Document, ...]],
    removals: Mapping[tuple[str, str], tuple[str, ...]],
) -> ReportedChange:
    """A change with the rules that its new citations name; `printed` are the documents on each cited page.

    A removed entry cites only the rules that added it: for a removal, the rules that state it are given.
    """
    if isinstance(change, Removal | Merger):
        return ReportedChange(change, removals.get((short_name(change.entry.country), key(change.entry.name)), ()))
    found = [document.document_number for page in sorted(list_pages([change])) for document in printed[page]]
    return ReportedChange(change, tuple(dict.fromkeys(found)))


def removals_of(readings: Iterable[RuleReading]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The numbers of the rules that remove an entry, by its country and its normalised name."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for reading in readings:
        for entry in reading.removed:
            place = short_name(entry.country), key(entry.name)
            found[place] = (*found.get(place, ()), reading.document_number)
    return found
