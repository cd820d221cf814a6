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
    for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_WORDS = frozenset([*UNITS, *TENS, "hundred", "thousand"])
_PART = re.compile(r"(?<!⟦)\b(?:\d{1,3}(?:,\d{3})+|\d+)\b|\b[a-z]+\b", re.IGNORECASE)  # "⟦3⟧" is a quoted name
_BETWEEN = re.compile(r"[-\s‑]+(?:and[-\s]+)?", re.IGNORECASE)
_FIGURE = re.compile(r"\s*\(\d+\)")


def number_spans(text: str) -> list[tuple[int, int]]:
    """Where numbers stand in a text, in words or digits, with the figure in parentheses that repeats one."""
    spans: list[tuple[int, int]] = []
    goes_on = False
    for part in _PART.finditer(text):
        start, end = part.span()
        in_words = part[0].isalpha()
        if (in_words and part[0].lower() not in _WORDS) or (spans and start < spans[-1][1]):
            continue
        figure = _FIGURE.match(text, end)
        if in_words and goes_on and _BETWEEN.fullmatch(text, spans[-1][1], start):
            start = spans.pop()[0]
        spans.append((start, figure.end() if figure else end))
        goes_on = in_words and figure is None
    return spans


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
