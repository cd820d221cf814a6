"""Supplements that are prose, and one that was prose and became a list."""

import pytest
from listing import fixture

from monitor.law.supplement import read_supplement, read_text
from monitor.model.entries import EntryList, ListName, Text
from monitor.model.errors import ReadError


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


@pytest.mark.parametrize("encoding", [b"UTFg8", b"utf-7", b"cp037", b"x" * 90])
def test_an_encoding_that_nobody_uses_is_refused_and_no_crash(encoding: bytes) -> None:
    with pytest.raises(ReadError, match="said to be written in"):
        read_supplement(b'<?xml version="1.0" encoding="' + encoding + b'"?><DIV9/>')


def test_a_document_type_is_refused_also_without_entities() -> None:
    with pytest.raises(ReadError, match="document type"):
        read_supplement(b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x"><DIV9/>')


@pytest.mark.parametrize("tag", [b"DIV9", b"P", b"TD", b"I"])
def test_what_is_nested_without_end_is_refused_and_no_crash(tag: bytes) -> None:
    deep = b"<" + tag + b">"
    with pytest.raises(ReadError):
        read_supplement(b"<DIV9><HEAD>x</HEAD>" + deep * 100_000 + b"x")
