"""A report to paste into a ticket: tables of GitHub's Markdown, bounded, nothing in them read as markup."""

import re
from collections.abc import Iterable, Iterator, Sequence

from monitor.law.countries import short_name
from monitor.mail.pages.blocks import shorten
from monitor.model.changes import Merger, Revision, Separation
from monitor.model.licenses import LicenseEvent
from monitor.model.reports import ListReport, Report, ReportedChange
from monitor.report.formats.wording import (
    action_of,
    change_of_end,
    deadline_changes,
    headline,
    label_of,
    limits,
    state_in_words,
)

MOST_ROWS = 200  # of a table; GitHub takes 65 536 characters for a comment
MOST_CELL = 300
MARKUP = re.compile(r"(^[#+-]|[\\`*_\[\]<>|~@$&])")  # no more than needed, as it is also read unrendered


def as_markdown(report: Report) -> str:
    """The report in Markdown."""
    return "\n".join(lines_of(report)).rstrip() + "\n"


def lines_of(report: Report) -> Iterator[str]:
    """Headline, then a table for each part."""
    yield from (f"# Changes from {report.start} to {report.end}", "", plain(headline(report)), "")
    if limited := limits(report.chosen):
        yield from (f"Only {plain(limited)}.", "")
    if report.known_at is not None:
        yield from (f"As far as was known at {report.known_at.isoformat()}.", "")
    for one in report.lists:
        yield from list_lines(one, report)
    licenses = [
        (one.license.identifier, state_in_words(one.before), state_in_words(one.after), steps_of(one.steps))
        for one in report.licenses
    ]
    yield from section("General licenses", ("License", "Before", "After", "Between"), licenses, report)
    deadlines = [
        (one.after or one.before or "", one.kind, one.title, "; ".join(deadline_changes(one)))
        for one in report.deadlines
    ]
    yield from section("Deadlines", ("Day", "What", "Title", "News"), deadlines, report)
    documents = [(d.publication_date, d.document_number, d.title, d.citation or "") for d in report.documents]
    yield from section("Documents of BIS", ("Published", "Number", "Title", "Citation"), documents, report)
    yield from (f"Note: {plain(note)}" for note in report.notes)


def list_lines(one: ListReport, report: Report) -> Iterator[str]:
    """One list: its entries, its words, and what proves them."""
    yield from section(one.called, ("Change", "Country", "Entry", "What", "Rules"), [*map(row_of, one.entries)], report)
    paragraphs = [(p.before, p.after) for p in one.paragraphs]
    yield from section(f"Words of {one.called}", ("Before", "After"), paragraphs, report)
    if one.entries or one.paragraphs:
        sides = (f"as of {side.as_of}: sha256 `{side.sha256}`" for side in one.evidence)
        yield from (f"Evidence of {plain(one.called)}, {'; '.join(sides)}", "")


def row_of(reported: ReportedChange) -> tuple[str, ...]:
    """One change."""
    change = reported.change
    entry = change.after if isinstance(change, Revision) else change.entry
    if isinstance(change, Revision):
        what = "; ".join(
            f"{label_of(f)}: {shorten(f.before, MOST_CELL)} → {shorten(f.after, MOST_CELL)}" for f in change.fields
        )
    elif isinstance(change, Merger):
        what = f"now inside of {change.into.name}"
    elif isinstance(change, Separation):
        what = f"before inside of {change.out_of.name}"
    else:
        what = f"{entry.cells.license_requirement} {entry.cells.license_review_policy}"
    return action_of(change), short_name(entry.country), entry.name, what, ", ".join(reported.documents)


def steps_of(steps: Iterable[LicenseEvent]) -> str:
    """The steps of a license on one line."""
    return "; ".join(f"{s.public_on} {s.event} {change_of_end(s)} ({s.document_number or 'eCFR'})" for s in steps)


def section(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], report: Report) -> Iterator[str]:
    """A heading and a table, nothing where there are no rows."""
    if not rows:
        return
    yield from (f"## {plain(title)}", "")
    yield f"| {' | '.join(columns)} |"
    yield f"|{'---|' * len(columns)}"
    for row in rows[:MOST_ROWS]:
        yield f"| {' | '.join(plain(shorten(str(value), MOST_CELL)) for value in row)} |"
    if len(rows) > MOST_ROWS:
        more = f"{len(rows) - MOST_ROWS:,} more rows: `fedreg-monitor diff --from {report.start} --to {report.end}"
        yield from ("", f"… {more} --format csv` has all of them.")
    yield ""


def plain(text: str) -> str:
    """Text that stays text: what Markdown would take for markup is escaped, lines become blanks."""
    return MARKUP.sub(r"\\\1", " ".join(text.split()))
