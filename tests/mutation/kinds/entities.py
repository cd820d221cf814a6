"""Characters: entities, blanks, hyphens, italics, encodings."""

import re
import unicodedata
from random import Random

from edits import NAME, edit_all, edit_one, substitute
from kind import kind

NBSP, THIN, SOFT, NB_HYPHEN, ZERO = "\u00a0", "\u2009", "\u00ad", "\u2011", "\u200b"


@kind("Every sign beyond ASCII as a numeric entity: &#x201C;")
def entities_numeric(text: str, _random: Random) -> str | None:
    return "".join(c if c.isascii() else f"&#x{ord(c):X};" for c in text)


@kind("Blanks that do not break in “No. 4”, “part 744” and behind “Under”")
def nonbreaking_blanks(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"(?<=No\.) |(?<=no\.) |(?<=part) (?=\d)|(?<=Under) ", NBSP))


@kind("Thin blanks behind markers and abbreviations")
def thin_blanks(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"(?<=\.) (?=\d|Under|By|Adding|Revising|Removing)", THIN))


@kind("Soft hyphens within the words of an instruction")
def soft_hyphens_in_words(text: str, _random: Random) -> str | None:
    words = {"alphabetical": f"alpha{SOFT}betical", "adding": f"add{SOFT}ing", "revising": f"revis{SOFT}ing"}
    words |= {"entries": f"en{SOFT}tries", "entry": f"en{SOFT}try", "removing": f"remov{SOFT}ing"}
    return edit_all(text, substitute("|".join(words), lambda m: words[m[0]]))


@kind("Soft hyphens within names")
def soft_hyphens_in_names(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(NAME, lambda m: re.sub(r"([A-Z][a-z]{3})([a-z]{3})", rf"\1{SOFT}\2", m[0])))


@kind("Blanks of no width within names")
def zero_width_in_names(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(NAME, lambda m: re.sub(r"([A-Z][a-z]{3})([a-z]{3})", rf"\1{ZERO}\2", m[0])))


@kind("Hyphens that do not break throughout")
def nonbreaking_hyphens(text: str, _random: Random) -> str | None:
    return re.sub(r"(?<=[A-Za-z])-(?=[A-Za-z])(?![^<>]*>)", NB_HYPHEN, text)


@kind("Two blanks where one should stand")
def double_blanks(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(" ", "  "))


@kind("Names in italics within their marks")
def names_in_italics(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute("“([^“”<]*)”", r'“<E T="03">\1</E>”'))


@kind("Names in italics in place of marks")
def italics_for_marks(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        return re.sub("“([^“”<]*)”", r'<E T="03">\1</E>', inner) if inner.count("“") == 1 else None

    return edit_one(text, random, edit)


@kind("The verb of an item in italics: “a. <E>Adding</E>”")
def verbs_in_italics(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"\b([Aa]dding|[Rr]evising|[Rr]emoving)\b", r'<E T="03">\1</E>'))


@kind("“and” between the last names in italics, as lists print it")
def and_in_italics(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r" and (?=“)", ' <E T="03">and</E> '))


@kind("Markers in italics: “(<E>1</E>)”")
def markers_in_italics(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"^([a-z]{1,3})\. ", r'<E T="03">\1.</E> '))


@kind("The apostrophe of PEOPLE’S REPUBLIC typographic in instructions")
def apostrophe_curly(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("PEOPLE'S", "PEOPLE’S"))


@kind("Ampersands escaped twice: &amp;amp;")
def ampersand_twice(text: str, _random: Random) -> str | None:
    return edit_all(text, lambda i: i.replace("&amp;", "&amp;amp;"))


@kind("Accents as signs of their own (NFD)")
def accents_apart(text: str, _random: Random) -> str | None:
    return unicodedata.normalize("NFD", text)


@kind("A byte order mark before the document")
def byte_order_mark(text: str, _random: Random) -> str | None:
    return f"\ufeff{text}"


@kind("En dashes where hyphens stand in names")
def dashes_in_names(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(NAME, lambda m: m[0].replace("-", "–")))


@kind("The document breaks off within the instructions", keeps=False)
def document_breaks_off(text: str, random: Random) -> str | None:
    found = [m.start() for m in re.finditer("<AMDPAR>|<ROW", text)]
    return text[: random.choice(found[2:])] if len(found) > 3 else None
