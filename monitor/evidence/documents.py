"""Every document that is known, as far as its newest text says, for people and programs."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct, structs

from monitor.evidence.fingerprint import reader
from monitor.law.document import kind_of, read, worth_reading
from monitor.model.documents import Document, Filing, Kind, Stage, document_thread, is_withdrawn
from monitor.model.eastern import eastern_date
from monitor.model.rules import NamedEntry, RuleReading
from monitor.sources import inspection, published
from monitor.store import Store


class Dossier(Struct, frozen=True, kw_only=True):
    """One document: its newest form, when it was filed, and what its newest text says (None: no text is kept)."""

    document: Document | Filing
    filed_at: datetime | None
    reading: RuleReading | None

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        if isinstance(self.document, Document):
            return Stage.PUBLISHED
        return Stage.WITHDRAWN if is_withdrawn(self.document) else Stage.FILED

    @property
    def kind(self) -> Kind:
        """What it does."""
        return kind_of(self.document) if self.reading is None else self.reading.kind

    @property
    def day(self) -> date | None:
        """The day by which it is sorted and asked for: of publication, else of filing."""
        if self.document.publication_date is not None:
            return self.document.publication_date
        return None if self.filed_at is None else eastern_date(self.filed_at)


def dossiers(
    store: Store, since: date | None = None, until: date | None = None, *, learned: dict[str, str] | None = None
) -> Iterator[Dossier]:
    """All documents of a period, oldest first; the period means publication, or filing where that is all there is.

    What is read and was not kept as read is put into `learned`, by the key under which it can be kept.
    """
    filings = {
        document_thread(kept.document_number): inspection.read_row(kept.row)
        for kept in store.documents(inspection.NAME)
    }
    documents = [published.read_row(kept.row) for kept in store.documents(published.NAME)]
    printed = {document_thread(document.document_number) for document in documents}
    alone = [filing for thread, filing in filings.items() if thread not in printed]
    found = []
    everything: list[Document | Filing] = [*documents, *alone]
    for document in everything:
        filing = filings.get(document_thread(document.document_number))
        filed_at = None if filing is None else filing.filed_at
        one = Dossier(document=document, filed_at=filed_at, reading=None)
        if in_period(one.day, since, until):
            found.append(one)
    for one in sorted(found, key=lambda d: (d.day or date.max, d.document.document_number)):
        yield structs.replace(one, reading=reading_of(store, one, learned))


def in_period(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether a day is asked for; a document without any day always is."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def reading_of(store: Store, one: Dossier, learned: dict[str, str] | None) -> RuleReading | None:
    """What the newest kept text of a document says, as these readers read it before or now."""
    document = one.document
    newest = store.newest_text(document.document_number) if worth_reading(document) else None
    if newest is None:
        return None
    filed = None if one.filed_at is None else eastern_date(one.filed_at)
    name = hashlib.sha256(msgspec.json.encode([reader(), newest, document, filed])).hexdigest()
    kept = store.kept_reading(name)
    if kept is not None:
        return msgspec.json.decode(kept, type=RuleReading)
    reading = read(store.texts(document.document_number)[-1].body, document, filed)
    if learned is not None:
        learned[name] = msgspec.json.encode(reading).decode()
    return reading


def as_json(one: Dossier) -> dict[str, Any]:
    """A document for programs; what was not read is null or empty."""
    document, reading = one.document, one.reading or RuleReading(document_number="", kind=one.kind)
    published_fields = document if isinstance(document, Document) else None
    license_ = reading.general_license
    return {
        "document_number": document.document_number,
        "publication_date": document.publication_date,
        "citation": published_fields.citation if published_fields else None,
        "title": document.title,
        "type": document.type,
        "action": published_fields.action if published_fields else None,
        "kind": one.kind,
        "also": reading.also,
        "stage": one.stage,
        "filed_at": one.filed_at,
        "effective_on": reading.effective_on or (published_fields.effective_on if published_fields else None),
        "applicable_on": reading.applicable_on,
        "stated_counts": reading.stated_counts,
        "added": [entry_json(entry) for entry in reading.added],
        "removed": [entry_json(entry) for entry in reading.removed],
        "revised": [entry_json(entry) for entry in reading.revised],
        "license_requirement": reading.license_requirement,
        "license_review_policy": reading.license_review_policy,
        "footnotes": reading.footnotes,
        "general_license": None
        if license_ is None
        else {
            "name": license_.name,
            "valid_from": license_.valid_from,
            "old_expiry": license_.old_expiry,
            "new_expiry": license_.new_expiry,
            "status": license_.status,
        },
        "savings_clause": reading.savings_clause,
        "comments_close_on": reading.comments_close_on,
        "corrects": reading.corrects,
        "agreement": reading.agreement,
        "unread": reading.unread if one.reading is not None else ("No text is kept.",),
        "quotes": reading.quotes,
        "url": document.html_url,
    }


def entry_json(entry: NamedEntry) -> dict[str, str]:
    """An entry of a document."""
    return {"country": entry.country, "name": entry.name}


def as_line(one: Dossier) -> str:
    """A document on one line."""
    reading = one.reading
    acts = ""
    if reading is not None:
        counts = ((len(reading.added), "added"), (len(reading.revised), "revised"), (len(reading.removed), "removed"))
        acts = ", ".join(f"{number} {word}" for number, word in counts if number)
    effective = "" if reading is None or reading.effective_on is None else f"effective {reading.effective_on}"
    said = "; ".join(part for part in (acts, effective) if part)
    number = one.document.document_number
    return f"{one.day}  {number:<12} {one.kind:<17} {one.stage:<10} {one.document.title}{f' ({said})' if said else ''}"


def explanation(one: Dossier) -> Iterator[str]:
    """How each fact of a document was read, with the sentence it came from."""
    document, reading = one.document, one.reading
    yield f"{document.document_number}: {document.title}"
    yield f"stage: {one.stage}; kind: {one.kind}"
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
