"""Changes between two readings of a list: complete, minimal, the same from either side and in any order."""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listing import COLUMNS, POLICY, REQUIREMENT, entry, fixture, row, supplement
from msgspec.structs import replace

from monitor.diff import changes, paragraph_changes
from monitor.diff.meaning import Meaning, is_entry, meaning
from monitor.law.lists import read_list
from monitor.law.supplement import read_text
from monitor.model.changes import Addition, Change, FieldChange, Merger, ParagraphChange, Removal, Revision, Separation
from monitor.model.entries import Entry, Text

ALFA = entry("Alfa Trading LLC, 1 Azadi Street, Tehran, Iran.")
BETA = entry("Beta Avia, 2 Azadi Street, Tehran, Iran.")
AARON = entry("Aaron Air, 3 Azadi Street, Tehran, Iran.")
LATER = "84 FR 22963, 5/21/19. 85 FR 83769, 12/23/20."


def applied(before: Sequence[Entry], found: Iterable[Change]) -> list[Entry]:
    """What a list holds after the changes."""
    entries = list(before)
    for change in found:
        if isinstance(change, Revision):
            entries.remove(change.before)
            entries.append(change.after)
        elif isinstance(change, Removal | Merger):
            entries.remove(change.entry)
        else:
            entries.append(change.entry)
    return entries


def inverted(found: Iterable[Change]) -> Counter[tuple[str, Entry, Entry | None]]:
    """The changes that undo these, by kind and entries."""
    undone: Counter[tuple[str, Entry, Entry | None]] = Counter()
    for change in found:
        match change:
            case Revision(before, after):
                undone["revision", after, before] += 1
            case Addition(new):
                undone["removal", new, None] += 1
            case Removal(gone):
                undone["addition", gone, None] += 1
            case Merger(gone, host):
                undone["separation", gone, host] += 1
            case Separation(new, host):
                undone["merger", new, host] += 1
    return undone


def as_they_are(found: Iterable[Change]) -> Counter[tuple[str, Entry, Entry | None]]:
    counted: Counter[tuple[str, Entry, Entry | None]] = Counter()
    for change in found:
        match change:
            case Revision(before, after):
                counted["revision", before, after] += 1
            case Merger(gone, host):
                counted["merger", gone, host] += 1
            case Separation(new, host):
                counted["separation", new, host] += 1
            case _:
                counted[type(change).__name__.lower(), change.entry, None] += 1
    return counted


def meanings(entries: Iterable[Entry]) -> Counter[Meaning]:
    return Counter(meaning(e) for e in entries if is_entry(e))


# -- laws

NAMES = ["Alfa Trading LLC", "ALFA Trading, LLC", "Alfa Trade", "Beta Avia", "Gamma Co., Ltd.", "Gamma (GMA)"]
PLACES = ["1 Azadi Street, Tehran, Iran", "2 Azadi Street, Tehran, Iran", "Room 5, Kowloon, Hong Kong"]
CITATIONS = ["84 FR 22963, 5/21/19.", LATER, "85 FR 83769, 12/23/20.", "76 FR 71869, 11/21/11"]


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    name = draw(st.sampled_from(NAMES))
    places = "; and ".join(draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True)))
    aliases = draw(st.sampled_from([(), ("Beta Avia",), ("One", "Two")]))
    items = "\n".join(f"—{alias};" for alias in aliases)
    text = f"{name}, a.k.a., the following aliases:\n{items}\n{places}." if aliases else f"{name}, {places}."
    return entry(
        text,
        country=draw(st.sampled_from(["IRAN", "HONG KONG", "CHINA, PEOPLE'S REPUBLIC OF"])),
        requirement=draw(st.sampled_from([REQUIREMENT, f"{REQUIREMENT}³"])),
        policy=draw(st.sampled_from([POLICY, "Case-by-case review."])),
        citation=draw(st.sampled_from(CITATIONS)),
    )


LISTS = st.lists(entries(), max_size=6)


@given(LISTS, LISTS)
def test_the_changes_applied_give_the_new_list(before: list[Entry], after: list[Entry]) -> None:
    assert meanings(applied(before, changes(before, after))) == meanings(after)


@given(LISTS, LISTS)
def test_backwards_every_change_is_undone(before: list[Entry], after: list[Entry]) -> None:
    assert as_they_are(changes(after, before)) == inverted(changes(before, after))


@given(LISTS)
def test_a_list_does_not_differ_from_itself(entries: list[Entry]) -> None:
    assert changes(entries, entries) == ()


@given(LISTS, LISTS, st.randoms())
def test_the_order_of_the_entries_does_not_count(before: list[Entry], after: list[Entry], random: Random) -> None:
    shuffled = [random.sample(of, len(of)) for of in (before, after)]
    assert changes(*shuffled) == changes(before, after)


@given(LISTS, LISTS)
def test_changes_are_no_more_than_entries_that_differ(before: list[Entry], after: list[Entry]) -> None:
    old, new = meanings(before), meanings(after)
    assert len(changes(before, after)) <= max((old - new).total() + (new - old).total(), 0)


# -- one entry


def test_an_entry_that_sorts_first_in_its_country_is_one_addition() -> None:
    before = read_list(supplement([row("IRAN", ALFA.cells.entity), row("", BETA.cells.entity)]))
    after = read_list(
        supplement([row("IRAN", AARON.cells.entity), row("", ALFA.cells.entity), row("", BETA.cells.entity)])
    )
    assert [type(c) for c in changes(before.entries, after.entries)] == [Addition]


def test_changes_come_by_country_and_name() -> None:
    found = changes([BETA], [entry("Zeta, Kabul, Afghanistan.", country="AFGHANISTAN"), ALFA])
    assert [(type(c).__name__) for c in found] == ["Addition", "Addition", "Removal"]


def test_aliases_and_addresses_are_compared_as_sets() -> None:
    before = entry("Alfa, a.k.a., the following two aliases:\n—One; and\n—Two.\nTehran, Iran.")
    after = entry(
        "Alfa, a.k.a., the following two aliases:\n—Two; and\n—Three.\nTehran, Iran; and 5 Azadi, Shiraz, Iran."
    )
    (change,) = changes([before], [after])
    assert isinstance(change, Revision)
    assert change.fields == (
        FieldChange("aliases", "One; Two", "Two; Three", ("Three",), ("One",)),
        FieldChange("addresses", "Tehran, Iran.", "Tehran, Iran; 5 Azadi, Shiraz, Iran.", ("5 Azadi, Shiraz, Iran.",)),
    )


def test_a_second_spelling_of_an_alias_is_an_addition_to_the_set() -> None:
    before = entry("EDO, a.k.a., the following one alias:\n—EDO ELEMED.\nBeirut, Lebanon.")
    after = entry("EDO, a.k.a., the following two aliases:\n—EDO ELEMED; and\n—EDO/ELEMED.\nBeirut, Lebanon.")
    (change,) = changes([before], [after])
    assert isinstance(change, Revision)
    assert [(f.field, f.added) for f in change.fields] == [("aliases", ("EDO/ELEMED",))]


def test_requirement_policy_and_citation_say_what_came_and_went() -> None:
    after = entry(
        ALFA.cells.entity,
        requirement="See § 734.9(g)³ of the EAR",
        policy="Policy of denial.",
        citation=LATER,
    )
    (change,) = changes([ALFA], [after])
    assert isinstance(change, Revision)
    assert [(f.field, f.added, f.removed) for f in change.fields] == [
        ("license_requirement", ("3",), ()),
        ("license_review_policy", ("policy of denial",), ("presumption of denial",)),
        ("citation", ("85 FR 83769, 12/23/20",), ()),
    ]


@pytest.mark.parametrize(
    "after",
    [
        entry("Alfa General Trading LLC, 1 Azadi Street, Tehran, Iran.", citation=LATER),
        entry("Delta Holding, 1 Azadi Street, Tehran, Iran.", citation=LATER),
        entry("Alfa Trading L.L.C, 9 New Road, Shiraz, Iran.", citation=LATER),
        entry("Alfa Tradings LLC, 1 Azadi Street, Tehran, Iran.", citation="85 FR 83769, 12/23/20."),
    ],
)
def test_a_renamed_entry_is_one_revision_with_both_halves(after: Entry) -> None:
    assert [type(c) for c in changes([ALFA, BETA], [after, BETA])] == [Revision]


def test_another_firm_at_the_same_address_is_no_renamed_one() -> None:
    other = entry("Delta Holding, 1 Azadi Street, Tehran, Iran.", citation="85 FR 83769, 12/23/20.")
    assert {type(c) for c in changes([ALFA], [other])} == {Addition, Removal}


def test_an_entry_that_moves_to_another_country_is_one_revision_of_its_country() -> None:
    before = entry("Alfa Ltd., Room 5, Kowloon, Hong Kong.", country="HONG KONG")
    after = entry(before.cells.entity, country="CHINA, PEOPLE'S REPUBLIC OF", citation=LATER)
    (change,) = changes([before], [after])
    assert isinstance(change, Revision)
    assert [f.field for f in change.fields] == ["country", "citation"]


HOST = "Beta Group, 2 Azadi Street, Tehran, Iran."
HOST_OF_ALFA = (
    "Beta Group, and the following subordinate institutions:\n"
    "Alfa Trading LLC, 1 Azadi Street, Tehran, Iran.\n"
    "The following addresses apply to the entity: 2 Azadi Street, Tehran, Iran."
)


def test_an_entry_that_goes_under_another_one_is_a_merger_and_no_removal() -> None:
    found = changes([ALFA, entry(HOST)], [entry(HOST_OF_ALFA, citation=LATER)])
    assert [type(c) for c in found] == [Merger, Revision]


def test_an_entry_that_comes_out_of_another_one_is_a_separation() -> None:
    found = changes([entry(HOST_OF_ALFA)], [ALFA, entry(HOST, citation=LATER)])
    assert [type(c) for c in found] == [Separation, Revision]


def test_an_entry_merged_into_its_namesake_in_another_country_is_no_removal() -> None:
    gone = entry("Alfa Ltd., Room 5, Kowloon, Hong Kong.", country="HONG KONG")
    here = entry("Alfa Ltd. (ALF), Beijing, China.", country="CHINA, PEOPLE'S REPUBLIC OF")
    both = entry("Alfa Ltd. (ALF), Beijing, China; and Room 5, Kowloon, Hong Kong.", country=here.country)
    assert [type(c) for c in changes([gone, here], [both])] == [Revision, Merger]


def test_a_removal_stays_one_though_another_entry_listed_the_name_all_along() -> None:
    before, after = entry(HOST_OF_ALFA), entry(HOST_OF_ALFA, citation=LATER)
    assert [type(c) for c in changes([ALFA, before], [after])] == [Removal, Revision]


def test_places_kept_are_no_entries() -> None:
    before = read_list(supplement([row("IRAN", ALFA.cells.entity), row("", BETA.cells.entity)]))
    after = read_list(supplement([row("IRAN", ALFA.cells.entity), row("", "[Reserved]", "", "", "")]))
    assert [type(c) for c in changes(before.entries, after.entries)] == [Removal]


def test_a_cell_that_cannot_be_split_is_compared_whole() -> None:
    before = entry("Alfa Consultants, Importers and Exporters, Islamabad.")
    after = entry("Alfa Consultants, Importers and Exporters, Rawalpindi.")
    (change,) = changes([before], [after])
    assert isinstance(change, Revision)
    assert [f.field for f in change.fields] == ["entity"]


def test_of_two_namesakes_only_the_one_that_changed_is_reported() -> None:
    first, second = (entry(f"Alfa, {n} Azadi Street, Tehran, Iran.") for n in (1, 2))
    restyled = entry("ALFA, 1 Azadi Street, Tehran, Iran")
    revised = entry(second.cells.entity, citation=LATER)
    (change,) = changes([first, second], [revised, restyled])
    assert change == Revision(second, revised, change.fields if isinstance(change, Revision) else ())


def test_a_sweep_of_renamed_entries_is_paired_though_too_many_to_compare_each_with_each() -> None:
    before = [entry(f"Firm {n} of Alfa, {n} Azadi Street, Tehran, Iran.") for n in range(520)]
    after = [entry(f"Firm {n} of Beta, {n} Azadi Street, Tehran, Iran.", citation=LATER) for n in range(520)]
    found = changes(before, after)
    assert {type(c) for c in found} == {Revision}
    assert all(c.before.addresses == c.after.addresses for c in found if isinstance(c, Revision))


def test_a_new_ordinal_alone_is_no_change() -> None:
    assert changes([ALFA], [replace(ALFA, ordinal=2)]) == ()


# -- markup

LIST = fixture("entity_list").decode()
ATTRIBUTES = 'align="left" class="gpotbl_cell"'
VARIANTS = {
    "attributes in another order": LIST.replace(ATTRIBUTES, 'class="gpotbl_cell" align="left"'),
    "no attributes": LIST.replace(f" {ATTRIBUTES}", ""),
    "paragraphs for line breaks": LIST.replace("<br/>\n—", "<P/>—"),
    "line breaks for paragraphs": LIST.replace("</P><P>", "<br/>")
    .replace("aliases:<P>", "aliases:<br/>")
    .replace(".</P></TD>", ".</TD>"),
    "other emphasis": LIST.replace("<I>", '<E T="03">').replace("</I>", "</E>"),
    "no emphasis": LIST.replace("<I>", "").replace("</I>", ""),
    "other superscripts": LIST.replace("<sup>", "<SU>").replace("</sup>", "</SU>"),
    "blanks": LIST.replace(", ", ",\n   "),
    "no-break spaces": LIST.replace("5th Floor", "5th\u00a0Floor"),
    "no closing stops": LIST.replace(".</TD>", "</TD>").replace(".</P></TD>", "</P></TD>"),
    "capitals": LIST.replace("of denial", "of Denial").replace("Tupolev JSC", "TUPOLEV JSC"),
    "dashes": LIST.replace("—N", "–N"),
    "quotes": LIST.replace("“MEC”", '"MEC"'),
    "dates": LIST.replace("9/16/2022", "9/16/22").replace("8/31/06", "Aug. 31, 2006"),
    "another order of aliases": LIST.replace("Kurshed", "X").replace("Kursheed", "Kurshed").replace("X", "Kursheed"),
    "the country on every row": LIST.replace('scope="row"></TD>', 'scope="row">AFGHANISTAN</TD>', 1),
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_how_it_is_printed_is_no_change(variant: str) -> None:
    other = VARIANTS[variant]
    assert other != LIST
    assert changes(read_list(LIST.encode()).entries, read_list(other.encode()).entries) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Embankment 17", "Embankment 1-7"),
        ("¹", "²"),
        ("<sup>3</sup>", "<sup>4</sup>"),
        ("744.21(e)", "744.21(b)"),
    ],
)
def test_a_difference_in_meaning_is_a_change(before: str, after: str) -> None:
    text = LIST.replace("<sup>3</sup> 746", "<sup>3</sup>¹ 746")
    found = changes(read_list(text.encode()).entries, read_list(text.replace(before, after).encode()).entries)
    assert [type(c) for c in found] == [Revision]


def test_columns_swapped_with_their_headings_are_no_change() -> None:
    cells = [row("IRAN", ALFA.cells.entity), row("IRAN", BETA.cells.entity)]
    swapped = supplement([c[::-1] for c in cells], columns=COLUMNS[::-1])
    assert changes(read_list(supplement(cells)).entries, read_list(swapped).entries) == ()


# -- prose


def test_a_reworded_paragraph_is_told_from_a_new_and_a_lost_one() -> None:
    body = fixture("temporary_general_license").decode()
    before = read_text(body.encode())
    after = Text(
        heading=before.heading,
        paragraphs=(
            before.paragraphs[0].replace("August 13, 2020", "November 13, 2020"),
            "(b) Limitations. This license relieves of no other obligation.",
        ),
    )
    assert paragraph_changes(before, after) == (
        ParagraphChange(before.paragraphs[0], after.paragraphs[0]),
        ParagraphChange(before.paragraphs[1], ""),
        ParagraphChange("", after.paragraphs[1]),
    )
    assert paragraph_changes(before, before) == ()


@given(st.lists(st.sampled_from("abcd"), max_size=6), st.lists(st.sampled_from("abcd"), max_size=6))
def test_paragraphs_that_stay_are_not_reported(before: list[str], after: list[str]) -> None:
    old, new = (Text(heading="h", paragraphs=tuple(p)) for p in (before, after))
    found = paragraph_changes(old, new)
    gone, came = Counter(c.before for c in found if c.before), Counter(c.after for c in found if c.after)
    assert Counter(before) - gone + came == Counter(after) or Counter(before) + came - gone == Counter(after)
