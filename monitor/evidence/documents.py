"""Every document that is known, as far as its newest text says."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct, structs

from monitor.evidence.readings import NewestText, Readings
from monitor.law.document import kind_of
from monitor.model.documents import Document, Filing, Kind, Stage, document_thread, is_withdrawn
from monitor.model.eastern import eastern_date
from monitor.model.rules import RuleReading

MOST_AT_ONCE = 100  # readings of documents in memory


class DocumentRecord(Struct, frozen=True, kw_only=True):
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


def document_records(
    readings: Readings, since: date | None = None, until: date | None = None, *, threads: Collection[str] | None = None
) -> Iterator[DocumentRecord]:
    """All documents of a period, or of some threads, oldest first, each with what its newest text says.

    The period means publication, or filing where that is all there is.
    """
    found = [
        record
        for record in unread_records(readings)
        if in_period(record.day, since, until)
        and (threads is None or document_thread(record.document.document_number) in threads)
    ]
    for start in range(0, len(found), MOST_AT_ONCE):
        yield from with_readings(readings, found[start : start + MOST_AT_ONCE])


def unread_records(readings: Readings) -> list[DocumentRecord]:
    """All documents, oldest first, without what their texts say; put in order once for the same rows."""
    return readings.once(in_order, readings.store.newest_document())


def in_order(readings: Readings) -> list[DocumentRecord]:
    """All documents, oldest first, without what their texts say."""
    filings = {document_thread(number): filing for number, filing in readings.documents.filings().items()}
    documents = readings.documents.published()
    printed = {document_thread(document.document_number) for document in documents}
    everything: list[Document | Filing] = [
        *documents,
        *(filing for thread, filing in filings.items() if thread not in printed),
    ]
    found = []
    for document in everything:
        filing = filings.get(document_thread(document.document_number))
        filed_at = None if filing is None else filing.filed_at
        found.append(DocumentRecord(document=document, filed_at=filed_at, reading=None))
    return sorted(found, key=lambda record: (record.day or date.max, record.document.document_number))


def newest_texts(readings: Readings, records: Sequence[DocumentRecord]) -> list[NewestText | None]:
    """The newest kept text of each document, None where no text is kept."""
    kept = readings.documents.newest_texts()
    hashes = ((record, kept.get(record.document.document_number)) for record in records)
    return [
        None if sha256 is None else NewestText.of(record.document, record.filed_at, sha256) for record, sha256 in hashes
    ]


def with_readings(readings: Readings, records: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """Documents with what their newest texts say. Raises ReadError."""
    texts = newest_texts(readings, records)
    found = readings.of_texts([text for text in texts if text is not None])
    return [
        record if text is None else structs.replace(record, reading=found[text.key])
        for record, text in zip(records, texts, strict=True)
    ]


def in_period(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether a day is asked for; a document without any day always is."""
    return day is None or ((since is None or since <= day) and (until is None or day <= until))
