"""The changes of a list as the page shows them: by country, those with the same terms together."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from monitor.diff.redline import Piece, abridged, redline
from monitor.law.countries import short_name
from monitor.law.wording import key
from monitor.mail.pages.blocks import shorten
from monitor.model.changes import Addition, Change, Merger, Removal, Revision, Separation
from monitor.model.documents import Document
from monitor.model.entries import Entry
from monitor.model.reports import ListReport, ReportedChange
from monitor.report.formats.wording import action_of, counted, label_of

AROUND = 70  # characters of an unchanged text that are shown around a change
MOST_REDLINE = 900
MOST_ENTRY = 600
MOST_TERMS, MOST_GIST = 200, 140  # a requirement longer than the first is shown by so many characters until opened
TONES: dict[type[Change], str] = {
    Addition: "added",
    Revision: "revised",
    Removal: "removed",
    Merger: "revised",
    Separation: "revised",
}


class RuleLink(Struct, frozen=True):
    """A rule that explains a change."""

    number: str
    label: str
    url: str


class FieldView(Struct, frozen=True):
    """A changed field with its words before and after."""

    label: str
    pieces: tuple[Piece, ...]


class ChangeView(Struct, frozen=True, kw_only=True):
    """One change; `id` is stable for the same change of the same entry, and `search` is what the filter searches."""

    id: str
    tone: str
    action: str
    name: str
    detail: str
    fields: tuple[FieldView, ...]
    rules: tuple[RuleLink, ...]
    matches: tuple[str, ...]
    search: str


class Terms(Struct, frozen=True):
    """Changes that have license requirement and policy in common; empty for changes without terms.

    `gist` is the beginning of a requirement that is too long to be shown at once, else empty.
    """

    requirement: str
    policy: str
    gist: str
    changes: tuple[ChangeView, ...]


class CountryView(Struct, frozen=True):
    """The changes under one country."""

    name: str
    counts: str
    total: int
    terms: tuple[Terms, ...]


class ListView(Struct, frozen=True, kw_only=True):
    """One list: its countries, the words around it, and how many changes did not fit."""

    id: str
    name: str
    counts: str
    sizes: tuple[int | None, int | None]
    countries: tuple[CountryView, ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    left_out: int


def list_view(one: ListReport, documents: Mapping[str, Document], most: int, *, brief: bool) -> ListView:
    """A list with at most so many changes; with `brief`, an added entry is shown by its name alone."""
    shown = sorted(one.entries[:most], key=lambda entry: country_of(entry.change))
    groups = groupby(shown, key=lambda entry: country_of(entry.change))
    return ListView(
        id=slug(one.name),
        name=one.called,
        counts=in_words(one.changes),
        sizes=one.sizes,
        countries=tuple(country_view(name, list(group), one.name, documents, brief=brief) for name, group in groups),
        paragraphs=tuple(abridged(redline(p.before, p.after), AROUND, MOST_REDLINE) for p in one.paragraphs),
        left_out=len(one.entries) - len(shown),
    )


def country_view(
    name: str, entries: Sequence[ReportedChange], of: str, documents: Mapping[str, Document], *, brief: bool
) -> CountryView:
    """The changes of a country: added, then revised, then removed, those with the same terms together."""
    order = list(TONES)
    ordered = sorted(entries, key=lambda e: (order.index(type(e.change)), alike(e.change), e.documents))
    groups = [list(group) for _, group in groupby(ordered, key=lambda entry: alike(entry.change))]
    terms = tuple(terms_view(group, of, documents, brief=brief) for group in groups)
    return CountryView(name, in_words(entry.change for entry in entries), len(entries), terms)


def terms_view(entries: Sequence[ReportedChange], of: str, documents: Mapping[str, Document], *, brief: bool) -> Terms:
    """Changes with the same terms, under the terms as the first one prints them."""
    requirement, policy = terms_of(entries[0].change)
    gist = shorten(requirement, MOST_GIST) if len(requirement) > MOST_TERMS else ""
    return Terms(requirement, policy, gist, tuple(change_view(entry, of, documents, brief=brief) for entry in entries))


def alike(change: Change) -> tuple[str, ...]:
    """The terms of a change but for their punctuation."""
    return tuple(key(text) for text in terms_of(change))


def terms_of(change: Change) -> tuple[str, str]:
    """License requirement and review policy of an entry that is new; a revision shows what of them changed."""
    if isinstance(change, Addition | Separation):
        return change.entry.cells.license_requirement, change.entry.cells.license_review_policy
    return "", ""


def change_view(reported: ReportedChange, of: str, documents: Mapping[str, Document], *, brief: bool) -> ChangeView:
    """One change."""
    change = reported.change
    entry = subject_of(change)
    return ChangeView(
        id=f"c-{hashlib.sha256(f'{of}|{entry.country}|{entry.name}|{entry.ordinal}'.encode()).hexdigest()[:12]}",
        tone=TONES[type(change)],
        action=action_of(change),
        name=entry.name,
        detail=detail_of(change, brief=brief),
        fields=tuple(fields_of(change)),
        rules=tuple(rule_link(number, documents) for number in reported.documents),
        matches=tuple(f"{match.wanted}: {match.how}" for match in reported.matches),
        search=" ".join((short_name(entry.country), *entry.aliases, *reported.documents)).casefold(),
    )


def subject_of(change: Change) -> Entry:
    """The entry that a change is about."""
    return change.after if isinstance(change, Revision) else change.entry


def country_of(change: Change) -> str:
    """The country under which a change is shown."""
    return short_name(subject_of(change).country)


def detail_of(change: Change, *, brief: bool) -> str:
    """The text below the name."""
    match change:
        case Addition(entry) | Removal(entry):
            return "" if brief else shorten(without(entry.cells.entity, entry.name), MOST_ENTRY)
        case Merger(_, into):
            return f"Still listed, inside the entry of {into.name} ({short_name(into.country)})."
        case Separation(_, out_of):
            return f"Listed before inside the entry of {out_of.name} ({short_name(out_of.country)})."
        case Revision():
            return ""


def fields_of(change: Change) -> Iterator[FieldView]:
    """The fields of a revision, word by word."""
    for field in change.fields if isinstance(change, Revision) else ():
        yield FieldView(label_of(field), abridged(redline(field.before, field.after), AROUND, MOST_REDLINE))


def rule_link(number: str, documents: Mapping[str, Document]) -> RuleLink:
    """A rule by its citation, or by its number where it has none yet."""
    document = documents[number]
    return RuleLink(number, document.citation or number, document.html_url)


def without(text: str, name: str) -> str:
    """An entity cell without the name, which is shown above it."""
    return text.removeprefix(name).lstrip(" ,;") if text.startswith(name) else text


def in_words(changes: Iterable[Change]) -> str:
    """46 added, 3 revised."""
    return ", ".join(f"{number:,} {word}" for word, number in counted(changes).items())


def slug(name: str) -> str:
    """A name as an identifier of the page."""
    return "".join(c if c.isalnum() else "-" for c in name.casefold()).strip("-")
