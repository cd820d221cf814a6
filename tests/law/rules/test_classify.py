"""What a document does: by its form, its title and summary, and by its instructions."""

import pytest

from monitor.law.rules.classify import classify_metadata
from monitor.law.rules.reading import read_rule
from monitor.model.rules import CfrReference, Kind, RuleMetadata, RuleReading

BIS = ("commerce-department", "industry-and-security-bureau")


def metadata(
    title: str,
    abstract: str | None = None,
    *,
    type_: str = "Rule",
    action: str | None = "Final rule.",
    number: str = "2031-00001",
    agencies: tuple[str, ...] = BIS,
    part: int = 744,
) -> RuleMetadata:
    return RuleMetadata(
        document_number=number,
        title=title,
        type=type_,
        action=action,
        abstract=abstract,
        agencies=agencies,
        cfr_references=(CfrReference(15, part),),
    )


def xml(summary: str, *instructions: str) -> bytes:
    amended = "".join(f"<AMDPAR>{text}</AMDPAR>" for text in instructions)
    return (
        f"<RULE><PREAMB><SUM><P>{summary}</P></SUM></PREAMB><SUPLINF><P>Text.</P>"
        f"<REGTEXT>{amended}</REGTEXT></SUPLINF></RULE>"
    ).encode()


def read(title: str, summary: str, *instructions: str) -> RuleReading:
    return read_rule(xml(summary, *instructions), metadata(title))


UNREAD = [
    (metadata("Additions of Entities to the Entity List"), Kind.ENTITY_LIST_RULE),
    (metadata("Entity List Removal"), Kind.ENTITY_LIST_RULE),
    (metadata("Revisions to the Unverified List"), Kind.UNVERIFIED_LIST),
    (metadata("The Unverified List; Additions and Removals"), Kind.UNVERIFIED_LIST),
    (metadata("Addition of Entity to the Military End-User (MEU) List"), Kind.MEU_LIST),
    (metadata("Temporary General License: Extension of Validity"), Kind.GENERAL_LICENSE),
    (metadata("Revision of a Validated End-User Authorization"), Kind.VEU),
    (metadata("Additions to the Entity List; Correction", action="Final rule; correction."), Kind.CORRECTION),
    (metadata("Control Policy: End-User and End-Use Based"), Kind.LIST_FRAMEWORK),
    (
        metadata("Order Denying Export Privileges; In the Matter of: A. Nobody", type_="Notice", action="Notice."),
        Kind.DENIAL_ORDER,
    ),
    (
        metadata("In the Matter of: A. Nobody, Inmate Number: 1", type_="Notice", action=None),
        Kind.DENIAL_ORDER,
    ),
    (
        metadata("Materials Technical Advisory Committee; Notice of Open Meeting", type_="Notice"),
        Kind.NOT_RELEVANT,
    ),
    (
        metadata("Proposed Information Collection; Comment Request; Entity List Requests", type_="Notice"),
        Kind.NOT_RELEVANT,
    ),
    (
        metadata("Securing the Information and Communications Technology and Services Supply Chain", part=791),
        Kind.SUPPLY_CHAIN,
    ),
    (
        metadata(
            "Request for Comments on Temporary General Licenses",
            type_="Proposed Rule",
            action="Notification of inquiry.",
        ),
        Kind.COMMENT_REQUEST,
    ),
]


@pytest.mark.parametrize(("unread", "kind"), UNREAD)
def test_metadata_alone_give_a_kind(unread: RuleMetadata, kind: Kind) -> None:
    assert classify_metadata(unread).kind is kind
    assert classify_metadata(unread).reasons


def test_the_lists_of_others_are_not_relevant() -> None:
    others = metadata(
        "Notice Regarding the Uyghur Forced Labor Prevention Act Entity List",
        type_="Notice",
        agencies=("homeland-security-department",),
    )
    assert classify_metadata(others).kind is Kind.NOT_RELEVANT


def test_an_unread_rule_on_the_parts_of_the_lists_is_never_called_irrelevant() -> None:
    quiet = metadata("Export Administration Regulations: Updates", "This rule makes certain updates.", part=736)
    assert classify_metadata(quiet).kind is Kind.LIST_FRAMEWORK


def test_titles_lie_and_instructions_do_not() -> None:
    removed = read(
        "Conforming Changes to the Export Administration Regulations",
        "This rule makes a conforming change.",
        "1. Supplement No. 4 to part 744 is amended under IRAN, by removing the entry for “Alfa”.",
        "2. Supplement No. 7 to part 744, Temporary General License, is removed and reserved.",
    )
    assert (removed.kind, removed.also) == (Kind.ENTITY_LIST_RULE, (Kind.GENERAL_LICENSE,))


def test_what_a_listing_means_is_framework() -> None:
    footnotes = read(
        "Clarifications to the Export Administration Regulations",
        "This rule clarifies what is subject to the EAR.",
        "1. Section 744.11 is amended by revising paragraph (a) to read as follows:",
        "2. Supplement no. 4 to part 744 is amended by revising footnotes 3 and 4 to read as follows:",
    )
    assert (footnotes.kind, footnotes.also) == (Kind.LIST_FRAMEWORK, ())
    assert footnotes.revised == ()


def test_a_sentence_that_denies_changes_is_no_reason() -> None:
    quiet = read(
        "Revisions to License Exceptions",
        "This rule revises license exceptions. No entity is added to the Entity List by this rule.",
        "1. Section 740.2 is amended by revising paragraph (b) to read as follows:",
    )
    assert quiet.kind is Kind.NOT_RELEVANT


def test_several_lists_in_one_rule_lead_with_the_entity_list() -> None:
    both = read(
        "Revisions to the Unverified List and the Entity List",
        "BIS is removing 9 persons from the Unverified List (UVL) and adding them to the Entity List.",
        "1. Supplement no. 4 to part 744 is amended under RUSSIA, by adding entries for “Alfa”; and “Beta”.",
    )
    assert (both.kind, both.also) == (Kind.ENTITY_LIST_RULE, (Kind.UNVERIFIED_LIST,))
    assert both.stated_counts.added == 9


def test_a_correction_names_what_it_corrects() -> None:
    body = xml("In rule document 2031-00042 beginning on page 1, make the following correction.")
    by_text = read_rule(body, metadata("Additions to the Entity List; Correction", action="Correcting amendments."))
    by_number = read_rule(body, metadata("Additions to the Entity List", number="C1-2031-00042", action=None))
    assert (by_text.kind, by_text.corrects) == (Kind.CORRECTION, "2031-00042")
    assert (by_number.kind, by_number.corrects) == (Kind.CORRECTION, "2031-00042")


def test_a_longer_comment_period_only_asks_for_comments() -> None:
    longer = metadata(
        "Advanced Controls; Entity List Modification",
        "This document extends the deadline for written comments.",
    )
    assert classify_metadata(longer).kind is Kind.COMMENT_REQUEST


REACH = [
    "This rule applies the Entity List to entities owned 50 percent or more by listed entities.",
    "BIS adopts the Affiliates Rule for the Entity List and the Military End-User List.",
]


@pytest.mark.parametrize("summary", REACH)
def test_what_changes_the_reach_of_a_list_leads_before_its_general_license(summary: str) -> None:
    title = "Expansion of End-User Controls To Cover Affiliates of Certain Listed Entities"
    whole = f"{summary} It also creates a temporary general license."
    reading = read(
        title,
        whole,
        "1. Section 744.11 is amended by revising paragraph (a) to read as follows:",
        "2. Supplement no. 1 to part 736 is amended by adding paragraph (e) to read as follows:",
    )
    assert (reading.kind, reading.also) == (Kind.LIST_FRAMEWORK, (Kind.GENERAL_LICENSE,))
    early = classify_metadata(metadata(title, whole))
    assert (early.kind, early.also) == (Kind.LIST_FRAMEWORK, (Kind.GENERAL_LICENSE,))


@pytest.mark.parametrize(
    "instruction",
    [
        "1. Section 744.8 is amended by adding paragraph (d) on entities owned 50 percent or more.",
        "1. Section 744.21 is amended by adding a fifty-percent threshold.",
        "1. Section 734.9 is amended by revising the heading of paragraph (g), Footnote 3.",
        "1. Section 744.16 is stayed until June 5, 2032.",
    ],
)
def test_sections_that_reach_the_lists_are_framework(instruction: str) -> None:
    assert (
        read("Export Administration Regulations", "This rule makes changes.", instruction).kind is Kind.LIST_FRAMEWORK
    )


def test_sections_of_other_controls_are_none() -> None:
    other = "1. Section 734.9 is amended by revising paragraph (j) to read as follows:"
    assert read("Export Administration Regulations", "This rule makes changes.", other).kind is Kind.NOT_RELEVANT


def test_a_license_without_an_instruction_is_said() -> None:
    title = "Temporary General License: Extension of Validity"
    alone = read(
        title, "This rule extends the temporary general license through June 5, 2031.", "1. Section 740.2 is revised."
    )
    assert alone.general_license is None
    assert any("No instruction on the general license" in said and title in said for said in alone.unread)


def test_a_rule_without_a_day_of_effect_says_so() -> None:
    undated = read("Additions to the Entity List", "This rule adds two entities.", "1. Supplement no. 4 is amended.")
    assert "The day on which the rule takes effect was not found in the text." in undated.unread
