"""Page furniture and breaks within the XML."""

import re
from random import Random

from edits import NAME, edit_all, edit_entry_rows, edit_one, substitute
from kind import kind

_PAGE = '<PRTPAGE P="35392"/>'


@kind("The mark of a new page stands within a name of an instruction")
def page_mark_in_name(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(r"(“[^“”<]*?) ([^“”<]*”)", rf"\1 {_PAGE} \2"))


@kind("The mark of a new page stands between marker and text of an item")
def page_mark_after_marker(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(r"^(\S+) (?=Under|By|Adding|Revising)", rf"\1 {_PAGE} "))


@kind("The mark of a new page stands in the entity’s cell")
def page_mark_in_cell(text: str, _random: Random) -> str | None:
    return edit_entry_rows(text, lambda row: re.sub(r"(?<=[a-z]), (?=\d)", f", {_PAGE} ", row, count=1))


@kind("A line in the setting’s own way: names broken over lines with many blanks")
def lines_broken(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: re.sub(r"(\S+ \S+ \S+) ", "\\1\n                ", i))


@kind("A hyphen at the end of a line is kept within a word: “alphabet- ical”")
def word_hyphenated(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("alphabetical", "alphabet-ical"))


@kind("A name is broken at the end of a line: “Technolo-gies”")
def name_hyphenated(text: str, random: Random) -> str | None:
    words = ("Technologies", "International", "Corporation", "Electronics", "Industries", "Company", "Limited")
    broken = {word: f"{word[:-3]}-{word[-3:]}" for word in words}
    pattern = rf"(?<=“)({'|'.join(words)})|(?<=[a-z] )({'|'.join(words)})(?=[^“”]*”)"
    return edit_one(text, random, lambda i: re.sub(pattern, lambda m: broken[m[0]], i, count=1))


@kind("A footnote mark stands behind a name in the instruction")
def footnote_mark_after_name(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(rf"({NAME})(?=;|\.$|$)", r"\1 <SU>1</SU>"))
