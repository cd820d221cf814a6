"""Names of entries: misprints between instruction and table, forms, losses."""

import re
import unicodedata
from random import Random

from edits import NAME, cells, edit_all, edit_one, edit_one_entry_row, items, substitute, with_cells
from kind import Expected, kind

_TWO = Expected.TWO_SPELLINGS
_WORD = re.compile(r"(?<![&\w;])[A-Z][a-z]{6,}(?![\w;])")
_FORMS = re.compile(r"^(?:Company|Corporation|Limited|Technolog|International|Industr)")


def _plain_words(name: str) -> list[re.Match[str]]:
    return [m for m in _WORD.finditer(name) if not _FORMS.match(m[0])]


def _misprint(text: str, random: Random, change: str) -> str | None:
    """One letter of one name in an instruction that adds or revises, where a table prints it rightly."""

    def edit(inner: str) -> str | None:
        names = [m for m in re.finditer(NAME, inner) if _plain_words(m[0]) and _only_once(m[0], text)]
        if not names or "emoving" in inner:
            return None
        name = random.choice(names)
        word = random.choice(_plain_words(name[0]))
        at = random.randrange(2, len(word[0]) - 2)
        wrong = _wrong(word[0], at, change)
        start = name.start() + word.start()
        return inner[:start] + wrong + inner[start + len(word[0]) :]

    return edit_one(text, random, edit)


def _only_once(name: str, text: str) -> bool:
    """Whether the name is in a table, and no other name of the rule begins alike."""
    plain = name.strip("“”,; ")
    return bool(re.search(rf"<ENT[^>]*>\s*{re.escape(plain)}", text)) and text.count(f"“{plain}") == 1


def _wrong(word: str, at: int, change: str) -> str:
    if change == "dropped":
        return word[:at] + word[at + 1 :]
    if change == "doubled":
        return word[:at] + word[at] + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


@kind("One letter of a name is dropped in the instruction; the table has it", expected=_TWO)
def misprint_letter_dropped(text: str, random: Random) -> str | None:
    return _misprint(text, random, "dropped")


@kind("One letter of a name is doubled in the instruction", expected=_TWO)
def misprint_letter_doubled(text: str, random: Random) -> str | None:
    return _misprint(text, random, "doubled")


@kind("Two letters of a name change places in the instruction", expected=_TWO)
def misprint_letters_swapped(text: str, random: Random) -> str | None:
    return _misprint(text, random, "swapped")


@kind("One letter of a name is another one in the table; the instruction has it right", expected=_TWO)
def misprint_in_table(text: str, random: Random) -> str | None:
    named = {n.strip("“”,; ") for p in items(text) if "emoving" not in p.text for n in re.findall(NAME, p.text)}

    def edit(row: str) -> str | None:
        found = cells(row)
        name = next((n for n in sorted(named) if re.match(rf"<ENT[^>]*>\s*{re.escape(n)}", found[1])), None)
        words = _plain_words(name) if name else []
        if name is None or not words or text.count(f"“{name}") != 1:
            return None
        word = random.choice(words)
        at = word.start() + random.randrange(2, len(word[0]) - 2)
        letter = "o" if name[at] != "o" else "e"
        return with_cells(row, [found[0], found[1].replace(name, name[:at] + letter + name[at + 1 :], 1), *found[2:]])

    return edit_one_entry_row(text, random, edit)


@kind("A name stands in capitals in the instruction and in both cases in the table")
def name_in_capitals(text: str, _random: Random) -> str | None:
    def capitals(found: re.Match[str]) -> str:
        return re.sub(r"&\w+;|[^&]", lambda m: m[0] if m[0].startswith("&") else m[0].upper(), found[0])

    return edit_all(text, substitute(r"“[^“”<]*”", capitals))


@kind("Accents are lost in the instruction")
def name_without_accents(text: str, _random: Random) -> str | None:
    def bare(found: re.Match[str]) -> str:
        folded = unicodedata.normalize("NFKD", found[0][1:-1])
        return f"“{''.join(c for c in folded if not unicodedata.combining(c))}”"

    return edit_all(text, substitute(NAME, bare))


@kind("The stops and commas of company forms are left out: “Co Ltd” for “Co., Ltd.”")
def name_without_stops(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"\b(Co|Corp|Inc)\.?, (Ltd|LLC)\b\.?(?=[^“”]*”)", r"\1 \2"))


@kind("A comma before the company form is added: “Alfa, Co., Ltd.”")
def name_with_comma(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"(?<=[a-z]) (Co\., Ltd|LLC|Ltd|Limited|Inc)(?=[^“”]*”)", r", \1"))


@kind("The article is printed before a name: “entries for the “Alfa Institute””")
def name_with_article(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(r"\ban entry for “", "an entry for the entity “"))


@kind("One of several names is lost from an instruction; the table still shows its entry", keeps=False)
def name_lost(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        names = list(re.finditer(rf"{NAME}[;,]? (?=(?:and )?“)", inner))
        if not names:
            return None
        name = random.choice(names)
        return inner[: name.start()] + inner[name.end() :]

    return edit_one(text, random, edit)


@kind("One name in an instruction is that of somebody else than in the table", keeps=False)
def name_of_another(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        names = [m for m in re.finditer(NAME, inner) if _only_once(m[0], text)]
        if not names or "emoving" in inner:
            return None
        name = random.choice(names)
        return f"{inner[: name.start()]}“Quovadis Harborlight Trading”{inner[name.end() :]}"

    return edit_one(text, random, edit)
