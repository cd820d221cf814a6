"""Numbers of entities in the summary: words, digits, both, and sentences around them."""

import re
from random import Random

from edits import edit_element, edit_prose, groups, substitute
from kind import kind

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety"}
WORDS = {
    n: _UNITS[n] if n < 20 else _TENS[n - n % 10] + (f"-{_UNITS[n % 10]}" if n % 10 else "") for n in range(1, 100)
}
VALUES = {word: n for n, word in WORDS.items()}
_UNIT = r"(?= (?:new |existing |additional )?(?:entit|entr|person|addresses))"
_OF_COUNTRY = r"((?:\b[A-Z][\w']+|\(\w+\))) \((\d{1,3})\)"
_IN_WORDS = r"\b(?<![-\w])(" + "|".join(sorted(VALUES, key=len, reverse=True)) + r")\b(?! \()" + _UNIT
_IN_DIGITS = r"\b(?<![-\d(])(\d{1,2})\b" + _UNIT
_ANY = (
    r"\b(?<![-\w])(?:" + "|".join(sorted(VALUES, key=len, reverse=True)) + r"|\d{1,3})(?: \(\d+\))? "
    r"(?=(?:new |existing |additional )?(?:entit|entr|person|addresses))"
)
_ADDS = (
    r"(\badd(?:ing|s) )((?:"
    + "|".join(sorted(VALUES, key=len, reverse=True))
    + r"|\d{1,3})(?: \(\d+\))?)(?= entit| person)"
)


@kind("Digits in place of words: “adding 22 entities”")
def count_in_digits(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", substitute(_IN_WORDS, lambda m: str(VALUES[m[1]])))


@kind("Words in place of digits: “adding twenty-two entities”")
def count_in_words(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", substitute(_IN_DIGITS, lambda m: WORDS.get(int(m[1]), m[1])))


@kind("Words and digits: “adding twenty-two (22) entities”")
def count_in_both(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", substitute(_IN_WORDS, lambda m: f"{m[1]} ({VALUES[m[1]]})"))


@kind("No hyphen in a number: “twenty two entities”")
def count_without_hyphen(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", substitute(_IN_WORDS, lambda m: m[1].replace("-", " ")))


@kind("“adding a total of twenty-two entities”")
def count_total(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", lambda i: re.sub(_ADDS, r"\1a total of \2", i, count=1))


@kind("“adding twenty-two additional entities”, “new entities”")
def count_additional(text: str, random: Random) -> str | None:
    word = random.choice(("additional", "new", "foreign"))
    return edit_element(text, "SUM", lambda i: re.sub(_ADDS, rf"\1\2 {word}", i, count=1))


@kind("“persons” for “entities”, as rules until 2018 said")
def count_of_persons(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", lambda i: re.sub(f"{_ADDS} entities", r"\1\2 persons", i))


@kind("“the following twenty-two entities”")
def count_the_following(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", lambda i: re.sub(_ADDS, r"\1the following \2", i, count=1))


@kind("A sentence on what an earlier rule added")
def count_of_earlier_rule(text: str, _random: Random) -> str | None:
    before = "On May 16, 2019, BIS added sixty-eight entities to the Entity List. "
    return edit_element(text, "SUM", lambda i: re.sub(r"(</HD>\s*<P>)\s*", rf"\1{before}", i, count=1))


@kind("A sentence on how many entities the list now holds")
def count_of_whole_list(text: str, _random: Random) -> str | None:
    after = " With this rule the Entity List comprises more than 1,400 entries."
    return edit_element(text, "SUM", lambda i: re.sub(r"\s*</P>(?=\s*</SUM>)", f"{after}</P>", i))


@kind("The counts by country in brackets: “China [28]”")
def count_by_country_in_brackets(text: str, _random: Random) -> str | None:
    return edit_element(text, "SUM", substitute(_OF_COUNTRY, r"\1 [\2]"))


@kind("The counts by country with their unit: “China (28 entries)”")
def count_by_country_with_unit(text: str, _random: Random) -> str | None:
    def change(found: re.Match[str]) -> str:
        return f"{found[1]} ({found[2]} {'entry' if found[2] == '1' else 'entries'})"

    return edit_element(text, "SUM", substitute(_OF_COUNTRY, change))


@kind("The numbers are lost wherever they stood: “by adding entities to the Entity List”", keeps=False)
def count_lost(text: str, _random: Random) -> str | None:
    if not groups(text):  # a preamble alone has nothing to hold the number against
        return None
    drop = substitute(_ANY, "")
    in_summary = edit_element(text, "SUM", drop)
    return edit_prose(in_summary, _ANY, drop) if in_summary is not None else None


@kind("The number in the summary is another one than the rule’s", keeps=False)
def count_misprinted(text: str, random: Random) -> str | None:
    if not groups(text):
        return None

    def edit(inner: str) -> str | None:
        found = re.search(r"(\badd(?:ing|s) )(\w[\w-]*)(?= entities to the| persons to the)", inner)
        value = VALUES.get(found[2], int(found[2]) if found[2].isdecimal() else 0) if found else 0
        if found is None or not 1 < value < 90:
            return None
        return f"{inner[: found.start(2)]}{WORDS[value + random.randrange(2, 9)]}{inner[found.end(2) :]}"

    return edit_element(text, "SUM", edit)
