"""A text against another one, word by word."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.redline import Mark, Piece, abridged, redline, side

TEXTS = st.one_of(
    st.text(max_size=80), st.lists(st.sampled_from(["alfa", "beta", ",", ".", "§", "744.11", "\n"])).map(" ".join)
)


def shown(before: str, after: str) -> str:
    signs = {Mark.KEPT: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "[+{}+]"}
    return "".join(signs[piece.mark].format(piece.text) for piece in redline(before, after))


@given(TEXTS, TEXTS)
def test_the_pieces_join_back_to_both_texts_to_the_letter(before: str, after: str) -> None:
    pieces = redline(before, after)
    assert side(pieces, Mark.GONE) == before
    assert side(pieces, Mark.NEW) == after


@given(TEXTS, TEXTS)
def test_pieces_hold_something_and_neighbors_differ(before: str, after: str) -> None:
    pieces = redline(before, after)
    assert all(piece.text for piece in pieces)
    assert all(one.mark is not other.mark for one, other in pairwise(pieces))


@given(TEXTS)
def test_a_text_against_itself_is_kept_whole(text: str) -> None:
    assert redline(text, text) == ((Piece(Mark.KEPT, text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Case-by-case review", "Presumption of denial", "[-Case-by-case review-][+Presumption of denial+]"),
        ("A policy of denial", "A presumption of approval", "A [-policy of denial-][+presumption of approval+]"),
        ("through May 15, 2020.", "through August 13, 2020.", "through [-May 15-][+August 13+], 2020."),
        ("Alfa Tech", "Alfa Tech Co., Ltd.", "Alfa Tech[+ Co., Ltd.+]"),
        ("", "All new", "[+All new+]"),
        ("All gone", "", "[-All gone-]"),
    ],
)
def test_what_changed_stands_in_whole_words(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


def test_very_long_cells_cost_little() -> None:
    before = " ".join(f"word{n}" for n in range(20_000))
    after = " ".join(f"word{n if n % 3 else n + 1}" for n in range(20_000))
    begun = time.process_time()
    pieces = redline(before, after)
    assert time.process_time() - begun < 2
    assert side(pieces, Mark.NEW) == after


@given(TEXTS, TEXTS, st.integers(4, 60), st.integers(1, 200))
def test_what_is_abridged_is_never_longer_than_asked(before: str, after: str, around: int, most: int) -> None:
    assert sum(len(piece.text) for piece in abridged(redline(before, after), around, most)) <= most


def test_only_the_words_around_a_change_are_shown() -> None:
    before = "This long sentence begins with what stays, valid until May 15, and it ends with many words that stay."
    short = abridged(redline(before, before.replace("May", "June")), 20, 500)
    assert side(short, Mark.NEW) == "…stays, valid until June 15, and it ends…"


def test_what_is_cut_ends_with_an_ellipsis() -> None:
    (piece,) = abridged((Piece(Mark.GONE, "x" * 50),), 10, 20)
    assert piece.text == "x" * 19 + "…"
