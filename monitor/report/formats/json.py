"""A report for programs: values that become JSON as they are."""

from typing import Any

from monitor.law.countries import short_name
from monitor.model.changes import Addition, Merger, Removal, Revision, Separation
from monitor.model.documents import Document
from monitor.model.entries import Citation, Entry
from monitor.model.licenses import LicenseEvent, LicenseState
from monitor.model.reports import DeadlineReport, Evidence, LicenseReport, ListReport, Report, ReportedChange


def as_json(report: Report) -> dict[str, Any]:
    """The whole report, its parts as the functions below give them."""
    return {
        "from": report.start,
        "to": report.end,
        "known_at": report.known_at,
        "lists": {one.name: list_json(one) for one in report.lists},
        "general_licenses": [license_json(one) for one in report.licenses],
        "documents": [document_json(one) for one in report.documents],
        "deadlines": [deadline_json(one) for one in report.deadlines],
        "notes": report.notes,
    }


def list_json(one: ListReport) -> dict[str, Any]:
    """One list: what was added, removed, revised; for a prose supplement its paragraphs."""

    def of(*kinds: type) -> list[dict[str, Any]]:
        return [change_json(entry) for entry in one.entries if isinstance(entry.change, kinds)]

    before, after = one.evidence
    return {
        "called": one.called,
        "evidence": {"from": evidence_json(before), "to": evidence_json(after)},
        "entries": {"from": one.sizes[0], "to": one.sizes[1]},
        "added": of(Addition),
        "removed": of(Removal),
        "revised": of(Revision),
        "merged": of(Merger),
        "separated": of(Separation),
        "paragraphs": [{"before": p.before, "after": p.after} for p in one.paragraphs],
    }


def evidence_json(one: Evidence) -> dict[str, Any]:
    """What proves one side."""
    return {
        "as_of": one.as_of,
        "exists": one.exists,
        "fetched_at": one.fetched_at,
        "sha256": one.sha256,
        "url": one.url,
    }


def change_json(reported: ReportedChange) -> dict[str, Any]:
    """A change of an entry with every field before and after; only a revision has fields."""
    found: dict[str, Any] = {"documents": reported.documents}
    if reported.matches:
        found |= {"matches": reported.matches}
    match reported.change:
        case Addition(entry) | Removal(entry):
            return entry_json(entry) | found
        case Merger(entry, into):
            return entry_json(entry) | found | {"into": {"country": short_name(into.country), "name": into.name}}
        case Separation(entry, out_of):
            return entry_json(entry) | found | {"out_of": {"country": short_name(out_of.country), "name": out_of.name}}
        case Revision(_, after, fields):
            shown = [{"field": f.field, "before": f.before, "after": f.after} for f in fields]
            return entry_json(after) | {"fields": shown} | found


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry in a report."""
    return {
        "country": short_name(entry.country),
        "country_heading": entry.country,
        "name": entry.name,
        "text": entry.cells.entity,
        "license_requirement": entry.cells.license_requirement,
        "license_review_policy": entry.cells.license_review_policy,
        "citations": [citation_json(one) for one in entry.citations],
    }


def citation_json(one: Citation) -> dict[str, Any]:
    """A Federal Register citation."""
    return {"volume": one.volume, "page": one.page, "date": one.on}


def license_json(one: LicenseReport) -> dict[str, Any]:
    """A general license on both days, and the steps between."""
    return {
        "identifier": one.license.identifier,
        "name": one.license.name,
        "beneficiaries": one.license.beneficiaries,
        "before": state_json(one.before),
        "after": state_json(one.after),
        "steps": [step_json(step) for step in one.steps],
    }


def state_json(state: LicenseState | None) -> dict[str, Any] | None:
    """A license on a day; null before anybody could know of it."""
    if state is None:
        return None
    return {
        "status": state.status,
        "valid_from": state.valid_from,
        "valid_through": state.valid_through,
        "days_left": state.days_left,
        "ended_on": state.ended_on,
        "scope": state.scope,
    }


def step_json(step: LicenseEvent) -> dict[str, Any]:
    """One step in the history of a license."""
    return {
        "event": step.event,
        "public_on": step.public_on,
        "effective_on": step.effective_on,
        "old_expiry": step.old_expiry,
        "new_expiry": step.new_expiry,
        "document_number": step.document_number,
        "sentence": step.sentence,
    }


def deadline_json(one: DeadlineReport) -> dict[str, Any]:
    """A deadline that was set, moved, or passed."""
    return {
        "key": one.key,
        "kind": one.kind,
        "title": one.title,
        "means": one.means,
        "before": one.before,
        "after": one.after,
        "moves": [
            {"day": m.day, "public_on": m.public_on, "document_number": m.document_number, "sentence": m.sentence}
            for m in one.moves
        ],
        "passed": one.passed,
    }


def document_json(one: Document) -> dict[str, Any]:
    """A document that was published between."""
    return {
        "document_number": one.document_number,
        "publication_date": one.publication_date,
        "effective_on": one.effective_on,
        "citation": one.citation,
        "type": one.type,
        "action": one.action,
        "title": one.title,
        "url": one.html_url,
    }
