"""The plain text of public inspection: pages, lines, hyphens, signs of the setting."""

import re
import textwrap
from html import escape
from itertools import pairwise
from random import Random

from kind import Form, kind

_PAGE = re.compile(r"\n\n[ ]+(\d{1,3})\n\f?\n")


def _instructions_start(text: str) -> int:
    found = re.search(r"(?:is|are) amended as follows", text)
    return found.end() if found else len(text)


def _paragraph_edit(text: str, random: Random, broken: str) -> str | None:
    """Something put between two lines of a paragraph of the instructions."""
    start = _instructions_start(text)
    breaks = [
        start + m.end(1) for m in re.finditer(r"([^\s.:;][^\n]{50,}[a-z,])\n(?=[A-Za-z“])(?![^\n]* {3})", text[start:])
    ]
    breaks = [at for at in breaks if "   " not in text[text.rfind("\n", 0, at) + 1 : at].strip()]
    if not breaks:
        return None
    at = random.choice(breaks)
    return text[:at] + broken + text[at + 1 :]


@kind("A page ends within a paragraph of the instructions", form=Form.PLAIN)
def page_number_in_paragraph(text: str, random: Random) -> str | None:
    return _paragraph_edit(text, random, "\n\n                                             87\n\f\n")


@kind("Page numbers stand between dashes: “- 5 -”", form=Form.PLAIN)
def page_number_dashed(text: str, _random: Random) -> str | None:
    return _PAGE.sub(r"\n\n                                           - \1 -\n\f\n", text)


@kind("Page numbers count the pages: “Page 5 of 41”", form=Form.PLAIN)
def page_number_of_pages(text: str, _random: Random) -> str | None:
    return _PAGE.sub(r"\n\n                                       Page \1 of 41\n\f\n", text)


@kind("The form feed stands before the first word of a page, without a line of its own", form=Form.PLAIN)
def page_form_feed(text: str, _random: Random) -> str | None:
    return _PAGE.sub(r"\n\n                                             \1\n\f", text)


@kind("A running head on each page: “RIN 0694-AJ97—Final Rule”", form=Form.PLAIN)
def page_running_head(text: str, _random: Random) -> str | None:
    return _PAGE.sub(r"\n\n                                             \1\n\f\nRIN 0694-AJ97—Final Rule\n\n", text)


@kind("Lines end as on another system", form=Form.PLAIN)
def lines_crlf(text: str, _random: Random) -> str | None:
    return text.replace("\n", "\r\n")


@kind("The text comes wrapped in a page with entities", form=Form.PLAIN)
def wrapped_in_page(text: str, _random: Random) -> str | None:
    return f"<html>\n<head><title>x</title></head>\n<body><pre>\n{escape(text)}\n</pre></body>\n</html>"


@kind("Every line has a margin", form=Form.PLAIN)
def lines_with_margin(text: str, _random: Random) -> str | None:
    return "".join(f"   {line}" if line.strip() else line for line in text.splitlines(keepends=True))


@kind("Lines end with blanks", form=Form.PLAIN)
def lines_with_trailing_blanks(text: str, _random: Random) -> str | None:
    return re.sub(r"(?<=\S)\n", "  \n", text)


def _is_prose(paragraph: str) -> bool:
    lines = paragraph.split("\n")
    gaps = any(re.search(r"\S {2,}\S", line) for line in lines)
    return len(lines) > 1 and bool(paragraph.strip()) and not gaps and "*" not in paragraph and "  " not in lines[1][:2]


@kind("Prose and instructions are set narrower", form=Form.PLAIN)
def lines_narrower(text: str, _random: Random) -> str | None:
    start = text.find("SUPPLEMENTARY INFORMATION")
    paragraphs = re.split(r"(\n\n+)", text[max(0, start) :])
    filled = [
        textwrap.fill(p, 72, break_on_hyphens=False, break_long_words=False) if _is_prose(p) else p for p in paragraphs
    ]
    return text[: max(0, start)] + "".join(filled)


@kind("Words of the instructions are broken at the ends of lines: “alpha-/betical”", form=Form.PLAIN)
def words_hyphenated(text: str, _random: Random) -> str | None:
    start = _instructions_start(text)
    broken = re.sub(r"\b(alpha)(betical) order, (?=entr|an)", "\\1-\n\\2 order, ", text[start:])
    return text[:start] + broken


@kind("A name is broken within a word at the end of a line", form=Form.PLAIN)
def name_broken_at_line_end(text: str, random: Random) -> str | None:
    start = _instructions_start(text)
    words = r"(Techno|Inter|Electro|Indus|Corpor|Com)(logies|logy|national|nics|tries|ation|pany)\b(?=[^“”]*”)"
    found = [
        m for m in re.finditer(words, text[start:]) if "  " not in text[start + m.start() - 20 : start + m.start()]
    ]
    if not found:
        return None
    word = random.choice(found)
    return text[: start + word.start()] + f"{word[1]}-\n{word[2]}" + text[start + word.end() :]


@kind("Ligatures of the type stand in the text: “ﬁve”, “speciﬁed”, “eﬀective”", form=Form.PLAIN)
def ligatures(text: str, _random: Random) -> str | None:
    return text.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")


@kind("Blanks that do not break stand in “No. 4” and before the number of a part", form=Form.PLAIN)
def plain_nonbreaking_blanks(text: str, _random: Random) -> str | None:
    return re.sub(r"(?<=[Nn]o\.) (?=\d)|(?<=[Pp]art) (?=\d)", "\u00a0", text)


@kind("Dashes are typed as two hyphens: “PART 744--CONTROL POLICY”, “Continued--”", form=Form.PLAIN)
def plain_dashes_as_hyphens(text: str, _random: Random) -> str | None:
    return text.replace("—", "--")


@kind("Straight marks in place of typographic ones throughout", form=Form.PLAIN)
def plain_straight_marks(text: str, _random: Random) -> str | None:
    return re.sub("[“”]", '"', text)


@kind("A page of the amendatory text is lost", keeps=False, form=Form.PLAIN)
def page_lost(text: str, random: Random) -> str | None:
    start = _instructions_start(text)
    ends = [start + m.start() for m in _PAGE.finditer(text[start:])]
    pages = [(a, b) for a, b in pairwise(ends) if "FR [INSERT" in text[a:b] and "“" in text[a:b]]
    if not pages:
        return None
    a, b = random.choice(pages)
    return text[:a] + text[b:]


@kind("The text ends in the middle of the instructions", keeps=False, form=Form.PLAIN)
def text_cut_off(text: str, random: Random) -> str | None:
    start = _instructions_start(text)
    found = [m.start() for m in re.finditer(r"\n\s+[a-z]{1,2}\.\s+(?:Under|By)\b", text[start:])]
    return text[: start + random.choice(found[1:])] if len(found) > 1 else None
