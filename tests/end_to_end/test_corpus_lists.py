"""The lists of every day that the corpus can compose: rows, words, parts, and every change on its day."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from composed_lists import FIRST, Row, Version, body, in_force, listed, plain, rows
from harness import SHARED
from soak import in_soak

from monitor.diff import changes
from monitor.law.aliases import names_in_brackets
from monitor.law.lists import read_list
from monitor.law.supplement import read_supplement
from monitor.model.changes import Change, Merger, Revision
from monitor.model.entries import Entry, EntryKind

pytestmark = pytest.mark.skipif(
    not SHARED.exists() and not os.environ.get("CI"), reason="the corpus is not beside this clone"
)


def days_of_change() -> list[date]:
    versions = [version for row in rows() for version in row["versions"]]
    days = {v["from"] for v in versions} | {v["until"] for v in versions if v["until"]}
    return sorted(day for day in map(date.fromisoformat, days) if day > FIRST)


def sampled(number: int) -> list[date]:
    """So many days of change, spread over the years."""
    days = days_of_change()
    return [days[i * (len(days) - 1) // (number - 1)] for i in range(number)]


DAYS = pytest.mark.parametrize("number", [8, in_soak(40)])


@DAYS
def test_row_counts_and_cells_agree_with_the_corpus(number: int) -> None:
    for day in sampled(number):
        expected = [(row["country"], plain(version["entity_xml"])) for row, version in in_force(day)]
        assert Counter((e.country, e.cells.entity) for e in listed(day).entries) == Counter(expected)


# -- parts

CONNECTIVES = re.compile(
    r"""
    \b[afn]\.k\.a\.,? | \bthe\ following\ (?:[\w-]+\ ){0,2}alias(?:es|e)?:? | \(?\bfor\ alternate\b
    | \bthe\ following\ (?:[\w-]+\ )?(?:addresses\ and|\w+\ (?:institutions|entities)):?
    | \b(?:Subordinate\ institution|Affiliated\ entities)\b:?
    | (?:The\ following\ addresses\ apply|Addresses\ for)\b[^:]*: | \b(?:and|or|to\ include)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", CONNECTIVES.sub(" ", text)))


def parts(entry: Entry) -> str:
    subs = [text for s in entry.sub_entries for text in (s.name, *s.aliases, *(a.text for a in s.addresses))]
    addresses = [a.text for a in entry.addresses]
    return " ; ".join([entry.name, *entry.aliases, *addresses, *entry.cross_references, *subs])


def every_cell(days: Sequence[date]) -> dict[str, Entry]:
    """Every entity cell of these days, once, as it was read."""
    found = {}
    for day in days:
        found.update({e.cells.entity: e for e in listed(day).entries})
    return found


@pytest.mark.parametrize("number", [8, in_soak(0, id="every day")])
def test_the_words_of_every_cell_are_the_words_of_its_parts(number: int) -> None:
    cells = every_cell(sampled(number) if number else [FIRST, *days_of_change()])
    assert len(cells) > 3000
    differing = {text: words(text) - words(parts(e)) or words(parts(e)) - words(text) for text, e in cells.items()}
    assert not {text: lost for text, lost in differing.items() if lost}


CLOSING = re.compile(r"[\s.,;:)]+$")
REFERENCE = re.compile(r"\s*\((?:see|for)\b[^()]*\)?\.?$", re.IGNORECASE)


def closed(text: str) -> str:
    return CLOSING.sub("", REFERENCE.sub("", text.strip()))


def read_parts(entry: Entry) -> tuple[object, ...]:
    subs = [(closed(s.name), [closed(a) for a in s.aliases]) for s in entry.sub_entries]
    addresses = [closed(a.text) for a in entry.addresses]
    return closed(entry.name), [closed(a) for a in entry.aliases], addresses, subs


def stated_parts(stated: dict[str, Any]) -> tuple[object, ...]:
    """The parts as the corpus states them, without the cross references that it leaves in some addresses."""
    subs = [(closed(s["name"]), [closed(a) for a in s["aliases"]]) for s in stated.get("sub_entries", [])]
    addresses = [closed(a) for a in stated["addresses"]]
    return closed(stated["name"]), [closed(a) for a in stated["aliases"]], addresses, subs


def cuts_a_bracket(stated: dict[str, Any], entry: Entry) -> bool:
    """Tell whether the corpus cuts a name at a comma inside of a bracket."""
    return stated["name"].rstrip().endswith("(a.k.a.") and bool(names_in_brackets(entry.name))


@DAYS
def test_parts_are_those_of_the_corpus(number: int) -> None:
    for day in sampled(number):
        entries = {(e.country, e.cells.entity): e for e in listed(day).entries}
        expected = [
            (entries[row["country"], plain(version["entity_xml"])], version["_parts"])
            for row, version in in_force(day)
            if row.get("_kind") != "reserved"
        ]
        other = [e.name for e, p in expected if read_parts(e) != stated_parts(p) and not cuts_a_bracket(p, e)]
        assert len(other) <= 0.005 * len(expected), (day, other)


def test_hardly_any_cell_holds_a_part_that_is_left_whole() -> None:
    entries = listed(days_of_change()[-1]).entries
    assert sum(e.whole for e in entries) < 0.04 * len(entries)


# -- changes

FIELDS = {"sub_entities": "sub_entries", "cross_reference": "cross_references"}
OF_THE_CELL = {"name", "aliases", "addresses", "cross_references", "sub_entries"}
Seen = tuple[str, str, str, frozenset[str] | None]


def expected_changes(day: date) -> Counter[Seen]:
    """What the corpus says that happened on a day: kind, text before, text after, fields."""
    found: Counter[Seen] = Counter()
    today = day.isoformat()
    moved = {v["_change"]["from"] for r in rows() for v in r["versions"] if _moves(v, today)}
    for row in rows():
        for before, after in _steps(row["versions"]):
            if row.get("_kind") == "reserved" or today != (after["from"] if after else before and before["until"]):
                continue
            if after is not None and not _is_markup_only(before, after):
                found[_arrival(row, before, after)] += 1
            elif after is None and before is not None and row["id"] not in moved:
                gone = "merger" if row.get("_moved_to") or row.get("_merged_with") else "removal"
                found[gone, _text(row, before), "", None] += 1
    return found


def _steps(versions: Sequence[Version]) -> Iterator[tuple[Version | None, Version | None]]:
    for before, after in zip([None, *versions], [*versions, None], strict=True):
        if after is not None or (before is not None and before["until"]):
            yield before, after


def _moves(version: Version, day: str) -> bool:
    return bool(version["from"] == day and version["_change"]["kind"] == "moved")


def _is_markup_only(before: Version | None, after: Version) -> bool:
    return before is not None and after["_change"]["kind"] == "markup-only"


def _arrival(row: Row, before: Version | None, after: Version) -> Seen:
    if after["_change"]["kind"] == "moved":
        origin = next(r for r in rows() if r["id"] == after["_change"]["from"])
        return "move", _text(origin, origin["versions"][-1]), _text(row, after), None
    if before is None:
        return "addition", "", _text(row, after), None
    fields = {FIELDS.get(field, field) for field in after["_change"]["fields"]}
    if plain(before["entity_xml"]) == plain(after["entity_xml"]):  # named, but not changed in the corpus
        fields -= OF_THE_CELL
    return "revision", _text(row, before), _text(row, after), frozenset(fields)


def _text(row: Row, version: Version) -> str:
    return f"{row['country']}|{plain(version['entity_xml'])}|{plain(version['citation_xml'])}"


def seen(change: Change) -> Seen:
    if isinstance(change, Revision):
        fields = frozenset(f.field for f in change.fields)
        moves = "country" in fields
        return (
            "move" if moves else "revision",
            _of(change.before),
            _of(change.after),
            None if moves else fields,
        )
    kind = type(change).__name__.lower()
    text = _of(change.entry)
    return (kind, "", text, None) if kind in ("addition", "separation") else (kind, text, "", None)


def _of(entry: Entry) -> str:
    return f"{entry.country}|{entry.cells.entity}|{entry.cells.citation}"


@pytest.mark.parametrize(("last", "least"), [(12, 100), in_soak(None, 3000, id="every day")])
def test_every_change_of_the_corpus_is_reported_on_its_day_and_nothing_else(last: int | None, least: int) -> None:
    before, counted = listed(FIRST), 0
    for day in days_of_change()[:last]:
        after = listed(day)
        found = Counter(seen(change) for change in changes(before.entries, after.entries))
        assert found == expected_changes(day), day
        before, counted = after, counted + found.total()
    assert counted > least


def test_supplement_no_7_is_prose_until_it_is_a_list() -> None:
    days = (date(2019, 6, 1), date(2020, 6, 1), date(2020, 12, 24), date(2024, 4, 1))
    kinds = [type(read_supplement(body(day, 7))).__name__ for day in days]
    assert kinds == ["Text", "Text", "EntryList", "EntryList"]


def test_the_military_end_user_list_is_read_and_its_removals_found() -> None:
    before, after = (read_list(body(day, 7)) for day in (date(2022, 3, 2), date(2022, 3, 3)))
    assert all(e.kind is not EntryKind.ENTITY or e.addresses or not e.citations for e in before.entries)
    found = changes(before.entries, after.entries)
    assert {c.entry.country for c in found if not isinstance(c, Revision | Merger)} == {"RUSSIA"}
