"""Read the plain text of a rule on public inspection: pages of lines, tables as columns of text."""

import re
from html import unescape
from itertools import pairwise, takewhile

from msgspec import Struct

from monitor.law.rules.columns import column_starts, in_columns, rows_in_columns
from monitor.law.rules.paragraph_table import rows_in_paragraphs
from monitor.law.rules.text import STARS, Block, Piece, RuleText, joined, section_label

_TAG = re.compile(r"</?(?:html|head|body|pre|title|meta|br|p|div|span|a)\b[^>]*>", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"^\s*(?:-\s*)?\d{1,4}\s*(?:-\s*)?$")
_LABEL = re.compile(r"^(?:\d{1,3}|[a-z]{1,3}|[ivxl]{1,6})\.\s+\S|^\([a-z0-9ivx]{1,4}\)\s+(?:Under|By|Add|Revis|Remov)")
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
_ENDS = re.compile(r"[.:;!?][\"”’')\]]*$|, and$|, or$")


class _Lines(Struct, frozen=True):
    """A paragraph as its lines."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return joined(self.lines)


def read_plain(body: bytes) -> RuleText:
    """The text of a document in plain text, also where it is wrapped in a page with entities."""
    lines = _without_pages(_single_spaced(_decoded(body).split("\n")))
    paragraphs = _paragraphs(lines)
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
    )


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
    return re.sub(r"\r\n?", "\n", text).replace("\f", "").expandtabs()


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


def _without_pages(lines: list[str]) -> list[str]:
    """The lines without page numbers; a paragraph that runs over the page is closed up again."""
    kept: list[str] = []
    index = 0
    indented = _indents_paragraphs(lines)
    while index < len(lines):
        if not _is_page_number(lines, index):
            kept.append(lines[index].rstrip())
            index += 1
            continue
        while kept and not kept[-1].strip():
            kept.pop()
        following = next((i for i in range(index + 1, len(lines)) if lines[i].strip()), len(lines))
        blanks = following - index - 1
        if following < len(lines) and not _runs_on(kept, lines[following], close=indented and blanks == 1):
            kept.append("")
        index = following
    return kept


def _indents_paragraphs(lines: list[str]) -> bool:
    starts = [b for a, b in pairwise(lines) if not a.strip() and b.strip()]
    return sum(line.startswith("    ") for line in starts) * 4 > len(starts)


def _is_page_number(lines: list[str], index: int) -> bool:
    if not _PAGE_NUMBER.match(lines[index]):
        return False
    before = index == 0 or not lines[index - 1].strip()
    after = index + 1 >= len(lines) or not lines[index + 1].strip()
    return before and after


def _runs_on(kept: list[str], following: str, *, close: bool) -> bool:
    """Whether the line after a page break goes on with the paragraph before it.

    `close`: the document indents its paragraphs and the page begins without a gap.
    """
    previous = kept[-1] if kept else ""
    if not previous.strip() or following.startswith("   ") or STARS.match(following):
        return is_table_line(previous) and is_table_line(following)
    if _LABEL.match(following) or len(previous) < 60:
        return False
    return close or not re.search(r"[.:!?][\"”’')\]]*$", previous)


def is_table_line(line: str) -> bool:
    """Whether a line looks like a line of columns: wide gaps inside it or before it."""
    return bool(re.search(r"\S {2,}\S", line)) or line.startswith(" " * 10)


def _paragraphs(lines: list[str]) -> list[_Lines]:
    found: list[_Lines] = []
    current: list[str] = []
    starts: list[int] | None = None
    for line in [*lines, ""]:
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


def _starts_paragraph(line: str) -> bool:
    text = line.strip()
    return bool(
        (section_label(text) and text[:4].isupper())
        or STARS.match(line)
        or (line.startswith("    ") and _LABEL.match(text))
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
    return len(text) < 160 and not _ENDS.search(text) and not text.startswith("•") and not _LABEL.match(text)


def _as_instruction(block: Block) -> Block:
    labeled = block.piece is Piece.PARAGRAPH and _LABEL.match(block.text)
    return Block(Piece.INSTRUCTION, block.text) if labeled else block
