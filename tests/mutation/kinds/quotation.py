"""Quotation marks around names: missing, misplaced, single, straight."""

import re
from random import Random

from edits import NAME, edit_all, edit_one, substitute
from kind import kind


@kind("Straight marks in place of typographic ones")
def quotes_straight(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute("[“”]", '"'))


@kind("Single typographic marks: ‘X’")
def quotes_single(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: None if re.search("[‘’]", i) else i.replace("“", "‘").replace("”", "’"))


@kind("Doubled single signs, as the Office’s typesetting prints them: ``X''")
def quotes_doubled_signs(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("“", "``").replace("”", "''"))


@kind("The closing mark of one name is missing")
def quote_close_missing(text: str, random: Random) -> str | None:
    return edit_one(text, random, lambda i: _without(i, "”", random))


@kind("The opening mark of one name is missing")
def quote_open_missing(text: str, random: Random) -> str | None:
    return edit_one(text, random, lambda i: _without(i, "“", random))


def _without(inner: str, sign: str, random: Random) -> str | None:
    if inner.count("“") != inner.count("”") or inner.count("“") < 2 or not re.search(f"{NAME};|;”", inner):
        return None
    at = random.choice([m.start() for m in re.finditer(sign, inner)])
    return inner[:at] + inner[at + 1 :]


@kind("The only name of an item stands without marks: “an entry for X;”")
def quotes_missing_single(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        return re.sub("[“”]", "", inner) if inner.count("“") == 1 and "an entry for “" in inner else None

    return edit_one(text, random, edit)


@kind("Names parted by semicolons stand without marks: “entries for A; B; and C;”")
def quotes_missing_all(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        names = re.search(rf"entries for (?:{NAME}; )+and {NAME}", re.sub(";” ", "”; ", inner))
        if names is None:
            return None
        plain = re.sub("[“”]", "", names[0])
        return re.sub(";” ", "”; ", inner).replace(names[0], plain)

    return edit_one(text, random, edit)


@kind("The sign between names stands outside the marks: “A”; “B”")
def separator_outside(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"([;,])”", r"”\1"))


@kind("The sign between names stands inside the marks: “A;” “B;”")
def separator_inside(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"”([;,]) (?=(?:and )?“)", r"\1” "))


@kind("Commas inside the marks in place of semicolons: “A,” “B,” and “C”")
def separator_commas(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r";” (?=(?:and )?“)", ",” "))


@kind("No sign stands between names but their marks: “A” “B” and “C”")
def separator_lost(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"(?:[;,]”|”[;,]) (?=(?:and )?“)", "” "))


@kind("An opening mark is set as a closing one: ”X”")
def quote_open_reversed(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        return inner.replace("“", "”", 1) if inner.count("“") == 1 else None

    return edit_one(text, random, edit)


@kind("A closing mark is set as an opening one: “X“")
def quote_close_reversed(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        return inner.replace("”", "“", 1) if inner.count("”") == 1 else None

    return edit_one(text, random, edit)


@kind("Blanks stand inside the marks: “ X ”")
def quotes_with_blanks(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute("“([^“”]*)”", r"“ \1 ”"))


@kind("The comma of the sentence stands inside the last mark: “X,”")
def comma_inside_last_mark(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"”( to read as follows| under [A-Z])", r",”\1"))


@kind("Marks are doubled: ““X””")
def quotes_twice(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(f"({NAME})", r"“\1”"))
