"""The HTML report in headless Chromium: what people see, filter and reach by keyboard, and what can do no harm."""

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from chromium import BINARY, Chromium
from msgspec import structs
from reports import added, document, removed, renamed, report_of, revised

from monitor.mail.render import TEMPLATES
from monitor.model.changes import Addition
from monitor.model.reports import Report, ReportedChange
from monitor.report.html import as_html
from monitor.report.page.contents import MOST_SHOWN

pytestmark = pytest.mark.skipif(not Path(BINARY).exists(), reason="needs Chromium, which .ci/run installs")
HOSTILE = """"><script>document.title='owned'</script><img src=http://127.0.0.1:9/x onerror="document.title='owned'">"""
SOME = report_of(
    [added("Alfa Trading Co."), added("Beta Optics", "CHINA, PEOPLE'S REPUBLIC OF"), revised("Gamma"), removed("Delta")]
)
VISIBLE = "[...document.querySelectorAll('tr.change')].filter(r => r.checkVisibility()).length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium() as started:
        yield started


def opened(browser: Chromium, folder: Path, report: Report, fragment: str = "", *, width: int = 1100) -> str:
    """The report in the browser; returns its address."""
    file = folder / "report.html"
    file.write_text(as_html(report), encoding="utf-8")
    browser.screen(width)
    browser.open("about:blank")
    browser.open(f"{file.as_uri()}{fragment}")
    return file.as_uri()


def test_the_filter_shows_what_its_words_name(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path, SOME)
    assert browser.value(VISIBLE) == 4
    browser.value("document.querySelector('[name=q]').focus()")
    browser.write("beta optics")
    assert browser.value(VISIBLE) == 1
    assert browser.value("document.querySelector('#filter output').textContent") == "1 of 4 changes"
    assert browser.value("location.hash") == "#q=beta+optics"


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("#country=Iran", 3),
        ("#action=revised", 1),
        ("#q=alfa&country=China", 0),
        ("#q=2031-00001", 4),
        ("#licenses", 4),
    ],
)
def test_the_address_keeps_what_is_shown(browser: Chromium, tmp_path: Path, fragment: str, shown: int) -> None:
    opened(browser, tmp_path, SOME, fragment)
    assert browser.value(VISIBLE) == shown


def test_a_country_without_a_hit_is_not_shown_at_all(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path, SOME, "#country=China")
    tables = (
        "[...document.querySelectorAll('table.changes')].filter(t => t.checkVisibility()).map(t => t.dataset.country)"
    )
    assert browser.value(tables) == ["China"]


def test_every_change_has_an_address_that_stays_the_same(browser: Chromium, tmp_path: Path) -> None:
    ids = re.findall(r'id="(c-[0-9a-f]+)"', as_html(SOME))
    assert len(set(ids)) == 4
    fewer = report_of([added("Alfa Trading Co.")])
    assert re.findall(r'id="(c-[0-9a-f]+)"', as_html(fewer))[0] in ids
    opened(browser, tmp_path, SOME, f"#{ids[0]}")
    assert browser.value("document.querySelector('tr:target').id") == ids[0]
    assert browser.value(VISIBLE) == 4


def test_without_its_script_everything_is_there(browser: Chromium, tmp_path: Path) -> None:
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        opened(browser, tmp_path, SOME, "#country=China")
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.value(VISIBLE) == 4
    assert browser.value("document.getElementById('filter').checkVisibility()") is False


def test_the_keyboard_reaches_the_changes_first_and_then_every_control(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path, SOME)
    browser.press("Tab")
    assert browser.value("document.activeElement.textContent") == "Skip to the changes"
    assert browser.value("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press("Enter", "\r")
    assert browser.value("document.activeElement.id") == "main"
    names = []
    for _ in range(4):
        browser.press("Tab")
        names.append(browser.value("document.activeElement.name || document.activeElement.type"))
        assert browser.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert names == ["q", "country", "action", "reset"]
    browser.value("document.querySelector('[name=q]').value = 'alfa'")
    browser.value("document.querySelector('#filter').dispatchEvent(new Event('input'))")
    assert browser.value(VISIBLE) == 1
    browser.press("Enter", "\r")
    browser.value("new Promise(done => setTimeout(done, 50))")
    assert browser.value(VISIBLE) == 4


def hostile() -> Report:
    """Hostile words wherever a source or a user can put some."""
    change = added("Alfa").change
    assert isinstance(change, Addition)
    entry = structs.replace(renamed(change.entry, HOSTILE), country=HOSTILE)
    rule = document(title=HOSTILE, citation=HOSTILE, html_url="https://www.federalregister.gov/" + HOSTILE)
    changes = [ReportedChange(Addition(entry), (rule.document_number,)), revised("Beta")]
    return structs.replace(report_of(changes, documents=(rule,), cited=(rule,)), notes=(HOSTILE,))


def test_hostile_words_are_only_words(browser: Chromium, tmp_path: Path) -> None:
    address = opened(browser, tmp_path, hostile())
    assert "owned" not in browser.value("document.title")
    assert browser.value("document.querySelectorAll('img, iframe, object, embed, form[action]').length") == 0
    assert browser.value("document.scripts.length") == 1
    assert browser.value("document.querySelector('.who').textContent") == HOSTILE
    assert browser.requests() == [address]


def test_a_script_that_got_in_all_the_same_would_not_run(browser: Chromium, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(as_html(SOME).replace("<h1>", "<script>document.title = 'owned'</script><h1>"), encoding="utf-8")
    browser.open(file.as_uri())
    assert "owned" not in browser.value("document.title")
    assert any("Content Security Policy" in str(event) for event in browser.events)


def test_the_page_asks_for_nothing_and_complains_of_nothing(browser: Chromium, tmp_path: Path) -> None:
    address = opened(browser, tmp_path, SOME)
    assert browser.requests() == [address]
    assert [
        event for event in browser.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")
    ] == []


@pytest.mark.parametrize("width", [320, 400, 641, 900, 1400])
def test_nothing_is_wider_than_the_screen(browser: Chromium, tmp_path: Path, width: int) -> None:
    long_words = [added("Aktsionernoeobshchestvonauchnoproizvodstvennoeobedinenie" * 3), revised("B" * 120)]
    opened(browser, tmp_path, report_of(long_words), width=width)
    assert browser.value("document.documentElement.scrollWidth") <= width


def test_headings_are_in_order_and_every_table_and_field_is_named(browser: Chromium, tmp_path: Path) -> None:
    opened(browser, tmp_path, SOME)
    levels = browser.value("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert browser.value("document.documentElement.lang") == "en"
    assert browser.value("[...document.querySelectorAll('th')].every(h => h.scope)")
    assert browser.value("[...document.querySelectorAll('input,select')].every(f => f.labels.length === 1)")
    ids = browser.value("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    pictures = "[...document.querySelectorAll('svg')].every(s => s.querySelector('title') && s.querySelector('desc'))"
    assert browser.value(pictures)


# -- contrast, https://www.w3.org/TR/WCAG22/#contrast-minimum

PAIRS = (
    ("text", "page"), ("text", "panel"), ("quiet", "page"), ("quiet", "panel"), ("link", "page"), ("link", "panel"),
    ("text", "mark"), ("quiet", "mark"), ("link", "mark"), *((tone, ground) for tone in
    ("added", "revised", "removed", "ended") for ground in ("page", "panel", f"{tone}-soft")),
)  # fmt: skip


def luminance(color: str) -> float:
    parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def palettes() -> list[dict[str, str]]:
    """The colors in light, in the dark and on paper."""
    css = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in blocks]


@pytest.mark.parametrize("palette", palettes(), ids=("light", "dark", "paper"))
def test_every_text_has_contrast_with_its_ground(palette: dict[str, str]) -> None:
    assert [(a, b) for a, b in PAIRS if contrast(palette[a], palette[b]) < 4.5] == []
    assert [n for n in ("force", "force-2", "force-3") if contrast(palette[n], palette["page"]) < 2.5] == []


# -- size and time


def ten_years() -> Report:
    """More changes than ten years had, with long texts."""
    places = ("RUSSIA", "CHINA, PEOPLE'S REPUBLIC OF", "IRAN", "PAKISTAN")
    new = [added(f"Alfa Nauchno-Proizvodstvennoye {n} Limited Company", places[n % 4]) for n in range(MOST_SHOWN)]
    return report_of([*(revised(f"Beta {n}") for n in range(1_500)), *new])


def test_ten_years_of_the_whole_list_make_a_file_that_opens_quickly(browser: Chromium, tmp_path: Path) -> None:
    report = ten_years()
    began = time.monotonic()
    text = as_html(report)
    spent = time.monotonic() - began
    assert len(text.encode()) <= 3_000_000
    assert spent < 9, "3 s on a quiet machine"
    assert "1,500 changes more did not fit on this page" in text
    began = time.monotonic()
    opened(browser, tmp_path, report)
    assert browser.value(VISIBLE) == MOST_SHOWN
    assert time.monotonic() - began < 30


class Balance(HTMLParser):
    """Whether every element is closed in its order."""

    VOID = ("meta", "br", "input", "line", "rect", "link")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's signature
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_markup_is_balanced_and_begins_with_its_type() -> None:
    text = as_html(SOME)
    assert text.startswith("<!DOCTYPE html>")
    balance = Balance()
    balance.feed(text)
    assert balance.open == []
