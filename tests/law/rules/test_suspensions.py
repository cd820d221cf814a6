"""Suspensions and stays: until when, in all wordings, in DATES or in an instruction alone."""

from datetime import date

import pytest

from monitor.law.rules.dates import read_dates, with_suspension

SUSPENSIONS = [
    "Effective November 10, 2031, 15 CFR 744.16 is suspended through November 9, 2032.",
    "Effective November 10, 2031, 15 CFR 744.16 is suspended until and including November 9, 2032.",
    "Effective November 10, 2031, 15 CFR 744.16 is suspended for one year from November 10, 2031.",
    "Effective November 10, 2031, 15 CFR 744.16 is suspended for one year.",
    "Effective November 10, 2031, § 744.16 is stayed for a period of one year, beginning on November 10, 2031.",
]


@pytest.mark.parametrize("words", SUSPENSIONS)
def test_a_suspension_returns_by_itself(words: str) -> None:
    reading = read_dates(words)
    assert (reading.effective_on, reading.delayed_until) == (date(2031, 11, 10), date(2032, 11, 9))
    assert reading.unread == ()


INSTRUCTIONS = [
    ("Section 744.11(a) is stayed until November 9, 2032.", date(2032, 11, 9)),
    ("Amend § 744.16 by suspending paragraph (b) through November 9, 2032.", date(2032, 11, 9)),
    (
        "Paragraph (e) of supplement no. 1 to part 736 is suspended for one year from November 10, 2031.",
        date(2032, 11, 9),
    ),
    ("Paragraph (e) of supplement no. 1 to part 736 is suspended for one year.", date(2032, 11, 9)),
]


@pytest.mark.parametrize(("instruction", "day"), INSTRUCTIONS)
def test_the_end_of_a_suspension_may_stand_in_an_instruction_alone(instruction: str, day: date) -> None:
    dates = with_suspension(read_dates("This rule is effective November 10, 2031."), [instruction], near=None)
    assert (dates.effective_on, dates.delayed_until) == (date(2031, 11, 10), day)
    assert (dates.quotes["delayed_until"], dates.unread) == (instruction, ())


def test_a_suspension_without_an_end_is_said() -> None:
    instruction = "Section 744.11(a) is stayed until further notice."
    dates = with_suspension(read_dates("This rule is effective November 10, 2031."), [instruction], near=None)
    assert dates.delayed_until is None
    assert instruction in dates.unread[0]
