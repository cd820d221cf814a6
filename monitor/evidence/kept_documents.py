"""The rows of documents in one store, each decoded once."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from monitor.model.documents import Document, Filing
from monitor.sources import inspection, published
from monitor.store import KeptDocument, Store

Decoded = TypeVar("Decoded", Document, Filing)


class _Rows(Generic[Decoded]):
    """The newest version of every document of one source, the oldest kept first."""

    def __init__(self, source: str, decode: Callable[[bytes], Decoded]) -> None:
        self._source = source
        self._decode: Callable[[bytes], Decoded] = decode
        self._by_row: dict[int, Decoded] = {}
        self.newest: dict[tuple[str, date | None], int] = {}
        self._through = 0

    def catch_up(self, store: Store, newest: int) -> None:
        """Take in what was kept since, up to the row of an id."""
        if newest > self._through:
            for kept in store.documents_after(self._source, self._through):
                key = kept.document_number, kept.publication_date
                self._by_row.pop(self.newest.pop(key, 0), None)
                self.decoded(kept)
                self.newest[key] = kept.id
            self._through = newest

    def decoded(self, kept: KeptDocument) -> Decoded:
        """A row, decoded now or before."""
        if kept.id not in self._by_row:
            self._by_row[kept.id] = self._decode(kept.row)
        return self._by_row[kept.id]

    def all(self) -> list[Decoded]:
        """Every document as it was last kept."""
        return [self._by_row[number] for number in self.newest.values()]


class KeptDocuments:
    """Documents of the Federal Register as last kept; what is kept meanwhile is taken in when they are asked for."""

    def __init__(self, store: Store) -> None:
        """Nothing is read yet."""
        self._store = store
        self._forget()

    def _forget(self) -> None:
        self._undone = self._store.undone
        self._published = _Rows(published.NAME, published.read_row)
        self._filings = _Rows(inspection.NAME, inspection.read_row)
        self._texts: tuple[int, dict[str, str]] = (-1, {})

    def _check(self) -> None:
        """Forget everything where a transaction was undone: its rows may have been read."""
        if self._undone != self._store.undone:
            self._forget()

    def published(self) -> list[Document]:
        """The published documents, the oldest kept first."""
        self._check()
        self._published.catch_up(self._store, self._store.newest_document())
        return self._published.all()

    def published_since(self, day: date) -> list[Document]:
        """Those that were published on a day or later; nothing else is decoded."""
        self._check()
        return [self._published.decoded(kept) for kept in self._store.documents(published.NAME, day)]

    def filings(self) -> dict[str, Filing]:
        """The documents that were seen on public inspection, by their number."""
        self._check()
        self._filings.catch_up(self._store, self._store.newest_document())
        return {filing.document_number: filing for filing in self._filings.all()}

    def newest_texts(self) -> dict[str, str]:
        """The hash of the newest text of every document that has one."""
        self._check()
        newest = self._store.newest_text_id()
        if self._texts[0] != newest:
            self._texts = (newest, self._store.newest_texts())
        return self._texts[1]
