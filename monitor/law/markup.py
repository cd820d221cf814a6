"""Stream a supplement of the eCFR: its heading, its paragraphs and the rows of its tables, one by one.

The XML is read with the standard library's iterparse behind defusedxml, which refuses document types and
entities: https://docs.python.org/3/library/xml.html#xml-security
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from monitor.law.complete import check_encoding
from monitor.law.footnotes import raised
from monitor.model.errors import ReadError

# A full Entity List has 2.3 MB; an answer many times as long is no supplement.
MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 40
LONGEST_CELL = 40_000  # characters; the longest entry, with twenty-two affiliates, has 6,000

# The elements that the eCFR prints in supplements, by what they do to the words in them.
INLINE = {"I", "i", "E", "B", "b", "A", "a", "AC", "FR", "span", "em", "strong", "small", "u", "s", "U"}
LINE_BREAKS = {"br", "BR"}
RAISED = {"sup", "SUP", "SU", "FTREF"}
LOWERED = {"sub", "SUB"}
PARAGRAPHS = {"P", "p", "FP", "FP-1", "FP-2", "FP1-2", "PSPACE", "LI", "li", "HED", "CAPTION", "caption"}
# Links to pending amendments come and go without a change of the text; images and page marks have no words.
WORDLESS = {"XREF", "img", "GPH", "PRTPAGE", "STARS", "hr", "HR"}
HEADINGS = {"HEAD", "HD1", "HD2", "HD3", "HD"}
# Where the text comes from, which says nothing about what it says.
SOURCE_NOTES = {"CITA", "EDNOTE", "SECAUTH", "SOURCE", "AUTH", "APPRO"}
# Until when the text holds, or what it will say instead and from when: as much law as a paragraph.
EFFECTIVITY_NOTES = {"EFFDNOT", "EFFDNOTP"}
AROUND = {"DIV", "div", "DIV9", "TABLE", "THEAD", "TBODY", "TFOOT", "EXTRACT", "NOTE", "UL", "OL", "ul", "ol"}
CELLS = {"TD", "TH"}
SPANS = {"colspan", "COLSPAN", "rowspan", "ROWSPAN"}
KNOWN = (
    (INLINE | LINE_BREAKS | RAISED | LOWERED | PARAGRAPHS | WORDLESS | HEADINGS | AROUND | CELLS | {"TR"})
    | SOURCE_NOTES
    | EFFECTIVITY_NOTES
)


class Cell(NamedTuple):
    """One cell of a row."""

    text: str  # lines separated by \n, blanks collapsed, no markup
    is_wide: bool  # it stretches over several columns
    is_heading: bool


class Heading(NamedTuple):
    """The heading of the supplement or of a part of it."""

    text: str


class Paragraph(NamedTuple):
    """A paragraph outside of the table."""

    text: str


class Table(NamedTuple):
    """A table begins here."""


class Row(NamedTuple):
    """One row of the table."""

    cells: tuple[Cell, ...]


Block = Heading | Paragraph | Table | Row


def blocks(body: bytes) -> Iterator[Block]:
    """Yield what a supplement consists of, in printed order.

    Raises ReadError when the body is too large, is no XML, ends early, carries a document type or an entity,
    or holds something other than exactly one supplement.
    """
    if len(body) > MOST_BYTES:
        raise ReadError(f"the supplement has {len(body):,} bytes, more than the {MOST_BYTES:,} that we read")
    check_encoding(body)
    try:
        yield from _Stream().blocks(body)
    except ParseError as error:
        raise ReadError(f"the supplement is cut short or no XML at all ({error}); ask again") from error
    except DefusedXmlException as error:
        raise ReadError(
            f"the supplement carries a document type or an entity ({type(error).__name__}); do not trust it"
        ) from error


class _Stream:
    """The position in the supplement while its elements stream by."""

    def __init__(self) -> None:
        self.around: list[Element] = []  # the elements that only hold others and are open
        self.depth = 0
        self.block_depth = 0  # where the block that is being read began; 0: between blocks
        self.last: Element | None = None  # the block that was read last; its tail comes only now
        self.supplements = 0

    def blocks(self, body: bytes) -> Iterator[Block]:
        for event, element in iterparse(BytesIO(body), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                self.depth += 1
                if self.block_depth == 0:
                    yield from self.begin(element)
                elif element.tag not in KNOWN or self.depth > DEEPEST:
                    self.refuse(element)
            else:
                if self.depth == self.block_depth:
                    yield from self.end(element)
                elif self.block_depth == 0:
                    self.close(element)
                self.depth -= 1
        if self.supplements == 0:
            raise ReadError("the answer holds no supplement (no element DIV9); ask for it by its whole name")

    def begin(self, element: Element) -> Iterator[Table]:
        """Note what opens between two blocks."""
        self.check_tail()
        if element.tag not in KNOWN or self.depth > DEEPEST:
            self.refuse(element)
        if element.tag not in AROUND:
            self.block_depth = self.depth
            return
        self.around.append(element)
        self.supplements += element.tag == "DIV9"
        if self.supplements > 1:
            raise ReadError("the answer holds more than one supplement; ask for one alone")
        if element.tag == "TABLE":
            yield Table()

    def end(self, element: Element) -> Iterator[Block]:
        """Yield the block that is complete, and drop it, so that a long table costs no memory."""
        self.block_depth = 0
        if (block := _block(element)) is not None:
            yield block
        if self.around:
            self.around[-1].remove(element)
        self.last = element

    def close(self, element: Element) -> None:
        self.check_tail()
        self.around.pop()
        _refuse_loose(element.text)
        self.last = element

    def check_tail(self) -> None:
        if self.last is not None:
            _refuse_loose(self.last.tail)

    def refuse(self, element: Element) -> None:
        if self.depth > DEEPEST:
            raise ReadError(f"the supplement nests elements more than {DEEPEST} deep, which the eCFR never does")
        if self.depth == 1:
            raise ReadError(f"the answer is no supplement of the eCFR but begins with <{element.tag}>; ask again")
        raise ReadError(f"the supplement holds an element <{element.tag}> that we do not know how to read")


def _refuse_loose(text: str | None) -> None:
    """Refuse words that stand outside of any paragraph or row, as they would be lost."""
    if text is not None and text.strip():
        raise ReadError(f"the supplement has words outside of any paragraph: {text.strip()[:60]!r}")


def _block(element: Element) -> Block | None:
    if element.tag == "TR":
        _refuse_loose(element.text)
        return Row(tuple(_cell(cell) for cell in element))
    if element.tag in HEADINGS:
        return Heading(one_line(text_of(element)))
    if element.tag in PARAGRAPHS | EFFECTIVITY_NOTES and (text := one_line(text_of(element))):
        return Paragraph(text)
    return None


def _cell(element: Element) -> Cell:
    if element.tag not in CELLS:
        raise ReadError(f"a row of the table holds <{element.tag}> where a cell must stand")
    _refuse_loose(element.tail)
    wide = False if SPANS.isdisjoint(element.attrib) else _is_wide(element)
    text = text_of(element)
    if len(text) > LONGEST_CELL:
        raise ReadError(f"a cell of the table has {len(text):,} characters, beginning {text[:60]!r}")
    return Cell(text, wide, element.tag == "TH")


def _is_wide(element: Element) -> bool:
    spans = {name.lower() for name in SPANS & element.attrib.keys() if element.attrib[name] != "1"}
    if "rowspan" in spans:
        raise ReadError("a cell of the table stretches over rows, but we read tables that repeat nothing")
    return bool(spans)


def one_line(text: str) -> str:
    """Put the lines of a text one after another."""
    return text.replace("\n", " ")


def text_of(element: Element) -> str:
    """Return the words of an element, a line where the markup begins one, without markup."""
    if len(element) == 0:
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    _collect(element, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)


def _collect(element: Element, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for child in element:
        tag = child.tag
        if tag in RAISED or (tag == "E" and child.get("T") == "51"):
            pieces.append(raised("".join(child.itertext()).strip()))
        elif tag in LINE_BREAKS:
            pieces.append("\0")
        elif tag in INLINE or tag in LOWERED:
            _collect(child, pieces)
        elif tag not in WORDLESS:
            pieces.append("\0")
            _collect(child, pieces)
            pieces.append("\0")
        pieces.append(child.tail or "")
