"""A report for a terminal."""

from collections.abc import Iterator

from monitor.law.countries import short_name
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.reports import ListReport, Report
from monitor.report.formats.wording import change_of_end, deadline_changes, headline, limits, state_in_words


def as_text(report: Report) -> str:
    """The report in lines."""
    return "\n".join(lines_of(report))


def lines_of(report: Report) -> Iterator[str]:
    """Headline, lists, licenses, deadlines, documents, and what is not known."""
    yield f"Changes from {report.start} to {report.end}"
    if limited := limits(report.chosen):
        yield f"Only {limited}"
    if report.known_at is not None:
        yield f"As far as was known at {report.known_at.isoformat()}"
    yield headline(report)
    for one in report.lists:
        yield from list_lines(one)
    yield from license_lines(report)
    yield from deadline_lines(report)
    yield from ("", f"Documents of BIS published between: {len(report.documents)}")
    yield from (f"  {d.publication_date} {d.document_number} {d.title}" for d in report.documents)
    yield from (f"Note: {note}" for note in report.notes)


def license_lines(report: Report) -> Iterator[str]:
    """Every general license with its states and steps."""
    if report.licenses:
        yield from ("", "General licenses")
    for license_ in report.licenses:
        yield f"  {license_.license.identifier}"
        yield f"      {state_in_words(license_.before)} → {state_in_words(license_.after)}"
        for step in license_.steps:
            yield f"      {step.public_on} {step.event} {change_of_end(step)} ({step.document_number or 'eCFR'})"


def deadline_lines(report: Report) -> Iterator[str]:
    """Every deadline with its changes."""
    if report.deadlines:
        yield from ("", "Deadlines")
    for deadline in report.deadlines:
        yield f"  {deadline.kind}: {deadline.title}"
        yield from (f"      {change}" for change in deadline_changes(deadline))


def list_lines(one: ListReport) -> Iterator[str]:
    """One list."""
    before, after = one.evidence
    yield from ("", f"{one.called} (as of {before.as_of} and {after.as_of})")
    for entry in one.entries:
        rules = f" by {', '.join(entry.documents)}" if entry.documents else ""
        first, *others = change_lines(entry.change)
        yield from (f"{first}{rules}", *others)
        yield from (f"      your {match.wanted}: {match.how}" for match in entry.matches)
    for paragraph in one.paragraphs:
        yield from (f"  {sign} {text}" for sign, text in (("-", paragraph.before), ("+", paragraph.after)) if text)
    if not one.entries and not one.paragraphs:
        yield "  no change"


def change_lines(change: Change) -> list[str]:
    """One change in a few lines."""
    match change:
        case Addition(entry):
            return [f"  + {short_name(entry.country)}: {entry.name} [{entry.cells.citation}]"]
        case Removal(entry):
            return [f"  - {short_name(entry.country)}: {entry.name} [{entry.cells.citation}]"]
        case Merger(entry, into):
            place = f"{short_name(into.country)}: {into.name}"
            return [f"  > {short_name(entry.country)}: {entry.name} is now listed under {place}"]
        case Separation(entry, out_of):
            before = f"before under {out_of.name}"
            return [f"  < {short_name(entry.country)}: {entry.name} is now listed on its own, {before}"]
        case Revision(_, after, fields):
            shown = (f"      {f.field}: {f.before} → {f.after}" for f in fields)
            return [f"  * {short_name(after.country)}: {after.name}", *shown]
