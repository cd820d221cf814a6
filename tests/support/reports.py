"""Reports for tests, of any size and with any text in them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from listing import entry
from msgspec import structs

from monitor.diff import changes
from monitor.law.countries import short_name
from monitor.model.changes import Addition, Change, Removal, Revision
from monitor.model.documents import Document
from monitor.model.entries import Entry
from monitor.model.reports import Evidence, ListReport, Report, ReportedChange

START, END = date(2031, 1, 1), date(2031, 12, 31)
MADE_AT = datetime(2032, 1, 2, 14, tzinfo=UTC)
RULE = "2031-00001"


def document(number: str = RULE, **other: Any) -> Document:
    """A rule of the Federal Register."""
    values: dict[str, Any] = {
        "document_number": number, "publication_date": date(2031, 5, 21), "title": "Addition of Entities",
        "type": "Rule", "action": "Final rule.", "abstract": None, "dates": None, "effective_on": date(2031, 5, 21),
        "citation": "96 FR 22961", "volume": 96, "start_page": 22961, "end_page": 22999,
        "html_url": f"https://www.federalregister.gov/d/{number}", "pdf_url": None,
        "raw_text_url": f"https://www.federalregister.gov/d/{number}.txt", "full_text_xml_url": None,
        "cfr_references": (), "comments_close_on": None, "correction_of": None,
    }  # fmt: skip
    return Document(**values | other)


def side(day: date) -> Evidence:
    return Evidence(
        as_of=day, exists=True, fetched_at=MADE_AT, sha256="0" * 64, url="https://www.ecfr.gov/on/2031-01-01/title-15"
    )


def report_of(entries: Iterable[ReportedChange] = (), **other: Any) -> Report:
    """A report of one list."""
    found = tuple(entries)
    one = ListReport(
        name="Entity List",
        called="Entity List",
        evidence=(side(START), side(END)),
        sizes=(1_000, 1_100),
        entries=found,
        paragraphs=(),
    )
    values: dict[str, Any] = {
        "start": START, "end": END, "made_at": MADE_AT, "lists": (one,), "licenses": (), "deadlines": (),
        "documents": (document(),), "cited": (document(),),
    }  # fmt: skip
    return Report(**values | other)


def added(name: str, country: str = "IRAN", **cells: str) -> ReportedChange:
    return ReportedChange(Addition(entry(f"{name}, 1 Main Street, Anytown.", country=country, **cells)), (RULE,))


def removed(name: str, country: str = "IRAN") -> ReportedChange:
    return ReportedChange(Removal(entry(f"{name}, 1 Main Street, Anytown.", country=country)), (RULE,))


def revised(name: str, country: str = "IRAN") -> ReportedChange:
    before = entry(f"{name}, 1 Main Street, Anytown.", country=country)
    after = entry(f"{name}, 2 Side Street, Anytown.", country=country, policy="Case-by-case review.")
    (change,) = changes([before], [after])
    assert isinstance(change, Revision)
    return ReportedChange(change, (RULE,))


def renamed(one: Entry, name: str) -> Entry:
    """An entry under any name, also one that the reader of the law would not take for a name."""
    return structs.replace(one, name=name)


def subject(change: Change) -> Entry:
    return change.after if isinstance(change, Revision) else change.entry


def country(change: Change) -> str:
    return short_name(subject(change).country)
