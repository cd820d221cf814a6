"""Names in entity cells: where they end, and when two are the same."""

import pytest

from monitor.law.rules.names import begins_with_name, comparable, name_in_cell

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


@pytest.mark.parametrize(("cell", "given", "name"), CELLS)
def test_the_name_ends_where_the_document_says(cell: str, given: list[str], name: str) -> None:
    assert name_in_cell(cell, given) == name


def test_a_name_that_only_begins_alike_is_another() -> None:
    assert begins_with_name("Alfa, Ltd., 12 Kiln Road.", "Alfa")
    assert not begins_with_name("Alfa Two, 12 Kiln Road.", "Alfa")
    assert not begins_with_name("Alfabet, 12 Kiln Road.", "Alfa")
    assert not begins_with_name("Alfa, Ltd.", "")


def test_case_accents_and_punctuation_do_not_count() -> None:
    assert comparable("Türk Makina, A.Ş.") == comparable("TURK MAKINA AS")
    assert comparable("Alfa Two") != comparable("Alfa Too")
