"""Which documents explain a change: those that print the pages of its new citations."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from monitor.diff import subject
from monitor.diff.agreement import identity
from monitor.model.alerts import Link
from monitor.model.changes import Addition, Change, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.documents import Document
from monitor.model.entries import Entry
from monitor.model.rules import NamedEntry, RuleReading

PAGE = re.compile(r"\b(\d{2,3}) FR (\d{1,6})\b")


def link_to(document: Document) -> Link:
    """A rule that explains a change."""
    citation = document.citation or document.document_number
    return Link(f"{citation}: {document.title}", document.pdf_url or document.html_url)


Read = Callable[[Document], RuleReading | None]
# A removed entry cites only the rules that added it: the rules of this long before are checked for the removal.
RECENT = timedelta(days=45)


def changes_by_rule(
    differing: Sequence[Change], documents: Sequence[Document], read: Read
) -> dict[Document | None, list[Change]]:
    """Group the changes by the rule that explains them, those without one under None.

    A change belongs to the newest document that it newly cites; one that cites nothing new, to the newest of these
    documents or of the latest ones that names its entry; a merger or separation, to the document of the other entry.
    """
    near = explaining(list_pages(differing), documents)
    found = {id(change): newest(explaining(list_pages([change]), near)) for change in differing}
    if any(document is None for document in found.values()):
        names = names_by(candidates(found.values(), documents), read)
        for change in differing:
            if found[id(change)] is None:
                found[id(change)] = names.get(named_key(change))
    by_entry = {entry_key(subject(change)): found[id(change)] for change in differing if isinstance(change, Revision)}
    shared: dict[Document | None, list[Change]] = {}
    for change in differing:
        document = found[id(change)] or (by_entry.get(entry_key(host)) if (host := host_of(change)) else None)
        shared.setdefault(document, []).append(change)
    return shared


def documents_on_license(place: str, documents: Sequence[Document], read: Read) -> tuple[Document, ...]:
    """The newest of the latest documents that acts on the general license at a place; empty where none does.

    A removed text cites nothing, but the rule that removed it names it.
    """
    for document in reversed(candidates((), documents)):
        reading = read(document)
        license_ = None if reading is None else reading.general_license
        if license_ is not None and place.casefold() in license_.name.casefold():
            return (document,)
    return ()


def newest(documents: Iterable[Document]) -> Document | None:
    """The one that was published last."""
    return max(documents, key=order_of, default=None)


def order_of(document: Document) -> tuple[date, str]:
    """By the day of publication."""
    return document.publication_date, document.document_number


def candidates(found: Iterable[Document | None], documents: Sequence[Document]) -> list[Document]:
    """The documents that may name an entry without being cited, the oldest first."""
    cited = {document.document_number for document in found if document is not None}
    last = max((document.publication_date for document in documents), default=None)
    return sorted(
        (
            d
            for d in documents
            if d.document_number in cited or (last is not None and d.publication_date > last - RECENT)
        ),
        key=order_of,
    )


Key = tuple[str, tuple[str, str]]


def names_by(documents: Iterable[Document], read: Read) -> dict[Key, Document]:
    """Every entry that a document removes or revises, by what it does to it and by country and name."""
    named: dict[Key, Document] = {}
    for document in documents:
        reading = read(document)
        if reading is not None:
            removed, changed = (*reading.removed, *reading.moved), (*reading.revised, *reading.reworded)
            named |= {("removed", identity(entry)): document for entry in removed}
            named |= {("changed", identity(entry)): document for entry in changed}
    return named


def named_key(change: Change) -> Key:
    """The action and the name by which a rule would list the entry of a change."""
    entry = change.before if isinstance(change, Revision) else change.entry
    return "changed" if isinstance(change, Revision) else "removed", entry_key(entry)


def entry_key(entry: Entry) -> tuple[str, str]:
    """The country and name by which rules identify an entry of a list."""
    return identity(NamedEntry(entry.country, entry.name))


def host_of(change: Change) -> Entry | None:
    """The other entry of a merger or separation."""
    match change:
        case Merger(_, into):
            return into
        case Separation(_, out_of):
            return out_of
        case Addition() | Removal() | Revision():
            return None


def list_pages(differing: Iterable[Change]) -> set[tuple[int, int]]:
    """The Federal Register pages that the changes newly cite."""
    found: set[tuple[int, int]] = set()
    for change in differing:
        match change:
            case Addition(entry):
                found |= {(c.volume, c.page) for c in entry.citations}
            case Revision(before, after, _):
                old = {(c.volume, c.page) for c in before.citations}
                found |= {(c.volume, c.page) for c in after.citations} - old
            case Separation(entry, _):
                found |= {(c.volume, c.page) for c in entry.citations}
            case Removal() | Merger():
                pass  # a removed entry cites only the rules that added it
    return found


def text_pages(moved: Iterable[ParagraphChange]) -> set[tuple[int, int]]:
    """The Federal Register pages that a text newly cites."""
    old = {page for change in moved for page in pages_in(change.before)}
    return {page for change in moved for page in pages_in(change.after)} - old


def pages_in(text: str) -> set[tuple[int, int]]:
    """Every "99 FR 1234" of a text."""
    return {(int(volume), int(page)) for volume, page in PAGE.findall(text)}


def explaining(pages: set[tuple[int, int]], documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents that cover a cited page; the list cites the page of the amendment, not the first one."""
    volumes = {volume for volume, _ in pages}
    return tuple(
        document
        for document in documents
        if document.volume in volumes and any(prints(document, *page) for page in pages)
    )


def prints(document: Document, volume: int, page: int) -> bool:
    """Whether a document covers a page (CONTRACT.md §5.5, citation page trap)."""
    if document.volume != volume or document.start_page is None or document.end_page is None:
        return False
    return document.start_page <= page <= document.end_page
