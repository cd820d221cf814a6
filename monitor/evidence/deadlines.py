"""TODO."""

from collections.abc import Mapping

from msgspec import Struct

from monitor.deadlines import deadlines
from monitor.deadlines.licenses import licenses
from monitor.evidence.documents import dossiers
from monitor.evidence.readings import supplement_reading
from monitor.law.document import NOISE
from monitor.model.deadlines import Codified, Deadline, ReadDocument
from monitor.model.documents import Kind
from monitor.model.eastern import eastern_date
from monitor.model.licenses import GeneralLicense
from monitor.model.polls import Snapshot
from monitor.sources import ecfr
from monitor.store import Store

PROSE = (ecfr.SUPPLEMENT_7, ecfr.GENERAL_ORDERS)  # where general licenses stand


class Calendar(Struct, frozen=True):
    """Everything that has an end, of what kind the documents are that set it, and all that was read for it."""

    licenses: tuple[GeneralLicense, ...]
    deadlines: tuple[Deadline, ...]
    kinds: Mapping[str, tuple[Kind, ...]]
    told: tuple[ReadDocument, ...] = ()


def gather(store: Store, learned: dict[str, str] | None = None) -> Calendar:
    """Read everything that is kept for what has an end; `learned` as in `dossiers`.

    Raises ReadError for evidence that does not read.
    """
    told = [
        ReadDocument(
            reading=one.reading,
            document_number=one.document.document_number,
            title=one.document.title,
            filed_at=one.filed_at,
            publication_date=one.document.publication_date,
            seen_on=store.first_text_on(one.document.document_number),
        )
        for one in dossiers(store, learned=learned)
        if one.reading is not None and one.reading.kind not in NOISE
    ]
    codified = [
        Codified(
            supplement=f"Supplement No. {supplement.number} to part {supplement.part}",
            as_of=snapshot.as_of,
            body=supplement_reading(snapshot),
            seen_on=eastern_date(snapshot.fetched_at) if watched else None,
        )
        for supplement in PROSE
        for snapshot, watched in evidence(store, supplement.name)
    ]
    found = licenses(told, codified)
    kinds = {one.document_number: (one.reading.kind, *one.reading.also) for one in told}
    return Calendar(found, deadlines(told, found, codified), kinds, tuple(told))


def evidence(store: Store, name: str) -> list[tuple[Snapshot, bool]]:
    """Every snapshot of a supplement, and whether the watch saw it.

    What a person asked for was no news when it came. Beyond the last day that the watch saw it is left out: the watch
    comes there itself, and tells it then.
    """
    last = store.last_monitored(name)
    seen = store.monitored_days(name)
    return [
        (snapshot, (snapshot.as_of, snapshot.sha256) in seen)
        for snapshot in store.snapshots(name)
        if last is None or snapshot.as_of <= last.as_of
    ]
