"""One entity over time, from kept evidence: when listed and by which rule, each revision, today's text, licenses."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from msgspec import Struct

from monitor.evidence import projections
from monitor.evidence.deadlines import read_calendar
from monitor.evidence.documents import document_records
from monitor.evidence.projections.index import Index, index_of, removals_in
from monitor.evidence.projections.rows import Row, change_row, entry_row, license_row
from monitor.evidence.readings import Readings, kept_supplement
from monitor.law.citations import read_citations
from monitor.law.countries import short_name
from monitor.law.supplement import entries_of
from monitor.matching.search import Named, is_named, meant
from monitor.model.documents import Document
from monitor.model.entries import EntryList
from monitor.model.errors import MonitorError
from monitor.sources import ecfr
from monitor.store import Store


class NoMatchError(MonitorError):
    """No name that is kept comes near enough to the one that was asked for."""


class Material(Struct, frozen=True):
    """Everything that is known of entries: rows of the projections, kept or made for the occasion."""

    entries: Sequence[Row]
    changes: Callable[[int], Sequence[Row]]
    licenses: Sequence[Row]
    documents: Mapping[str, Document]
    index: Index


class Found(Struct, frozen=True, kw_only=True):
    """What `show` says; the values are for JSON as they are."""

    asked: str
    evidence_begins: date | None
    entries: tuple[dict[str, Any], ...]
    could_also_mean: tuple[dict[str, Any], ...]


def show(store: Store, asked: str, country: str | None) -> Found:
    """Find an entity by any name that it ever had, with its history. Raises NoMatchError."""
    material = material_of(store)
    rows = [row for row in material.entries if country is None or row["country"] == short_name(country)]
    by_number = {row["id"]: row for row in rows}
    known = [Named(row["id"], names_of(row), len(row["known_as"]) + len(row["addresses"])) for row in rows]
    who = meant(asked, known)
    if not who.found:
        raise NoMatchError(no_match(asked, country, [by_number[number] for number in who.others]))
    lists = {row["list"] for number in who.found if (row := by_number[number])["as_of_last"] is None}
    today: dict[str, EntryList] = {one.list: one for one in newest_lists(store) if one.list in lists}
    order = sorted(who.found, key=lambda n: (by_number[n]["as_of_last"] is not None, who.found.index(n)))
    return Found(
        asked=asked,
        evidence_begins=store.first_as_of(ecfr.ENTITY_LIST.name),
        entries=tuple(life_of(material, by_number[number], today) for number in order),
        could_also_mean=tuple(in_short(by_number[number]) for number in who.others),
    )


def names_of(row: Row) -> tuple[str, ...]:
    """The own name first, then every other one."""
    return tuple(dict.fromkeys((row["name"], *row["known_as"])))


def no_match(asked: str, country: str | None, near: Sequence[Row]) -> str:
    """What is said where nothing is found."""
    where = f" under {short_name(country)}" if country is not None else ""
    names = "; ".join(f"{row['name']} ({row['country']})" for row in near[:5])
    return f"no entry{where} is or was called {asked!r}" + (f"; the nearest names: {names}" if names else "")


def material_of(store: Store) -> Material:
    """The projections where they are those of all that is kept, else the evidence read anew."""
    readings = Readings(store)
    printed = readings.documents.published()
    documents = {document.document_number: document for document in printed}
    if projections.is_current(store):
        return Material(
            store.projected("entry"),
            lambda number: store.projected("change", "entry = :entry", {"entry": number}),
            store.projected("license_step"),
            documents,
            index_of(printed, {}),
        )
    index = index_of(printed, removals_in(document_records(readings)))
    timeline = projections.timeline_of(store, index)
    changes = [change_row(event) for event in timeline.events]
    licenses = read_calendar(readings).licenses
    return Material(
        [entry_row(life, index) for life in timeline.lives],
        lambda number: [row for row in changes if row["entry"] == number],
        [license_row(one, step) for one in licenses for step in one.history],
        documents,
        index,
    )


def newest_lists(store: Store) -> list[EntryList]:
    """Every list as it was last kept."""
    found = []
    for supplement in ecfr.WATCHED:
        kept = store.kept_snapshot_on(supplement.name, date.max)
        entries = None if kept is None else entries_of(kept_supplement(store, kept))
        found += [] if entries is None else [entries]
    return found


def life_of(material: Material, row: Row, today: Mapping[str, EntryList]) -> dict[str, Any]:
    """The life of one entry."""
    notes = today[row["list"]].footnotes if row["list"] in today else {}
    changes = material.changes(row["id"])
    return {
        "list": row["list"],
        "country": row["country"],
        "name": row["name"],
        "listed": row["as_of_last"] is None,
        "as_of_first": row["as_of_first"],
        "listed_when_evidence_begins": bool(row["from_start"]),
        "as_of_last": row["as_of_last"],
        "aliases": row["aliases"],
        "known_as": [name for name in row["known_as"] if name not in (row["name"], *row["aliases"])],
        "addresses": row["addresses"],
        "license_requirement": row["license_requirement"],
        "license_review_policy": row["license_review_policy"],
        "footnotes": [{"designation": mark, "text": notes.get(mark)} for mark in row["footnotes"]],
        "text": row["text"],
        "citations": citations_of(material, row["citation"]),
        "history": [step_of(material, group) for group in steps(changes)],
        "general_licenses": licenses_of(material.licenses, names_of(row)),
    }


def citations_of(material: Material, cell: str) -> list[dict[str, Any]]:
    """The rules that an entry cites, with the documents that stand on those pages."""
    found = []
    for citation in read_citations(cell):
        printed = material.index.at(citation.volume, citation.page)
        documents = [{"document_number": d.document_number, "title": d.title, "url": d.html_url} for d in printed]
        cited = f"{citation.volume} FR {citation.page}"
        found.append({"citation": cited, "date": citation.on, "documents": documents})
    return found


def steps(changes: Sequence[Row]) -> list[list[Row]]:
    """The changes of an entry, those of one day and kind together."""
    return [list(group) for _, group in groupby(changes, key=lambda row: (row["day"], row["action"]))]


def step_of(material: Material, rows: Sequence[Row]) -> dict[str, Any]:
    """One step: a revision with its fields, or an addition or removal with its cell."""
    first = rows[0]
    document = material.documents.get(first["document_number"] or "")
    return {
        "day": first["day"],
        "not_before": first["known_until"],
        "action": first["action"],
        "document_number": first["document_number"],
        "title": None if document is None else document.title,
        "citation": None if document is None else document.citation,
        "fields": [{column: row[column] for column in ("field", "before", "after", "came", "went")} for row in rows],
    }


def licenses_of(rows: Sequence[Row], names: Sequence[str]) -> list[dict[str, Any]]:
    """The general licenses whose beneficiaries name an entry, each with its steps."""
    touching = [row for row in rows if any(is_named(one, names) for one in row["beneficiaries"])]
    return [
        {
            "identifier": identifier,
            "steps": [
                {c: row[c] for c in ("effective_on", "event", "old_expiry", "new_expiry", "document_number")}
                for row in group
            ],
        }
        for identifier, group in groupby(touching, key=lambda row: str(row["identifier"]))
    ]


def in_short(row: Row) -> dict[str, Any]:
    """An entry that could also be meant."""
    return {"list": row["list"], "country": row["country"], "name": row["name"], "listed": row["as_of_last"] is None}
