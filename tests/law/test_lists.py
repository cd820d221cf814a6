"""Reading the lists of part 744: rows, countries, cells, columns by their headings, and what is refused."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listing import COLUMNS, POLICY, REQUIREMENT, fixture, row, supplement

from monitor.law.lists import read_list
from monitor.model.entries import Citation, EntryKind, ListName
from monitor.model.errors import ReadError

ALFA = row("IRAN", "Alfa Trading LLC, 1 Azadi Street, Tehran, Iran.")
BETA = row("", "Beta Avia, 2 Azadi Street, Tehran, Iran.")
LIST = fixture("entity_list")


def names(body: bytes) -> list[tuple[str, str]]:
    return [(e.country, e.name) for e in read_list(body).entries]


def test_the_country_is_carried_to_the_rows_below_it() -> None:
    entries = read_list(LIST).entries
    assert [e.country for e in entries[:3]] == ["AFGHANISTAN", "AFGHANISTAN", "CHINA, PEOPLE'S REPUBLIC OF"]


def test_cells_keep_every_word_and_lose_only_markup() -> None:
    cells = read_list(LIST).entries[-1].cells
    assert cells.license_requirement == (
        "For all items subject to the EAR. (See §§ 734.9(g),³ 746.8(a)(3), and 744.21(b) of the EAR)"
    )
    assert cells.citation == "87 FR 12240, 3/3/22. 87 FR 57068, 9/16/2022."


def test_the_parts_of_an_entry_are_read() -> None:
    entry = read_list(LIST).entries[1]
    assert (entry.name, entry.aliases) == ("Kurshid Ghoura", ("Kurshed Ghoura", "Kursheed Ghoura"))
    assert [a.country for a in entry.addresses] == ["Afghanistan"]
    assert entry.cross_references == ("See alternate addresses under Pakistan",)
    assert entry.citations == (Citation(76, 71869, date(2011, 11, 21)),)


def test_subordinate_institutions_are_children_of_their_entry() -> None:
    entry = read_list(LIST).entries[3]
    assert [sub.name for sub in entry.sub_entries] == [
        "Nanjing SunSea Industry Corporation",
        "Nanjing Institute of Radio Technology",
    ]
    assert entry.aliases == ("NRIET", "CETC Research Institute 14")
    assert len(entry.addresses) == 2


def test_addresses_and_places_kept_are_told_from_entities() -> None:
    kinds = {e.name: e.kind for e in read_list(LIST).entries}
    assert kinds["Address 01"] is EntryKind.ADDRESS
    assert kinds["[Reserved]"] is EntryKind.RESERVED
    assert kinds["Tupolev JSC"] is EntryKind.ENTITY


def test_footnotes_are_read_below_the_table_and_in_the_cells() -> None:
    read = read_list(LIST)
    assert read.entries[-1].footnotes == ("3",)
    assert read.footnotes["3"].startswith("For this entity, “items subject to the EAR” includes")


def test_a_footnote_may_stand_in_a_row_of_the_table_and_go_on_below_it() -> None:
    note = '<TR><TD colspan="5"><sup>1</sup> For this entity, see below.</TD></TR></TBODY>'
    body = supplement([ALFA], after="<P>See § 744.11.</P>").replace(b"</TBODY>", note.encode())
    assert read_list(body).footnotes == {"1": "For this entity, see below."}


def test_a_footnote_of_two_paragraphs_is_one() -> None:
    body = supplement([ALFA], after="<P><SU>2</SU> First part.</P><P>Second part.</P>")
    assert read_list(body).footnotes == {"2": "First part. Second part."}


def test_the_unverified_list_is_read_in_its_own_form() -> None:
    read = read_list(fixture("unverified_list"))
    assert read.list is ListName.UNVERIFIED_LIST
    assert [e.name for e in read.entries] == [
        "Guangdong University of Technology",
        "ZDAS (HK) Company",
        "Gulf Modern Solutions Engineering Company",
    ]
    assert read.entries[2].citations == (Citation(84, 14611, date(2019, 4, 11)),)


def test_the_military_end_user_list_has_a_line_above_a_group_that_cites_nothing() -> None:
    entries = read_list(fixture("military_end_user_list")).entries
    assert [e.name for e in entries[1:3]] == [
        "Aero-Engine Company of China",
        "AECC Harbin Dongan Engine Co., Ltd.",
    ]
    assert entries[1].citations == ()


def test_the_same_name_in_one_country_is_told_apart_by_its_ordinal() -> None:
    again = row("", "Alfa Trading LLC, 9 Other Street, Tehran, Iran.")
    assert [e.ordinal for e in read_list(supplement([ALFA, BETA, again])).entries] == [1, 1, 2]


@given(st.sampled_from(list(permutations(range(5)))))
def test_columns_are_found_by_their_headings_in_any_order(order: tuple[int, ...]) -> None:
    rows = [[cells[i] for i in order] for cells in (ALFA, row("IRAN", "Beta Avia, 2 Azadi Street, Tehran, Iran."))]
    body = supplement(rows, columns=[COLUMNS[i] for i in order])
    plain = read_list(supplement([ALFA, BETA])).entries
    assert read_list(body).entries == plain


def test_an_entry_that_spills_into_the_next_rows_is_one() -> None:
    spilled = [
        row("IRAN", "Alfa, a.k.a., the following two aliases:"),
        row("", "—One; and", "", "", ""),
        row("", "—Two.", "", "", ""),
        row("", "1 Azadi Street, Tehran, Iran.", "", "", ""),
    ]
    (entry,) = read_list(supplement(spilled)).entries
    assert (entry.name, entry.aliases) == ("Alfa", ("One", "Two"))
    assert [a.text for a in entry.addresses] == ["1 Azadi Street, Tehran, Iran."]


def test_a_label_in_a_row_of_its_own_belongs_to_the_row_below() -> None:
    rows = [ALFA, row("", "Subordinate institution:", "", "", ""), BETA]
    assert [name for _, name in names(supplement(rows))] == [
        "Alfa Trading LLC",
        "Subordinate institution: Beta Avia",
    ]


@pytest.mark.parametrize("shifted", [BETA[1:], (*BETA[1:], "")])
def test_a_row_printed_without_its_empty_country_cell_is_read(shifted: tuple[str, ...]) -> None:
    assert names(supplement([ALFA, shifted])) == names(supplement([ALFA, BETA]))


def test_a_country_may_stand_in_a_row_of_its_own() -> None:
    rows = [("IRAN", "", "", "", ""), ("", *ALFA[1:])]
    assert names(supplement(rows)) == names(supplement([ALFA]))


def test_links_to_pending_amendments_are_no_words() -> None:
    link = '<XREF ID="1" REFID="2">Link to an amendment published at 91 FR 100</XREF>'
    assert (
        read_list(supplement([(ALFA[0], ALFA[1] + link, *ALFA[2:])])).entries == read_list(supplement([ALFA])).entries
    )


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
TABLE = b"<TABLE><TR><TD>Country</TD></TR></TABLE>"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (LIST[: len(LIST) // 2], "cut short"),
        (LIST[:-8], "cut short"),
        (b"", "cut short"),
        (b"<html><body>Request Access</body></html>", "begins with <html>"),
        (LIST.replace(b"<DIV9", BOMB + b"<DIV9"), "document type or an entity"),
        (b" " * (40 * 1024 * 1024), "more than"),
        (LIST.replace(b"Abdul", b"Abdul " * 10_000), "60,\\d+ characters"),
        (LIST.replace(b"DIV9", b"DIV"), "no supplement"),
        (LIST.replace(b"</TABLE>", b"</TABLE>" + TABLE), "two tables"),
        (LIST.replace(b">Entity<", b">Name<"), "headed 'Name'"),
        (b"<P>Words.</P>", "no supplement"),
        (LIST.replace(b"<TBODY>", b"<TBODY><TR><TH>Country</TH></TR>"), "repeats its headings"),
        (LIST.replace(b"<TBODY>", b"<TBODY><TR><P>Words.</P></TR>"), "where a cell must stand"),
        (LIST.replace(b"Supplement No. 4 to", b"Supplement No. 5 to"), "none of the lists"),
        (LIST.replace(b"<I>and</I>", b"<blink>and</blink>"), "<blink>"),
        (LIST.replace(b"<CITA", b"loose words<CITA"), "outside of any paragraph"),
        (LIST.replace(b"<P>This", b"<P>" * 50 + b"This").replace(b"of the EAR.</P>", b"</P>" * 50), "deep"),
        (LIST.replace(b"</DIV9>", b'<DIV9 N="x"/></DIV9>'), "more than one supplement"),
        (fixture("temporary_general_license"), "no table"),
        (supplement([]), "no entries"),
        (supplement([ALFA[:2] + ALFA[3:]], columns=COLUMNS[:2] + COLUMNS[3:]), "lacks the column"),
        (supplement([(*ALFA, "x")], columns=(*COLUMNS, "Entity")), "twice"),
        (supplement([ALFA, BETA[:3]]), "3 cells instead of 5"),
        (supplement([("", *ALFA[1:])]), "no country"),
        (supplement([ALFA, row("", "Beta Avia, Iran.", "", "", "")]), "license requirement is empty"),
        (supplement([ALFA, row("", "", REQUIREMENT, POLICY, "84 FR 1, 5/21/19.")]), "entity is empty"),
        (supplement([ALFA, row("", "Beta", REQUIREMENT, "", "84 FR 1, 5/21/19.")]), "policy is empty"),
        (supplement([ALFA, ("", "", "", "", "")]), "entity is empty"),
        (supplement([ALFA, ("Ruritania", "", "", "", "")]), "neither a country nor a footnote"),
        (
            supplement([row("IRAN", "Alfa, Iran.", POLICY, REQUIREMENT, "84 FR 1, 5/21/19.")]),
            "something else",
        ),
        (supplement([ALFA]).replace(b"<TD>IRAN", b'<TD rowspan="2">IRAN'), "stretches over rows"),
        (supplement([ALFA]).replace(b"<TD>IRAN", b'<TD colspan="2">IRAN'), "stretches over columns"),
    ],
)
def test_a_mutilated_list_is_refused_with_one_clear_sentence(body: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as refusal:
        read_list(body)
    assert "\n" not in str(refusal.value)


@given(st.integers(1, len(LIST) - 2))
def test_a_list_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(ReadError):
        read_list(LIST[:length])
