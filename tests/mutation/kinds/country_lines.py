"""The line that names a country: its form, its sign, its words."""

import re
from random import Random

from edits import COUNTRY, MARKER, edit_all, edit_one, groups, replaced, substitute
from kind import kind

_UNDER = rf"\b([Uu])nder ({COUNTRY})(?=,|:| by\b|\.|;|$)"
_CHINA = r"CHINA, PEOPLE['’]S REPUBLIC OF"


@kind("A dash after the country: “a. Under CHINA, PEOPLE’S REPUBLIC OF—”")
def country_dash(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY})(?:,? by)?:$", r"\1—"))


@kind("A dash after the country before the verb: “Under RUSSIA—by adding”")
def country_dash_before_verb(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY}),? by ", r"\1—by "))


@kind("A comma where the country opens nested items: “a. Under CHINA, PEOPLE’S REPUBLIC OF,”")
def country_comma(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY})(?:,? by)?:$", r"\1,"))


@kind("A colon after the country before the verb: “Under RUSSIA: by adding”")
def country_colon(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY}),? by ", r"\1: by "))


@kind("No comma after the country: “Under RUSSIA by adding”")
def country_without_comma(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"(\b[Uu]nder {COUNTRY}), by ", r"\1 by "))


@kind("No sign after the country that opens nested items")
def country_without_sign(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY})(?:,? by)?:$", r"\1"))


@kind("The country in upper and lower case: “Under China, People’s Republic of”")
def country_titled(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(_UNDER, lambda m: f"{m[1]}nder {_titled(m[2])}"))


def _titled(name: str) -> str:
    small = {"of", "the", "and"}
    words = [w.lower() if w.lower() in small else w[:1].upper() + w[1:].lower() for w in name.split(" ")]
    return " ".join(words)


@kind("The country in capitals where it was titled")
def country_capitals(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(_UNDER, lambda m: f"{m[1]}nder {m[2].upper()}"))


@kind("China by its short name: “Under China”, “Under CHINA”")
def china_short(text: str, random: Random) -> str | None:
    return edit_all(text, substitute(_CHINA, random.choice(("CHINA", "China"))))


@kind("China by its name in prose: “Under the People’s Republic of China (China)”")
def china_in_prose(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(_CHINA, "the People's Republic of China (China)"))


@kind("“Under PEOPLE’S REPUBLIC OF CHINA (PRC)”")
def china_turned(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(_CHINA, "PEOPLE'S REPUBLIC OF CHINA (PRC)"))


@kind("“Under the destination of RUSSIA”")
def country_destination_of(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(_UNDER, r"\1nder the destination of \2"))


@kind("“Under the heading RUSSIA”, “Under the heading for RUSSIA”")
def country_heading(text: str, random: Random) -> str | None:
    return edit_all(text, substitute(_UNDER, rf"\1nder the heading {random.choice(('', 'for ', 'of '))}\2"))


@kind("“For the country of RUSSIA, by adding”")
def country_for(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"(?<=\. )Under ({COUNTRY})(?=, by|:| by)", r"For the country of \1"))


@kind("“In the entries under RUSSIA, by adding”")
def country_in_entries(text: str, _random: Random) -> str | None:
    return edit_all(
        text, substitute(rf"(?<=\. )Under ({COUNTRY}), by (?=adding|revising)", r"In the entries under \1, by ")
    )


@kind("The country in quotation marks: “Under “RUSSIA,” by adding”")
def country_quoted(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"\b([Uu])nder ({COUNTRY}), by ", r"\1nder “\2,” by "))


@kind("The country in italics")
def country_italic(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(_UNDER, r'\1nder <E T="03">\2</E>'))


@kind("The country of a removal is lost", keeps=False)
def country_lost(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        if "removing" not in inner or re.search("adding|revising", inner):
            return None
        without = re.sub(rf"\b[Uu]nder {COUNTRY},? ", "", inner)
        without = re.sub(rf" under {COUNTRY}", "", without)
        return without if MARKER.match(without) else None

    return edit_one(text, random, edit)


@kind("The country of a line that opens nested items is lost: “a. Under:”", keeps=False)
def country_lost_above_nested(text: str, random: Random) -> str | None:
    return edit_one_opening(text, random, r"\1:")


@kind("What stands in place of a country is the name of none", keeps=False)
def country_unknown(text: str, random: Random) -> str | None:
    return edit_one(text, random, substitute(rf"^(\S+ Under) {COUNTRY}(?=,? by (?:remov|revis))", r"\1 XANADUZZ"))


def edit_one_opening(text: str, random: Random, by: str) -> str | None:
    """One line that opens nested items, with its country replaced."""
    found = [p for g in groups(text) for p in g if re.match(rf"^\S+ Under {COUNTRY}(?:,? by)?:$", p.text)]
    if not found:
        return None
    paragraph = random.choice(found)
    return replaced(text, [(paragraph, re.sub(rf"^(\S+ Under) {COUNTRY}(?:,? by)?:$", by, paragraph.text))])
