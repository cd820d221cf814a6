"""Heads of instructions: which list or provision each amends, and what is no instruction of its own."""

import pytest

from monitor.law.rules.amendments import Amendment, amendments_of
from monitor.law.rules.text import Block, Piece, RuleText
from monitor.model.rules import Kind

ENTITY_LIST = "supplement 4 to part 744"
ITEM = "a. Under IRAN, by adding an entry for “Alfa”."


def amendments(*texts: str, part: str = "744", heading: str = "") -> tuple[Amendment, ...]:
    blocks = [Block(Piece.HEADING, heading)] if heading else []
    blocks += [Block(Piece.INSTRUCTION, text, part=part) for text in texts]
    return amendments_of(RuleText(amendments=tuple(blocks)))


@pytest.mark.parametrize(
    "head",
    [
        "Supplement No. 4 to part 744 is amended:",
        "supplement no. 4 is amended by:",
        "Supp. No. 4 to Part 744 is amended by:",
        "Supp. 4 to part 744 is amended by:",
        "Supplement 4 to part 744 is amended by:",
        "Supplement Number 4 of part 744 is amended by:",
        "Supplement No.4, part 744, is amended by:",
        "SUPPLEMENT NO. 4 TO 15 CFR PART 744 is amended by:",
        "In supplement no. 4 to part 744, the table is amended by:",
        "Effective March 3, 2031, amend supplement no. 4 to part 744 by:",
        "The Entity List is amended by:",
        "Amend the Entity List (Supplement No. 4 to part 744) by:",
    ],
)
def test_the_entity_list_is_known_by_every_name_of_its_supplement(head: str) -> None:
    (amendment,) = amendments(f"2. {head}", ITEM)
    assert (amendment.provision, amendment.list) == (ENTITY_LIST, Kind.ENTITY_LIST_RULE)


@pytest.mark.parametrize("place", [{"part": "744"}, {"part": "", "heading": "PART 744—CONTROL POLICY"}])
def test_a_supplement_without_its_part_is_of_the_part_of_its_markup_or_heading(place: dict[str, str]) -> None:
    (amendment,) = amendments("2. Supplement no. 6 is amended by:", ITEM, **place)
    assert amendment.list is Kind.UNVERIFIED_LIST
    (other,) = amendments("2. Supplement no. 4 is amended by:", "a. Revising the table.", part="746")
    assert (other.provision, other.list) == ("supplement 4 to part 746", None)


def test_a_head_that_names_nothing_amends_what_the_heading_above_it_names() -> None:
    (amendment,) = amendments("2. Amend the table by:", ITEM, heading="Supplement No. 4 to Part 744—Entity List")
    assert amendment.list is Kind.ENTITY_LIST_RULE


@pytest.mark.parametrize(
    "item",
    [
        "1. Adding, in alphabetical order, entries for “Alfa” and “Section 744.11 Works”;",
        "1. Under IRAN, by adding an entry for “Alfa”;",
        "1. Add an entry for “Alfa”;",
        "1. An entry for “Alfa” is added;",
    ],
)
def test_a_numbered_item_is_no_instruction_of_its_own(item: str) -> None:
    (amendment,) = amendments("2. Supplement no. 4 to part 744 is amended by:", "a. Under IRAN:", item)
    assert amendment.text.endswith(item)


def test_items_above_the_first_instruction_are_kept() -> None:
    first, second = amendments(ITEM, "2. Section 744.11 is amended by revising paragraph (a).")
    assert (first.number, first.text, first.list) == ("", ITEM, None)
    assert second.provision == "744.11"
