"""Which names a person may mean."""

import pytest

from monitor.matching.search import Named, is_named, meant

KNOWN = [
    Named(1, ("Alfa Trading Co., Ltd. (ATC)", "Alfa Shipping"), weight=9),
    Named(2, ("Alfa Trading Co., Ltd.",)),
    Named(3, ("Alfa Trading Isfahan",)),
    Named(4, ("Beta Works", "Institute of Marine Engines")),
    Named(5, ("Gamma Industries",)),
]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("alfa trading co ltd", (1, 2)),  # the same name twice: both are shown
        ("alfa", (1, 2)),  # in part: who has more names comes first, and its namesake with it
        ("Alfa Trading (Isfahan)", (3,)),
        ("Marine Engines", (4,)),
        ("Gama Industires", (5,)),
        ("Omega Holding", ()),
        ("", ()),
    ],
)
def test_a_name_finds_what_it_means(asked: str, found: tuple[int, ...]) -> None:
    assert meant(asked, KNOWN).found == found


def test_what_else_it_could_have_meant_is_named_and_not_what_is_shown() -> None:
    who = meant("alfa trading", KNOWN)
    assert who.found == (1, 2)
    assert who.others == (3,)


@pytest.mark.parametrize("beneficiary", ["Alfa and its one hundred affiliates", "Alfa Trading Co., Ltd."])
def test_a_beneficiary_is_named_by_its_firm(beneficiary: str) -> None:
    assert is_named(beneficiary, ["Alfa Trading Co., Ltd. (ATC)"])


@pytest.mark.parametrize("beneficiary", ["Alfabet", " and its affiliates", "Alfa Trading Isfahan"])
def test_another_one_is_not(beneficiary: str) -> None:
    assert not is_named(beneficiary, ["Alfa Trading Co., Ltd. (ATC)"])
