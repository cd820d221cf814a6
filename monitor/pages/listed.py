"""A list that says something else."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from monitor.diff import subject as entry_of
from monitor.law.countries import short_name
from monitor.model.alerts import ListChanged, Rule
from monitor.model.changes import Addition, Change, FieldChange, Merger, Removal, Revision, Separation
from monitor.model.eastern import count, long_date, short_date
from monitor.model.entries import Entry
from monitor.pages.blocks import (
    Block,
    Bullets,
    Detail,
    Fact,
    Facts,
    Hash,
    Heading,
    Item,
    Links,
    Page,
    Prose,
    Redline,
    View,
    by_country,
    listed,
    named,
    redlined,
    section,
    shorten,
)
from monitor.pages.tables import WORDS, changes_table
from monitor.redline import Mark, Piece

UNEXPLAINED = "No document that we know is cited by these changes; it may be older, or a technical amendment."
MOST_TOLD = 30  # names of entries that were told before
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
SETS = ("aliases", "addresses", "cross_references", "sub_entries", "citation")  # told by what came and went


def list_page(body: ListChanged, view: View) -> Page:
    """What a rule said and is now codified, told briefly; what nobody told before, in full."""
    detail = view.detail
    news = body.changes[: len(body.changes) - body.as_told]
    told = body.changes[len(news) :]
    shared = shared_terms(news)
    facts = (*who(body.changes), *shared, Fact("List", f"{body.name} as of {long_date(body.as_of)}, before as of "
             f"{long_date(body.as_of_before)}; it now has {count(body.total, 'entry')}"))  # fmt: skip
    whole = body.rule is not None and body.rule.agreeing == body.rule.expected
    doubts = () if whole else listed(body.agreements, 10, 2 * detail.cell)
    notes = [redlined("", note.before, note.after, 2 * detail.cell) for note in body.notes[: detail.items]]
    sources = body.documents + body.links
    return Page(
        subject=subject(body),
        lead=lead(body),
        blocks=(
            Facts(tuple(shortened(fact, detail) for fact in facts)),
            *items(news, detail, common={fact.label for fact in shared}),
            *section(
                told_heading(told),
                named(((entry_of(c).country, entry_of(c).name) for c in told), min(detail.names, MOST_TOLD)),
            ),
            *section("The words around the list", notes),
            *section("How sure this is", (Bullets(doubts),) if doubts else ()),
            *((Prose(UNEXPLAINED),) if body.rule is None and not body.documents and body.changes else ()),
            *section("Official pages", (Links(sources),) if sources else ()),
            Hash("Evidence, the list as answered", body.sha256),
        ),
        essentials=(Facts(tuple(shortened(fact, detail) for fact in who(body.changes))), Links(sources[:1])),
        table=changes_table(body),
        cut=len(news) > detail.items or len(told) > 0 or any(len(text) > detail.cell for text in cells_of(news)),
    )


def shortened(fact: Fact, detail: Detail) -> Fact:
    """A fact within bounds."""
    return Fact(fact.label, shorten(fact.value, detail.cell))


# -- what happened


def subject(body: ListChanged) -> str:
    """Of what is explained, what its rule said; of the rest, what happened."""
    rule = body.rule
    if rule is not None and rule.expected and rule.agreeing is not None:
        return f"In the eCFR, {rule.agreeing:,} of {rule.expected:,} agree: {rule.in_short}"
    if rule is not None:
        return f"In the eCFR: {rule.in_short}"
    where = f" in {places(body.changes)}" if body.changes else ""
    return f"{body.name} in the eCFR: {headline(body.changes)}{where}, as of {short_date(body.as_of)}"


def lead(body: ListChanged) -> str:
    """Who reads nothing else knows whether the list says what the rule said."""
    rule = body.rule
    day = long_date(body.as_of)
    if rule is None:
        where = f" in {places(body.changes)}" if body.changes else ""
        return f"The {body.name} in the eCFR has changed as of {day}: {headline(body.changes)}{where}."
    name = rule.citation or rule.document_number
    if rule.expected and rule.agreeing is not None:
        agree = f"{rule.agreeing:,} of {count(rule.expected, 'entry')} agree with {name}."
        return f"Now in the eCFR as of {day}: {agree} {what_follows(body, rule)}"
    return f"Now in the eCFR as of {day}: {name} ({headline(body.changes)})."


def what_follows(body: ListChanged, rule: Rule) -> str:
    """Whether there is anything to read on for."""
    if rule.agreeing != rule.expected:
        return "What differs stands below."
    if body.as_told < len(body.changes) or body.notes:
        return "Below is what no mail told before."
    return "Nothing differs from what was told."


def headline(changes: Iterable[Change]) -> str:
    """46 added, 3 revised: without what did not happen."""
    kinds = [type(change) for change in changes]
    said = ", ".join(f"{kinds.count(kind):,} {word}" for kind, word in WORDS.items() if kind in kinds)
    return said or "the words around the list changed"


def places(changes: Iterable[Change]) -> str:
    """Where, in one word or a number."""
    countries = {short_name(entry_of(change).country) for change in changes}
    return next(iter(countries)) if len(countries) == 1 else count(len(countries), "country")


def who(changes: Sequence[Change]) -> Iterator[Fact]:
    """How many of each kind, and where."""
    for kind, word in WORDS.items():
        found = [entry_of(change).country for change in changes if isinstance(change, kind)]
        if found:
            yield Fact(word[:1].upper() + word[1:], by_country(found))


def told_heading(told: Sequence[Change]) -> str:
    """Over the names of what was told before."""
    return f"As the rule said: {headline(told)}" if told else ""


def shared_terms(news: Sequence[Change]) -> tuple[Fact, ...]:
    """The license requirement and the review policy of all new entries, where it is the same, said once."""
    cells = [change.entry.cells for change in news if isinstance(change, Addition)]
    found = []
    for label, texts in (
        ("License requirement", {cell.license_requirement for cell in cells}),
        ("License review policy", {cell.license_review_policy for cell in cells}),
    ):
        if len(cells) > 1 and len(texts) == 1 and (text := next(iter(texts))):
            found.append(Fact(label, text))
    return tuple(found)


# -- the entries


def items(news: Sequence[Change], detail: Detail, common: set[str]) -> Iterator[Block]:
    """The first so many changes under their countries, and how many more there are."""
    shown = sorted(news, key=lambda change: short_name(entry_of(change).country))[: detail.items]
    for country, group in groupby(shown, key=lambda change: short_name(entry_of(change).country)):
        yield Heading(country)
        for change in group:
            yield item(change, detail, common)
    rest = sorted(news, key=lambda change: short_name(entry_of(change).country))[detail.items :]
    if rest:
        yield Heading(f"And {len(rest):,} more: {headline(rest)}")
        yield from named(((entry_of(change).country, entry_of(change).name) for change in rest), detail.names)


def item(change: Change, detail: Detail, common: set[str]) -> Item:
    """One change with all that it changes."""
    name = shorten(entry_of(change).name, 200)
    match change:
        case Addition(entry):
            facts = tuple(shortened(fact, detail) for fact in terms(entry) if fact.label not in common)
            return Item("+", "added", name, facts)
        case Removal(entry):
            return Item("-", "removed", name, (Fact("Citation", shorten(entry.cells.citation, detail.cell)),))
        case Revision(_, _, fields):
            return Item("*", "revised", name, redlines=tuple(field_redline(field, detail) for field in telling(fields)))
        case Merger(_, into):
            where = f"{shorten(into.name, 200)} ({short_name(into.country)})"
            return Item(">", "now under another entry", name, (Fact("Still listed, inside the entry of", where),))
        case Separation(_, out_of):
            where = f"{shorten(out_of.name, 200)} ({short_name(out_of.country)})"
            return Item("<", "now an entry of its own", name, (Fact("Listed before inside the entry of", where),))


def telling(fields: Sequence[FieldChange]) -> Sequence[FieldChange]:
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
    gone, new = (shorten("; ".join(texts), detail.cell // 2) for texts in (field.removed, field.added))
    if not gone and not new:  # the same things in other words
        return redlined(label, field.before, field.after, detail.cell)
    both = (Piece(Mark.GONE, gone), Piece(Mark.NEW, new))
    return Redline(label, tuple(piece for piece in both if piece.text))


def cells_of(changes: Iterable[Change]) -> Iterator[str]:
    """The texts that a page may have to shorten."""
    for change in changes:
        if isinstance(change, Addition):
            cells = change.entry.cells
            yield from (cells.entity, cells.license_requirement, cells.license_review_policy)
        elif isinstance(change, Revision):
            yield from (text for field in change.fields for text in (field.before, field.after))
