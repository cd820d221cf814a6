"""Dates of rules: generated wordings of the DATES paragraph, and the savings clause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.rules.dates import RuleDates, read_dates
from monitor.law.rules.days import parse_day, symbolic_date
from monitor.law.rules.tokens import DATES, TokenKind, mask
from monitor.model.rules import DateBase, PartialDate

MONTHS = [date(2020, month, 1).strftime("%B") for month in range(1, 13)]
days = st.dates(date(2009, 1, 1), date(2035, 12, 31))
ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def long_form(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


FORMS = [
    long_form,
    lambda d: f"{MONTHS[d.month - 1][:3]}. {d.day}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day}{ORDINALS.get(d.day, 'th')}, {d.year}",
    lambda d: f"{MONTHS[d.month - 1]} {d.day} {d.year}",
    lambda d: f"{d.month}/{d.day}/{d.year}",
    lambda d: f"{d.month}/{d.day}/{d.year % 100:02}",
    lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: d.isoformat(),
    lambda d: long_form(d).upper(),
    lambda d: f"{d:%A}, {long_form(d)}",
    lambda d: f"the {d.day}{ORDINALS.get(d.day, 'th')} day of {MONTHS[d.month - 1]}, {d.year}",
    lambda d: f"12:01 a.m. EDT on {long_form(d)}",
    lambda d: f"4:45 p.m. (Eastern time), {d:%A}, {long_form(d)}",
    lambda d: f"close of business on {long_form(d)}",
    lambda d: f"midnight, on {long_form(d)}",
    lambda d: f"publication in the Federal Register on {long_form(d)}",
]
forms = st.sampled_from(FORMS)
openings = st.sampled_from(
    [
        "This rule is effective {}",
        "This rule is effective on {}",
        "This rule is effective: {}",
        "Effective {}",
        "Effective date: This rule is effective {}",
        "Effective Date: {}",
        "The interim final rule becomes effective {}",
        "This final rule is effective as of {}",
        "Effective 0901 UTC, {}",
        "This rule is effective at 12:01 a.m. on {}",
        "This rule is effective at 4:45 p.m. Eastern time on {}",
        "This rule takes effect on {}",
        "This rule is effective immediately upon publication in the Federal Register, {}",
        "This rule is effective on and after {}",
        "This rule's effective date is {}",
        "The effective date of this rule is {}",
        "The effective date of this interim final rule is {}",
        "This rule is effective upon filing for public inspection on {}",
    ]
)


@given(days, forms)
def test_a_day_is_read_back_from_every_form(day: date, form: st.SearchStrategy[str]) -> None:
    assert parse_day(form(day)) == day  # type: ignore[operator]  # hypothesis does not know the functions' type


@given(days, st.integers(-180, 180))
def test_a_day_without_a_year_is_the_one_nearest(day: date, apart: int) -> None:
    words = f"{MONTHS[day.month - 1]} {day.day}{ORDINALS.get(day.day, 'th')}"
    assert parse_day(words, near=day + timedelta(days=apart)) == day


def test_a_day_the_calendar_does_not_have_is_unread() -> None:
    assert read_dates("This rule is effective February 30, 2023.").effective_on is None
    assert "February 30, 2023" in read_dates("This rule is effective February 30, 2023.").unread[0]


COUNTED = [
    ("30 days after January 15, 2031", date(2031, 2, 14)),
    ("thirty (30) days after the date of January 15, 2031", date(2031, 2, 14)),
    ("two weeks from January 15, 2031", date(2031, 1, 29)),
    ("one month after January 31, 2031", date(2031, 2, 28)),
    ("a year from January 15, 2031", date(2032, 1, 15)),
    ("one hundred and twenty days following 1/15/31", date(2031, 5, 15)),
    ("30 days after publication in the Federal Register on January 15, 2031", date(2031, 2, 14)),
]


@pytest.mark.parametrize(("words", "day"), COUNTED)
def test_a_day_is_counted_from_another(words: str, day: date) -> None:
    assert parse_day(words) == day
    assert mask(f"within {words}.", *DATES).all_words(TokenKind.DATE) == [words]


def test_business_days_are_not_counted() -> None:
    assert mask("10 business days after May 5, 2031", *DATES).all_words(TokenKind.DATE) == ["May 5, 2031"]


@given(openings, days)
def test_every_opening_gives_the_effective_date(opening: str, day: date) -> None:
    assert read_dates(opening.format(long_form(day)) + ".").effective_on == day


ENDINGS = [
    " through {}",
    ", through {}",
    " until {}",
    ", to {}",
    "–{}",
    ", through and including {}",
    ", and remains in effect through {}",
    " and will remain in effect until {}",
    ", and expires on {}",
    " and ending on {}",
    " and terminates on {}",
    ". It ceases to be effective on {}",
    ". Expiration date: {}",
]


@given(openings, days, days, st.sampled_from(ENDINGS))
def test_a_rule_can_end(opening: str, day: date, end: date, ending: str) -> None:
    text = opening.format(long_form(day)) + ending.format(long_form(end)) + "."
    reading = read_dates(text)
    assert (reading.effective_on, reading.effective_through, reading.unread) == (day, end, ())
    assert text.startswith(reading.quotes["effective_on"])
    assert text.endswith(reading.quotes["effective_through"])


EXCEPTIONS = [
    ", except for amendatory instruction {}, which is effective {}",
    " except for amendatory instruction {}, which is effective {}",
    ", with the exception of instruction {}, which becomes effective on {}",
    " (except for amendatory instruction {} which is effective {})",
]


@given(openings, days, days, st.integers(2, 40), st.sampled_from(EXCEPTIONS))
def test_an_exception_has_its_own_day(opening: str, day: date, later: date, number: int, words: str) -> None:
    reading = read_dates(opening.format(long_form(day)) + words.format(number, long_form(later)) + ".")
    assert reading.effective_on == day
    assert [(p.on, p.instructions) for p in reading.partial] == [(later, (str(number),))]


@given(st.lists(days, min_size=2, max_size=3, unique=True), days)
def test_stages_are_kept_and_the_first_leads(stages: list[date], rest: date) -> None:
    said = [f"instructions {n}, {n + 1} and {n + 2} are effective {long_form(d)}" for n, d in enumerate(stages, 4)]
    reading = read_dates(f"{'; '.join(said)}; all other instructions are effective {long_form(rest)}.")
    assert [p.on for p in reading.partial] == [*stages, rest]
    assert reading.effective_on == min([*stages, rest])


def test_two_exceptions_in_one_sentence_are_two() -> None:
    reading = read_dates(
        "This rule is effective November 17, 2031, except for amendatory instruction 11, which is effective "
        "November 18, 2031, to January 1, 2034, and amendatory instruction 5, which is "
        "effective January 2, 2034."
    )
    assert reading.partial == (
        PartialDate("amendatory instruction 11", date(2031, 11, 18), date(2034, 1, 1), ("11",)),
        PartialDate("amendatory instruction 5", date(2034, 1, 2), None, ("5",)),
    )


COMMENTS_BY = [
    "no later than",
    "not later than",
    "no later than on",
    "on or before",
    "by",
    "prior to",
    "by close of business on",
    "by 5 p.m. Eastern time on",
]


@given(days, days, st.sampled_from(COMMENTS_BY))
def test_comments_close(day: date, close: date, words: str) -> None:
    reading = read_dates(
        f"This rule is effective {long_form(day)}. Comments must be received by BIS {words} {long_form(close)}."
    )
    assert (reading.effective_on, reading.comments_close_on) == (day, close)


@given(days, days)
def test_applicable_as_of_is_not_effective(day: date, applicable: date) -> None:
    reading = read_dates(
        f"This rule is effective {long_form(day)}. This rule is applicable as of {long_form(applicable)}."
    )
    assert (reading.effective_on, reading.applicable_on) == (day, applicable)


@given(days, days)
def test_a_delay_is_no_effective_date_of_this_rule(old: date, new: date) -> None:
    reading = read_dates(
        f"The effective date of the rule published at 89 FR 12345, {long_form(old)}, is delayed until {long_form(new)}."
    )
    assert (reading.effective_on, reading.delayed_until) == (None, new)


def test_a_stay_has_a_first_and_a_last_day() -> None:
    reading = read_dates("Effective November 10, 2031, 15 CFR 744.16 is stayed until November 9, 2032.")
    assert (reading.effective_on, reading.delayed_until) == (date(2031, 11, 10), date(2032, 11, 9))


def test_the_length_of_a_temporary_rule_gives_its_last_day() -> None:
    reading = read_dates("This rule is effective March 1, 2031, for a period of 180 days.")
    assert (reading.effective_on, reading.effective_through) == (date(2031, 3, 1), date(2031, 8, 27))


@pytest.mark.parametrize(
    "words",
    [
        "This rule is effective .",
        "This rule is effective immediately.",
        "This rule takes effect upon notice.",
        "This rule is effective May 7, 2031, through .",
        "This rule is effective through May 7, 2031.",
        "This rule is effective May 7, 2031, except for instruction 3, which is effective .",
        "Effective May 7, 2031, § 744.16 is suspended until further notice.",
        "This rule is effective May 7, 2031. Comments must be received by BIS no later than .",
        "This rule is effective May 7, 2031, unless withdrawn before June 7, 2031.",
    ],
)
def test_a_day_that_is_not_found_is_said_with_its_sentence(words: str) -> None:
    unread = read_dates(words).unread
    assert any("not found" in said and words.rpartition(". ")[2] in said for said in unread), unread


@pytest.mark.parametrize("words", ["On {}, this rule takes effect.", "{} is the effective date of this rule."])
def test_the_day_may_stand_first(words: str) -> None:
    assert read_dates(words.format("May 7, 2031")).effective_on == date(2031, 5, 7)


def test_a_day_that_nothing_reads_is_said() -> None:
    text = "This rule is effective May 7, 2031. Compliance is required by June 7, 2031."
    assert "Compliance is required by June 7, 2031." in read_dates(text).unread[0]


def test_the_day_of_comments_may_stand_in_the_next_sentence() -> None:
    reading = read_dates("The comment period is reopened. Submit comments on or before May 7, 2031.")
    assert (reading.comments_close_on, reading.unread) == (date(2031, 5, 7), ())


def test_the_rule_of_an_earlier_day_is_not_this_one() -> None:
    reading = read_dates(
        "This rule is effective May 7, 2031. The final rule published on May 1, 2030, was effective June 1, 2030."
    )
    assert reading.effective_on == date(2031, 5, 7)


SYMBOLS = [
    ("[INSERT DATE OF PUBLICATION IN THE FEDERAL REGISTER]", DateBase.PUBLICATION, 0),
    ("[Insert date 30 days after date of publication in the Federal Register]", DateBase.PUBLICATION, 30),
    (
        "[INSERT DATE SIXTY DAYS AFTER THE DATE OF PUBLICATION IN THE FEDERAL REGISTER]",
        DateBase.PUBLICATION,
        60,
    ),
    ("[INSERT DATE OF FILING FOR PUBLIC INSPECTION]", DateBase.FILING, 0),
    ("[INSERT DATE TWO MONTHS AFTER PUBLICATION]", DateBase.UNKNOWN, 0),
]


@pytest.mark.parametrize(("words", "base", "count"), SYMBOLS)
def test_open_dates_stay_open(words: str, base: DateBase, count: int) -> None:
    reading = read_dates(f"This rule is effective {words}.")
    assert reading.effective_on is None
    assert [(s.field, s.base, s.days) for s in reading.symbolic] == [("effective_on", base, count)]
    assert symbolic_date("x", words) is not None


def test_dates_that_cannot_be_read_are_said() -> None:
    assert "could not be read" in read_dates("See the discussion below.").unread[0]
    assert read_dates("") == RuleDates()
