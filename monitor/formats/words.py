"""What the formats for people have in common: how a change, a license and a deadline are said."""

from collections.abc import Iterable, Iterator
from datetime import date

from monitor.model.changes import Addition, Change, FieldChange, Merger, Removal, Revision, Separation
from monitor.model.eastern import count, long_date
from monitor.model.licenses import LicenseEvent, LicenseState, LicenseStatus
from monitor.model.reports import Chosen, DeadlineReport, LicenseReport, Report

ACTIONS: dict[type[Change], str] = {
    Addition: "added",
    Revision: "revised",
    Removal: "removed",
    Merger: "now under another entry",
    Separation: "now an entry of its own",
}
OVER = (LicenseStatus.LAPSED, LicenseStatus.REMOVED, LicenseStatus.SUPERSEDED, LicenseStatus.GAP)
LABELS = {
    "country": "Country",
    "entity": "Entity",
    "name": "Name",
    "aliases": "Aliases",
    "addresses": "Addresses",
    "cross_references": "Cross references",
    "sub_entries": "Entities inside this entry",
    "license_requirement": "License requirement",
    "license_review_policy": "License review policy",
    "citation": "Federal Register citation",
}


def action_of(change: Change) -> str:
    """What happened to an entry, in words."""
    return ACTIONS[type(change)]


def label_of(field: FieldChange) -> str:
    """The column or part of an entry that a change is about."""
    return LABELS[field.field]


def counted(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes of each kind, without those that are none."""
    kinds = [type(change) for change in changes]
    return {word: kinds.count(kind) for kind, word in ACTIONS.items() if kind in kinds}


def ended(report: Report) -> list[LicenseReport]:
    """The licenses that are over on the last day and were not on the first."""
    return [one for one in report.licenses if is_over(one.after) and not is_over(one.before)]


def is_over(state: LicenseState | None) -> bool:
    """Whether a license has come to its end."""
    return state is not None and state.status in OVER


def headline(report: Report) -> str:
    """The whole report in one sentence."""
    parts = [
        f"{one.name}: {', '.join(f'{number:,} {word}' for word, number in found.items())}"
        for one in report.lists
        if (found := counted(one.changes))
    ]
    over = len(ended(report))
    if over:
        parts.append(f"{count(over, 'general license')} ended")
    elif report.licenses:
        parts.append(f"{count(len(report.licenses), 'general license')} changed")
    if not parts and report.documents:
        parts.append(f"no entry changed, {count(len(report.documents), 'document')} published")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else "Nothing changed."


def limits(chosen: Chosen) -> str:
    """What a report is limited to, in words; empty for all."""
    parts = [", ".join(chosen.lists)] if chosen.lists else []
    parts += [f"entries named “{chosen.entity}”"] if chosen.entity else []
    parts += [f"under {chosen.country}"] if chosen.country else []
    parts += [f"names of {chosen.watchlist}"] if chosen.watchlist else []
    return "; ".join(parts)


def standing(state: LicenseState | None) -> str:
    """How a license stands on a day, in a few words."""
    if state is None:
        return "not yet issued"
    if state.ended_on is not None:
        return f"{state.status}: ended {long_date(state.ended_on)}"
    through = f" through {long_date(state.valid_through)}" if state.valid_through is not None else ""
    return f"{state.status}{through}"


def moved(step: LicenseEvent) -> str:
    """What a step does to the end of a license, in a few words; empty where it does nothing."""
    if step.new_expiry is None:
        return ""
    if step.old_expiry is None or step.old_expiry == step.new_expiry:
        return f"through {long_date(step.new_expiry)}"
    return f"from {long_date(step.old_expiry)} to {long_date(step.new_expiry)}"


def deadline_news(one: DeadlineReport) -> Iterator[str]:
    """What became of a deadline, a clause each."""
    known = one.before
    for move in one.moves:
        yield f"{'set to' if known is None else 'moved to'} {day(move.day)} ({move.document_number})"
        known = move.day
    for passed in one.passed:
        yield f"passed on {day(passed)}"


def day(of: date | None) -> str:
    """A day in words, also where there is none."""
    return "no day" if of is None else long_date(of)
