"""Whole readings: one rule in both its forms, and everything that can be wrong with a document."""

import re
import time
from datetime import date
from html import escape

import pytest
from harness import DATA
from msgspec.structs import replace

from monitor.law.rules.open_dates import set_open_dates
from monitor.law.rules.reading import read_rule, read_text
from monitor.model.rules import (
    CfrReference,
    DateBase,
    Kind,
    NamedEntry,
    RuleMetadata,
    RuleReading,
    SavingsClause,
    StatedCounts,
)

RULES = DATA / "rules"
XML = (RULES / "mixed.xml").read_bytes()
PLAIN = (RULES / "mixed.txt").read_bytes()
METADATA = RuleMetadata(
    document_number="2031-04321",
    title="Additions and Revisions to the Entity List",
    type="Rule",
    action="Final rule.",
    publication_date=date(2031, 3, 3),
    agencies=("commerce-department", "industry-and-security-bureau"),
    cfr_references=(CfrReference(15, 744),),
)
QUILL, MARBLE = "Quill Harbor Trading FZE", "Marble Gate Lojistik, Ltd. Sti."


def reading(body: bytes) -> RuleReading:
    return set_open_dates(read_rule(body, METADATA), published=date(2031, 3, 3))


@pytest.fixture(params=[XML, PLAIN, b"<html><pre>" + escape(PLAIN.decode()).encode() + b"</pre></html>"])
def read(request: pytest.FixtureRequest) -> RuleReading:
    return reading(request.param)


def test_every_form_of_a_rule_names_the_same_entries(read: RuleReading) -> None:
    assert read.added == (
        NamedEntry("IRAN", QUILL),
        NamedEntry("TURKEY", MARBLE),
        NamedEntry("TURKEY", QUILL),
    )
    assert read.removed == (NamedEntry("IRAN", "Tern Supply Co."),)
    assert read.revised == (NamedEntry("IRAN", "Sable Optics Works"),)


def test_every_form_of_a_rule_gives_the_same_dates(read: RuleReading) -> None:
    assert read.effective_on == date(2031, 3, 3)
    assert read.savings_clause == SavingsClause(en_route_on=date(2031, 3, 3), complete_by=date(2031, 4, 2))
    assert read.symbolic_dates == ()


def test_counts_rows_and_instructions_agree(read: RuleReading) -> None:
    assert read.stated_counts == StatedCounts(
        entities=2, entries=3, added=3, removed=1, revised=1, by_country={"IRAN": 1, "TURKEY": 2}
    )
    assert read.agreement == ()
    assert read.unread == ()


def test_the_terms_of_the_listing_are_read(read: RuleReading) -> None:
    assert read.kind is Kind.ENTITY_LIST_RULE
    assert read.license_requirement is None  # the additions do not share one
    assert read.license_review_policy == "Presumption of denial"
    assert read.footnotes == ("3",)
    assert read.stated_reason is not None
    assert "drone production" in read.stated_reason
    assert read.license_exceptions is not None


def test_a_row_that_goes_on_in_the_next_is_one_entry(read: RuleReading) -> None:
    assert "Lantern Street" in read.rows[0].entity
    assert len(read.rows) == 4


def test_aliases_and_addresses_are_those_of_the_cell() -> None:
    row = reading(XML).rows[0]
    assert row.aliases == ("QHT", "Quill Group")
    assert row.addresses == ("No. 4 Lantern Street, Tehran, Iran.",)


def test_the_facts_carry_the_sentences_they_came_from(read: RuleReading) -> None:
    assert read.quotes["effective_on"].startswith("This rule is effective")
    assert read.quotes["savings_clause"].startswith("Shipments of items")
    assert "adding two entities" in read.quotes["stated_counts.add"]


def test_both_forms_carry_their_own_title() -> None:
    assert {read_text(body).title for body in (XML, PLAIN)} == {METADATA.title}
    assert all("Industry and Security" in read_text(body).issuer for body in (XML, PLAIN))


def test_an_open_date_stays_open_until_publication_is_known() -> None:
    filed = read_rule(PLAIN, METADATA)
    assert filed.effective_on is None
    assert {s.field for s in filed.symbolic_dates} == {
        "effective_on",
        "savings_clause.en_route_on",
        "savings_clause.complete_by",
    }
    assert {s.base for s in set_open_dates(filed, filed=date(2031, 2, 28)).symbolic_dates} == {DateBase.PUBLICATION}


def test_thirty_days_that_end_on_a_holiday_run_to_the_next_business_day() -> None:
    filed = read_rule(PLAIN, METADATA)
    known = set_open_dates(filed, published=date(2031, 6, 4))  # thirty days on is the Fourth of July, a Friday
    assert known.savings_clause == SavingsClause(en_route_on=date(2031, 6, 4), complete_by=date(2031, 7, 7))


def test_truncated_xml_gives_what_came_before_and_says_so() -> None:
    cut = reading(XML[: XML.index(b"<AMDPAR>b. Under TURKEY")])
    assert cut.kind is Kind.ENTITY_LIST_RULE
    assert cut.effective_on == date(2031, 3, 3)
    assert NamedEntry("IRAN", QUILL) in cut.added
    assert any("breaks off" in sentence for sentence in cut.unread)
    assert any("read 1 entries" in sentence for sentence in cut.agreement)


@pytest.mark.parametrize("length", range(0, len(XML), 397))
def test_no_truncation_loses_the_document(length: int) -> None:
    cut = reading(XML[:length])
    assert cut.kind in (Kind.ENTITY_LIST_RULE, Kind.LIST_FRAMEWORK)
    assert cut.unread
    whole = reading(XML)
    assert {e.name for e in cut.removed} <= {e.name for e in whole.removed}


@pytest.mark.parametrize("length", range(0, len(PLAIN), 397))
def test_no_truncated_plain_text_removes_what_the_whole_does_not(length: int) -> None:
    cut = reading(PLAIN[:length])
    assert cut.kind in (Kind.ENTITY_LIST_RULE, Kind.LIST_FRAMEWORK)
    assert {e.name for e in cut.removed} <= {"Tern Supply Co."}


def test_a_document_type_of_its_own_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE RULE [<!ENTITY a "aaaa">]><RULE>&a;</RULE>'
    refused = reading(bomb)
    assert refused.kind is Kind.ENTITY_LIST_RULE  # by its title
    assert any("refused" in sentence for sentence in refused.unread)


def test_a_rule_without_amendatory_text_says_so() -> None:
    preamble = re.sub(rb"<SUPLINF>.*</SUPLINF>", b"", XML, flags=re.DOTALL)
    read = reading(preamble)
    assert (read.kind, read.added) == (Kind.ENTITY_LIST_RULE, ())
    assert read.stated_counts.added == 3
    assert any("no amendatory instructions" in sentence for sentence in read.unread)


def test_a_double_spaced_manuscript_is_read_like_any_other() -> None:
    prose, table = PLAIN.decode().split("Country       Entity")
    doubled = reading(prose.replace("\n", "\n\n").encode())
    whole = reading(PLAIN)
    assert table
    assert {i.names for i in doubled.instructions} == {i.names for i in whole.instructions}
    assert (doubled.effective_on, doubled.savings_clause) == (whole.effective_on, whole.savings_clause)


def test_an_unknown_verb_is_said_and_nothing_is_removed() -> None:
    odd = reading(XML.replace(b"iii. Removing the entry", b"iii. Sunsetting the entry"))
    assert odd.removed == ()
    assert any("Sunsetting" in s or "sunsetting" in s for s in odd.unread)
    assert any("removes 1" in sentence for sentence in odd.agreement)


def test_a_name_without_a_row_is_added_and_the_difference_is_said() -> None:
    odd = reading(XML.replace(b"Marble Gate Lojistik, Ltd. Sti., 9", b"Other Name, 9"))
    assert NamedEntry("TURKEY", MARBLE) in odd.added
    assert any(MARBLE in sentence for sentence in odd.agreement)


def test_entries_that_only_move_are_not_removed() -> None:
    told = XML.replace(
        b'<HD SOURCE="HD2">Savings',
        b"<P>The entry for Tern Supply Co. is moved under the entry for Sable Optics Works.</P>"
        b'<HD SOURCE="HD2">Savings',
    )
    moved = reading(told)
    assert moved.removed == ()
    assert moved.moved == (NamedEntry("IRAN", "Tern Supply Co."),)


def test_a_heading_nobody_knows_is_unread() -> None:
    odd = reading(
        XML.replace(b'<ENT I="25">Country</ENT><ENT>Entity</ENT>', b'<ENT I="25">Place</ENT><ENT>Thing</ENT>')
    )
    assert odd.rows == ()
    assert any("no heading" in sentence for sentence in odd.unread)
    assert NamedEntry("TURKEY", QUILL) in odd.added  # the instruction still names it


def test_nothing_at_all_still_gives_a_reading() -> None:
    nothing = read_rule(b"", replace(METADATA, title="Delegation of Authority", type="Notice"))
    assert nothing.kind is Kind.NOT_RELEVANT
    assert nothing.unread == ("Nothing of the text could be read.",)


@pytest.mark.parametrize("junk", ["-" * 600_000, " " * 100_000, "," * 100_000, "( " * 50_000, "1 " * 100_000])
def test_a_text_with_an_endless_line_is_read_in_time_and_said_where_it_is_cut(junk: str) -> None:
    started = time.process_time()
    body = PLAIN.decode().replace("SUMMARY:", f"SUMMARY: {junk}", 1)
    assert body != PLAIN.decode()
    found = reading(body.encode())
    assert time.process_time() - started < 2.5  # 0.8 s; half as much again where coverage is measured
    assert ("Only the first 50,000 characters of the summary were read." in found.unread) == (
        len(junk.strip()) > 50_000
    )


def test_an_unknown_encoding_is_said_and_no_crash() -> None:
    found = reading(b'<?xml version="1.0" encoding="UTFg8"?>' + XML.partition(b"?>")[2])
    assert "The XML is said to be written in an encoding that cannot be read." in found.unread


@pytest.mark.parametrize("closed", [True, False])
def test_what_is_nested_without_end_is_no_crash(closed: bool) -> None:  # noqa: FBT001 - both ways
    body = b"<RULE><PREAMB>" + b"<P>" * 20_000 + b"x" + (b"</P>" * 20_000 + b"</PREAMB></RULE>" if closed else b"")
    assert reading(body).unread
