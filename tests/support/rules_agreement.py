"""How far the reader of rules agrees with what is expected of the shared corpus.

Run it for the table: `python tests/support/rules_agreement.py [--differences]`.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from harness import SHARED
from msgspec import Struct

from monitor.law.rules.open_dates import set_open_dates
from monitor.law.rules.reading import read_rule
from monitor.model.rules import CfrReference, Kind, RuleMetadata, RuleReading

CORPUS = SHARED / "corpus"
# What the corpus calls not relevant and the program names.
NAMED_NOISE = {Kind.DENIAL_ORDER, Kind.SUPPLY_CHAIN}
LIST_KINDS = {
    Kind.ENTITY_LIST_RULE,
    Kind.GENERAL_LICENSE,
    Kind.UNVERIFIED_LIST,
    Kind.MEU_LIST,
    Kind.VEU,
    Kind.LIST_FRAMEWORK,
}
ALWAYS = ("2023-03929",)  # the only one that prints its table in paragraphs
Expected = dict[str, Any]


class Outcome(Struct, frozen=True):
    """One fact of one document in one form: what is expected and what was read."""

    number: str
    form: str
    fact: str
    expected: object
    read: object

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.expected == self.read


def metadata_of(document: dict[str, Any]) -> RuleMetadata:
    """The metadata of a document of the corpus."""
    published = document["publication_date"]
    return RuleMetadata(
        document_number=document["document_number"],
        title=document["title"],
        type=document["type"],
        action=document["action"],
        abstract=document["abstract"],
        dates=document["dates"],
        publication_date=date.fromisoformat(published) if published else None,
        agencies=tuple(agency.get("slug") or agency["raw_name"] for agency in document["agencies"]),
        cfr_references=tuple(
            CfrReference(int(r["title"]), int(r["part"]) if r["part"] else None) for r in document["cfr_references"]
        ),
    )


def documents() -> dict[str, RuleMetadata]:
    """The metadata of every document by its number."""
    lines = (CORPUS / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return {m.document_number: m for m in (metadata_of(json.loads(line)) for line in lines)}


def kinds() -> dict[str, str]:
    """The expected kind of every document."""
    found: dict[str, str] = json.loads((CORPUS / "expected" / "index.json").read_text(encoding="utf-8"))
    return found


def forms_of(number: str) -> Iterator[tuple[str, Path]]:
    """The forms in which the text of a document stands in the corpus."""
    for form, path in (("xml", CORPUS / f"xml/{number}.xml"), ("pi", CORPUS / f"pi_text/{number}.txt")):
        if path.exists():
            yield form, path


def read(path: Path, metadata: RuleMetadata) -> RuleReading:
    """The reading of a file, its open dates set by the day of publication."""
    return set_open_dates(read_rule(path.read_bytes(), metadata), published=metadata.publication_date)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _names(entries: list[dict[str, str]] | None) -> list[tuple[str, str]]:
    return sorted({(entry["country"], entry["name"]) for entry in entries or []})


def _list(field: str) -> Callable[[RuleReading], object]:
    return lambda reading: sorted(
        {(e.country, e.name) for e in getattr(reading, field) if e.list is Kind.ENTITY_LIST_RULE}
    )


def _license(reading: RuleReading) -> object:
    license_ = reading.general_license
    if license_ is None:
        return None
    return [_day(license_.valid_from), _day(license_.old_expiry), _day(license_.new_expiry)]


def _savings(reading: RuleReading) -> object:
    clause = reading.savings_clause
    return (
        None
        if clause is None
        else {
            "en_route_on": _day(clause.en_route_on),
            "complete_by": _day(clause.complete_by),
        }
    )


def _expected_license(expected: Expected) -> object:
    license_ = expected.get("general_license")
    return None if license_ is None else [license_[field] for field in ("valid_from", "old_expiry", "new_expiry")]


COUNTS = ("entities", "entries", "added", "removed", "revised", "by_country")


def facts(expected: Expected) -> Iterator[tuple[str, object, Callable[[RuleReading], object]]]:
    """Each fact that is expected: its name, its value, and how it is taken from a reading."""
    yield "effective_on", expected.get("effective_on"), lambda r: _day(r.effective_on)
    yield "comments_close_on", expected.get("comments_close_on"), lambda r: _day(r.comments_close_on)
    for count in COUNTS:
        stated = (expected.get("stated_counts") or {}).get(count)
        if stated is not None:  # where the corpus is silent, what the document says stands
            yield f"stated {count}", stated, lambda r, c=count: getattr(r.stated_counts, c)  # type: ignore[misc]
    if expected.get("lists_given"):
        for field in ("added", "removed", "revised"):
            yield field, _names(expected.get(field)), _list(field)
    yield "general_license", _expected_license(expected), _license
    yield "savings_clause", expected.get("savings_clause"), _savings


def outcomes(step: int = 1) -> Iterator[Outcome]:
    """Every fact of every document, or of one in so many, in every form."""
    metadata = documents()
    for place, (number, kind) in enumerate(kinds().items()):
        if place % step and number not in ALWAYS:
            continue
        path = CORPUS / f"expected/{number}.json"
        expected = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        for form, text in forms_of(number):
            reading = read(text, metadata[number])
            found = Kind.NOT_RELEVANT if reading.kind in NAMED_NOISE else reading.kind
            if kind != "withdrawn":  # a stage, not a kind
                yield Outcome(number, form, "kind", kind, str(found))
            if kind not in ("not-relevant", "withdrawn"):
                for fact, value, take in facts(expected):
                    yield Outcome(number, form, fact, value, take(reading))


def slowest() -> tuple[float, str]:
    """The CPU time of the document that takes the longest to read, and its number."""
    metadata = documents()
    took: list[tuple[float, str]] = []
    for path in sorted((CORPUS / "xml").glob("*.xml"), key=lambda p: -p.stat().st_size)[:12]:
        body, start = path.read_bytes(), time.process_time()
        read_rule(body, metadata[path.stem])
        took.append((time.process_time() - start, path.stem))
    return max(took)


def main() -> None:
    """Print the table of agreement and, if asked, every difference."""
    found = list(outcomes())
    print(f"{'fact':<20}{'xml':>12}{'pi text':>12}")  # noqa: T201  # a table for people
    for fact in dict.fromkeys(outcome.fact for outcome in found):
        cells = []
        for form in ("xml", "pi"):
            here = [o for o in found if (o.fact, o.form) == (fact, form)]
            cells.append(f"{sum(o.agrees for o in here)}/{len(here)}")
        print(f"{fact:<20}{cells[0]:>12}{cells[1]:>12}")  # noqa: T201
    print("slowest: {:.3f} s CPU, {}".format(*slowest()))  # noqa: T201
    for o in found if "--differences" in sys.argv else ():
        if not o.agrees:
            print(f"{o.number} {o.form} {o.fact}: expected {o.expected!r}, read {o.read!r}"[:600])  # noqa: T201


if __name__ == "__main__":
    main()
