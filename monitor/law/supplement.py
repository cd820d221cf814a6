"""Read a supplement that is a list or prose: no. 7 to part 744 was a general license and is a list now."""

from monitor.law.lists import list_of
from monitor.law.markup import Block, Heading, Paragraph, Row, Table, blocks
from monitor.model.eastern import count
from monitor.model.entries import EntryKind, EntryList, Text
from monitor.model.errors import ReadError


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


SupplementReading = EntryList | Text | None  # None: the supplement did not exist


NO_TEXT = Text(heading="", paragraphs=())


def entries_of(reading: SupplementReading) -> EntryList | None:
    """The list, where the reading is one."""
    return reading if isinstance(reading, EntryList) else None


def text_of(reading: SupplementReading) -> Text | None:
    """The text, where the reading is one."""
    return reading if isinstance(reading, Text) else None


def prose_of(entries: EntryList | None) -> Text:
    """The words around a table: a footnote says what a designation means, and can change alone."""
    if entries is None:
        return NO_TEXT
    footnotes = tuple(f"{designation} {text}" for designation, text in entries.footnotes.items())
    return Text(heading="", paragraphs=entries.paragraphs + footnotes)


def words_of(reading: SupplementReading) -> Text:
    """All prose of a supplement: its own, or what stands around its table."""
    return text_of(reading) or prose_of(entries_of(reading))


def entry_count(entries: EntryList | None) -> int:
    """How many entries a list has; a reserved row is none."""
    return 0 if entries is None else sum(entry.kind is not EntryKind.RESERVED for entry in entries.entries)


def size_in_words(reading: SupplementReading) -> str:
    """How much there is, in words."""
    if reading is None:
        return "does not exist"
    if isinstance(reading, EntryList):
        countries = len({entry.country for entry in reading.entries})
        return f"{count(entry_count(reading), 'entry')} under {count(countries, 'country')}"
    return f"{reading.heading}, {count(len(reading.paragraphs), 'paragraph')}"
