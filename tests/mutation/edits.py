"""Find and replace the parts of a rule's XML that kinds vary: instructions, summary, dates, prose, tables."""

import re
from collections.abc import Callable
from random import Random

from msgspec import Struct

NAME = r"“[^“”]*”"
COUNTRY = (
    r"(?:CHINA, PEOPLE['’]S REPUBLIC OF|[A-Z][A-Z'’]+(?: (?:OF|THE|AND|[A-Z][A-Z'’]+))*"
    r"|(?!Supplement)[A-Z][a-z]+(?: (?:[Oo]f|[A-Z][a-z]+))*)"
)
MARKER = re.compile(r"^(\(?(?:[a-z]{1,4}|[A-Z]|\d{1,2})[.)])\s+")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"  # as dates print them
DATE = rf"(?:{MONTHS}) \d{{1,2}}, \d{{4}}"
HEAD = re.compile(r"(?i)supp(?:lement|\.)?\s*(?:no\.?|number)?\s*[467]\b(?:,? (?:to|of) (?:15 CFR )?part 744)?")
_AMDPAR = re.compile(r"<AMDPAR>(.*?)</AMDPAR>", re.DOTALL)
_TOP = re.compile(r"^\d{1,3}\.\s.*?(?i:supp|section|§|part|amend)", re.DOTALL)
_CLOSES = re.compile(r"^The (?:additions?|revisions?|removals?)\b.*\bread")
_TABLE = re.compile(r"<GPOTABLE\b.*?</GPOTABLE>", re.DOTALL)
_ROW = re.compile(r"<ROW\b[^>]*>.*?</ROW>", re.DOTALL)
_CELL = re.compile(r"<ENT\b[^>]*?(?:/>|>.*?</ENT>)", re.DOTALL)


class Paragraph(Struct, frozen=True):
    """An instruction's paragraph: where its element stands, and what it holds with blanks collapsed."""

    start: int
    end: int
    text: str
    head: bool

    @property
    def acts(self) -> bool:
        """Whether it names or counts entries."""
        return bool(re.search(r"“|\bentr(?:y|ies)\b", self.text)) and not _CLOSES.match(self.text)


Edit = Callable[[str], str | None]


def groups(text: str) -> list[list[Paragraph]]:
    """The instructions that amend a list of entries, each with its items."""
    found: list[list[Paragraph]] = []
    for match in _AMDPAR.finditer(text):
        inner = re.sub(r"\s+", " ", match[1]).strip()
        inner = re.sub(r"<E T=\"03\">\s*and\s*</E>", "and", inner)
        top = bool(_TOP.match(inner))
        if top or not found:
            found.append([])
        found[-1].append(Paragraph(match.start(), match.end(), inner, top))
    return [group for group in found if _amends_a_list(group)]


def _amends_a_list(group: list[Paragraph]) -> bool:
    text = " ".join(p.text for p in group)
    return "authority citation" not in group[0].text and bool(re.search(r"\bentr(?:y|ies)\b|\bentity “", text))


def items(text: str) -> list[Paragraph]:
    """The paragraphs of all instructions to lists that act, heads included."""
    return [p for group in groups(text) for p in group if p.acts]


def replaced(text: str, changes: list[tuple[Paragraph, str | None]]) -> str:
    """The text with other contents in some paragraphs; None takes the paragraph out."""
    for paragraph, inner in sorted(changes, key=lambda change: -change[0].start):
        element = "" if inner is None else f"<AMDPAR>{inner}</AMDPAR>"
        text = text[: paragraph.start] + element + text[paragraph.end :]
    return text


def edit_all(text: str, edit: Edit) -> str | None:
    """Every paragraph of every instruction to a list, edited; None if nothing changes."""
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        for paragraph in group:
            inner = edit(paragraph.text)
            if inner is not None and inner != paragraph.text:
                changes.append((paragraph, inner))
    return replaced(text, changes) if changes else None


def edit_one(text: str, random: Random, edit: Edit) -> str | None:
    """One paragraph, chosen by chance among those that the edit changes."""
    changes = [(p, inner) for p in items(text) if (inner := edit(p.text)) is not None and inner != p.text]
    return replaced(text, [random.choice(changes)]) if changes else None


def edit_heads(text: str, edit: Edit) -> str | None:
    """The head of each instruction to a list, edited."""
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        inner = edit(group[0].text)
        if inner is not None and inner != group[0].text:
            changes.append((group[0], inner))
    return replaced(text, changes) if changes else None


def substitute(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Edit:
    """An edit that replaces every match."""
    compiled = re.compile(pattern)
    return lambda inner: compiled.sub(by, inner)


def edit_element(text: str, tags: str, edit: Edit) -> str | None:
    """The paragraphs of the first element of a tag ("SUM", "EFFDATE|DATES"), edited."""
    element = re.search(rf"<({tags})>.*?</\1>", text, re.DOTALL)
    if element is None:
        return None
    inner = edit(re.sub(r"\s+", " ", element[0]))
    if inner is None or inner == re.sub(r"\s+", " ", element[0]):
        return None
    return text[: element.start()] + inner + text[element.end() :]


def edit_prose(text: str, having: str, edit: Edit) -> str | None:
    """The paragraphs of the discussion that have some words, edited."""

    def change(match: re.Match[str]) -> str:
        inner = re.sub(r"\s+", " ", match[1]).strip()
        inner = re.sub(r"<E T=\"03\">\s*and\s*</E>", "and", inner)
        after = edit(inner) if re.search(having, inner) else None
        return match[0] if after is None or after == inner else f"<P>{after}</P>"

    start = text.find("</PREAMB>")
    return text[:start] + re.sub(r"<P>(.*?)</P>", change, text[start:], flags=re.DOTALL) if start >= 0 else None


def edit_tables(text: str, edit: Edit) -> str | None:
    """Every table of entries, edited."""

    def change(match: re.Match[str]) -> str:
        return (edit(match[0]) or match[0]) if _of_entries(match[0]) else match[0]

    return _TABLE.sub(change, text)


def _of_entries(table: str) -> bool:
    return bool(re.search(r"(?i)>\s*Country\s*<", table) and re.search(r"(?i)>\s*Entity\s*<", table))


def rows(table: str) -> list[re.Match[str]]:
    """The rows of a table in order."""
    return list(_ROW.finditer(table))


def cells(row: str) -> list[str]:
    """The cells of a row, as elements."""
    return [m[0] for m in _CELL.finditer(row)]


def content(cell: str) -> str:
    """The text of a cell without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()


def holds_entry(row: str) -> bool:
    """Whether a row holds an entry of a list, and not stars, headings or the rest of another row."""
    found = [content(cell) for cell in cells(row)]
    return (
        len(found) >= 4 and bool(found[1]) and "*" not in found[1] and found[0].lower() != "country" and all(found[2:4])
    )


def with_cells(row: str, found: list[str]) -> str:
    """The row with other cells."""
    opening = re.match(r"<ROW\b[^>]*>", row)
    return f"{opening[0] if opening else '<ROW>'}{''.join(found)}</ROW>"


def edit_entry_rows(text: str, edit: Callable[[str], str]) -> str | None:
    """Every row that holds an entry, edited."""
    return edit_tables(text, lambda t: _ROW.sub(lambda m: edit(m[0]) if holds_entry(m[0]) else m[0], t))


def edit_one_entry_row(text: str, random: Random, edit: Callable[[str], str | None]) -> str | None:
    """One row that holds an entry, chosen by chance among those that the edit changes."""
    choices: list[tuple[int, int, str]] = []
    for table in _TABLE.finditer(text):
        if not _of_entries(table[0]):
            continue
        for row in rows(table[0]):
            after = edit(row[0]) if holds_entry(row[0]) else None
            if after is not None and after != row[0]:
                choices.append((table.start() + row.start(), table.start() + row.end(), after))
    if not choices:
        return None
    start, end, after = random.choice(choices)
    return text[:start] + after + text[end:]
