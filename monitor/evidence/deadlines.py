"""The calendar: every general license and deadline, collected from all that is kept."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from monitor.deadlines import deadlines
from monitor.deadlines.licenses import licenses
from monitor.evidence.documents import newest_texts, unread_records, with_readings
from monitor.evidence.readings import Readings, kept_supplement, stated_by
from monitor.law.document import NOISE
from monitor.model.deadlines import Codified, Deadline, ReadDocument
from monitor.model.documents import Kind
from monitor.model.eastern import eastern_date
from monitor.model.licenses import GeneralLicense
from monitor.sources import ecfr
from monitor.store import KeptSnapshot, Store

PROSE = {one.name: one for one in (ecfr.SUPPLEMENT_7, ecfr.GENERAL_ORDERS)}  # where general licenses stand


class Calendar(Struct, frozen=True):
    """Everything that has an end, and of what kind the documents are that set it."""

    licenses: tuple[GeneralLicense, ...]
    deadlines: tuple[Deadline, ...]
    kinds: Mapping[str, tuple[Kind, ...]]


def read_calendar(readings: Readings) -> Calendar:
    """Everything that is kept and has an end, collected once for the same evidence.

    Raises ReadError for evidence that does not read.
    """
    return readings.once(collect, readings.store.documents_mark())


def collect(readings: Readings) -> Calendar:
    """Everything that is kept and has an end. Raises ReadError."""
    stated, codified = documents_with_dates(readings), codified_texts(readings.store)
    found = licenses(stated, codified)
    kinds = {one.document_number: (one.reading.kind, *one.reading.also) for one in stated}
    return Calendar(found, deadlines(stated, found, codified), kinds)


def documents_with_dates(readings: Readings) -> list[ReadDocument]:
    """The documents that set a date or act on a license, and those that they correct; no other is decoded."""
    records = unread_records(readings)
    pairs = zip(records, newest_texts(readings, records), strict=True)
    texts = [(record, text) for record, text in pairs if text is not None]
    setting = readings.setting_dates([text for _, text in texts])
    numbers = {text.document.document_number for _, text in texts if setting[text.key]}
    found = with_readings(readings, [record for record, _ in texts if record.document.document_number in numbers])
    corrected = {record.reading.corrects for record in found if record.reading is not None} - numbers
    found += with_readings(readings, [record for record, _ in texts if record.document.document_number in corrected])
    seen_on = readings.store.first_texts_on(record.document.document_number for record in found)
    found.sort(key=lambda record: (record.day or date.max, record.document.document_number))
    return [
        stated_by(record.document, record.filed_at, record.reading, seen_on.get(record.document.document_number))
        for record in found
        if record.reading is not None and record.reading.kind not in NOISE
    ]


def codified_texts(store: Store) -> list[Codified]:
    """Every kept text of the supplements where general licenses stand. Raises ReadError."""
    kept = store.kept_snapshots(PROSE)
    return [
        Codified(
            supplement=f"Supplement No. {supplement.number} to part {supplement.part}",
            as_of=snapshot.as_of,
            body=kept_supplement(store, snapshot),
            seen_on=eastern_date(snapshot.fetched_at) if snapshot.monitored else None,
        )
        for name, supplement in PROSE.items()
        for snapshot in not_ahead([one for one in kept if one.name == name])
    ]


def not_ahead(kept: list[KeptSnapshot]) -> list[KeptSnapshot]:
    """The snapshots up to the last day that the monitor saw: it comes to later ones itself, and reports them then."""
    last = max((one.as_of for one in kept if one.monitored), default=None)
    return [one for one in kept if last is None or one.as_of <= last]
