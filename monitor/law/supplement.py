"""Read a supplement that is a list or prose: no. 7 to part 744 was a general license and is a list now."""

from monitor.errors import ReadError
from monitor.law.lists import list_of
from monitor.law.markup import Block, Heading, Paragraph, Row, Table, blocks
from monitor.model.entries import EntryList, Text


def read_supplement(body: bytes) -> EntryList | Text:
    """Return the list, where the supplement has a table, or else its paragraphs.

    Raises ReadError when it is not complete and well-formed, or as read_list and read_text do.
    """
    parts = list(blocks(body))
    if any(isinstance(part, Table) for part in parts):
        return list_of(parts)
    return _text_of(parts)


def read_text(body: bytes) -> Text:
    """Return the heading and the paragraphs of a supplement that is prose.

    Raises ReadError when it is not complete and well-formed, has a table, or has no words.
    """
    return _text_of(list(blocks(body)))


def _text_of(parts: list[Block]) -> Text:
    headings = [part.text for part in parts if isinstance(part, Heading)]
    if not headings:
        raise ReadError("the supplement has no heading; ask for it by its whole name")
    heading = headings[0]
    if any(isinstance(part, Table | Row) for part in parts):
        raise ReadError(f"{heading!r} has a table where we expect prose; look at how it is printed now")
    paragraphs = tuple(part.text for part in parts[1:] if isinstance(part, Heading | Paragraph))
    if not paragraphs:
        raise ReadError(f"{heading!r} has a heading and no paragraphs; ask again")
    return Text(heading=heading, paragraphs=paragraphs)
