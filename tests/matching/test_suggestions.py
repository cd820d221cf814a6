"""What was probably meant: near enough to be help, and nothing else."""

import pytest

from monitor.matching.suggestions import did_you_mean

TOPICS = {topic: topic for topic in ("license-ends", "savings-clauses", "entity-list-rule")}
FIRMS = {name: repr(name) for name in ("Huawei Technologies Co., Ltd.", "Huawei Device Co., Ltd.", "Alfa Optik GmbH")}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("license-end", " (did you mean license-ends?)"),
        ("Licence Ends", " (did you mean license-ends?)"),
        ("gossip", ""),
        ("", ""),
    ],
)
def test_a_word_that_is_nearly_a_name_suggests_it(word: str, expected: str) -> None:
    assert did_you_mean(word, TOPICS) == expected


def test_a_part_of_a_name_suggests_the_whole_in_the_form_in_which_it_is_shown() -> None:
    assert did_you_mean("Huwei Technologies", FIRMS, in_part=True) == " (did you mean 'Huawei Technologies Co., Ltd.'?)"
    assert did_you_mean("Huwei", FIRMS) == ""


def test_no_more_names_are_suggested_than_asked_for() -> None:
    assert did_you_mean("Huawei", FIRMS, most=3, in_part=True).count("Huawei") == 2
    assert did_you_mean("Huawei", FIRMS, most=1, in_part=True).count("Huawei") == 1
