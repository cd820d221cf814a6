"""What a supplement says now against what it said before, as alerts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from monitor.diff import changes, paragraph_changes
from monitor.events import document_thread
from monitor.law.supplement import read_supplement
from monitor.model.alerts import Alert, AlertBody, Link, ListChanged, TextChanged
from monitor.model.changes import Addition, Change, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.documents import Document
from monitor.model.entries import EntryKind, EntryList, Text
from monitor.model.polls import Snapshot
from monitor.model.settings import Limits
from monitor.plausibility import check_list
from monitor.sources.ecfr import Supplement, page_url

Reading = EntryList | Text | None  # None: the supplement did not exist
PAGE = re.compile(r"\b(\d{2,3}) FR (\d{1,6})\b")


class Comparison(Struct, frozen=True):
    """Two snapshots of one supplement, and the published documents that may explain the difference."""

    supplement: Supplement
    before: Snapshot
    after: Snapshot
    documents: Sequence[Document]


def read(snapshot: Snapshot) -> Reading:
    """Read a snapshot with today's reader. Raises ReadError."""
    return None if snapshot.body is None else read_supplement(snapshot.body)


def check_plausible(before: Reading, after: Reading, today: date, limits: Limits) -> None:
    """Raise ImplausibleError when a list cannot have become what it now seems to be."""
    if isinstance(after, EntryList):
        check_list(before if isinstance(before, EntryList) else None, after, today=today, limits=limits)


def alerts(comparison: Comparison, before: Reading, after: Reading, now: datetime) -> list[Alert]:
    """The alerts of a difference in meaning; none when only bytes differ."""
    snapshot, supplement = comparison.after, comparison.supplement
    found = []
    for body, documents in bodies(comparison, before, after):
        key = f"list:{supplement.identifier}:{snapshot.as_of}:{snapshot.sha256[:16]}:{type(body).__name__}"
        only = documents[0] if len(documents) == 1 else None
        thread = key if only is None else document_thread(only.document_number)
        found.append(Alert(key=key, thread=thread, topic=supplement.topic, created_at=now, body=body))
    return found


def bodies(comparison: Comparison, before: Reading, after: Reading) -> Iterator[tuple[AlertBody, tuple[Document, ...]]]:
    """What a list or a text changed, each with the documents it cites; a supplement can turn from one to the other."""
    old, new = entries_of(before), entries_of(after)
    if old is not None or new is not None:
        differing = changes(() if old is None else old.entries, () if new is None else new.entries)
        notes = paragraph_changes(prose_of(old), prose_of(new))
        if differing or notes:
            documents = explaining(list_pages(differing) | text_pages(notes), comparison.documents)
            yield list_changed(comparison, differing, notes, size_of(new), documents), documents
    earlier, later = text_of(before), text_of(after)
    if earlier is not None or later is not None:
        moved = paragraph_changes(earlier or NO_TEXT, later or NO_TEXT)
        if moved:
            documents = explaining(text_pages(moved), comparison.documents)
            yield text_changed(comparison, earlier, later, moved, documents), documents


NO_TEXT = Text(heading="", paragraphs=())


def entries_of(reading: Reading) -> EntryList | None:
    """The list, where the reading is one."""
    return reading if isinstance(reading, EntryList) else None


def text_of(reading: Reading) -> Text | None:
    """The text, where the reading is one."""
    return reading if isinstance(reading, Text) else None


def prose_of(entries: EntryList | None) -> Text:
    """The words around a table: a footnote says what a designation means, and can change alone."""
    if entries is None:
        return NO_TEXT
    footnotes = tuple(f"{designation} {text}" for designation, text in entries.footnotes.items())
    return Text(heading="", paragraphs=entries.paragraphs + footnotes)


def words_of(reading: Reading) -> Text:
    """All prose of a supplement: its own, or what stands around its table."""
    return text_of(reading) or prose_of(entries_of(reading))


def size_of(entries: EntryList | None) -> int:
    """How many entries a list has; a reserved row is none."""
    return 0 if entries is None else sum(entry.kind is not EntryKind.RESERVED for entry in entries.entries)


def list_changed(
    comparison: Comparison,
    differing: tuple[Change, ...],
    notes: tuple[ParagraphChange, ...],
    total: int,
    documents: tuple[Document, ...],
) -> ListChanged:
    """The body for a list."""
    return ListChanged(
        name=comparison.supplement.name,
        as_of_before=comparison.before.as_of,
        as_of=comparison.after.as_of,
        changes=differing,
        notes=notes,
        total=total,
        sha256=comparison.after.sha256,
        documents=tuple(link_to(document) for document in documents),
        links=(official_link(comparison),),
    )


def text_changed(
    comparison: Comparison,
    before: Text | None,
    after: Text | None,
    moved: tuple[ParagraphChange, ...],
    documents: tuple[Document, ...],
) -> TextChanged:
    """The body for a prose supplement."""
    return TextChanged(
        name=comparison.supplement.identifier,
        heading=(after or before or NO_TEXT).heading,
        as_of_before=comparison.before.as_of,
        as_of=comparison.after.as_of,
        changes=moved,
        sha256=comparison.after.sha256,
        appeared=before is None,
        gone=after is None,
        documents=tuple(link_to(document) for document in documents),
        links=(official_link(comparison),),
    )


def official_link(comparison: Comparison) -> Link:
    """The supplement on the day it speaks for, for people."""
    day = comparison.after.as_of
    return Link(f"{comparison.supplement.identifier} in the eCFR", page_url(day, comparison.supplement))


def link_to(document: Document) -> Link:
    """A rule that explains a change."""
    citation = document.citation or document.document_number
    return Link(f"{citation}: {document.title}", document.pdf_url or document.html_url)


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
                pass  # what is gone cites only the rules that put it there
    return found


def text_pages(moved: Iterable[ParagraphChange]) -> set[tuple[int, int]]:
    """The Federal Register pages that a text newly cites."""
    old = {page for change in moved for page in pages_in(change.before)}
    return {page for change in moved for page in pages_in(change.after)} - old


def pages_in(text: str) -> set[tuple[int, int]]:
    """Every "84 FR 22961" of a text."""
    return {(int(volume), int(page)) for volume, page in PAGE.findall(text)}


def explaining(pages: set[tuple[int, int]], documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents on whose pages a citation lies; the list cites the page of the amendment, not the first one."""
    return tuple(document for document in documents if any(prints(document, *page) for page in pages))


def prints(document: Document, volume: int, page: int) -> bool:
    """Whether a document stands on a page (CONTRACT.md §5.5, citation page trap)."""
    if document.volume != volume or document.start_page is None or document.end_page is None:
        return False
    return document.start_page <= page <= document.end_page
