"""What the formats for people have in common: how a change, a license and a deadline are words_of_all."""

from collections.abc import Iterable, Mapping
from datetime import date

from monitor.mail.pages.entries import LABELS
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
    parts = [list_in_short(one.called, found) for one in report.lists if (found := counted(one.changes))]
    over = ended(report)
    if len(over) == 1 and over[0].after is not None:
        on = f" {long_date(over[0].after.ended_on)}" if over[0].after.ended_on is not None else ""
        parts.append(f"the {over[0].license.called} ended{on}")
    elif over:
        parts.append(f"{count(len(over), 'general license')} ended")
    elif report.licenses:
        parts.append(f"{count(len(report.licenses), 'general license')} changed")
    if parts:
        sentence = "; ".join(parts)
        return f"{sentence[0].upper()}{sentence[1:]}."
    if report.is_empty:
        return "Nothing changed."
    words = [f"the words of {one.called} changed" for one in report.lists if one.paragraphs]
    rest = "; ".join(words) or f"{count(len(report.documents), 'document')} of BIS published"
    return f"No entry and no general license changed; {rest}."


FIRST_WORDS = {
    "added": "{} added to the {}",
    "removed": "{} removed from the {}",
    "now under another entry": "{} of the {} moved under another entry",
    "now an entry of its own": "{} of the {} made of part of another entry",
}


def list_in_short(name: str, found: Mapping[str, int]) -> str:
    """278 entries added to a list, 28 revised, 3 removed."""
    (first, number), *others = found.items()
    beginning = FIRST_WORDS.get(first, "{} of the {} " + first).format(count(number, "entry"), name)
    return ", ".join([beginning, *(f"{other:,} {word}" for word, other in others)])


def license_name(one: LicenseReport, report: Report) -> str:
    """A license as it is called; where two are called the same, each with the day from which it is."""
    alike = sum(other.license.called == one.license.called for other in report.licenses)
    return one.license.called if alike == 1 else one.license.identifier.removeprefix(f"{one.license.supplement}, ")


def limits(chosen: Chosen) -> str:
    """What a report is limited to, in words; empty for all."""
    parts = [", ".join(chosen.lists)] if chosen.lists else []
    parts += [f"entries named “{chosen.entity}”"] if chosen.entity else []
    parts += [f"under {chosen.country}"] if chosen.country else []
    parts += [f"names of {chosen.watchlist}"] if chosen.watchlist else []
    return "; ".join(parts)


def state_in_words(state: LicenseState | None) -> str:
    """The state of a license on a day, in a few words."""
    if state is None:
        return "not yet issued"
    if state.ended_on is not None:
        return f"ended {long_date(state.ended_on)} ({state.status})"
    through = f" through {long_date(state.valid_through)}" if state.valid_through is not None else ""
    return f"{state.status}{through}"


def change_of_end(step: LicenseEvent) -> str:
    """What a step does to the end of a license, in a few words; empty where it does nothing."""
    if step.new_expiry is None:
        return ""
    if step.old_expiry is None or step.old_expiry == step.new_expiry:
        return f"through {long_date(step.new_expiry)}"
    return f"from {long_date(step.old_expiry)} to {long_date(step.new_expiry)}"


def deadline_changes(one: DeadlineReport) -> list[str]:
    """What became of a deadline, a clause each, in the order in which it happened."""
    changes, known = [(passed, 1, f"passed on {day(passed)}") for passed in one.passed], one.before
    for move in one.moves:
        word = "set to" if known is None else "moved to"
        changes.append((move.public_on, 0, f"{word} {day(move.day)} ({move.document_number})"))
        known = move.day
    return [words for _, _, words in sorted(changes, key=lambda n: n[:2])]


def day(of: date | None) -> str:
    """A day in words, also where there is none."""
    return "no day" if of is None else long_date(of)
