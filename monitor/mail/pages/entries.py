"""The entries of a list that changed, one by one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from monitor.diff import subject as entry_of
from monitor.diff.redline import Mark, Piece
from monitor.law.countries import short_name
from monitor.mail.pages.blocks import Block, Detail, Fact, Heading, Item, Redline, named, redlined, shorten
from monitor.mail.pages.csv_rows import WORDS
from monitor.model.changes import Addition, Change, FieldChange, Merger, Removal, Revision, Separation
from monitor.model.eastern import count
from monitor.model.entries import Entry

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
SETS = ("aliases", "addresses", "cross_references", "sub_entries", "citation")  # shown by what came and went


def headline(changes: Iterable[Change]) -> str:
    """46 added, 3 revised: without what did not happen."""
    kinds = [type(change) for change in changes]
    counted = ", ".join(f"{kinds.count(kind):,} {word}" for kind, word in WORDS.items() if kind in kinds)
    return counted or "the words around the list changed"


def places(changes: Iterable[Change]) -> str:
    """Where, in one word or a number."""
    countries = {short_name(entry_of(change).country) for change in changes}
    return next(iter(countries)) if len(countries) == 1 else count(len(countries), "country")


def items(changes: Sequence[Change], detail: Detail, common: set[str]) -> Iterator[Block]:
    """The first so many changes under their countries, and how many more there are."""
    shown = sorted(changes, key=lambda change: short_name(entry_of(change).country))[: detail.items]
    for country, group in groupby(shown, key=lambda change: short_name(entry_of(change).country)):
        yield Heading(country)
        for change in group:
            yield item(change, detail, common)
    rest = sorted(changes, key=lambda change: short_name(entry_of(change).country))[detail.items :]
    if rest:
        yield Heading(f"And {len(rest):,} more: {headline(rest)}")
        yield from named(((entry_of(change).country, entry_of(change).name) for change in rest), detail.names)


def item(change: Change, detail: Detail, common: set[str]) -> Item:
    """One change with all that it changes."""
    name = shorten(entry_of(change).name, 200)
    match change:
        case Addition(entry):
            facts = tuple(in_cell(fact, detail) for fact in terms(entry) if fact.label not in common)
            return Item("+", "added", name, facts)
        case Removal(entry):
            return Item("-", "removed", name, (Fact("Citation", shorten(entry.cells.citation, detail.cell)),))
        case Revision(_, _, fields):
            return Item(
                "*",
                "revised",
                name,
                redlines=tuple(field_redline(field, detail) for field in without_mere_citation(fields)),
            )
        case Merger(_, into):
            where = f"{shorten(into.name, 200)} ({short_name(into.country)})"
            return Item(">", "now under another entry", name, (Fact("Still listed, inside the entry of", where),))
        case Separation(_, out_of):
            where = f"{shorten(out_of.name, 200)} ({short_name(out_of.country)})"
            return Item("<", "now an entry of its own", name, (Fact("Listed before inside the entry of", where),))


def without_mere_citation(fields: Sequence[FieldChange]) -> Sequence[FieldChange]:
    """The fields that say what changed; a citation that only came along with others does not."""
    others = [field for field in fields if field.field != "citation" or field.removed]
    return others or fields


def terms(entry: Entry) -> Iterator[Fact]:
    """What stands in the cells of a new entry."""
    yield Fact("Entity", entry.cells.entity)
    yield Fact("License requirement", entry.cells.license_requirement)
    yield Fact("License review policy", entry.cells.license_review_policy)
    yield Fact("Citation", entry.cells.citation)


def field_redline(field: FieldChange, detail: Detail) -> Redline:
    """A changed field: what came and went of a set, else the words before and after."""
    label = LABELS[field.field]
    if field.field not in SETS:
        return redlined(label, field.before, field.after, detail.cell)
    removed, new = (shorten("; ".join(texts), detail.cell // 2) for texts in (field.removed, field.added))
    if not removed and not new:  # the same things in other words
        return redlined(label, field.before, field.after, detail.cell)
    both = (Piece(Mark.GONE, removed), Piece(Mark.NEW, new))
    return Redline(label, tuple(piece for piece in both if piece.text))


def cells_of(changes: Iterable[Change]) -> Iterator[str]:
    """The texts that a page may have to shorten."""
    for change in changes:
        if isinstance(change, Addition):
            cells = change.entry.cells
            yield from (cells.entity, cells.license_requirement, cells.license_review_policy)
        elif isinstance(change, Revision):
            yield from (text for field in change.fields for text in (field.before, field.after))


def in_cell(fact: Fact, detail: Detail) -> Fact:
    """What stands in a cell of an entry, within bounds."""
    return Fact(fact.label, shorten(fact.value, detail.cell))
