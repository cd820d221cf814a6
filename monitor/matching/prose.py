"""The prose of an alert: where it stands, and what it says."""

from collections.abc import Iterator

from monitor.model.alert_parts import parts_of
from monitor.model.alerts import AlertBody, Announcement, DocumentEvent, ListChanged, Notice, PageChanged, TextChanged
from monitor.model.deadlines import ClockNotice

Said = tuple[str, str]  # where, and the text


def texts(body: AlertBody) -> Iterator[Said]:
    """Everything that an alert says in prose, but for what it says of the watch itself."""
    for one in parts_of(body):
        match one:
            case DocumentEvent():
                yield from _of_document(one)
            case TextChanged():
                yield from ((f"the text of {one.name}", text) for c in one.changes for text in (c.after, c.before))
            case ListChanged():
                yield from ((f"the notes of the {one.name}", text) for c in one.notes for text in (c.after, c.before))
            case Announcement() | PageChanged():
                yield from _of_hint(one)
            case ClockNotice():
                yield from (("the notice", text) for text in (one.title, one.says, *(q.sentence for q in one.quotes)))
            case Notice():
                continue


def _of_document(event: DocumentEvent) -> Iterator[Said]:
    yield "the title", event.title
    if event.abstract is not None:
        yield "the summary", event.abstract
    if event.reading is not None:
        said = (event.reading.stated_reason or "", *event.reading.quotes.values())
        yield from (("the text of the document", text) for text in said)
    yield from (("what changed", text) for d in event.differences for text in (d.after, d.before))


def _of_hint(hint: Announcement | PageChanged) -> Iterator[Said]:
    match hint:
        case Announcement():
            yield from (("the press release", text) for text in (hint.title, *hint.said))
        case PageChanged():
            yield from ((f"the page {hint.label}", text) for c in hint.changes for text in (c.after, c.before))
