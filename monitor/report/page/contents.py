"""The contents of the HTML page as values: the template adds nothing but markup."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from monitor.law.document import NOISE, kind_of
from monitor.model.documents import Document
from monitor.model.eastern import clock
from monitor.model.reports import DeadlineReport, Evidence, LicenseReport, ListReport, Report
from monitor.report.formats.wording import (
    change_of_end,
    counted,
    deadline_changes,
    ended,
    headline,
    license_name,
    limits,
    state_in_words,
)
from monitor.report.page.axis import Picture
from monitor.report.page.changes import ListView, list_view
from monitor.report.page.growth_chart import Bar, bars_of, growth_charts
from monitor.report.page.license_chart import license_charts

MOST_SHOWN = 4_000  # changes on a page; the rest is counted, and the CSV has all
MOST_FULL = 1_200  # changes up to which an added entry is shown with its aliases and addresses
MOST_DOCUMENTS = 1_000


class Tile(Struct, frozen=True):
    """A number of the summary; `tone` names its color."""

    number: int
    words: str
    tone: str


class StepView(Struct, frozen=True):
    """A step of a license."""

    day: date
    event: str
    moved: str
    number: str
    url: str
    sentence: str


class LicenseView(Struct, frozen=True, kw_only=True):
    """A license before and after, with its steps between."""

    name: str
    identifier: str
    before: str
    after: str
    is_over: bool
    steps: tuple[StepView, ...]


class DeadlineView(Struct, frozen=True):
    """A deadline and what became of it."""

    day: date | None
    kind: str
    title: str
    changes: tuple[str, ...]


class Source(Struct, frozen=True):
    """What proves one side of a list."""

    name: str
    side: str
    evidence: Evidence


class GrowthView(Struct, frozen=True):
    """How a list grew: the pictures, and the same as rows."""

    list_id: str
    pictures: tuple[Picture, ...]
    bars: tuple[Bar, ...]


class Page(Struct, frozen=True, kw_only=True):
    """Everything on the page, in its order."""

    start: date
    end: date
    headline: str
    limits: str
    known_at: str
    made_at: str
    tiles: tuple[Tile, ...]
    pictures: tuple[Picture, ...]
    licenses: tuple[LicenseView, ...]
    lists: tuple[ListView, ...]
    growths: dict[str, GrowthView]
    countries: tuple[tuple[str, int], ...]
    actions: tuple[str, ...]
    deadlines: tuple[DeadlineView, ...]
    documents: tuple[Document, ...]
    others: tuple[Document, ...]
    left_out: int
    brief: bool
    command: str
    sources: tuple[Source, ...]
    unchanged: tuple[str, ...]
    notes: tuple[str, ...]


def page_of(report: Report) -> Page:
    """The page of a report."""
    known = {document.document_number: document for document in (*report.documents, *report.cited)}
    changed = [one for one in report.lists if one.entries or one.paragraphs]
    brief = sum(len(one.entries) for one in changed) > MOST_FULL
    lists = list_views(changed, known, brief=brief)
    main = [document for document in report.documents if kind_of(document) not in NOISE]
    others = [document for document in report.documents if document not in main]
    return Page(
        start=report.start,
        end=report.end,
        headline=headline(report),
        limits=limits(report.chosen),
        known_at="" if report.known_at is None else clock(report.known_at),
        made_at=clock(report.made_at),
        tiles=tuple(tiles(report)),
        pictures=license_charts(report),
        licenses=tuple(license_view(one, known, report) for one in report.licenses),
        lists=lists,
        growths={
            view.id: GrowthView(view.id, growth_charts(one, report, known), tuple(bars_of(one, report, known)))
            for view, one in zip(lists, changed, strict=True)
        },
        countries=facets(lists),
        actions=actions_of(lists),
        deadlines=tuple(deadline_view(one) for one in report.deadlines),
        documents=tuple(main[:MOST_DOCUMENTS]),
        others=tuple(others[:MOST_DOCUMENTS]),
        left_out=max(0, len(main) - MOST_DOCUMENTS) + max(0, len(others) - MOST_DOCUMENTS),
        brief=brief,
        command=f"fedreg-monitor diff --from {report.start} --to {report.end} --format csv --output changes.csv",
        sources=tuple(source for one in report.lists for source in sources_of(one.name, one.evidence)),
        unchanged=tuple(one.called for one in report.lists if one not in changed),
        notes=report.notes,
    )


def list_views(changed: Sequence[ListReport], known: Mapping[str, Document], *, brief: bool) -> tuple[ListView, ...]:
    """The changed lists, together with at most MOST_SHOWN changes."""
    left, views = MOST_SHOWN, []
    for one in changed:
        views.append(list_view(one, known, left, brief=brief))
        left -= min(left, len(one.entries))
    return tuple(views)


def actions_of(lists: Sequence[ListView]) -> tuple[str, ...]:
    """What happened to the entries on the page, each word once, for the filter."""
    changes = (c for view in lists for country in view.countries for terms in country.terms for c in terms.changes)
    return tuple(dict.fromkeys(change.action for change in changes))


def deadline_view(one: DeadlineReport) -> DeadlineView:
    """A deadline with what became of it."""
    return DeadlineView(one.after or one.before, one.kind, one.title, tuple(deadline_changes(one)))


def tiles(report: Report) -> Iterator[Tile]:
    """The numbers of the summary, those that are zero left out but for the first three."""
    found = counted(change for one in report.lists for change in one.changes)
    yield Tile(found.get("added", 0), "entries added" if found.get("added") != 1 else "entry added", "added")
    yield Tile(found.get("revised", 0), "entries revised" if found.get("revised") != 1 else "entry revised", "revised")
    yield Tile(found.get("removed", 0), "entries removed" if found.get("removed") != 1 else "entry removed", "removed")
    moved_in = sum(number for word, number in found.items() if word.startswith("now "))
    if moved_in:
        yield Tile(moved_in, "listed in another place", "revised")
    over = len(ended(report))
    if report.licenses:
        yield Tile(over, f"general {'license' if over == 1 else 'licenses'} ended", "ended")
    yield Tile(
        len(report.documents), "documents published" if len(report.documents) != 1 else "document published", "plain"
    )


def license_view(one: LicenseReport, known: dict[str, Document], report: Report) -> LicenseView:
    """A license."""
    return LicenseView(
        name=license_name(one, report),
        identifier=one.license.identifier,
        before=state_in_words(one.before),
        after=state_in_words(one.after),
        is_over=one in ended(report),
        steps=tuple(
            StepView(
                step.public_on,
                step.event,
                change_of_end(step),
                step.document_number or "eCFR",
                known[step.document_number].html_url if step.document_number in known else "",
                step.sentence,
            )
            for step in one.steps
        ),
    )


def facets(lists: Sequence[ListView]) -> tuple[tuple[str, int], ...]:
    """The countries with how many changes each, by name."""
    totals: dict[str, int] = {}
    for view in lists:
        for country in view.countries:
            totals[country.name] = totals.get(country.name, 0) + country.total
    return tuple(sorted(totals.items()))


def sources_of(name: str, evidence: tuple[Evidence, Evidence]) -> Iterator[Source]:
    """Both sides of a list; where nothing changed, one text stands for both."""
    if evidence[0] == evidence[1]:
        yield Source(name, "on both days", evidence[0])
        return
    for side, one in zip(("before", "after"), evidence, strict=True):
        yield Source(name, side, one)
