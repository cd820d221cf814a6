"""Streaming a supplement of the eCFR: its heading, its paragraphs and the rows of its tables, one after another.

The XML is read with the standard library's iterparse behind defusedxml, which refuses document types and
entities: https://docs.python.org/3/library/xml.html#xml-security
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from monitor.errors import ReadError
from monitor.law.wording import superscript

# A full Entity List is 2.3 MB; an answer many times that is no supplement.
MOST_BYTES = 16 * 1024 * 1024
DEEPEST = 40

INLINE = frozenset("I i E B b A a AC FR span em strong small u s U".split())
BREAKS = frozenset("br BR".split())
RAISED = frozenset("sup SUP SU FTREF".split())
LOWERED = frozenset("sub SUB".split())
PARAGRAPHS = frozenset("P FP PSPACE FP-1 FP-2 FP1-2 LI p li HED".split())
# Links to pending amendments come and go without a change of the text; images and page marks have no words.
WORDLESS = frozenset("XREF img GPH PRTPAGE STARS hr HR".split())
HEADINGS = frozenset("HEAD HD1 HD2 HD3 HD".split())
SOURCE_NOTES = frozenset("CITA EDNOTE SECAUTH SOURCE AUTH EFFDNOT EFFDNOTP APPRO".split())
CONTAINERS = frozenset(
    "DIV DIV9 TABLE THEAD TBODY TFOOT EXTRACT NOTE UL OL div ul ol TR TD TH CAPTION".split()
)
KNOWN = INLINE | BREAKS | RAISED | LOWERED | PARAGRAPHS | WORDLESS | HEADINGS | SOURCE_NOTES | CONTAINERS


class Cell(NamedTuple):
    """One cell of a row: its lines, and over how many columns it stretches."""

    text: str  # lines separated by \n, blanks collapsed, no markup
    columns: int
    heading: bool


class Heading(NamedTuple):
    """The heading of the supplement or of a part of it."""

    text: str


class Paragraph(NamedTuple):
    """A paragraph outside the table; `note` is the designation of the footnote that it is."""

    text: str
    note: str = ""


class Table(NamedTuple):
    """A table begins here."""


class Row(NamedTuple):
    """One row of the table."""

    cells: tuple[Cell, ...]


Block = Heading | Paragraph | Table | Row


def blocks(body: bytes) -> Iterator[Block]:
    """Yield what a supplement consists of, in printed order.

    Raises ReadError when the body is too large, is no XML, ends early, carries a document type or an entity, or
    holds something other than exactly one supplement.
    """
    if len(body) > MOST_BYTES:
        raise ReadError(
            f"the supplement has {len(body):,} bytes, more than the {MOST_BYTES:,} we read; look at what was sent"
        )
    try:
        yield from _blocks(body)
    except ParseError as error:
        raise ReadError(
            f"the supplement is no complete XML ({error}); the answer was cut short or is another page, ask again"
        ) from error
    except DefusedXmlException as error:
        raise ReadError(
            f"the supplement carries a document type or an entity ({type(error).__name__}), which the eCFR never "
            "does; do not trust the answer"
        ) from error


def _blocks(body: bytes) -> Iterator[Block]:
    around: list[Element] = []  # the containers that are open
    supplements = depth = text_depth = 0
    for event, element in iterparse(BytesIO(body), events=("start", "end")):
        tag = element.tag
        if event == "start":
            depth += 1
            if text_depth == 0 and (tag not in CONTAINERS or tag == "TR"):
                text_depth = depth
            elif text_depth == 0:
                around.append(element)
                supplements += tag == "DIV9"
                if tag == "TABLE":
                    yield Table()
            _check(tag, depth, supplements)
            continue
        if depth == text_depth:
            text_depth = 0
            yield from _block(element)
            _forget(element, around)
        elif text_depth == 0:
            around.pop()
        depth -= 1
    if supplements == 0:
        raise ReadError("the answer holds no supplement (no DIV9 element); ask for it by its whole name")


def _check(tag: str, depth: int, supplements: int) -> None:
    if tag not in KNOWN:
        raise ReadError(f"the supplement holds an element <{tag}> that we do not know how to read")
    if depth > DEEPEST:
        raise ReadError(f"the supplement nests elements more than {DEEPEST} deep; do not trust the answer")
    if supplements > 1:
        raise ReadError("the answer holds more than one supplement; ask for one alone")


def _forget(element: Element, around: list[Element]) -> None:
    """Drop a block that was read, so that a large table costs no memory."""
    if len(around) > 0:
        around[-1].remove(element)


def _block(element: Element) -> Iterator[Block]:
    tag = element.tag
    if tag == "TR":
        yield Row(tuple(_cell(cell) for cell in element))
    elif tag in HEADINGS:
        yield Heading(one_line(text_of(element)))
    elif tag in PARAGRAPHS:
        yield from _paragraph(element)


def _paragraph(element: Element) -> Iterator[Paragraph]:
    text = one_line(text_of(element))
    first = element[0] if len(element) else None
    starts_raised = first is not None and first.tag in RAISED and not (element.text or "").strip()
    if starts_raised and first is not None:
        designation = "".join(first.itertext()).strip()
        yield Paragraph(text[len(designation) :].strip(), note=designation)
    elif text:
        yield Paragraph(text)


def _cell(element: Element) -> Cell:
    if element.tag not in ("TD", "TH"):
        raise ReadError(f"a row of the table holds <{element.tag}> where a cell must stand")
    span = element.get("colspan") or element.get("COLSPAN") or "1"
    if element.get("rowspan", "1") != "1" or not span.isdecimal():
        raise ReadError("a cell of the table stretches over rows; we read only tables that repeat nothing")
    return Cell(text_of(element), int(span), element.tag == "TH")


def one_line(text: str) -> str:
    """Put the lines of a text one after another."""
    return text.replace("\n", " ")


def text_of(element: Element) -> str:
    """Return the words of an element, one line where the markup begins one, without markup or doubled blanks."""
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
            pieces.append(_raised(child))
        elif tag in BREAKS:
            pieces.append("\0")
        elif tag not in WORDLESS:
            edge = "" if tag in INLINE or tag in LOWERED else "\0"
            pieces.append(edge)
            _collect(child, pieces)
            pieces.append(edge)
        pieces.append(child.tail or "")


def _raised(element: Element) -> str:
    text = "".join(element.itertext()).strip()
    digits = text.replace(",", "").replace(" ", "")
    return superscript(text.replace(" ", "")) if digits.isdecimal() else text
