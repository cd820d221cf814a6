"""Read the plain text of a rule on public inspection: pages of lines, tables as columns of text."""

import re
from html import unescape
from itertools import pairwise, takewhile

from msgspec import Struct

from monitor.law.rules.columns import column_starts, in_columns, rows_in_columns
from monitor.law.rules.pages import LABEL, closed_up, mark_pages
from monitor.law.rules.paragraph_table import rows_in_paragraphs
from monitor.law.rules.text import STARS, Block, Piece, RuleText, joined, section_label

_TAG = re.compile(r"</?(?:html|head|body|pre|title|meta|br|p|div|span|a)\b[^>]*>", re.IGNORECASE)
_AMENDS = re.compile(r"\b(?:is|are) amended as follows\b", re.IGNORECASE)
_FIRST_INSTRUCTION = re.compile(
    r"^\d{1,3}\.\s+(?:The authority citation|(?:Amend|Revise|Remove|Add) (?:§|section|supplement|part)"
    r"|(?:§|Section|Supplement|Part)\s.{1,40}?\b(?:is|are) (?:amended|revised|added|removed))",
    re.IGNORECASE,
)
_BANNER = re.compile(r"^This document is scheduled to be published", re.IGNORECASE)
_BEFORE_TITLE = re.compile(
    r"^(?:\[?Billing code|\[?Docket|RIN\b|\d+ CFR|\[?FR Doc|Release No|\[.*\]$|(?-i:[A-Z][A-Z &,.'-]+$)"
    r"|Bureau of|Office of)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[,;:—-]|\b(?:and|or|by))$")
_HYPHENS = re.compile(r"(?<!-)--(?!-)")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ENDS = re.compile(r"[.:;!?][\"”’')\]]*$|, and$|, or$")


class _Lines(Struct, frozen=True):
    """A paragraph as its lines."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return joined(self.lines)


def read_plain(body: bytes) -> RuleText:
    """The text of a document in plain text, also where it is wrapped in a page with entities."""
    pages = mark_pages(_decoded(body))
    paragraphs = _paragraphs(closed_up(_single_spaced(pages.lines)))
    labeled, rest = _split_preamble(paragraphs)
    blocks = _blocks(rest)
    start = _start_of_amendments(blocks)
    before = [p.text for p in takewhile(lambda p: section_label(p.text) is None, paragraphs)]
    return RuleText(
        title=_title(before),
        issuer=" ".join(before),
        preamble={label: tuple(p for p in texts if p) for label, texts in labeled.items()},
        discussion=tuple(blocks[:start]),
        amendments=tuple(_as_instruction(block) for block in blocks[start:]),
        unread=(*pages.unread, *_breaks_off(blocks[start:])),
    )


def _breaks_off(amendments: list[Block]) -> tuple[str, ...]:
    last = amendments[-1].text if amendments else ""
    return (f"The text breaks off: “{last[-200:]}”",) if _GOES_ON.search(last) else ()


def _start_of_amendments(blocks: list[Block]) -> int:
    """The index of the first block of amendatory text; the number of blocks where there is none."""
    for pattern in (_AMENDS, _FIRST_INSTRUCTION):
        for index, block in enumerate(blocks):
            if pattern.search(block.text):
                return index
    return len(blocks)


def _decoded(body: bytes) -> str:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = body.decode("cp1252", "replace")
    if re.match(r"\s*<(?:!doctype|html|pre|head|body)\b", text, re.IGNORECASE):
        text = unescape(_TAG.sub("", text))
    return re.sub(r"\r\n?", "\n", text).translate(_LIGATURES).expandtabs()


def _single_spaced(lines: list[str]) -> list[str]:
    """The lines of a manuscript without the blank line that double spacing puts after each."""
    texts = [index for index, line in enumerate(lines) if line.strip()]
    gaps = [after - before - 1 for before, after in pairwise(texts)]
    run_on = sum(
        gap == 1 and len(lines[index]) > 60 and not re.search(r"[.:;,!?][”\"]?\s*$", lines[index])
        for index, gap in zip(texts, gaps, strict=False)
    )
    if gaps.count(0) * 10 > len(gaps) or run_on * 2 < gaps.count(1) or run_on < 5:
        return lines
    kept: list[str] = []
    for index, gap in zip(texts, [*gaps, 0], strict=True):
        kept += [lines[index], *[""] * (gap // 2)]
    return kept


def _paragraphs(lines: list[str]) -> list[_Lines]:
    found: list[_Lines] = []
    current: list[str] = []
    starts: list[int] | None = None
    for typed in [*lines, ""]:
        line = _with_dashes(typed, starts)
        if starts is not None and (not line.strip() or STARS.match(line) or in_columns(line, starts)):
            current.append(line)
            continue
        if starts is not None:
            found.append(_Lines(tuple(current)))
            current, starts = [], None
        starts = column_starts(line)
        if starts is not None or not line.strip() or _starts_paragraph(line):
            if current:
                found.append(_Lines(tuple(current)))
            current = [line] if line.strip() else []
        else:
            current.append(line)
    return [*found, _Lines(tuple(current))] if current else found


def _with_dashes(line: str, starts: list[int] | None) -> str:
    """The line with dashes in place of pairs of hyphens; in a table its cells stay, or come to stand, in columns."""
    dashed = _HYPHENS.sub("—", line)
    if (
        dashed == line
        or starts is None
        or not in_columns(line, starts)
        or _cells_at(dashed, starts) > _cells_at(line, starts)
    ):
        return dashed
    cells = (line[start:end] for start, end in pairwise([0, *starts[1:], len(line)]))
    return "".join(_HYPHENS.sub("—", cell).ljust(len(cell)) for cell in cells)


def _cells_at(line: str, starts: list[int]) -> int:
    """How many cells begin where their column does."""
    return sum(line[start - 1 : start] == " " != line[start : start + 1] != "" for start in starts[1:])


def _starts_paragraph(line: str) -> bool:
    text = line.strip()
    return bool(
        (section_label(text) and text[:4].isupper())
        or STARS.match(line)
        or (line.startswith("    ") and LABEL.match(text))
        or text.startswith("•")
    )


def _split_preamble(paragraphs: list[_Lines]) -> tuple[dict[str, list[str]], list[_Lines]]:
    labeled: dict[str, list[str]] = {}
    label = ""
    for index, paragraph in enumerate(paragraphs):
        found = section_label(paragraph.text)
        if found is not None and paragraph.text[:4].isupper():
            label = found[0]
            if label == "SUPPLEMENTARY INFORMATION":
                return labeled, ([_Lines((found[1],))] if found[1] else []) + paragraphs[index + 1 :]
            labeled.setdefault(label, []).append(found[1])
        elif label:
            labeled[label].append(paragraph.text)
    return labeled, [] if labeled else paragraphs


def _title(before: list[str]) -> str:
    candidates = [text for text in before if not _BANNER.match(text) and not _BEFORE_TITLE.match(text)]
    return candidates[-1] if candidates else ""


def _blocks(paragraphs: list[_Lines]) -> list[Block]:
    blocks: list[Block] = []
    index = 0
    while index < len(paragraphs):
        rows, used = rows_in_paragraphs([p.text for p in paragraphs[index : index + 2]], [])
        if used:
            texts = [p.text for p in paragraphs[index:]]
            rows, used = rows_in_paragraphs(texts, texts)
            blocks.append(Block(Piece.TABLE, rows=rows))
            index += used
            continue
        blocks.append(_block(paragraphs[index]))
        index += 1
    return blocks


def _block(paragraph: _Lines) -> Block:
    starts = column_starts(paragraph.lines[0])
    if starts is not None:
        return Block(Piece.TABLE, rows=rows_in_columns(paragraph.lines, starts))
    text = paragraph.text
    if STARS.match(text):
        return Block(Piece.STARS, text)
    return Block(Piece.HEADING if _is_heading(text) else Piece.PARAGRAPH, text)


def _is_heading(text: str) -> bool:
    return len(text) < 160 and not _ENDS.search(text) and not text.startswith("•") and not LABEL.match(text)


def _as_instruction(block: Block) -> Block:
    labeled = block.piece is Piece.PARAGRAPH and LABEL.match(block.text)
    return Block(Piece.INSTRUCTION, block.text) if labeled else block
