"""The common shape of a rule's text, whichever form it came in: XML, or plain text of public inspection."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

STARS = re.compile(r"^[\s*•]*\*[\s*]*$")
_SECTION = re.compile(
    r"^(AGENCY|ACTION|SUMMARY|DATES?|EFFECTIVE DATES?|COMMENT DATES?|ADDRESSES|FOR FURTHER INFORMATION"
    r"(?: CONTACT)?|SUPPLEMENTARY INFORMATION)\s*:\s*",
    re.IGNORECASE,
)
SECTIONS = {
    "EFFECTIVE DATE": "DATES",
    "EFFECTIVE DATES": "DATES",
    "COMMENT DATE": "DATES",
    "COMMENT DATES": "DATES",
    "DATE": "DATES",
    "FOR FURTHER INFORMATION": "FOR FURTHER INFORMATION CONTACT",
}


class Piece(StrEnum):
    """What a stretch of a document is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    INSTRUCTION = "instruction"
    STARS = "stars"
    TABLE = "table"


class TableRow(Struct, frozen=True):
    """The cells of a row; `footnotes` are the designations set as superscripts in it."""

    cells: tuple[str, ...]
    footnotes: tuple[str, ...] = ()


class Block(Struct, frozen=True):
    """One paragraph, heading, instruction, row of stars or table; `rows` are those of a table.

    `part` is the part of the Code that the block amends, where the markup says so.
    """

    piece: Piece
    text: str = ""
    rows: tuple[TableRow, ...] = ()
    part: str = ""


class RuleText(Struct, frozen=True, kw_only=True):
    """A document: its title, the labeled parts of its preamble, its discussion, its amendatory text."""

    title: str = ""
    issuer: str = ""
    preamble: dict[str, tuple[str, ...]] = {}
    discussion: tuple[Block, ...] = ()
    amendments: tuple[Block, ...] = ()
    unread: tuple[str, ...] = ()

    def part(self, label: str) -> str:
        """The text of one labeled part of the preamble ("SUMMARY", "DATES"), empty if it has none."""
        return " ".join(self.preamble.get(label, ()))

    def prose(self) -> list[str]:
        """Every paragraph of the discussion."""
        return [block.text for block in self.discussion if block.piece is Piece.PARAGRAPH]


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))  # soft hyphens, blanks of no width
_LIGATURES = str.maketrans({code: unicodedata.normalize("NFKD", chr(code)) for code in range(0xFB00, 0xFB05)})
_ESCAPED_AGAIN = re.compile(r"&(?=amp;|lt;|gt;|quot;|apos;)(\w+);")
_SIGNS = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def spelled_out(text: str) -> str:
    """The text with each ligature as its letters."""
    return text if text.isascii() else text.translate(_LIGATURES)


def normalized(text: str) -> str:
    """The text with single spaces and with the same signs for both forms of a document."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_LIGATURES))
    if "&" in text:
        text = _ESCAPED_AGAIN.sub(lambda sign: _SIGNS[sign[1]], text)
    text = text.replace("``", "“").replace("''", "”")
    text = re.sub(r'(^|[\s(\[—;,])"(?=\S)', r"\1“", text).replace('"', "”")
    return re.sub(r"\s+", " ", text).strip()


def joined(lines: Iterable[str]) -> str:
    """Lines as one text: what was broken at a hyphen or a dash is closed up again."""
    text = "\n".join(line.strip() for line in lines if line.strip())
    text = re.sub(r"(?<=\w-)\n(?!and\b|or\b|to\b)(?=\w)|(?<=—)\n", "", text)
    return normalized(text)


def section_label(text: str) -> tuple[str, str] | None:
    """The preamble label that a paragraph opens with and the rest of it, or None."""
    found = _SECTION.match(text)
    if found is None:
        return None
    label = re.sub(r"\s+", " ", found[1].upper())
    return SECTIONS.get(label, label), text[found.end() :].strip()
