"""What kept bytes say, by today's readers: every list and text is read once per process and content hash."""

from datetime import datetime
from functools import lru_cache

from monitor.law.document import read
from monitor.law.supplement import SupplementReading, read_snapshot
from monitor.model.documents import Document, Filing
from monitor.model.eastern import eastern_date
from monitor.model.polls import KeptText, Snapshot
from monitor.model.rules import RuleReading
from monitor.sources import inspection
from monitor.store import Store

MOST_SUPPLEMENTS = 12  # readings in memory: two days of each supplement, and some for a report


class _Content:
    """A snapshot that counts as equal to every other with the same bytes, so that the cache goes by the hash alone."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.key = (snapshot.sha256, snapshot.body is None)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and self.key == other.key


@lru_cache(maxsize=MOST_SUPPLEMENTS)
def _read_supplement(content: _Content) -> SupplementReading:
    return read_snapshot(content.snapshot)


def supplement_reading(snapshot: Snapshot) -> SupplementReading:
    """The list or the text that a snapshot is; None where the supplement did not exist. Raises ReadError."""
    return _read_supplement(_Content(snapshot))


class Readings:
    """What the texts of documents say that are kept in one store, or have just come."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_text(self, text: KeptText, document: Document | Filing) -> RuleReading:
        """What a text says, with the day of filing where it is known. Raises ReadError."""
        filed_at = document.filed_at if isinstance(document, Filing) else self.filed_at(document.document_number)
        return read(text.body, document, None if filed_at is None else eastern_date(filed_at))

    def newest(self, document: Document | Filing, but: str = "") -> RuleReading | None:
        """What the newest kept text of a document says, None without one; `but` is the hash of a text to leave out."""
        texts = [text for text in self._store.texts(document.document_number) if text.sha256 != but]
        return self.of_text(texts[-1], document) if texts else None

    def filed_at(self, document_number: str) -> datetime | None:
        """When a document was filed for public inspection, if it was seen there."""
        kept = self._store.document(inspection.NAME, document_number)
        return None if kept is None else inspection.read_row(kept.row).filed_at
