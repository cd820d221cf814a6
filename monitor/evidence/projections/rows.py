"""Rows of the projections, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from monitor.diff.timeline import Event, Listing
from monitor.evidence.documents import DocumentRecord
from monitor.evidence.projections.index import Index
from monitor.model.deadlines import Deadline
from monitor.model.documents import Document
from monitor.model.entries import Entry
from monitor.model.licenses import GeneralLicense, LicenseEvent

Row = dict[str, Any]


def entry_row(listing: Listing, index: Index) -> Row:
    """A row of the projection `entry`."""
    entry = listing.entry
    documents = [d.document_number for c in entry.citations for d in index.at(c.volume, c.page)]
    return {
        "id": listing.number,
        "list": listing.list,
        "country": listing.country,
        "country_heading": entry.country,
        "name": entry.name,
        "aliases": entry.aliases,
        "known_as": listing.known_as,
        "addresses": [address.text for address in entry.addresses],
        "license_requirement": entry.cells.license_requirement,
        "license_review_policy": entry.cells.license_review_policy,
        "footnotes": entry.footnotes,
        "citation": entry.cells.citation,
        "documents": list(dict.fromkeys(documents)),
        "text": entry.cells.entity,
        "as_of_first": listing.as_of_first,
        "from_start": int(listing.from_start),
        "as_of_last": listing.as_of_last,
    }


def change_row(event: Event) -> Row:
    """A row of the projection `change`."""
    row = msgspec.structs.asdict(event)
    return {"entry": row.pop("listing")} | row


def document_row(record: DocumentRecord) -> Row:
    """A row of the projection `document_fact`."""
    document, reading = record.document, record.reading
    printed = document if isinstance(document, Document) else None
    acts = {"added": (), "removed": (), "revised": ()} if reading is None else {
        "added": reading.added, "removed": reading.removed, "revised": reading.revised
    }  # fmt: skip
    effective = None if reading is None else reading.effective_on
    return {
        "document_number": document.document_number,
        "publication_date": document.publication_date,
        "kind": record.kind.value,
        "title": document.title,
        "abstract": (printed.abstract if printed else None) or "",
        "type": document.type,
        "stage": record.stage.value,
        "citation": printed.citation if printed else None,
        "effective_on": effective or (printed.effective_on if printed else None),
        **{what: len(entries) for what, entries in acts.items()},
        "names": list(dict.fromkeys(entry.name for entries in acts.values() for entry in entries)),
        "url": document.html_url,
    }


def license_row(one: GeneralLicense, step: LicenseEvent) -> Row:
    """A row of the projection `license_step`."""
    return {
        "license": one.key,
        "identifier": one.identifier,
        "supplement": one.supplement,
        "beneficiaries": one.beneficiaries,
        "published": step.published,
        "effective_on": step.effective_on,
        "event": step.event.value,
        "old_expiry": step.old_expiry,
        "new_expiry": step.new_expiry,
        "document_number": step.document_number,
        "sentence": step.sentence,
    }


def deadline_row(one: Deadline) -> Row:
    """A row of the projection `deadline`."""
    return {
        "key": one.key,
        "kind": one.kind.value,
        "title": one.title,
        "means": one.means,
        "day": one.day,
        "document_number": one.document_number,
        "sentence": one.sentence,
    }


def printed_as(entry: Entry) -> tuple[str, ...]:
    """An entry by its words in print."""
    cells = entry.cells
    return entry.country, cells.entity, cells.license_requirement, cells.license_review_policy, cells.citation


def place_of(row: Row) -> tuple[str, ...]:
    """The words in print of a row."""
    return (
        row["country_heading"],
        row["text"],
        row["license_requirement"],
        row["license_review_policy"],
        row["citation"],
    )


def listing_of(row: Mapping[str, Any], entry: Entry) -> Listing:
    """A row of the projection `entry` as a listing."""
    return Listing(
        number=row["id"],
        list=row["list"],
        country=row["country"],
        entry=entry,
        known_as=tuple(row["known_as"]),
        as_of_first=date.fromisoformat(row["as_of_first"]),
        from_start=bool(row["from_start"]),
    )
