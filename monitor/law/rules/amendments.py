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
    r"\bsupp(?:lement|l)?\.?\s*(?:\(?(?:no|num|number|#)\b\.?)?\s*(\d+)\b\)?"
    r"(?:,?\s+(?:to|of)\s+(?:(?:title\s+)?15\s+CFR,?\s+)?part\s+(\d+))?",
    re.IGNORECASE,
)
_SECTION = re.compile(r"(?:§§?|\bsections?)\s*(\d{3}\.\d+)", re.IGNORECASE)
_PART = re.compile(r"\bpart\s+(\d{3})\b", re.IGNORECASE)
_NAMED_LISTS = (
    (re.compile(r"\b(?<!UFLPA )Entity List\b", re.IGNORECASE), "supplement 4 to part 744"),
    (re.compile(r"\bUnverified List\b|\bUVL\b", re.IGNORECASE), "supplement 6 to part 744"),
    (
        re.compile(r"\bMilitary[- ]End[- ]User\b.{0,20}?\bList\b|\bMEU List\b", re.IGNORECASE),
        "supplement 7 to part 744",
    ),
)
_LISTS_PART = "744"
PROVISIONS = (_SUPPLEMENT, _SECTION, _PART, *(pattern for pattern, _ in _NAMED_LISTS))
_QUOTED = re.compile(r"“[^“”]*”")
_ITEM_STARTS = re.compile(r"[a-z]+ing\b|under\b|by\b", re.IGNORECASE)
_ENTRIES = re.compile(r"\bentr(?:y|ies)\b", re.IGNORECASE)
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


class _Group(Struct):
    """An instruction that is being put together: its lines, the blocks it puts in, and what stands above it."""

    lines: list[str]
    part: str
    heading: str
    blocks: list[Block] = []


def amendments_of(text: RuleText) -> tuple[Amendment, ...]:
    """The numbered instructions of a rule in order.

    Items on entries that stand above the first of them are an instruction without a number and a provision.
    """
    groups: list[_Group] = []
    part = heading = ""
    for block in text.amendments:
        part = block.part or part
        if block.piece is Piece.HEADING:
            part = _part_in_heading(block.text) or part
            heading = block.text
        if _is_top(block, groups) or (not groups and _ITEM_OF_ENTRIES.search(block.text)):
            groups.append(_Group([block.text], part, heading))
            heading = ""
        elif groups:
            _append(groups[-1], block)
    return tuple(_amendment(group, text) for group in groups)


def _part_in_heading(text: str) -> str:
    found = _PART.search(text) if text.startswith(("PART", "Part")) else None
    return found[1] if found else ""


def _is_top(block: Block, groups: list[_Group]) -> bool:
    """Whether a numbered paragraph is an instruction of its own, and not a numbered item of the one before."""
    found = _TOP.match(block.text) if block.piece is Piece.INSTRUCTION else None
    if found is None:
        return False
    opening = _QUOTED.sub("", found[2][:300])
    if _named_provision(opening, ""):
        return True
    item = bool(groups) and (_ITEM_STARTS.match(opening) or _ENTRIES.search(opening))
    return bool(_AMENDS.search(opening)) and not item


def _append(group: _Group, block: Block) -> None:
    """An item goes on with the instruction until the text that is put in begins."""
    instruction = block.piece is Piece.INSTRUCTION
    item = instruction and (not group.blocks or _ENTRIES.search(block.text))
    if item or (block.piece is not Piece.TABLE and _ITEM_OF_ENTRIES.search(block.text)):
        group.lines.append(block.text)
    else:
        group.blocks.append(block)


def _amendment(group: _Group, whole: RuleText) -> Amendment:
    found = _TOP.match(group.lines[0])
    number, first = (found[1], found[2]) if found else ("", group.lines[0])
    text = "\n".join([first, *group.lines[1:]])
    provision, in_part = _provision(first, group)
    return Amendment(
        number=number,
        text=text,
        provision=provision,
        part=in_part,
        list=_list(provision, text, group.blocks, whole),
        blocks=tuple(group.blocks),
    )


def _provision(first: str, group: _Group) -> tuple[str, str]:
    """What an instruction amends: as its own words name it, else the heading below or above it."""
    below = next((block.text for block in group.blocks if block.piece is Piece.HEADING), "")
    for text in (first, below, group.heading) if _TOP.match(group.lines[0]) else ():
        named = _named_provision(_QUOTED.sub("", text), group.part)
        if named is not None:
            return named
    return f"part {group.part}", group.part


def _named_provision(text: str, part: str) -> tuple[str, str] | None:
    supplement, section, in_part = _SUPPLEMENT.search(text), _SECTION.search(text), _PART.search(text)
    if supplement and (section is None or supplement.start() < section.start()):
        number = supplement[2] or (in_part[1] if in_part else part or _LISTS_PART)
        return f"supplement {supplement[1]} to part {number}", number
    if section:
        return section[1], section[1].split(".")[0]
    listed = next((provision for pattern, provision in _NAMED_LISTS if pattern.search(text)), None)
    if listed:
        return listed, _LISTS_PART
    return (f"part {in_part[1]}", in_part[1]) if in_part else None


def _list(provision: str, text: str, blocks: list[Block], whole: RuleText) -> Kind | None:
    if provision != "supplement 7 to part 744":
        return _LIST_OF.get(provision)
    around = " ".join([text, *(b.text for b in blocks[:3])])  # a temporary general license until 2020
    if _LICENSE.search(around):
        return None
    if _MEU.search(around) or _MEU.search(" ".join(whole.prose())) or "entr" in text:
        return Kind.MEU_LIST
    return None
