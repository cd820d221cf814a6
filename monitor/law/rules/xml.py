"""Read the full-text XML of the Federal Register (https://www.govinfo.gov/bulkdata/FR/resources)."""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError  # the types; the parser is defusedxml's

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from msgspec.structs import replace

from monitor.law.rules.text import STARS, Block, Piece, RuleText, TableRow, normalized

_PREAMBLE_PARTS = {
    "AGY": "AGENCY",
    "ACT": "ACTION",
    "SUM": "SUMMARY",
    "EFFDATE": "DATES",
    "DATES": "DATES",
    "DATE": "DATES",
    "ADD": "ADDRESSES",
    "FURINF": "FOR FURTHER INFORMATION CONTACT",
}
_PARAGRAPHS = {"P", "FP", "NOTE", "EXTRACT", "SECTION", "CITA"}
_SKIPPED = {"PRTPAGE", "FTREF", "GPH", "MATH", "GID"}
_AMENDS = re.compile(r"\b(?:is|are) amended as follows\b", re.IGNORECASE)


def read_xml(body: bytes) -> RuleText:
    """The text of a document in XML; what comes before a fault in it is kept, and the fault is named."""
    root, fault = _tree(body)
    if root is None:
        return RuleText(unread=(fault,))
    blocks = list(_blocks(root))
    split = _start_of_amendments(blocks)
    unread = (fault,) if fault else ()
    return RuleText(
        title=_first(root, "SUBJECT"),
        issuer=" ".join(_flat(e) for tag in ("AGENCY", "SUBAGY") for e in root.iter(tag)),
        preamble=_preamble(root),
        discussion=tuple(block for block, _ in blocks[:split]),
        amendments=tuple(block for block, _ in blocks[split:]),
        unread=unread,
    )


def _tree(body: bytes) -> tuple[Element | None, str]:
    root: Element | None = None
    try:
        for _, element in iterparse(BytesIO(body.lstrip()), events=("start",), forbid_dtd=True):
            root = element if root is None else root
    except ParseError as error:
        line = error.position[0]
        return root, f"The XML breaks off or is malformed at line {line}; what follows could not be read."
    except DefusedXmlException:
        return None, "The XML carries a document type or entities of its own, which are refused."
    except (LookupError, ValueError):  # an encoding that Python or the parser does not support
        return None, "The XML is said to be written in an encoding that cannot be read."
    return root, ""


def _first(root: Element, tag: str) -> str:
    found = next(root.iter(tag), None)
    return "" if found is None else _flat(found)


def _flat(element: Element) -> str:
    return normalized("".join(_pieces(element)))


def _lines(element: Element) -> str:
    """The text of a cell with its list items, such as aliases, each on a line of its own."""
    lines = "".join(_pieces(element, between_items="\x1f")).split("\x1f")
    return "\n".join(text for line in lines if (text := normalized(line)))


def _pieces(element: Element, between_items: str = " ") -> Iterator[str]:
    text = element.text or ""
    for child in element:
        if child.tag == "SU":  # a footnote mark belongs to the word before it
            text = text.rstrip()
        yield text
        if child.tag not in _SKIPPED:
            yield between_items if child.tag == "LI" else ""
            yield from _pieces(child, between_items)
        text = child.tail or ""
    yield text


def _preamble(root: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    preamble = next(root.iter("PREAMB"), None)
    for part in () if preamble is None else preamble:
        label = _PREAMBLE_PARTS.get(part.tag)
        if label is not None:
            paragraphs = [_flat(p) for p in part.iter() if p.tag in _PARAGRAPHS]
            found.setdefault(label, []).extend(p for p in paragraphs if p)
    return {label: tuple(paragraphs) for label, paragraphs in found.items()}


def _blocks(root: Element) -> Iterator[tuple[Block, bool]]:
    """Every block after the preamble, and whether it stands in amendatory text by its markup."""
    stack = [(root, False, "")]
    while stack:
        element, amends, part = stack.pop()
        if element.tag == "PREAMB":
            continue
        amends = amends or element.tag in {"REGTEXT", "AMDPAR"}
        part = element.get("PART", "").strip() if element.tag == "REGTEXT" else part
        block = _block(element)
        if block is not None:
            yield (replace(block, part=part) if part else block), amends
        else:
            stack.extend((child, amends, part) for child in reversed(element))


def _block(element: Element) -> Block | None:
    if element.tag == "GPOTABLE":
        return Block(Piece.TABLE, _first(element, "TTITLE"), tuple(_rows(element)))
    if element.tag == "STARS":
        return Block(Piece.STARS)
    if element.tag == "AMDPAR":
        return Block(Piece.INSTRUCTION, _flat(element))
    if element.tag in ("HD", "SUBJECT", "SECTNO"):
        return Block(Piece.HEADING, _flat(element))
    if element.tag in _PARAGRAPHS and not any(child.tag in _PARAGRAPHS for child in element):
        text = _flat(element)
        return Block(Piece.STARS if STARS.match(text) else Piece.PARAGRAPH, text)
    return None


def _rows(table: Element) -> Iterator[TableRow]:
    headings = tuple(_flat(heading) for heading in table.iter("CHED"))
    if any(headings):
        yield TableRow(headings)
    for row in table.iter("ROW"):
        cells: list[str] = []
        for entry in row.iter("ENT"):
            cells.append(_lines(entry))
            cells += [""] * _more_columns(entry)
        marks = [_flat(mark) for entry in row.iter("ENT") for mark in entry.iter("SU")]
        yield TableRow(tuple(cells), tuple(m for m in marks if m.isdecimal()))


def _more_columns(entry: Element) -> int:
    spanned = entry.get("A", "")
    return int(spanned) if spanned.isdecimal() else 0


def _start_of_amendments(blocks: list[tuple[Block, bool]]) -> int:
    """The index of the first block of amendatory text; the number of blocks where there is none."""
    marked = next((index for index, (_, amends) in enumerate(blocks) if amends), len(blocks))
    if marked == len(blocks):
        return marked
    announced = [i for i in range(max(0, marked - 4), marked) if _AMENDS.search(blocks[i][0].text)]
    return announced[0] if announced else marked
