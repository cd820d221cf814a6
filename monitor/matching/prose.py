"""The prose of an alert: where it stands, and what it says."""

from collections.abc import Iterator

from monitor.model.alerts import Announcement, DocumentEvent, ListChanged, PageChanged, TextChanged
from monitor.model.deadlines import ClockNotice

Passage = tuple[str, str]  # where, and the text


def of_document(event: DocumentEvent) -> Iterator[Passage]:
    """What a document says, and what changed in it."""
    yield "the title", event.title
    if event.abstract is not None:
        yield "the summary", event.abstract
    if event.reading is not None:
        sentences = (event.reading.stated_reason or "", *event.reading.quotes.values())
        yield from (("the text of the document", text) for text in sentences)
    yield from (("what changed", text) for d in event.differences for text in (d.after, d.before))


def of_list(body: ListChanged) -> Iterator[Passage]:
    """The words around a list that changed."""
    yield from ((f"the notes of the {body.name}", text) for c in body.notes for text in (c.after, c.before))


def of_text(body: TextChanged) -> Iterator[Passage]:
    """The paragraphs of a supplement that changed."""
    yield from ((f"the text of {body.name}", text) for c in body.changes for text in (c.after, c.before))


def of_announcement(body: Announcement) -> Iterator[Passage]:
    """What a press release says."""
    yield from (("the press release", text) for text in (body.title, *body.said))


def of_page(body: PageChanged) -> Iterator[Passage]:
    """The paragraphs of a web page that changed."""
    yield from ((f"the page {body.label}", text) for c in body.changes for text in (c.after, c.before))


def of_notice(notice: ClockNotice) -> Iterator[Passage]:
    """What a notice about a deadline says, and the sentences that it quotes."""
    texts = (notice.title, notice.says, *(quote.sentence for quote in notice.quotes))
    yield from (("the notice", text) for text in texts)
