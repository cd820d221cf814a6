"""What a mail program needs of a page: no help from outside, no script, and colors for a light and a dark ground."""

import re

import pytest
from bs4 import BeautifulSoup
from samples import BODIES, TODAY, alert

from monitor.mail.render import Renderer
from monitor.model.alerts import AlertBody

RENDERER = Renderer()
EVERY_KIND = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)


def page(body: AlertBody) -> BeautifulSoup:
    return BeautifulSoup(RENDERER.mail(alert(body), TODAY).html, "html.parser")


def styles(body: AlertBody) -> str:
    return ";".join(str(tag["style"]) for tag in page(body).find_all(style=True))


def luminance(color: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance."""
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@EVERY_KIND
def test_nothing_is_fetched_and_nothing_runs(body: AlertBody) -> None:
    found = page(body)
    assert found.find_all(["script", "img", "link", "iframe", "object", "form", "video", "svg"]) == []
    assert found.find_all(src=True) == []
    assert "url(" not in str(found)
    assert not [name for tag in found.find_all() for name in tag.attrs if name.startswith("on")]


@EVERY_KIND
def test_the_layout_is_of_tables_with_their_style_inside(body: AlertBody) -> None:
    said = styles(body)
    for word in ("flex", "grid", "float", "position", "calc(", "var("):
        assert word not in said
    assert {table["role"] for table in page(body).find_all("table")} == {"presentation"}
    (style,) = page(body).find_all("style")
    assert set(re.findall(r"([\w-]+):", str(style.string))) <= {"color-scheme", "color", "prefers-color-scheme", ""}


@EVERY_KIND
def test_every_word_is_large_enough_and_readable_on_white_and_on_black(body: AlertBody) -> None:
    assert all(int(size) >= 13 for size in re.findall(r"font-size:(\d+)px", styles(body)))
    for color in set(re.findall(r"color:(#[0-9a-f]{6})", styles(body))):
        assert 1.05 / (luminance(color) + 0.05) >= 4.5, color
        assert (luminance(color) + 0.05) / 0.05 >= 4.5, color


@EVERY_KIND
def test_a_page_fits_a_phone_and_says_that_it_can_be_dark(body: AlertBody) -> None:
    found = page(body)
    assert found.find("meta", attrs={"name": "color-scheme", "content": "light dark"})
    assert found.find("meta", attrs={"name": "viewport"})
    assert re.findall(r"(?<!max-)width:\s*(\d+)px", styles(body)) == []
    assert "max-width:640px" in styles(body)


@EVERY_KIND
def test_the_list_of_a_mailbox_shows_the_first_sentence(body: AlertBody) -> None:
    hidden = page(body).find("div")
    assert hidden is not None
    assert "display:none" in str(hidden["style"])
    lead = RENDERER.mail(alert(body), TODAY).text.split("\n\n")[0].replace("\n", " ")
    assert lead.startswith(hidden.get_text().rstrip("…"))
