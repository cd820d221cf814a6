"""Names in entity cells: where they end, and when two are the same."""

import pytest

from monitor.law.rules.names import name_in_cell, opens_with, same

CELLS = [
    ("Alfa Works, 12 Kiln Road, Tehran, Iran.", ["Alfa Works"], "Alfa Works"),
    ("Alfa Trading Co., Ltd., 12 Kiln Road, Iran.", ["Alfa"], "Alfa Trading Co., Ltd."),
    ("Alfa Works, OOO, 12 Kiln Road, Moscow.", ["Alfa Works"], "Alfa Works, OOO"),
    ("Alfa Works (AW), a.k.a., the following one alias: —AW.", ["Alfa Works"], "Alfa Works (AW)"),
    ("Alfa Co., Beta Branch, 12 Kiln Road.", ["Alfa Co.", "Alfa Co., Beta Branch"], "Alfa Co., Beta Branch"),
    ("JSC “Alfa”, 12 Kiln Road, Moscow.", ["JSC “Alfa”"], "JSC “Alfa”"),
    ("Maria Alfa.", ["Maria Alfa"], "Maria Alfa"),
    ("Alfa Works Ltd.", ["Alfa Works Ltd."], "Alfa Works Ltd."),
]


@pytest.mark.parametrize(("cell", "known", "name"), CELLS)
def test_the_name_ends_where_the_document_says(cell: str, known: list[str], name: str) -> None:
    assert name_in_cell(cell, known) == name


def test_a_name_that_only_begins_alike_is_another() -> None:
    assert opens_with("Alfa, Ltd., 12 Kiln Road.", "Alfa")
    assert not opens_with("Alfa Two, 12 Kiln Road.", "Alfa")
    assert not opens_with("Alfabet, 12 Kiln Road.", "Alfa")
    assert not opens_with("Alfa, Ltd.", "")


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert same("Türk Makina, A.Ş.") == same("TURK MAKINA AS")
    assert same("Alfa Two") != same("Alfa Too")
