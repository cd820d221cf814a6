"""Every document that is known, as far as its newest text says, for people and programs."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct, structs

from monitor.events import document_thread, is_withdrawn
from monitor.fingerprint import reader
from monitor.model.documents import Document, Filing, Kind, Stage
from monitor.model.eastern import eastern_date
from monitor.model.rules import NamedEntry, RuleReading
from monitor.readings import kind_of, read, worth_reading
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


Read = Callable[[Document | Filing, datetime | None], RuleReading | None]


def dossiers(
    store: Store, since: date | None = None, until: date | None = None, *, read_document: Read | None = None
) -> Iterator[Dossier]:
    """All documents of a period, oldest first; the period means publication, or filing where that is all there is.

    `read_document` says what a document says, where it is not to be read anew.
    """
    reading_for = partial(reading_of, store) if read_document is None else read_document
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
        yield structs.replace(one, reading=reading_for(one.document, one.filed_at))


def in_period(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether a day is asked for; a document without any day always is."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))


def reading_of(store: Store, document: Document | Filing, filed_at: datetime | None) -> RuleReading | None:
    """What the newest kept text of a document says."""
    texts = store.texts(document.document_number) if worth_reading(document) else []
    return read(texts[-1].body, document, None if filed_at is None else eastern_date(filed_at)) if texts else None


class ReadOnce:
    """Reads each text once for each reader, and remembers in the store; rows and instructions stay in the evidence.

    A reading hangs on the text, on what the Federal Register says of the document, and on the day of filing.
    """

    def __init__(self, store: Store) -> None:
        """`store` must be open for writing by `remember`."""
        self._store = store
        self.new: list[tuple[str, str]] = []  # read now, and not yet remembered

    def __call__(self, document: Document | Filing, filed_at: datetime | None) -> RuleReading | None:
        """What the newest kept text of a document says."""
        sha256 = self._store.newest_text(document.document_number)
        if sha256 is None:
            return None
        parts = msgspec.json.encode((reader(), sha256, document, filed_at), order="deterministic")
        key = hashlib.sha256(parts).hexdigest()
        kept = self._store.kept_reading(key)
        if kept is not None:
            return msgspec.json.decode(kept, type=RuleReading | None)
        reading = reading_of(self._store, document, filed_at)
        short = None if reading is None else structs.replace(reading, rows=(), instructions=())
        self.new.append((key, msgspec.json.encode(short).decode()))
        return short

    def remember(self) -> None:
        """Keep what was read now."""
        if self.new:
            with self._store.transaction():
                self._store.keep_readings(reader(), self.new)


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
    return value if value is not None else "see the sentence"
