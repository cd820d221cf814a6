"""Which documents explain a change: those on whose pages its new citations lie."""

import re
from collections.abc import Iterable, Sequence

from monitor.model.alerts import Link
from monitor.model.changes import Addition, Change, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.documents import Document

PAGE = re.compile(r"\b(\d{2,3}) FR (\d{1,6})\b")


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
    """Every "99 FR 1234" of a text."""
    return {(int(volume), int(page)) for volume, page in PAGE.findall(text)}


def explaining(pages: set[tuple[int, int]], documents: Sequence[Document]) -> tuple[Document, ...]:
    """The documents on whose pages a citation lies; the list cites the page of the amendment, not the first one."""
    return tuple(document for document in documents if any(prints(document, *page) for page in pages))


def prints(document: Document, volume: int, page: int) -> bool:
    """Whether a document stands on a page (CONTRACT.md §5.5, citation page trap)."""
    if document.volume != volume or document.start_page is None or document.end_page is None:
        return False
    return document.start_page <= page <= document.end_page
