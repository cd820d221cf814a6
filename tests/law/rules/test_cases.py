"""The cases of the shared collection: rules that were read wrongly once, and what is right."""

from datetime import date

import pytest
from harness import SHARED, need_shared

from monitor.law.rules.reading import read_rule
from monitor.model.rules import CfrReference, Kind, NamedEntry, RuleMetadata, RuleReading

CHINA = "CHINA, PEOPLE'S REPUBLIC OF"


@pytest.fixture(autouse=True)
def _shared() -> None:
    need_shared()


def read(name: str) -> RuleReading:
    metadata = RuleMetadata(
        document_number=name,
        title="Additions to the Entity List",
        type="Rule",
        publication_date=date(2025, 9, 16),
        agencies=("industry-and-security-bureau",),
        cfr_references=(CfrReference(15, 744),),
    )
    return read_rule((SHARED / "cases" / "rules" / f"{name}.xml").read_bytes(), metadata)


def entries(country: str, *names: str) -> tuple[NamedEntry, ...]:
    return tuple(NamedEntry(country, name) for name in names)


@pytest.mark.parametrize("name", ["01-no-to-part", "02-supp-abbreviated"])
def test_a_head_in_other_words_amends_the_entity_list(name: str) -> None:
    reading = read(name)
    assert reading.added == entries(CHINA, "Alpha Co., Ltd.", "Beta Co., Ltd.")
    assert (reading.agreement, reading.unread) == ((), ())


def test_a_country_that_ends_in_a_comma_governs_what_is_nested_below_it() -> None:
    reading = read("05-country-line-comma")
    assert reading.added == entries(CHINA, "Alpha Co., Ltd.")
    assert reading.removed == entries(CHINA, "Beta Co.")
    assert (reading.agreement, reading.unread) == ((), ())


def test_one_removal_under_several_countries_is_one_entry_under_each() -> None:
    reading = read("06-several-countries-removal")
    assert reading.removed == tuple(NamedEntry(c, "Sandvine Incorporated") for c in ("CANADA", "INDIA", "JAPAN"))
    assert (reading.agreement, reading.unread) == ((), ())


def test_a_lost_opening_mark_makes_no_entry_of_a_company_form() -> None:
    reading = read("07-open-quote-missing")
    names = ("Alpha Co. Ltd.", "Changzhou NetForward Microelectronics Co., Ltd.", "Beta Co., Ltd.")
    assert reading.added == entries(CHINA, *names)
    assert (reading.agreement, reading.unread) == ((), ())


def test_a_misprinted_name_is_one_entry_in_the_spelling_of_the_table_and_both_are_said() -> None:
    reading = read("09-misprinted-name")
    assert reading.added == entries("BURMA", "Sky Aviator", "Synpex Shwe Company Ltd.")
    (sentence,) = reading.agreement
    assert "“Synepex Shwe Company Ltd.”" in sentence
    assert "“Synpex Shwe Company Ltd.”" in sentence


def test_addresses_removed_from_an_entity_are_no_removal_and_countries_count_what_their_sentence_counts() -> None:
    counts = read("10-counts-addresses-removed").stated_counts
    assert (counts.added, counts.removed, counts.revised) == (32, 0, 28)
    assert counts.by_country == {CHINA: 23, "INDIA": 1}


def test_a_removed_heading_is_no_entry_and_is_said() -> None:
    reading = read("12-heading-removed")
    assert not any(reading.entry_groups.values())
    (sentence,) = reading.unread
    assert "removes the heading SAUDI ARABIA with every entry under it" in sentence
    assert reading.instructions == ()
    assert Kind.UNVERIFIED_LIST in (reading.kind, *reading.also)
