"""Which document is behind a change of a list."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from msgspec import Struct

from monitor.diff import subject
from monitor.diff.attribution import list_pages, prints
from monitor.evidence.documents import DocumentRecord
from monitor.law.wording import key
from monitor.model.changes import Change, Merger, Removal
from monitor.model.documents import Document

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


def index_of(documents: Iterable[Document], removing: Mapping[str, Sequence[tuple[date, str]]]) -> Index:
    """Published documents by their volume, and those that remove somebody."""
    ordered = sorted(documents, key=lambda document: document.volume or 0)
    return Index({volume: list(one) for volume, one in groupby(ordered, key=lambda d: d.volume or 0)}, removing)


def removals_in(records: Iterable[DocumentRecord]) -> dict[str, list[tuple[date, str]]]:
    """Whom documents take out, with the day and the number of each."""
    removing: dict[str, list[tuple[date, str]]] = {}
    for record in records:
        if record.reading is not None and record.day is not None:
            for entry in record.reading.removed:
                removing.setdefault(key(entry.name), []).append((record.day, record.document.document_number))
    return removing
