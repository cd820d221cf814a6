"""Markers of items: letters, numbers, Roman numbers, parentheses, none."""

import re
from collections.abc import Callable
from random import Random

from edits import MARKER, Paragraph, groups, items, replaced
from kind import kind

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_VERB_FIRST = re.compile(r"(?:add|insert|revis|correct|modif|amend|remov|delet)\w*", re.IGNORECASE)
_OPENS = re.compile(r"(?::|\bby|\bby:)\s*$")


def levels(group: list[Paragraph]) -> list[tuple[Paragraph, int, int]]:
    """The labeled items of a group with their depth (0, 1) and their place among their like, from 0."""
    found: list[tuple[Paragraph, int, int]] = []
    outer, inner, inside = -1, -1, False
    for paragraph in group[1:]:
        marker = MARKER.match(paragraph.text)
        if marker is None:
            continue
        if inside and _VERB_FIRST.match(paragraph.text, marker.end()):
            inner += 1
            found.append((paragraph, 1, inner))
            continue
        outer, inner, inside = outer + 1, -1, bool(_OPENS.search(paragraph.text))
        found.append((paragraph, 0, outer))
    return found


def relabeled(text: str, label: Callable[[int, int, int], str | None]) -> str | None:
    """Every labeled item with the label for (depth, place, place of the item above); None keeps the old one."""
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        above = 0
        for paragraph, depth, place in levels(group):
            above = place if depth == 0 else above
            new = label(depth, place, above)
            if new is not None:
                changes.append((paragraph, f"{new} {MARKER.sub('', paragraph.text)}".strip()))
    return replaced(text, changes) if changes else None


def letter(place: int) -> str:
    """a to z, then aa, bb as the Office letters."""
    return chr(ord("a") + place % 26) * (1 + place // 26)


@kind("Items are numbered “(1)”, “(2)” in place of letters")
def markers_numbers(text: str, _random: Random) -> str | None:
    return relabeled(text, lambda depth, place, _: f"({place + 1})" if depth == 0 else None)


@kind("Items are lettered “(a)”, “(b)”")
def markers_parenthesized(text: str, _random: Random) -> str | None:
    return relabeled(text, lambda depth, place, _: f"({letter(place)})" if depth == 0 else f"({ROMAN[place]})")


@kind("Items are lettered “A.”, “B.” with “1.”, “2.” below")
def markers_capitals(text: str, _random: Random) -> str | None:
    if any(len(levels(group)) > 26 for group in groups(text)):
        return None
    return relabeled(text, lambda depth, place, _: f"{letter(place).upper()}." if depth == 0 else f"{place + 1}.")


@kind("Items are numbered “i.”, “ii.” where nothing is nested")
def markers_roman(text: str, _random: Random) -> str | None:
    found = [level for group in groups(text) for level in levels(group)]
    if len(found) > len(ROMAN) or any(depth for _, depth, _ in found):
        return None
    return relabeled(text, lambda _, place, __: f"{ROMAN[place]}.")


@kind("Nested items are numbered “1.”, “2.” below letters")
def markers_nested_numbers(text: str, _random: Random) -> str | None:
    return relabeled(text, lambda depth, place, _: f"{place + 1}." if depth == 1 else None)


@kind("Nested items are numbered “(1)”, “(2)” below letters")
def markers_nested_parenthesized(text: str, _random: Random) -> str | None:
    return relabeled(text, lambda depth, place, _: f"({place + 1})" if depth == 1 else None)


@kind("Nested items repeat the marker above them: “(a)(1)”, “(a)(2)”")
def markers_doubled(text: str, _random: Random) -> str | None:
    def label(depth: int, place: int, above: int) -> str | None:
        return f"({letter(above)})({place + 1})" if depth == 1 else f"({letter(place)})"

    has_nested = any(depth for group in groups(text) for _, depth, _ in levels(group))
    return relabeled(text, label) if has_nested else None


@kind("Items have no markers and each is a paragraph of its own")
def markers_none(text: str, _random: Random) -> str | None:
    return relabeled(text, lambda *_: "")


@kind("The blank after a marker is lost: “a.Under CHINA”")
def marker_without_blank(text: str, random: Random) -> str | None:
    marked = [p for p in items(text) if not p.head and MARKER.match(p.text)]
    if not marked:
        return None
    paragraph = random.choice(marked)
    return replaced(text, [(paragraph, MARKER.sub(r"\1", paragraph.text))])


@kind("A letter is left out in the lettering: “a.”, “c.”")
def marker_skipped(text: str, _random: Random) -> str | None:
    several = any(len([1 for _, depth, _ in levels(g) if depth == 0]) > 1 for g in groups(text))
    skip = relabeled(text, lambda depth, place, _: f"{letter(place + (place > 0))}." if depth == 0 else None)
    return skip if several else None


@kind("Two items bear the same letter")
def marker_repeated(text: str, _random: Random) -> str | None:
    several = any(len([1 for _, depth, _ in levels(g) if depth == 0]) > 1 for g in groups(text))
    twice = relabeled(text, lambda depth, place, _: f"{letter(max(0, place - 1))}." if depth == 0 else None)
    return twice if several else None


@kind("The paragraphs of items are set as <P> and not as amendatory paragraphs")
def items_as_plain_paragraphs(text: str, _random: Random) -> str | None:
    marked = [p for group in groups(text) for p in group[1:] if p.acts and MARKER.match(p.text)]
    for p in reversed(marked):
        text = f"{text[: p.start]}<P>{p.text}</P>{text[p.end :]}"
    return text if marked else None


@kind("A whole lettered item is lost", keeps=False)
def item_lost(text: str, random: Random) -> str | None:
    lettered = [p for p in items(text) if not p.head and MARKER.match(p.text)]
    return replaced(text, [(random.choice(lettered), None)]) if lettered else None


@kind("All items under a head are lost; its table stays", keeps=False)
def items_all_lost(text: str, random: Random) -> str | None:
    nested = [g for g in groups(text) if not g[0].acts and any(p.acts for p in g[1:])]
    return replaced(text, [(p, None) for p in random.choice(nested)[1:]]) if nested else None


@kind("An item breaks off in the middle of its names", keeps=False)
def item_cut_off(text: str, random: Random) -> str | None:
    long = [p for p in items(text) if p.text.count("“") > 1]
    if not long:
        return None
    paragraph = random.choice(long)
    return replaced(text, [(paragraph, paragraph.text[: paragraph.text.rindex("“") + 4])])
