"""Cut an instruction into its items: lettered, numbered, nested, or run on in one paragraph."""

import re

from msgspec import Struct

_LABEL = re.compile(
    r"(?:(?P<start>^|\n)\s*|(?<=[;:.,])\s+(?:and\s+)?|\s+(?=\([a-z0-9]{1,4}\)\s))"
    r"\(?(?P<label>[a-z]{1,2}|[ivxl]{1,6}|[IVXL]{1,6}|[A-Z]|\d{1,2})(?:\)|\.)(?:\s+|(?=[A-Z][a-z]))(?=(?P<word>[A-Za-z]+|⟦))"
    r"|(?<=\n)(?=(?:Under|By|In the entr|Adding|Revising|Removing|Add|Revise|Remove)\b)"
)
_NAMES_COUNTRY = re.compile(r"Under\b|.*\bunder\s", re.DOTALL)
_OPENING = re.compile(
    r"⟦|under|by|in|for|with|as|at|add|revis|remov|amend|correct|delet|insert|modif|[a-z]+(?:ing|ate|ike)$",
    re.IGNORECASE,
)
_OPENS_ITEMS = re.compile(r"(?::|—|\bby|\bas follows)[\s,;:—]*$")
_ACTS = re.compile(
    r"⟦|\b(?:entr(?:y|ies)|listings?)\b(?!\s+under\b)"
)  # what names no entry opens items that do: "a. Under CHINA,"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


class Item(Struct, frozen=True):
    """One item with the labels that lead to it; `above` are the texts of the items it stands under."""

    path: tuple[str, ...]
    text: str
    above: tuple[str, ...] = ()


def items_of(text: str) -> list[Item]:
    """The items of an instruction in order; what stands before the first label comes first."""
    head, *rest = _labeled(text)
    open_items: list[tuple[str, str, str]] = []  # (style, label, text)
    items = [Item((), head[1])]
    for label, content in rest:
        style = _close_items(open_items, label, content) if label else _close_unlabeled(open_items, content)
        open_items.append((style, label, content))
        above = tuple(item[2] for item in open_items[:-1])
        items.append(Item(tuple(item[1] for item in open_items if item[1]), content, (head[1], *above)))
    return [item for item in items if item.text]


def _labeled(text: str) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    label, start = "", 0
    for found in _LABEL.finditer(text):
        if found["label"] and found["start"] is None and not _OPENING.match(found["word"]):
            continue
        pieces.append((label, text[start : found.start()].strip()))
        label, start = found["label"] or "", found.end()
    return [*pieces, (label, text[start:].strip())]


def _close_items(open_items: list[tuple[str, str, str]], label: str, text: str) -> str:
    """Close the items that a label ends, and return the style in which it counts."""
    styles = _styles(label)
    if not open_items:
        return next((style for style, value in styles.items() if value == 1), next(iter(styles)))
    above = open_items[-1]
    governs = _is_country_line(above[2])
    opens = governs or bool(_OPENS_ITEMS.search(above[2]))
    if opens and any(value == 1 and not _continues(above, style, 2) for style, value in styles.items()):
        return next(style for style, value in reversed(styles.items()) if value == 1)
    if not governs or _NAMES_COUNTRY.match(text):  # else it stands below the country, whatever its label
        return _close_siblings(open_items, styles)
    return next(iter(styles))


def _close_siblings(open_items: list[tuple[str, str, str]], styles: dict[str, int]) -> str:
    """Close the item that a label continues, or that counts as it does, with all below; the style of the label."""
    for depth in range(len(open_items) - 1, -1, -1):
        for style, value in styles.items():
            if _continues(open_items[depth], style, value):
                del open_items[depth:]
                return style
    for depth, (style, _, _) in enumerate(open_items):
        if style in styles:
            del open_items[depth:]
            return style
    return next(iter(styles))


def _is_country_line(text: str) -> bool:
    """Whether an item names a country and nothing that is done: "a. Under CHINA,"."""
    return bool(_NAMES_COUNTRY.match(text)) and not _ACTS.search(text)


def _close_unlabeled(open_items: list[tuple[str, str, str]], text: str) -> str:
    """Close the items that a line without a label ends: all, or all but the one whose country it stands under."""
    above = open_items[:1] if not _NAMES_COUNTRY.match(text) else []
    open_items[:] = [item for item in above if not item[0] and _is_country_line(item[2])]
    return ""


def _continues(item: tuple[str, str, str], style: str, value: int) -> bool:
    return item[0] == style and _styles(item[1]).get(style) == value - 1


def _styles(label: str) -> dict[str, int]:
    """In which styles a label can count, and what it counts there: "i" is a letter and a Roman one."""
    if label.isdecimal():
        return {"number": int(label)}
    if label.isupper():
        capital = {"capital": ord(label) - ord("A") + 1} if len(label) == 1 else {}
        roman = {"Roman": _roman(label.lower())} if all(letter in _ROMAN for letter in label.lower()) else {}
        return capital | roman
    styles = {}
    if len(set(label)) == 1 and len(label) <= 2:  # a to z, then aa, bb
        styles["letter"] = ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)
    if all(letter in _ROMAN for letter in label):
        styles["roman"] = _roman(label)
    return styles or {"letter": 0}


def _roman(label: str) -> int:
    values = [_ROMAN[letter] for letter in label]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
