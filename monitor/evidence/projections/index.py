"""Which document is behind a change of a list."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from monitor.diff import subject
from monitor.diff.attribution import list_pages, prints
from monitor.evidence.documents import Dossier
from monitor.law.wording import key
from monitor.model.changes import Change, Merger, Removal
from monitor.model.documents import Document
from monitor.sources import published
from monitor.store import Store

AROUND = timedelta(days=45)  # between the printing of a rule and its effect in the list


class Index(Struct, frozen=True):
    """Documents by what a change can be known by: their pages, and whom they take out."""

    by_volume: Mapping[int, Sequence[Document]]
    removing: Mapping[str, Sequence[tuple[date, str]]]

    def at(self, volume: int, page: int) -> list[Document]:
        """The documents on whose pages a citation lies."""
        return [document for document in self.by_volume.get(volume, ()) if prints(document, volume, page)]

    def explain(self, change: Change, day: date) -> str | None:
        """The number of the document behind a change: the newest one that it newly cites, or one that names it."""
        cited = [document for page in list_pages([change]) for document in self.at(*page)]
        if cited:
            return max(cited, key=lambda d: (d.publication_date, d.document_number)).document_number
        if not isinstance(change, Removal | Merger):
            return None
        named = [
            (abs(on - day), n) for on, n in self.removing.get(key(subject(change).name), ()) if abs(on - day) < AROUND
        ]
        return min(named)[1] if named else None


def index_of(store: Store, removing: Mapping[str, Sequence[tuple[date, str]]]) -> Index:
    """The documents by their volume, and those that remove somebody."""
    documents = (published.read_row(kept.row) for kept in store.documents(published.NAME))
    ordered = sorted(documents, key=lambda document: document.volume or 0)
    return Index({volume: list(one) for volume, one in groupby(ordered, key=lambda d: d.volume or 0)}, removing)


def note_removals(removing: dict[str, list[tuple[date, str]]], one: Dossier) -> None:
    """Note whom a document takes out, with its day and number."""
    if one.reading is not None and one.day is not None:
        for entry in one.reading.removed:
            removing.setdefault(key(entry.name), []).append((one.day, one.document.document_number))
