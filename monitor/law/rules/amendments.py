"""Find the amendatory instructions of a rule, each with the provision that it amends."""

import re

from msgspec import Struct

from monitor.law.rules.text import Block, Piece, RuleText
from monitor.model.rules import Kind

_TOP = re.compile(r"^(\d{1,3})\.\s+(.*)$", re.DOTALL)
_AMENDS = re.compile(
    r"\b(?:amend|revis|add|remov|correct|redesignat|reserv|continues? to read|transfer|delet|insert"
    r"|suspend|stay"
    r"|withdraw|republish|lift|supplement no|section|§)",
    re.IGNORECASE,
)
_SUPPLEMENT = re.compile(
    r"\bsupplement\s+(?:no\.?|number)\s*(\d+)(?:\s+to\s+part\s+(\d+)|\s+of\s+part\s+(\d+))?", re.IGNORECASE
)
_SECTION = re.compile(r"(?:§§?|\bsections?)\s*(\d{3}\.\d+)", re.IGNORECASE)
_PART = re.compile(r"\bpart\s+(\d{3})\b", re.IGNORECASE)
_ITEM_OF_ENTRIES = re.compile(
    r"^(?:\(?[a-z0-9]{1,4}[.)]\s+)?(?:Under\s|By\s|Adding|Revising|Removing).*\bentr(?:y|ies)\b", re.DOTALL
)
_LIST_OF = {
    "supplement 4 to part 744": Kind.ENTITY_LIST_RULE,
    "supplement 6 to part 744": Kind.UNVERIFIED_LIST,
    "supplement 7 to part 748": Kind.VEU,
}
_LICENSE = re.compile(r"temporary general license", re.IGNORECASE)
_MEU = re.compile(r"military end[- ]user|\bMEU\b", re.IGNORECASE)


class Amendment(Struct, frozen=True, kw_only=True):
    """One numbered instruction with its items (one a line), and the text that it puts in.

    `provision` is "supplement 4 to part 744" or "744.11"; `list` the list of entries it amends, if it is one.
    """

    number: str
    text: str
    provision: str
    part: str
    list: Kind | None
    blocks: tuple[Block, ...] = ()


def amendments_of(text: RuleText) -> tuple[Amendment, ...]:
    """The numbered instructions of a rule in order."""
    groups: list[tuple[list[str], list[Block], str]] = []
    part = ""
    for block in text.amendments:
        top = _top(block)
        if (
            block.piece is Piece.HEADING
            and (found := _PART.search(block.text))
            and block.text.startswith("PART")
        ):
            part = found[1]
        elif top is not None:
            groups.append(([block.text], [], part))
        elif groups:
            _append(groups[-1], block)
    return tuple(_amendment(lines, blocks, part, text) for lines, blocks, part in groups)


def _top(block: Block) -> re.Match[str] | None:
    found = _TOP.match(block.text) if block.piece is Piece.INSTRUCTION else None
    return found if found and _AMENDS.search(found[2][:300]) else None


def _append(group: tuple[list[str], list[Block], str], block: Block) -> None:
    """An item goes on with the instruction until the text that is put in begins."""
    lines, blocks, _ = group
    item = block.piece is Piece.INSTRUCTION and not blocks
    if item or (block.piece is not Piece.TABLE and _ITEM_OF_ENTRIES.search(block.text)):
        lines.append(block.text)
    else:
        blocks.append(block)


def _amendment(lines: list[str], blocks: list[Block], part: str, whole: RuleText) -> Amendment:
    found = _TOP.match(lines[0])
    number, first = (found[1], found[2]) if found else ("", lines[0])
    text = "\n".join([first, *lines[1:]])
    provision, in_part = _provision(first, part)
    return Amendment(
        number=number,
        text=text,
        provision=provision,
        part=in_part,
        list=_list(provision, text, blocks, whole),
        blocks=tuple(blocks),
    )


def _provision(first: str, part: str) -> tuple[str, str]:
    supplement, section = _SUPPLEMENT.search(first), _SECTION.search(first)
    if supplement and (section is None or supplement.start() < section.start()):
        in_part = supplement[2] or supplement[3] or (_PART.search(first) or ["", part])[1]
        return f"supplement {supplement[1]} to part {in_part}", in_part
    if section:
        return section[1], section[1].split(".")[0]
    named = _PART.search(first)
    return (f"part {named[1]}", named[1]) if named else (f"part {part}", part)


def _list(provision: str, text: str, blocks: list[Block], whole: RuleText) -> Kind | None:
    if provision != "supplement 7 to part 744":
        return _LIST_OF.get(provision)
    around = " ".join([text, *(b.text for b in blocks[:3])])  # a temporary general license until 2020
    if _LICENSE.search(around):
        return None
    if _MEU.search(around) or _MEU.search(" ".join(whole.prose())) or "entr" in text:
        return Kind.MEU_LIST
    return None
