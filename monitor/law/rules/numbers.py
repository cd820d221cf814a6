"""Numbers as rules print them: "37", "thirty-seven", "fifty (50)", "one hundred and twenty"."""

import re

UNITS = {
    word: value
    for value, word in enumerate(
        [
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
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_WORD = "|".join(sorted([*UNITS, *TENS, "hundred", "thousand"], key=len, reverse=True))

# A number in words or digits, without names for its groups, to be built into other patterns.
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?:{_WORD})(?:[-\s‑]+(?:and[-\s]+)?(?:{_WORD}))*)(?:\s*\(\d+\))?"


def number(words: str) -> int | None:
    """The value of a number in digits or words; "a", "an" and "no" count too; None if it is neither."""
    text = re.sub(r"\s*\(\d+\)$", "", words.strip().lower())
    if text in ("a", "an", "another"):
        return 1
    if text in ("no", "none"):
        return 0
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", text):
        return int(text.replace(",", ""))
    return _in_words(re.split(r"[-\s‑]+", text))


def _in_words(words: list[str]) -> int | None:
    total = group = 0
    for word in words:
        if word in UNITS:
            group += UNITS[word]
        elif word in TENS:
            group += TENS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word == "thousand":
            total, group = total + (group or 1) * 1000, 0
        elif word != "and":
            return None
    return total + group
