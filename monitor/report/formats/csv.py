"""A report for a spreadsheet: a row for every changed field of an entry, and for every other change."""

from collections.abc import Iterator

from monitor.law.countries import short_name
from monitor.mail.spreadsheet import as_csv
from monitor.model.changes import Merger, Revision, Separation
from monitor.model.reports import Report, ReportedChange
from monitor.report.formats.wording import action_of, deadline_changes, label_of, state_in_words

COLUMNS = (
    "what", "list", "action", "country", "name", "field", "before", "after", "citation", "rules", "watchlist",
    "from", "to",
)  # fmt: skip
Row = tuple[object, ...]


def as_table(report: Report) -> str:
    """The report as CSV."""
    return as_csv(COLUMNS, [(*row, report.start, report.end) for row in rows_of(report)])


def rows_of(report: Report) -> Iterator[Row]:
    """The cells of each row but for the two days."""
    for one in report.lists:
        for entry in one.entries:
            yield from change_rows(one.called, entry)
        for paragraph in one.paragraphs:
            yield ("paragraph", one.called, "", "", "", "", paragraph.before, paragraph.after, "", "", "")
    for license_ in report.licenses:
        name, before, after = (
            license_.license.identifier,
            state_in_words(license_.before),
            state_in_words(license_.after),
        )
        yield ("general license", "", "", "", name, "state", before, after, "", "", "")
        for step in license_.steps:
            number = step.document_number or "eCFR"
            yield ("general license", "", step.event, "", name, "end", step.old_expiry, step.new_expiry, "", number, "")
    for deadline in report.deadlines:
        changes = "; ".join(deadline_changes(deadline))
        yield ("deadline", "", changes, "", deadline.title, deadline.kind, deadline.before, deadline.after, "", "", "")
    for document in report.documents:
        number, day = document.document_number, document.publication_date
        yield ("document", "", "published", "", document.title, document.type, "", day, document.citation, number, "")


def change_rows(name: str, reported: ReportedChange) -> Iterator[Row]:
    """A change: a revision has a row for each field."""
    change, action = reported.change, action_of(reported.change)
    own = [match.wanted for match in reported.matches]
    if isinstance(change, Revision):
        entry, fields = change.after, [(label_of(f), f.before, f.after) for f in change.fields]
    elif isinstance(change, Merger):
        entry, fields = change.entry, [("Entity", change.entry.cells.entity, f"inside of {change.into.name}")]
    elif isinstance(change, Separation):
        entry, fields = change.entry, [("Entity", f"inside of {change.out_of.name}", change.entry.cells.entity)]
    else:
        entry = change.entry
        sides = ("", entry.cells.entity) if action == "added" else (entry.cells.entity, "")
        fields = [("Entity", *sides)]
    for field, before, after in fields:
        place = (name, action, short_name(entry.country), entry.name)
        yield ("entry", *place, field, before, after, entry.cells.citation, reported.documents, own)
