"""What changed between two days, from kept evidence: the same reading and the same diff as the alerts."""

from datetime import date
from typing import Any

from msgspec import Struct

from monitor import compare
from monitor.diff import changes, paragraph_changes
from monitor.errors import MonitorError
from monitor.model.changes import Addition, Change, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.documents import Document
from monitor.model.entries import Entry
from monitor.model.polls import Snapshot
from monitor.sources import ecfr, published
from monitor.store import Store


class NoEvidenceError(MonitorError):
    """A day before the first one of which something was kept."""


class ListReport(Struct, frozen=True, kw_only=True):
    """One supplement between two days; `as_of` are the days for which the evidence speaks."""

    name: str
    as_of: tuple[date, date]
    sha256: tuple[str, str]
    changes: tuple[Change, ...]
    paragraphs: tuple[ParagraphChange, ...]


class Report(Struct, frozen=True, kw_only=True):
    """Everything between two days."""

    start: date
    end: date
    lists: tuple[ListReport, ...]
    documents: tuple[Document, ...]


def report(store: Store, start: date, end: date) -> Report:
    """Compare what was known of two days. Raises NoEvidenceError, or ReadError for evidence that does not read."""
    lists = tuple(list_report(store, supplement.name, start, end) for supplement in ecfr.WATCHED)
    kept = [published.read_row(document.row) for document in store.documents(published.NAME)]
    low, high = min(start, end), max(start, end)
    documents = tuple(document for document in kept if low < document.publication_date <= high)
    return Report(start=start, end=end, lists=lists, documents=documents)


def list_report(store: Store, name: str, start: date, end: date) -> ListReport:
    """One supplement, each side read with today's reader."""
    before, after = evidence(store, name, start), evidence(store, name, end)
    old, new = compare.read(before), compare.read(after)
    earlier, later = compare.entries_of(old), compare.entries_of(new)
    return ListReport(
        name=name,
        as_of=(before.as_of, after.as_of),
        sha256=(before.sha256, after.sha256),
        changes=changes(earlier.entries if earlier else (), later.entries if later else ()),
        paragraphs=paragraph_changes(compare.words_of(old), compare.words_of(new)),
    )


def evidence(store: Store, name: str, day: date) -> Snapshot:
    """The newest snapshot that speaks for a day. Raises NoEvidenceError."""
    snapshot = store.snapshot_on(name, day)
    if snapshot is not None:
        return snapshot
    first = store.first_as_of(name)
    known = f"the earliest kept is of {first}" if first is not None else "nothing was kept yet; run `check` first"
    raise NoEvidenceError(f"no evidence of {name} for {day}: {known}")


def as_json(report: Report) -> dict[str, Any]:
    """The report for programs."""
    return {
        "from": report.start,
        "to": report.end,
        "lists": {one.name: list_json(one) for one in report.lists},
        "documents": [
            {
                "document_number": document.document_number,
                "publication_date": document.publication_date,
                "citation": document.citation,
                "title": document.title,
                "url": document.html_url,
            }
            for document in report.documents
        ],
    }


def list_json(one: ListReport) -> dict[str, Any]:
    """One list: what was added, removed, revised; for a prose supplement its paragraphs."""
    return {
        "as_of": {"from": one.as_of[0], "to": one.as_of[1]},
        "sha256": {"from": one.sha256[0], "to": one.sha256[1]},
        "added": [entry_json(c.entry) for c in one.changes if isinstance(c, Addition)],
        "removed": [entry_json(c.entry) for c in one.changes if isinstance(c, Removal)],
        "revised": [revision_json(c) for c in one.changes if isinstance(c, Revision)],
        "merged": [entry_json(c.entry) | {"into": c.into.name} for c in one.changes if isinstance(c, Merger)],
        "separated": [
            entry_json(c.entry) | {"out_of": c.out_of.name} for c in one.changes if isinstance(c, Separation)
        ],
        "paragraphs": [{"before": p.before, "after": p.after} for p in one.paragraphs],
    }


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry as it stands in a report."""
    return {
        "country": entry.country,
        "name": entry.name,
        "license_requirement": entry.cells.license_requirement,
        "license_review_policy": entry.cells.license_review_policy,
        "citations": [{"volume": c.volume, "page": c.page, "date": c.on} for c in entry.citations],
    }


def revision_json(revision: Revision) -> dict[str, Any]:
    """A revision with every field before and after."""
    fields = [{"field": f.field, "before": f.before, "after": f.after} for f in revision.fields]
    return entry_json(revision.after) | {"fields": fields}


def as_text(report: Report) -> str:
    """The report for a terminal."""
    lines = [f"Changes from {report.start} to {report.end}"]
    for one in report.lists:
        lines += ["", f"{one.name} (as of {one.as_of[0]} and {one.as_of[1]})"]
        lines += [line for change in one.changes for line in change_lines(change)]
        lines += [
            f"  {sign} {text}" for p in one.paragraphs for sign, text in (("-", p.before), ("+", p.after)) if text
        ]
        if not one.changes and not one.paragraphs:
            lines.append("  no change")
    lines += ["", f"Documents of BIS published between: {len(report.documents)}"]
    lines += [f"  {d.publication_date} {d.document_number} {d.title}" for d in report.documents]
    return "\n".join(lines)


def change_lines(change: Change) -> list[str]:
    """One change in a few lines."""
    match change:
        case Addition(entry):
            return [f"  + {entry.country}: {entry.name} [{entry.cells.citation}]"]
        case Removal(entry):
            return [f"  - {entry.country}: {entry.name} [{entry.cells.citation}]"]
        case Merger(entry, into):
            return [f"  > {entry.country}: {entry.name} is now listed under {into.country}: {into.name}"]
        case Separation(entry, out_of):
            return [f"  < {entry.country}: {entry.name} is now listed on its own, before under {out_of.name}"]
        case Revision(_, after, fields):
            return [f"  * {after.country}: {after.name}", *(f"      {f.field}: {f.before} → {f.after}" for f in fields)]
