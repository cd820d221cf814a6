"""The savings clause: the day on which goods are en route, and the wordings of the day by which they must arrive."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.rules.savings import read_savings
from monitor.model.rules import SavingsClause

days = st.dates(date(2009, 1, 1), date(2035, 12, 31))


def long_form(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


SAVES = (
    "Shipments of items removed from eligibility for a License Exception that were en route "
    "aboard a carrier to a "
    "port of export, on {}, pursuant to actual orders for export to a foreign destination, may "
    "proceed to that "
    "destination under the previous eligibility for a License Exception"
)


@given(days)
def test_a_savings_clause_can_have_one_date(day: date) -> None:
    reading = read_savings([SAVES.format(long_form(day)) + "."], near=None)
    assert reading.clause == SavingsClause(en_route_on=day)


ENDS = [
    " before",
    " until",
    " prior to",
    " by close of business on",
    " before midnight, on",
    ", provided the export, reexport, or transfer (in-country) is completed no later than on",
    ", provided the export is completed not later than",
    ", so long as they have been exported by 11:59 p.m. Eastern time on",
]


@given(days, days, st.sampled_from(ENDS))
def test_a_savings_clause_can_have_two_dates(day: date, end: date, word: str) -> None:
    reading = read_savings(["Not this one.", f"{SAVES.format(long_form(day))}{word} {long_form(end)}."], near=None)
    assert reading.clause == SavingsClause(en_route_on=day, complete_by=end)


def test_a_savings_date_without_a_year_is_that_of_the_rule() -> None:
    reading = read_savings([SAVES.format("February 24th") + "."], near=date(2031, 2, 27))
    assert reading.clause == SavingsClause(en_route_on=date(2031, 2, 24))


def test_open_savings_dates_are_symbols() -> None:
    text = SAVES.format("[INSERT DATE OF PUBLICATION IN THE FEDERAL REGISTER]")
    reading = read_savings(
        [f"{text} before [INSERT DATE 30 DAYS AFTER DATE OF PUBLICATION IN THE FEDERAL REGISTER]."], near=None
    )
    assert [(s.field, s.days) for s in reading.symbolic] == [
        ("savings_clause.en_route_on", 0),
        ("savings_clause.complete_by", 30),
    ]


def test_a_savings_clause_without_a_day_is_unread() -> None:
    reading = read_savings(["Shipments en route may proceed to their destination."], near=None)
    assert reading.clause is None
    assert "names no day" in reading.unread[0]


@given(days, st.integers(10, 120), st.sampled_from(["within {n} days after {day}", "for {n} days from {day}"]))
def test_the_last_day_may_be_counted(day: date, count: int, words: str) -> None:
    counted = words.format(n=count, day=long_form(day))
    reading = read_savings([f"{SAVES.format(long_form(day))} {counted}."], near=None)
    last = day + timedelta(days=count if words.startswith("within") else count - 1)
    assert reading.clause == SavingsClause(en_route_on=day, complete_by=last)


def test_days_within_the_effective_date_are_counted_from_it() -> None:
    text = SAVES.format("May 1, 2031") + " within 30 days of the effective date of this rule."
    reading = read_savings([text], near=None, effective_on=date(2031, 5, 3))
    assert reading.clause == SavingsClause(en_route_on=date(2031, 5, 1), complete_by=date(2031, 6, 2))
    assert "not found" in read_savings([text], near=None).unread[0]


def test_the_last_day_may_stand_in_the_next_paragraph() -> None:
    further = "Any such items not actually exported before midnight, on June 2, 2031, require a license."
    reading = read_savings([SAVES.format("May 1, 2031") + ".", further], near=None)
    assert reading.clause == SavingsClause(en_route_on=date(2031, 5, 1), complete_by=date(2031, 6, 2))


def test_a_later_day_of_something_else_is_none_of_the_clause() -> None:
    other = "BIS will publish a report before July 9, 2031."
    reading = read_savings([f"{SAVES.format('May 1, 2031')}. {other}"], near=None)
    assert (reading.clause, reading.unread) == (SavingsClause(en_route_on=date(2031, 5, 1)), ())


@pytest.mark.parametrize(
    "ending",
    [
        " before .",
        ", provided the export is completed in good time.",
        " until the period expires.",
        " no later than February 30, 2031.",
        " within 10 business days after May 1, 2031.",
    ],
)
def test_a_last_day_that_is_mentioned_and_not_found_is_said_with_its_sentence(ending: str) -> None:
    text = SAVES.format("May 1, 2031") + ending
    unread = read_savings([text], near=None).unread
    assert len(unread) == 1
    assert text in unread[0]


def test_two_last_days_are_said() -> None:
    further = "Any such items not actually exported before midnight, on June 3, 2031, require a license."
    reading = read_savings([f"{SAVES.format('May 1, 2031')} before June 2, 2031. {further}"], near=None)
    assert "several last days" in reading.unread[0]


def test_a_lost_day_en_route_is_said_and_the_last_day_stays() -> None:
    text = SAVES.replace(", on {}", "") + " before June 2, 2031."
    reading = read_savings([text], near=None)
    assert reading.clause == SavingsClause(complete_by=date(2031, 6, 2))
    assert text in reading.unread[0]


def test_one_of_two_last_days_that_is_lost_is_said() -> None:
    further = "Any such items not actually exported before midnight, on , require a license."
    reading = read_savings([f"{SAVES.format('May 1, 2031')} before June 2, 2031. {further}"], near=None)
    assert reading.clause == SavingsClause(en_route_on=date(2031, 5, 1), complete_by=date(2031, 6, 2))
    assert "not found" in reading.unread[0]


@pytest.mark.parametrize(
    "ending",
    [
        " if completed not more than 32 days after May 1, 2031.",
        " during the 32 days after May 1, 2031.",
        " within 32 days of that date.",
        ". Exports must be completed by June 2, 2031.",
        " at the latest on June 2, 2031.",
        " through the end of June 2, 2031.",
        " without a license (NLR), ending on June 2, 2031.",
    ],
)
def test_rare_wordings_of_a_last_day_are_read(ending: str) -> None:
    reading = read_savings([SAVES.format("May 1, 2031") + ending], near=None)
    assert (reading.clause, reading.unread) == (
        SavingsClause(en_route_on=date(2031, 5, 1), complete_by=date(2031, 6, 2)),
        (),
    )


def test_an_open_last_day_before_midnight_is_no_lost_one() -> None:
    open_ = "[INSERT DATE 30 DAYS AFTER DATE OF PUBLICATION IN THE FEDERAL REGISTER]"
    further = f"Any such items not actually exported before midnight, on {open_}, require a license."
    reading = read_savings([f"{SAVES.format('May 1, 2031')} before {open_}. {further}"], near=None)
    assert ([(s.field, s.days) for s in reading.symbolic], reading.unread) == ([("savings_clause.complete_by", 30)], ())
