"""Supplements that are prose, and one that was prose and became a list."""

import pytest
from listing import fixture

from monitor.errors import ReadError
from monitor.law.supplement import read_supplement, read_text
from monitor.model.entries import EntryList, ListName, Text


def test_prose_is_a_heading_and_paragraphs() -> None:
    text = read_text(fixture("temporary_general_license"))
    assert text.heading == "Supplement No. 7 to Part 744—Temporary General License"
    assert [p[:30] for p in text.paragraphs] == [
        "The licensing and other requir",
        "(a) Identification of listed e",
    ]


def test_what_is_there_decides_between_prose_and_list() -> None:
    assert isinstance(read_supplement(fixture("temporary_general_license")), Text)
    read = read_supplement(fixture("military_end_user_list"))
    assert isinstance(read, EntryList)
    assert read.list is ListName.MILITARY_END_USER_LIST


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (fixture("entity_list"), "has a table where we expect prose"),
        (b'<DIV9 N="x"><P>Words.</P></DIV9>', "no heading"),
        (b'<DIV9 N="x"><HEAD>Heading</HEAD></DIV9>', "no paragraphs"),
        (fixture("temporary_general_license")[:-20], "cut short"),
    ],
)
def test_what_is_no_prose_is_refused(body: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_text(body)


def test_two_tables_are_refused_here_too() -> None:
    table = b"<TABLE><TR><TD>Country</TD></TR></TABLE></DIV9>"
    with pytest.raises(ReadError, match="two tables"):
        read_supplement(fixture("entity_list").replace(b"</DIV9>", table))


def test_a_note_on_effectivity_is_read_as_a_paragraph() -> None:
    body = (
        b'<DIV9 N="Supplement No. 1 to Part 736" TYPE="APPENDIX"><HEAD>Supplement No. 1 to Part 736</HEAD><P>Text.</P>'
        b"<EFFDNOT><HED>Effective Date Note:</HED><PSPACE>It is effective until March 2, 2031.</PSPACE></EFFDNOT>"
        b'<CITA TYPE="N">[96 FR 1, Jan. 2, 2031]</CITA></DIV9>'
    )
    assert read_text(body).paragraphs == (
        "Text.",
        "Effective Date Note: It is effective until March 2, 2031.",
    )
