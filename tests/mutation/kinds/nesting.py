"""Nesting of instructions: run in, split, flattened, put one under another."""

import re
from random import Random

from edits import COUNTRY, MARKER, NAME, Paragraph, edit_all, edit_one, groups, replaced, substitute
from kind import kind

from kinds.markers import ROMAN, letter, levels

_UNDER = re.compile(rf"^Under (?P<country>{COUNTRY}),? by (?P<rest>(?:add|revis|remov)ing\b.*)$")
_OPEN = re.compile(rf"^Under (?P<country>{COUNTRY})(?:,? by)?:$")


def _body(paragraph: Paragraph) -> str:
    return MARKER.sub("", paragraph.text)


@kind("All items run on in the paragraph of the head: “is amended by: a. Under X, adding …; b. Under Y, …”")
def run_in_one_paragraph(text: str, _random: Random) -> str | None:
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        labeled = [paragraph for paragraph, _, _ in levels(group)]
        if labeled and not group[0].acts:
            changes.append((group[0], " ".join(p.text for p in (group[0], *labeled))))
            changes += [(p, None) for p in labeled]
    return replaced(text, changes) if changes else None


@kind("Nested items run on in the paragraph of their country: “a. Under X: i. Adding …; ii. Revising …”")
def nested_run_in(text: str, _random: Random) -> str | None:
    changes: dict[int, tuple[Paragraph, str | None]] = {}
    for group in groups(text):
        above: Paragraph | None = None
        for paragraph, depth, _ in levels(group):
            if depth == 0:
                above = paragraph
            elif above is not None:
                so_far = changes.get(above.start, (above, above.text))[1]
                changes[above.start] = (above, f"{so_far} {paragraph.text}")
                changes[paragraph.start] = (paragraph, None)
    return replaced(text, list(changes.values())) if changes else None


@kind("A long paragraph of names is set as two amendatory paragraphs, broken between two names")
def paragraph_split(text: str, random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        breaks = [m.end() for m in re.finditer(rf"{NAME}[;,]? (?=“)", inner)]
        if not breaks:
            return None
        at = random.choice(breaks)
        return f"{inner[:at].strip()}</AMDPAR><AMDPAR>{inner[at:]}"

    return edit_one(text, random, edit)


@kind("What is nested is given flat: the country is repeated in each item")
def nesting_flattened(text: str, _random: Random) -> str | None:
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        country, number = "", 0
        flat: list[tuple[Paragraph, str | None]] = []
        for paragraph, depth, _ in levels(group):
            opens = _OPEN.match(_body(paragraph)) if depth == 0 else None
            if opens:
                country = opens["country"]
                flat.append((paragraph, None))
                continue
            body = _body(paragraph)
            if depth == 1 and country:
                body = f"Under {country}, by {body[:1].lower()}{body[1:]}"
            flat.append((paragraph, f"{letter(number)}. {body}"))
            number += 1
        changes += flat if any(inner is None for _, inner in flat) else []
    return replaced(text, changes) if changes else None


@kind("“a. Under X:” with “i. Adding …” below it, where one line would do")
def nesting_added(text: str, _random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        marker = MARKER.match(inner)
        found = _UNDER.match(MARKER.sub("", inner)) if marker else None
        if marker is None or found is None:
            return None
        rest = found["rest"]
        parts = re.split(r",? and by (?=(?:add|revis|remov)ing\b)", rest)
        below = "".join(
            f"<AMDPAR>{ROMAN[i]}. {part[:1].upper()}{part[1:]}{'; and' if i + 1 < len(parts) else ''}</AMDPAR>"
            for i, part in enumerate(parts)
        )
        return f"{marker[1]} Under {found['country']}:</AMDPAR>{below.removesuffix('</AMDPAR>')}"

    return edit_all(text, edit)


@kind("“a. Under X, by:” opens nested items in place of “a. Under X:”")
def nesting_opened_by(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY})(?:,? by)?:$", _other_opening))


def _other_opening(found: re.Match[str]) -> str:
    return f"{found[1]}:" if found[0].endswith("by:") else f"{found[1]}, by:"


@kind("“a. Under X, amend the list as follows:” opens nested items")
def nesting_opened_as_follows(text: str, _random: Random) -> str | None:
    return edit_all(text, substitute(rf"^(\S+ Under {COUNTRY})(?:,? by)?:$", r"\1, as follows:"))


@kind("Two nested verbs of a country are joined in one line: “by adding … and by revising …”")
def nested_joined(text: str, _random: Random) -> str | None:
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        found = levels(group)
        for index, (paragraph, depth, _) in enumerate(found):
            opens = _OPEN.match(_body(paragraph)) if depth == 0 else None
            below = found[index + 1 : index + 3]
            third = found[index + 3][1] if index + 3 < len(found) else 0
            if opens is None or [d for _, d, _ in below] != [1, 1] or third == 1:
                continue
            first, second = (_body(p)[:1].lower() + _body(p)[1:] for p, _, _ in below)
            first = re.sub(r"[;,]?\s*(?:and)?$", "", first)
            marker = paragraph.text.partition(" ")[0]
            changes.append((paragraph, f"{marker} Under {opens['country']}, by {first} and by {second}"))
            changes += [(p, None) for p, _, _ in below]
    return replaced(text, changes) if changes else None


@kind("Items stand in another order than the alphabet of countries")
def items_reversed(text: str, _random: Random) -> str | None:
    changes: list[tuple[Paragraph, str | None]] = []
    for group in groups(text):
        found = levels(group)
        if len(found) > 1 and not any(depth for _, depth, _ in found):
            bodies = [_body(p) for p, _, _ in reversed(found)]
            changes += [(p, f"{letter(i)}. {bodies[i]}") for i, (p, _, _) in enumerate(found)]
    return replaced(text, changes) if changes else None
