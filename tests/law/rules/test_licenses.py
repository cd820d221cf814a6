"""General licenses: issued, extended, shortened, removed, with old and new end in either order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.rules.amendments import amendments_of
from monitor.law.rules.licenses import LicenseReading, read_license
from monitor.law.rules.text import Block, Piece, RuleText
from monitor.model.rules import GeneralLicenseAction, LicenseStatus

NAME = "Temporary General License, Supplement No. 7 to part 744"
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def long_form(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def read(instruction: str, *prose: str, put_in: str = "", effective: date | None = None) -> LicenseReading:
    text = RuleText(
        preamble={"SUMMARY": prose[:1]},
        discussion=tuple(Block(Piece.PARAGRAPH, p) for p in prose[1:]),
        amendments=(Block(Piece.INSTRUCTION, f"2. {instruction}"), Block(Piece.PARAGRAPH, put_in)),
    )
    return read_license(text, amendments_of(text), effective)


REPLACEMENTS = [
    "Supplement No. 7 to part 744 is amended by removing “{old}” and adding in its place “{new}”.",
    (
        "Supplement No. 7 to part 744 is amended by removing “{old}” wherever it appears and adding "
        "in its place “{new}”."
    ),
    "Amend supplement no. 7 to part 744 by removing the date {old} and substituting the date of {new}.",
    "Supplement No. 7 to part 744 is amended by changing “{old}” to “{new}”.",
    "Supplement No. 7 to part 744 is amended by replacing “{old}” wherever it appears with “{new}”.",
    "Supplement No. 7 to part 744 is amended by revising “{old}” to read “{new}”.",
    "Supplement No. 7 to part 744 is amended by adding “{new}” in place of “{old}”.",
    "Supplement No. 7 to part 744 is amended by: a. Removing “{old}”; and b. Adding in its place “{new}”.",
]
PROSE = [
    "This rule extends the temporary general license through {new}, instead of {old}.",
    (
        "The temporary general license is revised to remove the expiration date of {old}, and "
        "substitute the date of {new}."
    ),
    "BIS extends the validity of the temporary general license from {old} to {new}.",
]


@given(st.lists(days, min_size=2, max_size=2, unique=True), st.sampled_from(REPLACEMENTS))
def test_instructions_give_both_ends(ends: list[date], words: str) -> None:
    old, new = sorted(ends)
    assert read(words.format(old=long_form(old), new=long_form(new))).license == GeneralLicenseAction(
        name=NAME, status=LicenseStatus.EXTENDED, old_expiry=old, new_expiry=new
    )


@given(st.lists(days, min_size=2, max_size=2, unique=True), st.sampled_from(PROSE))
def test_the_discussion_gives_both_ends_in_either_order(ends: list[date], words: str) -> None:
    old, new = sorted(ends)
    license_ = read(
        "Supplement no. 7 to part 744 is amended.", words.format(old=long_form(old), new=long_form(new))
    ).license
    assert license_ is not None
    assert (license_.old_expiry, license_.new_expiry) == (old, new)


def test_an_earlier_end_is_no_extension() -> None:
    license_ = read(REPLACEMENTS[0].format(old="May 5, 2031", new="April 1, 2031")).license
    assert license_ is not None
    assert license_.status is LicenseStatus.NARROWED


def test_a_new_license_holds_for_its_period() -> None:
    reading = read(
        "Part 744 is amended by adding Supplement No. 7 to read as follows:",
        "This rule creates a temporary general license.",
        put_in="The requirements are restored in part as of May 20, 2031, and through August 19, 2031.",
    )
    assert reading.license == GeneralLicenseAction(
        name=NAME, status=LicenseStatus.ISSUED, valid_from=date(2031, 5, 20), new_expiry=date(2031, 8, 19)
    )


def test_a_general_order_is_a_license_from_the_day_of_the_rule() -> None:
    reading = read(
        "Supplement No. 1 to part 736 is amended by adding paragraph (e) to read as follows:",
        "This rule establishes a temporary general license.",
        put_in="General Order No. 9. Validity date. This TGL expires on December 31, 2032.",
        effective=date(2031, 6, 1),
    )
    assert reading.license == GeneralLicenseAction(
        name="General Order No. 9, Supplement No. 1 to part 736",
        status=LicenseStatus.ISSUED,
        valid_from=date(2031, 6, 1),
        new_expiry=date(2032, 12, 31),
    )


def test_a_removal_tells_until_when_it_held() -> None:
    reading = read(
        "Supplement No. 7 to part 744 is removed and reserved.",
        "This rule adds entities.",
        (
            "This rule removes Supplement No. 7 to part 744, which authorized certain transactions "
            "through March 29, 2031."
        ),
    )
    assert reading.license == GeneralLicenseAction(
        name=NAME, status=LicenseStatus.REMOVED, old_expiry=date(2031, 3, 29)
    )


def test_several_ends_are_said_and_not_mixed() -> None:
    reading = read(
        "Supplement No. 1 to part 736 is amended by adding paragraph (d) to read as follows:",
        "This rule creates a temporary general license.",
        put_in="Paragraph (d)(1) expires on May 1, 2031; paragraph (d)(2) expires on June 1, 2031.",
    )
    assert "several ends" in reading.unread[0]


def test_an_open_end_is_a_symbol() -> None:
    words = REPLACEMENTS[0].format(
        old="May 5, 2031", new="[INSERT DATE 90 DAYS AFTER DATE OF PUBLICATION IN THE FEDERAL REGISTER]"
    )
    reading = read(words)
    assert [(s.field, s.days) for s in reading.symbolic] == [("general_license.new_expiry", 90)]


@pytest.mark.parametrize(
    "instruction",
    [
        "Section 744.11 is amended by adding paragraph (f).",
        "Supplement No. 1 to part 736 is amended by revising General Order No. 2.",
    ],
)
def test_other_provisions_are_no_license(instruction: str) -> None:
    assert read(instruction, "This rule revises the regulations.").license is None


LEFT = [
    "The expiration date of the general license remains {}.",
    "This rule does not extend the general license, which expires on {}.",
    "The general license continues to be valid through {}.",
]


@given(days, st.sampled_from(LEFT))
def test_an_end_that_is_left_as_it_is_is_no_extension(end: date, words: str) -> None:
    reading = read(
        "Supplement no. 7 to part 744 is amended by revising paragraph (c) to read as follows:",
        words.format(long_form(end)),
    )
    assert reading.license == GeneralLicenseAction(
        name=NAME, status=LicenseStatus.AMENDED, old_expiry=end, new_expiry=end
    )
    assert reading.unread == ()


def test_a_new_end_that_is_lost_is_said_though_the_summary_has_one() -> None:
    reading = read(
        "Supplement No. 7 to part 744 is amended by removing “May 5, 2031” and adding in its place “”.",
        "This rule extends the temporary general license until June 5, 2031.",
    )
    assert reading.license is not None
    assert reading.license.new_expiry == date(2031, 6, 5)
    assert "not found" in reading.unread[0]
    assert "“May 5, 2031” and adding" in reading.unread[0]


def test_a_new_license_without_an_end_is_said() -> None:
    reading = read(
        "Part 744 is amended by adding Supplement No. 7 to read as follows:",
        "This rule creates a temporary general license.",
        put_in="The requirements are restored in part.",
    )
    assert "last day of the general license was not found" in reading.unread[0]


@pytest.mark.parametrize(
    ("instruction", "suspended"),
    [
        ("Supplement No. 1 to part 736 is amended by removing and reserving paragraph (d)(2).", False),
        ("Amend supplement no. 1 to part 736 by suspending paragraph (d) until June 5, 2032.", True),
        ("In supplement no. 1 to part 736, paragraph (d) is stayed.", True),
    ],
)
def test_a_paragraph_of_general_orders_takes_its_license_along(instruction: str, *, suspended: bool) -> None:
    reading = read(
        instruction, "This rule revises the regulations.", "The general license of General Order No. 9 ends."
    )
    assert reading.license == GeneralLicenseAction(
        name="General Order No. 9, Supplement No. 1 to part 736", status=LicenseStatus.REMOVED
    )
    assert [instruction in said for said in reading.unread] == ([True] if suspended else [])


def test_general_orders_without_a_word_of_a_license_leave_open_what_stood_there() -> None:
    reading = read("Supplement No. 1 to part 736 is amended by removing paragraph (c).", "This rule makes changes.")
    assert "whether a general license stood" in reading.unread[0]


def test_a_date_the_calendar_does_not_have_is_said() -> None:
    reading = read(REPLACEMENTS[0].format(old="May 5, 2031", new="June 31, 2031"))
    assert reading.license is not None
    assert reading.license.new_expiry is None
    assert "June 31, 2031" in reading.unread[0]
