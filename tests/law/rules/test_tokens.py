"""Masked texts: countries, numbers and dates become tokens, and every position stays where it was."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.law.countries import OTHER_FORMS, short_name
from monitor.law.rules.days import parse_day, symbolic_date
from monitor.law.rules.destinations import heading
from monitor.law.rules.numbers import number
from monitor.law.rules.phrases import Phrase, find_phrases
from monitor.law.rules.tokens import COUNTRY, DATE, DATES, NUMBER, TokenKind, mask

ALL = tuple(TokenKind)
PIECES = st.sampled_from(
    [
        "under",
        "China",
        "Hong Kong, China",
        "the U.A.E.",
        "one",
        "thirty-two",
        "(32)",
        "5,000",
        "January 5, 2020",
        ",",
        ".",
        "May 5",
        "may",
        "publication",
        "days after",
        "⟦3⟧",
        "ℂˍˍ",
        "ℕ",
        "§ 744.11",
        "\n",
        "Korea, South",
        "Africa",
    ]
)
texts = st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=60)


def words_of(kind: TokenKind, text: str) -> list[str]:
    return mask(text, kind).all_words(kind)


@given(texts)
def test_a_masked_text_is_as_long_as_the_original_and_has_all_other_characters(text: str) -> None:
    masked = mask(text, *ALL)
    assert len(masked.text) == len(text)
    inside = {i for token in masked.tokens for i in range(token.start, token.end)}
    kept = [(a, b) for i, (a, b) in enumerate(zip(text, masked.text, strict=True)) if i not in inside]
    assert all(b in (a, "\N{REPLACEMENT CHARACTER}") for a, b in kept)


@given(texts)
def test_tokens_stand_in_order_and_never_overlap(text: str) -> None:
    tokens = mask(text, *ALL).tokens
    assert all(token.start < token.end for token in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))


@given(texts)
def test_a_pattern_finds_tokens_where_words_were_and_never_characters_that_look_like_one(text: str) -> None:
    masked = mask(text, TokenKind.NUMBER)
    assert [masked.words(m) for m in re.finditer(NUMBER, masked.text)] == masked.all_words(TokenKind.NUMBER)


@given(texts)
def test_what_is_masked_as_a_number_or_date_can_be_read_as_one(text: str) -> None:
    assert all(number(words) is not None for words in words_of(TokenKind.NUMBER, text))
    assert all(symbolic_date("x", words) is not None for words in words_of(TokenKind.OPEN_DATE, text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("under China, by adding", ["China"]),
        ("under the People’s Republic of China (3)", ["People’s Republic of China"]),
        ("under the Central African Republic", ["Central African Republic"]),
        ("under HONG KONG and south korea", ["HONG KONG", "south korea"]),
        (
            "in the U.A.E. and in Korea, South Africa and Guinea-Bissau",
            ["U.A.E", "Korea", "South Africa", "Guinea-Bissau"],
        ),
        ("Chinatown and Turkeys in the United States", []),
    ],
)
def test_destinations_are_found_by_their_longest_name(text: str, found: list[str]) -> None:
    assert words_of(TokenKind.COUNTRY, text) == found


@pytest.mark.parametrize("form", sorted(form for forms in OTHER_FORMS.values() for form in forms.split("|")))
def test_every_form_of_a_country_is_one_token(form: str) -> None:
    masked = mask(f"under {form} by", TokenKind.COUNTRY)
    if short_name(form) == "United States":
        assert masked.tokens == ()
    else:
        found = re.search(rf"under ({COUNTRY}) by", masked.text)
        assert found is not None
        assert heading(masked.words(found, 1)) == heading(form)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("adding thirty-seven (37) entries and two persons", ["thirty-seven (37)", "two"]),
        ("one hundred and twenty entities", ["one hundred and twenty"]),
        ("ONE HUNDRED AND TWENTY", ["ONE HUNDRED AND TWENTY"]),
        ("1,024 of 2,000,000", ["1,024", "2,000,000"]),
        ("⟦3⟧, 5th, often, tenth, 3M", []),
    ],
)
def test_numbers_are_found_in_words_and_digits(text: str, found: list[str]) -> None:
    assert words_of(TokenKind.NUMBER, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("effective January 5, 2020, through Sept. 1, 2020", ["January 5, 2020", "Sept. 1, 2020"]),
        ("on 5 May 2019, 5/6/19 and 2019-05-06", ["5 May 2019", "5/6/19", "2019-05-06"]),
        ("EFFECTIVE MAY 5TH; before may 5, 2020", ["MAY 5TH", "may 5, 2020"]),
        ("it may 5 of them; section 5, 2020", []),
    ],
)
def test_days_are_found_in_every_form(text: str, found: list[str]) -> None:
    masked = mask(text, *DATES)
    assert masked.all_words(TokenKind.DATE) == found
    assert all(parse_day(words, near=date(2020, 1, 1)) for words in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("until [INSERT DATE 30 DAYS AFTER DATE OF PUBLICATION]", "[INSERT DATE 30 DAYS AFTER DATE OF PUBLICATION]"),
        ("until thirty (30) days after the date of publication in the Federal Register.", None),
        ("until its publication", "its publication"),
        ("until the date of filing for public inspection", "the date of filing for public inspection"),
    ],
)
def test_open_dates_are_one_token_with_the_days_that_are_counted(text: str, words: str | None) -> None:
    masked = mask(text, *DATES)
    found = re.search(rf"until ({DATE})", masked.text)
    assert found is not None
    assert masked.words(found, 1) == (words or text.removeprefix("until ").rstrip("."))


def test_the_words_of_a_group_that_took_no_part_are_empty() -> None:
    masked = mask("two", TokenKind.NUMBER)
    found = re.match(rf"{NUMBER}(x)?", masked.text)
    assert found is not None
    assert (masked.words(found), masked.words(found, 1)) == ("two", "")


PATTERNS = (r"\bunder\b", r"\bunder the\b", r"\bthe\b", r"[a-z]+ing\b")
PHRASES = tuple(Phrase(str(index), re.compile(pattern)) for index, pattern in enumerate(PATTERNS))


@given(st.lists(st.sampled_from(["under", "the", "adding", "thing", "x", ";"])).map(" ".join))
def test_phrases_are_found_as_one_alternation_of_all_patterns_would(text: str) -> None:
    alternation = re.compile("|".join(f"({pattern})" for pattern in PATTERNS))
    expected = [(str((m.lastindex or 0) - 1), m.span()) for m in alternation.finditer(text)]
    assert [(found.kind, (found.start, found.end)) for found in find_phrases(text, PHRASES)] == expected


def test_a_phrase_ends_with_the_first_pattern_that_follows_its_opening() -> None:
    phrase = Phrase("under", re.compile("under "), (re.compile("[A-Z]+(?=,)"), re.compile("[A-Z]")))
    found = [(p.match[0], p.start, p.end) for p in find_phrases("under it, under AB, under AB", (phrase,))]
    assert found == [("AB", 10, 18), ("A", 20, 27)]
