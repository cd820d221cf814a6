"""Plain text of public inspection reads as if it had no pages, however they are numbered and headed."""

from collections.abc import Callable
from random import Random

import pytest

from monitor.law.rules.pages import closed_up, mark_pages
from monitor.law.rules.plain import read_plain

WORDS = ["rule", "adds", "persons", "under", "destination", "license", "requirement", "apply", "items", "subject"]
PARAGRAPHS = [f"{' '.join(Random(n).choices(WORDS, k=37 + n % 9))}." for n in range(40)]
Foot = Callable[[int], str]


def centered(foot: str) -> Foot:
    return lambda number: f"{'':>40}{foot.format(number)}"


def wrapped(text: str) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 80:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def paged(foot: Foot, *, head: str = "", feed: str = "\f\n", skip: int = 0) -> str:
    """The paragraphs on pages of thirty lines, each with a foot, so that paragraphs run over the pages."""
    lines = [line for paragraph in PARAGRAPHS for line in (*wrapped(f"    {paragraph}"), "")]
    pages = [lines[start : start + 30] for start in range(0, len(lines), 30)]
    texts = []
    for number, page in enumerate(pages, 1):
        above = [head, ""] if head else []
        texts.append("\n".join([*above, *page, "", foot(number), ""]))
    return feed.join(text for number, text in enumerate(texts, 1) if number != skip)


def paragraphs_of(text: str) -> list[str]:
    joined = "\n".join(closed_up(mark_pages(text).lines))
    return [" ".join(part.split()) for part in joined.split("\n\n") if part.strip()]


FEET = ["{}", "- {} -", "Page {}", "Page {} of 9", "[{}]", "p. {}", "{}/9", "—{}—"]


@pytest.mark.parametrize("feed", ["\f\n", "\f", "\n"])
@pytest.mark.parametrize("foot", FEET)
def test_page_numbers_of_any_style_are_no_text(foot: str, feed: str) -> None:
    assert paragraphs_of(paged(centered(foot), feed=feed)) == PARAGRAPHS
    assert mark_pages(paged(centered(foot), feed=feed)).unread == ()


def test_roman_numbers_beside_a_form_feed_are_no_text() -> None:
    text = "A sentence that is\n\n      iv\n\f\nlonger than its page."
    assert paragraphs_of(text) == ["A sentence that is longer than its page."]


@pytest.mark.parametrize("head", ["Billing Code 3510-33-P", "DRAFT: NOT FOR PUBLICATION"])
def test_running_heads_are_no_text(head: str) -> None:
    assert paragraphs_of(paged(centered("{}"), head=head)) == PARAGRAPHS


def test_heads_that_carry_the_number_are_no_text_without_form_feeds() -> None:
    text = paged(lambda n: f"Federal Register / Vol. 86, No. 120 / Rules and Regulations   {33118 + n}", feed="\n")
    assert paragraphs_of(text) == PARAGRAPHS


def test_a_form_feed_without_number_ends_a_page_too() -> None:
    assert paragraphs_of(paged(lambda _: "")) == PARAGRAPHS


def test_a_page_that_is_missing_is_said() -> None:
    assert mark_pages(paged(centered("{}"), skip=3)).unread == ("Of the text page 3 could not be found.",)


def test_a_year_on_a_line_of_its_own_is_no_page() -> None:
    assert "2031" in paragraphs_of("The day of\n\n2031\n\nis near.")


def test_a_name_that_runs_over_a_page_is_closed_up() -> None:
    assert paragraphs_of("an entry for “Alfa\n\n    5\n\f\nTechnik GmbH”; and") == [
        "an entry for “Alfa Technik GmbH”; and"
    ]


RULE = """SUMMARY: BIS adds one person.

DATES: This rule is eﬀective May 5, 2031.

SUPPLEMENTARY INFORMATION:

Accordingly, part 744 is amended as follows:

PART 744--CONTROL POLICY

2. Supplement No. 4 to part 744 is amended under IRAN by adding an entry for “Oﬃce Alfa” as follows:

Country       Entity                License        Review
                                    requirement    policy

IRAN          Oﬃce Alfa, a.k.a.,  All items.     Denial.
              {}See 744.11.
"""


@pytest.mark.parametrize("alias", ["—Office Alfa.         ", "--Office Alfa.        ", "--Office Alfa.         "])
def test_ligatures_and_typed_dashes_read_as_the_xml(alias: str) -> None:
    text = read_plain(RULE.format(alias).encode())
    assert text.part("DATES") == "This rule is effective May 5, 2031."
    assert text.amendments[1].text == "PART 744—CONTROL POLICY"
    cells = text.amendments[-1].rows[-1].cells
    assert [" ".join(cell.split()) for cell in cells[1:3]] == [
        "Office Alfa, a.k.a., —Office Alfa.",
        "All items. See 744.11.",
    ]


def test_a_text_that_breaks_off_is_said() -> None:
    cut = RULE[: RULE.index(" as follows:\n\nCountry")] + "; and\n"
    assert "breaks off" in read_plain(cut.encode()).unread[0]
