"""What a list cannot be, whatever it reads like."""

from datetime import date

import pytest
from harness import objection
from listing import entry
from msgspec.structs import replace

from monitor.model.entries import Entry, EntryKind, EntryList, ListName
from monitor.model.errors import ImplausibleError
from monitor.model.settings import Limits
from monitor.sources.plausibility import check_list, new_countries

TODAY = date(2025, 9, 30)


def listed(entries: list[Entry], name: ListName = ListName.ENTITY_LIST) -> EntryList:
    return EntryList(list=name, heading="Entity List", entries=tuple(entries))


def many(count: int, country: str = "IRAN") -> list[Entry]:
    return [entry(f"Firm {n}, {n} Azadi Street, Tehran, Iran.", country=country) for n in range(count)]


GOOD = listed(many(600))


def test_a_first_good_list_is_accepted() -> None:
    assert objection(check_list, None, GOOD, today=TODAY, limits=Limits(max_loss=0.05)) is None


def test_the_same_list_with_a_few_changes_is_accepted() -> None:
    assert objection(check_list, GOOD, listed(many(620)[25:]), today=TODAY, limits=Limits(max_loss=0.05)) is None


def test_a_small_list_may_lose_a_few_entries() -> None:
    assert objection(check_list, listed(many(12)), listed(many(9)), today=TODAY, limits=Limits(max_loss=0.05)) is None


def test_entries_that_move_to_another_country_are_not_lost() -> None:
    moved = listed(many(600, country="TURKEY"))
    assert objection(check_list, GOOD, moved, today=TODAY, limits=Limits(max_loss=0.05)) is None


@pytest.mark.parametrize("count", [3, 20_000])
def test_a_first_list_outside_of_its_band_is_rejected(count: int) -> None:
    entries = many(3) * (count // 3)
    with pytest.raises(ImplausibleError, match="outside of 500 to 12,000"):
        check_list(None, listed(entries), today=TODAY, limits=Limits(max_loss=0.05))


def test_half_a_list_is_rejected() -> None:
    with pytest.raises(ImplausibleError, match="lost 300 of 600 entries"):
        check_list(GOOD, listed(many(300)), today=TODAY, limits=Limits(max_loss=0.05))


def test_half_a_list_is_rejected_though_other_entries_make_up_for_it() -> None:
    others = [replace(e, name=f"Other {e.name}") for e in many(300)]
    with pytest.raises(ImplausibleError, match="lost 300"):
        check_list(GOOD, listed(many(300) + others), today=TODAY, limits=Limits(max_loss=0.05))


def test_places_kept_do_not_count() -> None:
    kept = [replace(e, kind=EntryKind.RESERVED) for e in many(600)[300:]]
    with pytest.raises(ImplausibleError, match="lost 300"):
        check_list(GOOD, listed(many(300) + kept), today=TODAY, limits=Limits(max_loss=0.05))


def test_a_list_that_doubles_at_once_is_rejected() -> None:
    with pytest.raises(ImplausibleError, match="grew from 600 to 1,300"):
        check_list(GOOD, listed(many(1300)), today=TODAY, limits=Limits(max_loss=0.05))


def test_another_list_is_rejected() -> None:
    with pytest.raises(ImplausibleError, match="turned into the Unverified List"):
        check_list(GOOD, listed(many(600), ListName.UNVERIFIED_LIST), today=TODAY, limits=Limits(max_loss=0.05))


def test_one_new_country_is_accepted_and_reported() -> None:
    current = listed([*many(600), *many(1, country="RURITANIA")])
    check_list(GOOD, current, today=TODAY, limits=Limits(max_loss=0.05))
    assert new_countries(GOOD, current) == ("RURITANIA",)
    assert new_countries(current, current) == ()


def test_many_new_countries_are_rejected() -> None:
    strange = [replace(e, country=f"COUNTRY {e.name}") for e in many(5)]
    with pytest.raises(ImplausibleError, match="5 countries that we have never seen"):
        check_list(GOOD, listed(many(600) + strange), today=TODAY, limits=Limits(max_loss=0.05))


def test_a_citation_of_a_day_to_come_is_rejected_unless_it_was_before() -> None:
    late = listed([*many(600), entry("Late, Tehran, Iran.", citation="99 FR 1, 1/2/34.")])
    with pytest.raises(ImplausibleError, match="cites 99 FR 1 of 2034-01-02"):
        check_list(GOOD, late, today=TODAY, limits=Limits(max_loss=0.05))
    check_list(late, late, today=TODAY, limits=Limits(max_loss=0.05))


def test_a_third_of_a_short_list_may_go_and_half_of_it_may_not() -> None:
    short = listed(many(100))
    check_list(short, listed(many(100)[36:]), today=TODAY, limits=Limits())
    with pytest.raises(ImplausibleError, match="more than the 40%"):
        check_list(short, listed(many(100)[50:]), today=TODAY, limits=Limits())
