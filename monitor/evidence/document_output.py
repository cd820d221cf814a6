"""Documents for people and programs: as JSON, on one line, and with the sentences from which each fact was read."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, structs

from monitor.evidence.documents import DocumentRecord
from monitor.model.documents import Document
from monitor.model.rules import GeneralLicenseAction, NamedEntry, RuleReading


def as_json(record: DocumentRecord) -> dict[str, Any]:
    """A document for programs; what was not read is null or empty."""
    document, reading = record.document, record.reading or RuleReading(document_number="", kind=record.kind)
    published_fields = document if isinstance(document, Document) else None
    return {
        "document_number": document.document_number,
        "publication_date": document.publication_date,
        "citation": published_fields.citation if published_fields else None,
        "title": document.title,
        "type": document.type,
        "action": published_fields.action if published_fields else None,
        "kind": record.kind,
        "also": reading.also,
        "stage": record.stage,
        "filed_at": record.filed_at,
        "effective_on": reading.effective_on or (published_fields.effective_on if published_fields else None),
        "applicable_on": reading.applicable_on,
        "stated_counts": reading.stated_counts,
        "added": [entry_json(entry) for entry in reading.added],
        "removed": [entry_json(entry) for entry in reading.removed],
        "revised": [entry_json(entry) for entry in reading.revised],
        "license_requirement": reading.license_requirement,
        "license_review_policy": reading.license_review_policy,
        "footnotes": reading.footnotes,
        "general_license": None if reading.general_license is None else license_json(reading.general_license),
        "savings_clause": reading.savings_clause,
        "comments_close_on": reading.comments_close_on,
        "corrects": reading.corrects,
        "agreement": reading.agreement,
        "unread": reading.unread if record.reading is not None else ("No text is kept.",),
        "quotes": reading.quotes,
        "url": document.html_url,
    }


def license_json(license_: GeneralLicenseAction) -> dict[str, Any]:
    """What a document does to a general license."""
    fields = ("name", "valid_from", "old_expiry", "new_expiry", "status")
    return {field: getattr(license_, field) for field in fields}


def entry_json(entry: NamedEntry) -> dict[str, str]:
    """An entry of a document."""
    return {"country": entry.country, "name": entry.name}


def as_line(record: DocumentRecord) -> str:
    """A document on one line."""
    reading = record.reading
    acts = ""
    if reading is not None:
        counts = ((len(reading.added), "added"), (len(reading.revised), "revised"), (len(reading.removed), "removed"))
        acts = ", ".join(f"{number} {word}" for number, word in counts if number)
    effective = "" if reading is None or reading.effective_on is None else f"effective {reading.effective_on}"
    said = "; ".join(part for part in (acts, effective) if part)
    number, title = record.document.document_number, record.document.title
    return f"{record.day}  {number:<12} {record.kind:<17} {record.stage:<10} {title}{f' ({said})' if said else ''}"


def explanation(record: DocumentRecord) -> Iterator[str]:
    """How each fact of a document was read, with the sentence it came from."""
    document, reading = record.document, record.reading
    yield f"{document.document_number}: {document.title}"
    yield f"stage: {record.stage}; kind: {record.kind}"
    if reading is None:
        yield "No text is kept, so the kind comes from title, type and summary alone."
        return
    for reason in reading.reasons:
        yield f"  because {reason.why}: “{reason.quote}”"
    for field, quote in sorted(reading.quotes.items()):
        yield f"{field}: {value_of(reading, field)}"
        yield f"  from: “{quote}”"
    for instruction in reading.instructions:
        names = "; ".join(instruction.names) or (f"{instruction.count} entries" if instruction.count else "no names")
        yield f"instruction {instruction.number}: {instruction.action} under {instruction.country}: {names}"
        yield f"  from: “{instruction.quote}”"
    for sentence in reading.agreement:
        yield f"agreement: {sentence}"
    for sentence in reading.unread:
        yield f"not read: {sentence}"


def value_of(reading: RuleReading, field: str) -> object:
    """The value of a quoted field; fields of parts are named with a dot."""
    value: object = reading
    for name in field.partition("[")[0].split("."):
        value = getattr(value, name, None)
    if isinstance(value, Struct):
        parts = structs.asdict(value).items()
        return ", ".join(f"{name} {part}" for name, part in parts if part is not None) or "see the sentence"
    return value if value is not None else "see the sentence"
