"""The small words of the law: citations, policies, countries, footnotes, and when two texts say the same."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.citations import read_citations
from monitor.law.countries import country_at_end, is_country, short_name
from monitor.law.footnotes import designations_in, read_footnote
from monitor.law.policies import read_policies
from monitor.law.wording import key, same
from monitor.model.entries import Citation, Policy, PolicyKind

DAY = date(2011, 11, 21)
DENIAL, POLICY, CASE, APPROVAL = (
    PolicyKind.PRESUMPTION_OF_DENIAL,
    PolicyKind.POLICY_OF_DENIAL,
    PolicyKind.CASE_BY_CASE,
    PolicyKind.PRESUMPTION_OF_APPROVAL,
)

APART = (
    "Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99, "
    "which will be reviewed on a case-by-case basis. See §§ 746.8(b) and 744.21(e)"
)
MIXED = (
    "Case-by-case review for ECCNs 1A004.c and 2E983; casa-by-case review for items to treat infectious "
    "disease; and presumption of denial for all other items subject to the EAR."
)


@pytest.mark.parametrize(
    "text",
    [
        "76 FR 71869, 11/21/11.",
        "76 FR 71869, 11/21/2011",
        "76 FR 71869 11/21/11",
        "76 FR 71869,11/21/11,.",
        "76 F.R. 71869, November 21, 2011.",
        "76 FR71869, Nov. 21, 2011.",
        "76 Fed. Reg. 71,869 (Nov. 21, 2011)",
        "76 FR 71869-71870, 11-21-2011",
        "76 FR 71869, 2011-11-21",
    ],
)
def test_a_citation_is_read_in_every_spelling(text: str) -> None:
    assert read_citations(text) == (Citation(76, 71869, DAY),)


def test_several_citations_need_nothing_between_them() -> None:
    text = "71 FR 51718 8/31/06 73 FR 74001. 87 FR 6026, 2/3/22.87 FR 55250, 9/9/22"
    assert [(c.volume, c.page, c.on) for c in read_citations(text)] == [
        (71, 51718, date(2006, 8, 31)),
        (73, 74001, None),
        (87, 6026, date(2022, 2, 3)),
        (87, 55250, date(2022, 9, 9)),
    ]


@pytest.mark.parametrize("text", ["84 FR 1, 13/45/19.", "84 FR 1, February 30, 2019"])
def test_a_misprinted_date_is_no_date(text: str) -> None:
    assert read_citations(text) == (Citation(84, 1, None),)


@pytest.mark.parametrize("text", ["", "90 FR [INSERT FR PAGE NUMBER], 9/16/25.", "See § 744.11"])
def test_a_citation_without_its_page_is_none(text: str) -> None:
    assert read_citations(text) == ()


def test_two_digits_of_a_year_are_those_of_the_volume() -> None:
    assert [c.on for c in read_citations("64 FR 28909, 5/28/99. 65 FR 12919, 3/10/00.")] == [
        date(1999, 5, 28),
        date(2000, 3, 10),
    ]


@pytest.mark.parametrize(
    ("text", "policies"),
    [
        ("Presumption of denial.", [(DENIAL, "")]),
        ("Presumption for denial", [(DENIAL, "")]),
        ("Policy of denial. See §§ 746.8(b) and 744.21(e).", [(POLICY, "")]),
        ("Policy of denial See §§ 746.8(b)", [(POLICY, "")]),
        ("Case by case review.", [(CASE, "")]),
        ("Case-by-case basis", [(CASE, "")]),
        ("See § 744.2(d) of the EAR", []),
        (
            APART,
            [
                (POLICY, "all items subject to the EAR apart from food and medicine designated as EAR99"),
                (CASE, "food and medicine designated as EAR99"),
            ],
        ),
        (
            MIXED,
            [
                (CASE, "ECCNs 1A004.c and 2E983"),
                (CASE, "items to treat infectious disease"),
                (DENIAL, "all other items subject to the EAR"),
            ],
        ),
        (
            "Case-by-case for all items listed on the CCL. Presumption of approval for EAR99 items.",
            [(CASE, "all items listed on the CCL"), (APPROVAL, "EAR99 items")],
        ),
        (
            "Policy of denial Case-by-case basis for U.S. Government supported space programs.",
            [(POLICY, ""), (CASE, "U.S. Government supported space programs")],
        ),
    ],
)
def test_policies_are_read_with_their_scope(text: str, policies: list[tuple[PolicyKind, str]]) -> None:
    assert read_policies(text) == tuple(Policy(kind, scope) for kind, scope in policies)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("CHINA, PEOPLE'S REPUBLIC OF", "China"),
        ("China, People’s Republic of", "China"),
        ("CRIMEA REGION OF UKRAINE", "Crimea Region of Ukraine"),
        ("TÜRKİYE", "Turkey"),
        ("TURKEY", "Turkey"),
        ("KOREA, REPUBLIC OF", "South Korea"),
        ("BURMA", "Burma"),
        ("UNITED ARAB EMIRATES", "United Arab Emirates"),
        ("BOSNIA AND HERZEGOVINA", "Bosnia and Herzegovina"),
    ],
)
def test_a_country_has_one_short_name(heading: str, name: str) -> None:
    assert is_country(heading)
    assert short_name(heading) == name


def test_a_country_never_seen_keeps_its_words() -> None:
    assert not is_country("RURITANIA")
    assert short_name("NEW RURITANIA") == "New Ruritania"


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("8 Street, Beijing 100081, P.R. China.", "China"),
        ("Chengdu China", "China"),
        ("Quebec, Canada H3H 2P2.", "Canada"),
        ("Dubai, U.A.E.", "United Arab Emirates"),
        ("Moscow, Russia 119071", "Russia"),
        ("Yalta 08655, Crimea", "Crimea Region of Ukraine"),
        ("Tortola, British Virgin Islands.", "British Virgin Islands"),
        ("No. 5 Russia Road, Haidian District", None),
        ("", None),
    ],
)
def test_an_address_names_the_country_it_ends_with(address: str, country: str | None) -> None:
    assert country_at_end(address) == country


def test_designations_are_told_from_figures() -> None:
    assert designations_in("See §§ 734.9(e),¹ and 744.11 of the EAR²⸴³ and ¹ once more") == ("1", "2", "3")
    assert designations_in("See § 744.11 of the EAR") == ()


def test_a_footnote_is_told_from_a_paragraph() -> None:
    assert read_footnote("⁴ For this entity") == ("4", "For this entity")
    assert read_footnote("4 items are listed") is None
    assert read_footnote("4 For this entity", in_row=True) == ("4", "For this entity")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Co., Ltd.", "CO. LTD"),
        ("case-by-case", "Case by case"),
        ("“A”", '"A"'),
        ("A—B", "A - B"),
        ("1–2", "1-2"),
    ],
)
def test_case_blanks_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(("one", "other"), [("1-2", "12"), ("744.11²", "744.112"), ("EAR²", "EAR³"), ("A", "Ä")])
def test_figures_and_letters_count(one: str, other: str) -> None:
    assert not same(one, other)


@given(st.text())
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(("heading", "name"), [("ISLE OF MAN", "Isle of Man"), ("Central African Republic",) * 2])
def test_countries_of_several_words_are_known(heading: str, name: str) -> None:
    assert is_country(heading)
    assert short_name(heading) == name
