"""What kept bytes say, by today's readers: every list and text is read once per process and content hash."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any, Self, TypeVar

import msgspec
from msgspec import Struct

from monitor.evidence.fingerprint import readers_fingerprint
from monitor.evidence.kept_documents import KeptDocuments
from monitor.law.document import NOISE, read, worth_reading
from monitor.law.supplement import SupplementReading, entries_of, read_supplement
from monitor.model.deadlines import ReadDocument
from monitor.model.documents import Document, Filing
from monitor.model.eastern import eastern_date
from monitor.model.polls import KeptText, Snapshot
from monitor.model.rules import RuleReading
from monitor.store import KeptReading, KeptSnapshot, Store

T = TypeVar("T")
MOST_LISTS = 12  # in memory: two days of each list, and some for a report
MOST_TEXTS = 500  # of supplements that are prose, which are small: more than all that were ever in force
MOST_RULES = 500  # readings of documents


class _Supplements:
    """The supplements that this process read last, by the hash of their bytes."""

    def __init__(self) -> None:
        self._lists: OrderedDict[str, SupplementReading] = OrderedDict()
        self._texts: OrderedDict[str, SupplementReading] = OrderedDict()

    def of(self, sha256: str, body: Callable[[], bytes]) -> SupplementReading:
        """What bytes say; `body` is asked for only where they were not read lately. Raises ReadError."""
        for known in (self._lists, self._texts):
            if sha256 in known:
                known.move_to_end(sha256)
                return known[sha256]
        reading = read_supplement(body())
        known, most = (self._texts, MOST_TEXTS) if entries_of(reading) is None else (self._lists, MOST_LISTS)
        known[sha256] = reading
        if len(known) > most:
            known.popitem(last=False)
        return reading

    def forget(self) -> None:
        """Read everything again from here on."""
        self._lists.clear()
        self._texts.clear()


SUPPLEMENTS = _Supplements()


def supplement_reading(snapshot: Snapshot) -> SupplementReading:
    """The list or the text that a snapshot is; None where the supplement did not exist. Raises ReadError."""
    body = snapshot.body
    return None if body is None else SUPPLEMENTS.of(snapshot.sha256, lambda: body)


def kept_supplement(store: Store, kept: KeptSnapshot) -> SupplementReading:
    """The same for a kept snapshot, whose bytes are unpacked only where they are read. Raises ReadError."""
    return SUPPLEMENTS.of(kept.sha256, lambda: store.snapshot_body(kept.id)) if kept.exists else None


class NewestText(Struct, frozen=True, kw_only=True):
    """The newest kept text of a document, and the key under which its reading is kept."""

    key: str
    document: Document | Filing
    filed_at: datetime | None
    sha256: str

    @classmethod
    def of(cls, document: Document | Filing, filed_at: datetime | None, sha256: str) -> Self:
        """The text of a hash, of a document that was filed at a moment."""
        key = key_of(document, filed_at, sha256)
        return cls(key=key, document=document, filed_at=filed_at, sha256=sha256)


def key_of(document: Document | Filing, filed_at: datetime | None, sha256: str) -> str:
    """What names a reading: the readers, the text, and what else of its document the reading depends on."""
    filed = None if filed_at is None else eastern_date(filed_at)
    return hashlib.sha256(msgspec.json.encode([readers_fingerprint(), sha256, document, filed])).hexdigest()


def sets_dates(document: Document | Filing, filed_at: datetime | None, reading: RuleReading) -> bool:
    """Whether a document sets a date or acts on a general license."""
    from monitor.deadlines.document_dates import dates_of  # noqa: PLC0415 - 0.2 s that a quiet poll need not spend

    stated = stated_by(document, filed_at, reading)
    if reading.kind in NOISE or (stated.filed_at is None and stated.publication_date is None):
        return False
    return reading.general_license is not None or bool(dates_of(stated))


def stated_by(
    document: Document | Filing, filed_at: datetime | None, reading: RuleReading, seen_on: date | None = None
) -> ReadDocument:
    """A document as the deadlines take it."""
    return ReadDocument(
        reading=reading,
        document_number=document.document_number,
        title=document.title,
        filed_at=filed_at,
        publication_date=document.publication_date,
        seen_on=seen_on,
    )


def kept_form(document: Document | Filing, filed_at: datetime | None, reading: RuleReading) -> KeptReading:
    """A reading as it is kept."""
    return KeptReading(sets_dates(document, filed_at, reading), msgspec.json.encode(reading).decode())


class Readings:
    """What the documents of one store say: rows and texts that are kept there or have just come.

    With `saves` what was read and is not kept yet is held for `save`.
    """

    def __init__(self, store: Store, *, saves: bool = False) -> None:
        """Nothing is read yet."""
        self.store = store
        self.documents = KeptDocuments(store)
        self.unsaved: dict[str, KeptReading] = {}
        self._saves = saves
        self._memory: OrderedDict[str, RuleReading] = OrderedDict()
        self._made: dict[Callable[[Readings], Any], tuple[object, Any]] = {}

    def once(self, make: Callable[["Readings"], T], mark: object) -> T:
        """What is made of all that is kept; made anew only where the mark of the evidence has changed."""
        marked = mark, self.store.undone
        if make not in self._made or self._made[make][0] != marked:
            self._made[make] = marked, make(self)
        made: T = self._made[make][1]
        return made

    def of_text(self, text: KeptText, document: Document | Filing) -> RuleReading:
        """What a text says, with the day of filing where it is known. Raises ReadError."""
        return self._of(document, self._filed_at(document), text.sha256, lambda: text.body)

    def newest(self, document: Document | Filing, but: str = "") -> RuleReading | None:
        """What the newest kept text of a document says, None without one; `but` is the hash of a text to leave out."""
        number = document.document_number
        newest = self.store.newest_text(number, but) if but else self.documents.newest_texts().get(number)
        if newest is None:
            return None
        return self._of(document, self._filed_at(document), newest, lambda: self.store.text_body(number, newest))

    def filed_at(self, document_number: str) -> datetime | None:
        """When a document was filed for public inspection, if it was seen there."""
        filing = self.documents.filings().get(document_number)
        return None if filing is None else filing.filed_at

    def _filed_at(self, document: Document | Filing) -> datetime | None:
        return document.filed_at if isinstance(document, Filing) else self.filed_at(document.document_number)

    def _of(
        self, document: Document | Filing, filed_at: datetime | None, sha256: str, body: Callable[[], bytes]
    ) -> RuleReading:
        key = key_of(document, filed_at, sha256)
        if key in self._memory:
            return self._memory[key]
        kept = self.unsaved.get(key) or self.store.kept_readings([key]).get(key)
        if kept is not None and kept.reading is not None:
            return self._remember(key, msgspec.json.decode(kept.reading, type=RuleReading))
        reading = read(body(), document, None if filed_at is None else eastern_date(filed_at))
        if worth_reading(document):
            self._hold(key, kept_form(document, filed_at, reading))
        return self._remember(key, reading)

    def _hold(self, key: str, one: KeptReading) -> KeptReading:
        if self._saves:
            self.unsaved[key] = one
        return one

    def _remember(self, key: str, reading: RuleReading) -> RuleReading:
        self._memory[key] = reading
        if len(self._memory) > MOST_RULES:
            self._memory.popitem(last=False)
        return reading

    def setting_dates(self, texts: Collection[NewestText]) -> dict[str, bool]:
        """Whether the deadlines need each text, by its key; those that were never read are read now."""
        known = self.store.dated_readings([one.key for one in texts])
        known |= {key: held.dated for key, held in self.unsaved.items()}
        for one in texts:
            if one.key not in known:
                known[one.key] = self._read(one).dated
        return known

    def of_texts(self, texts: Collection[NewestText]) -> dict[str, RuleReading | None]:
        """What each text says, by its key; None where its document is not worth reading."""
        missing = [one.key for one in texts if one.key not in self._memory and one.key not in self.unsaved]
        kept = (self.store.kept_readings(missing) if missing else {}) | self.unsaved
        found: dict[str, RuleReading | None] = {}
        for one in texts:
            reading = None if one.key in self._memory else (kept.get(one.key) or self._read(one)).reading
            decoded = None if reading is None else msgspec.json.decode(reading, type=RuleReading)
            found[one.key] = self._memory.get(one.key, decoded)
        return found

    def _read(self, one: NewestText) -> KeptReading:
        if not worth_reading(one.document):
            return self._hold(one.key, KeptReading(dated=False, reading=None))
        body = self.store.text_body(one.document.document_number, one.sha256)
        reading = read(body, one.document, None if one.filed_at is None else eastern_date(one.filed_at))
        self._remember(one.key, reading)
        return self._hold(one.key, kept_form(one.document, one.filed_at, reading))

    def save(self) -> None:
        """Keep what was read, within the transaction of whoever records a poll."""
        if self.unsaved:
            self.store.keep_readings(self.unsaved)
            self.unsaved.clear()
