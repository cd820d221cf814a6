"""The entity cell: what is name, alias, address, cross reference and sub-entry, and what stays whole."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.entities import Entity, read_entity
from monitor.model.entries import EntryKind

# What may stand between the parts and belongs to none of them.
CONNECTIVES = re.compile(
    r"""
    \b(?:[afn]\.k\.a\.,?|d/b/a|also\ known\ as)
    | \bthe\ following\ (?:[\w-]+\ )?(?:alias(?:es)?|addresses\ and):?
    | \bthe\ following\ (?:[\w-]+\ ){0,2}(?:subordinate|affiliated)\ \w+:?
    | \b(?:Subordinate\ institution|Affiliated\ entities)\b:?
    | (?:The\ following\ addresses\ apply|Addresses\ for)\b[^:]*:
    | \b(?:and|or|to\ include)\b | \(\d{1,2}\)
    """,
    re.VERBOSE,
)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", CONNECTIVES.sub(" ", text)))


def parts(entity: Entity) -> str:
    subs = [text for sub in entity.sub_entries for text in (sub.name, *sub.aliases, *(a.text for a in sub.addresses))]
    addresses = [address.text for address in entity.addresses]
    return " ; ".join([entity.name, *entity.aliases, *addresses, *entity.cross_references, *subs])


def test_a_name_keeps_its_legal_forms_and_an_address_its_commas() -> None:
    entity = read_entity("Alfa (HK) Co., Ltd., Room 5, 1 Beta Road, Kowloon, Hong Kong; and Beijing, China.")
    assert entity.name == "Alfa (HK) Co., Ltd."
    assert [(a.text, a.country) for a in entity.addresses] == [
        ("Room 5, 1 Beta Road, Kowloon, Hong Kong", "Hong Kong"),
        ("Beijing, China.", "China"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Academy of Alfa Sciences, Institute of Hygiene, 27 Taiping Road, Beijing, China.", 2),
        ("Tactical Corporation, Joint Stock Company Beta, 5 Lenina, Moscow, Russia.", 2),
        ("Institute of Physical, Technical and Radio Measurements, Mendeleevo, Moscow, Russia.", 2),
        ("Gamma Technology, Hong Kong Co., Ltd., Room 1237, Kowloon Bay, Hong Kong.", 3),
        ("Huawei Technology Co., Ltd. Alfa Research Institute, No. 1, Chengdu, China.", 2),
        ("Mesbah Company (a.k.a., Mesbah Pad Co.), Unit 23, Tehran, Iran.", 1),
        ("Lukoil, OAO (a.k.a. Lukoil), Address: 11 Sretenski, Moscow 101000, Russia.", 2),
        ("Jane Doe, Alfa Research Institute, P.O. Box 5, Tehran, Iran.", 1),
        ("Zain Airlines, Beirut, Lebanon.", 1),
        ("People's Steel Mills, Karachi.", 1),
        ("Alfa Field, in the Sea of Okhotsk.", 1),
    ],
)
def test_the_comma_behind_the_name_is_found(text: str, name: int) -> None:
    pieces = re.split(r",\s*(?![^(]*\))", text)
    assert read_entity(text).name == ", ".join(pieces[:name])


LISTS = [
    "Alfa, a.k.a., the following two aliases:\n—One; and\n—Two.\n1 Azadi Street, Tehran, Iran.",
    "Alfa, a.k.a., the following two aliases: —One; and —Two.\n1 Azadi Street, Tehran, Iran.",
    "Alfa, a.k.a., the following two aliases:\n(1) One; and\n(2) Two.\n1 Azadi Street, Tehran, Iran.",
    "Alfa, a.k.a., the following two aliases: (1) One; and (2) Two.\n1 Azadi Street, Tehran, Iran.",
    "Alfa, f.k.a., the following two aliases:\n1. One; and\n2. Two.\n1 Azadi Street, Tehran, Iran.",
    "Alfa, d/b/a the following two names:\n- One;\n- Two.\n1 Azadi Street, Tehran, Iran.",
    "Alfa, also known as the following two aliases:\n• One; and\n• Two\n1 Azadi Street, Tehran, Iran.",
]


@pytest.mark.parametrize("text", LISTS)
def test_lists_of_aliases_are_read_in_every_form(text: str) -> None:
    entity = read_entity(text)
    assert (entity.name, entity.aliases, entity.whole) == ("Alfa", ("One", "Two"), False)
    assert [a.text for a in entity.addresses] == ["1 Azadi Street, Tehran, Iran."]


def test_one_alias_may_stand_in_the_line_of_the_name() -> None:
    entity = read_entity("Alfa Trading, a.k.a., Beta Trading Co., Ltd., 1 Azadi Street, Tehran, Iran.")
    assert (entity.name, entity.aliases) == ("Alfa Trading", ("Beta Trading Co., Ltd.",))
    assert [a.country for a in entity.addresses] == ["Iran"]


def test_a_list_of_aliases_without_count_or_address_is_read() -> None:
    entity = read_entity("Alfa, a.k.a., the following aliases:\n—One;\n—Two Co.")
    assert (entity.aliases, entity.addresses, entity.whole) == (("One", "Two Co."), (), False)


@pytest.mark.parametrize(
    ("text", "further"),
    [
        ("Alfa (a.k.a. “ALF”), 1 Azadi Street, Tehran, Iran.", ("“ALF”",)),
        ("Alfa (f.k.a., Beta, OOO), 1 Lenina, Moscow, Russia.", ("Beta, OOO",)),
        ("Alfa, (a.k.a. Lin Beta, Yi Beta and Jo Beta), Xi'an, China.", ("Lin Beta", "Yi Beta", "Jo Beta")),
        ("Alfa, a.k.a., the following one alias:\n—Beta Air. 5 Lenina, Moscow, Russia.", ("Beta Air",)),
        ("Alfa, a.k.a., the following one alias:\n—Beta Delta, 5 Lenina, Moscow, Russia.", ("Beta Delta",)),
    ],
)  # fmt: skip
def test_names_inside_of_other_parts_can_be_searched(text: str, further: tuple[str, ...]) -> None:
    assert read_entity(text).further_names == further


@pytest.mark.parametrize(
    "text",
    [
        "Alfa, a.k.a., the following one alias:\n—Beta. 5 Lenina, Moscow, Russia.",
        "Alfa, (a.k.a. Beta), Room 1, Shenzhen, China.",
        "Alfa, 1 Azadi Street, Tehran, Iran; 2 Azadi Street, Tehran, Iran.",
        "Alfa, Address: 1 Lenina, Moscow, Russia Alt Address: 2 Lenina, Moscow, Russia.",
        "Alfa Consultants, Importers and Exporters, Islamabad.",
        "Alfa, a.k.a., Beta, Gamma Delta, 5 Lenina, Moscow, Russia.",
    ],
)
def test_what_nothing_separates_stays_whole_and_is_marked(text: str) -> None:
    entity = read_entity(text)
    assert entity.whole
    assert words(parts(entity)) == words(text)


@pytest.mark.parametrize(
    "reference",
    [
        "(See alternate addresses under Pakistan).",
        "(see alternate address under Malaysia.)",
        "(For alternate addresses, see Kyrgyzstan and Turkey.)",
        "(See also addresses in the United Arab (Emirates).",
        "See alternate address under Iran.",
    ],
)
def test_cross_references_are_taken_out_of_the_address(reference: str) -> None:
    entity = read_entity(f"Alfa, 1 Azadi Street, Tehran, Iran. {reference}")
    assert [a.text for a in entity.addresses] == ["1 Azadi Street, Tehran, Iran."]
    assert len(entity.cross_references) == 1


def test_affiliated_entities_are_sub_entries_with_their_own_aliases_and_addresses() -> None:
    entity = read_entity(
        "Alfa Co., Ltd. (Alfa), a.k.a., the following one alias:\n"
        "—Beta, and to include the following addresses and the following 2 affiliated entities:\n"
        "Addresses for Alfa Co., Ltd.: 1 Road, Shenzhen, China; and 2 Road, Wuhan, China.\n"
        "Affiliated entities:\n"
        "Gamma Ltd., a.k.a., the following one alias:\n—Delta.\n3 Road, Beijing, China.\n"
        "Epsilon Ltd., 4 Road, Hangzhou, China."
    )
    assert (entity.name, entity.aliases, len(entity.addresses)) == ("Alfa Co., Ltd. (Alfa)", ("Beta",), 2)
    assert [(s.name, s.aliases, len(s.addresses)) for s in entity.sub_entries] == [
        ("Gamma Ltd.", ("Delta",), 1),
        ("Epsilon Ltd.", (), 1),
    ]


def test_the_count_tells_aliases_of_a_sub_entry_from_the_next_sub_entry() -> None:
    entity = read_entity(
        "Alfa Commission, and the following subordinate entities:\n"
        "—Beta Complex, a.k.a., the following two aliases:\n—One; and\n—Two.\n"
        "P.O. Box 5, Islamabad, Pakistan.\n—Gamma Institute; and\n—Delta Works."
    )
    assert [(s.name, s.aliases) for s in entity.sub_entries] == [
        ("Beta Complex", ("One", "Two")),
        ("Gamma Institute", ()),
        ("Delta Works", ()),
    ]


def test_an_entry_may_be_an_address_alone() -> None:
    assert read_entity("Address 16, Room 5, 1 Road, Hong Kong.").kind is EntryKind.ADDRESS


NAME = st.sampled_from(["Alfa", "Beta Avia", "Gamma Co., Ltd.", "Delta (DLT)", "Eta & Sons, LLC", "Zeta, AO"])
PLACE = st.sampled_from(
    [
        "1 Azadi Street, Tehran, Iran",
        "Room 5, 2/F, Kowloon, Hong Kong",
        "Minsk, Belarus",
        "No. 8, Nanjing, China",
    ]
)
REFERENCES = st.sampled_from(["", " (See alternate address under Pakistan).", " (see alternate addresses under Iran)"])


@st.composite
def cells(draw: st.DrawFn) -> tuple[str, str, list[str], list[str]]:
    """A cell, and the name, aliases and addresses that it was made of."""
    name, aliases = draw(NAME), draw(st.lists(NAME, max_size=3, unique=True))
    places = draw(st.lists(PLACE, min_size=1, max_size=3, unique=True))
    text = "; and ".join(places) + "." + draw(REFERENCES)
    if not aliases:
        return f"{name}, {text}", name, aliases, places
    items = [f"—{alias}{'; and' if n < len(aliases) - 1 else '.'}" for n, alias in enumerate(aliases)]
    head = f"{name}, a.k.a., the following {len(aliases)} aliases:"
    return "\n".join([head, *items, text]), name, aliases, places


@given(cells())
def test_what_a_cell_was_made_of_is_found_again(made: tuple[str, str, list[str], list[str]]) -> None:
    text, name, aliases, places = made
    entity = read_entity(text)
    assert entity.name == name
    assert [a.rstrip(".") for a in entity.aliases] == [a.rstrip(".") for a in aliases]
    assert [a.text.rstrip(".") for a in entity.addresses] == places


SCRAPS = [
    "a.k.a.,", "the following two aliases:", "\n—", "; and ", ", ", ".", "\n", "(", ")", "(See Iran)",
    "—", ":", "and the following two subordinate institutions:", "Subordinate institution", "[Reserved]",
]  # fmt: skip


@given(st.lists(st.one_of(NAME, PLACE, st.sampled_from(SCRAPS)), max_size=14))
def test_no_word_is_ever_lost_however_odd_the_cell(pieces: list[str]) -> None:
    text = "\n".join(" ".join(line.split()) for line in " ".join(pieces).split("\n") if line.strip())
    if not text:
        return
    lost = words(text) - words(parts(read_entity(text)))
    assert not lost
