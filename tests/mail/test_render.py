"""From an alert to the words of a mail."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs
from samples import (
    ALFA,
    ANNOUNCED,
    BASELINE,
    BODIES,
    CHANGED,
    FILED,
    LIST,
    NOTICE,
    NOW,
    PAGE_CHANGED,
    PUBLISHED,
    READ,
    TEXT,
    TODAY,
    alert,
    entry,
)

from monitor.diff.country_totals import by_country
from monitor.mail.pages.blocks import shorten
from monitor.mail.render import MOST_SUBJECT, Renderer, Words
from monitor.mail.templates import wrap
from monitor.model.alerts import AlertBody
from monitor.model.changes import Addition
from monitor.model.documents import Stage
from monitor.model.eastern import clock, long_date
from monitor.model.errors import DeliveryError

OURS = Renderer()


def words(body: AlertBody, own: Path | None = None, today: date = TODAY) -> Words:
    return (OURS if own is None else Renderer(own)).mail(alert(body), today)


def one_line(text: str) -> str:
    return " ".join(text.split())


def seen_in_text(mail: Words) -> str:
    return one_line(f"{mail.subject} {mail.text}")


def seen_in_html(html: str) -> str:
    """What a reader of the page sees, before and after what changed, and where its links go."""
    sides = []
    for gone, kept in (("ins", "del"), ("del", "ins")):
        page = BeautifulSoup(html, "html.parser")
        for changed in page.find_all(gone):
            changed.decompose()
        for changed in page.find_all(kept):
            changed.unwrap()
        page.smooth()
        sides.append(page.get_text(" ") + " " + " ".join(str(a["href"]) for a in page.find_all("a")))
    return one_line(" ".join(sides))


def told_by(body: AlertBody, seen: str) -> set[str]:
    """The facts of an alert that a reader sees; headings are in capitals in text."""
    return {fact for fact in facts(body) if fact.casefold() in seen.casefold()}


def facts(value: object) -> Iterator[str]:
    """Every fact of an alert as a mail says it."""
    match value:
        case datetime():
            yield clock(value)
        case date():
            yield long_date(value)
        case tuple():
            for part in value:
                yield from facts(part)
        case Struct():
            for name in value.__struct_fields__:
                yield from facts(getattr(value, name))
        case str() if type(value) is str and value:
            yield one_line(value)


# -- equal content


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_text_and_html_tell_the_same_facts(body: AlertBody) -> None:
    mail = words(body)
    assert told_by(body, seen_in_text(mail)) == told_by(body, seen_in_html(mail.html))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FILED, ["2019-10616", "May 16, 2019, 4:15 p.m. ET", "May 21, 2019", FILED.links[0].url, FILED.editorial_note]),
        (PUBLISHED, ["84 FR 22961", "Final rule.", PUBLISHED.dates, PUBLISHED.abstract, PUBLISHED.links[0].url]),
        (READ, ["23 in 15 countries: China 6", "HiSilicon", "84 FR 22961", "May 16, 2019 (in force)"]),
        (CHANGED, ["May 20, 2019", "Alfa Technologies", "says something else than was told before"]),
        (
            LIST,
            [
                "Delta Branch",
                "Epsilon Institute",
                "Old footnote.",
                "New footnote.",
                "Gamma Optics",
                "Alfa Tech",
                "Alfa Old",
                "Beta Machinery",
                "United Kingdom",
                "84 FR 22963, 5/21/19.",
            ],
        ),
        (TEXT, ["This license is valid until August 19, 2019.", "Old words.", "New words.", "Words that went."]),
        (BASELINE, ["1,121 entries", "May 14, 2019", "ef" * 32, "Addition of Entities to the Entity List"]),
        (NOTICE, [NOTICE.title, NOTICE.reason, NOTICE.advice]),
        (
            ANNOUNCED,
            [ANNOUNCED.title, ANNOUNCED.said[0], "May 20, 2019", "Not yet filed", ANNOUNCED.links[0].url],
        ),
        (PAGE_CHANGED, ["Delta Works and Epsilon Works", "Zeta Works", "May 20, 2019", PAGE_CHANGED.links[0].url]),
    ],
    ids=BODIES,
)
def test_a_mail_tells_what_matters(body: AlertBody, expected: list[str]) -> None:
    text = seen_in_text(words(body)).casefold()
    assert [fact for fact in expected if fact.casefold() not in text] == []


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_mail_says_when_it_was_seen(body: AlertBody) -> None:
    mail = words(body)
    assert "Seen May 21, 2019, 8:46 a.m. ET" in mail.text
    assert "Seen May 21, 2019, 8:46 a.m. ET" in seen_in_html(mail.html)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_lines_of_text_fit_a_terminal_but_for_links_and_hashes(body: AlertBody) -> None:
    lines = [line for line in words(body).text.splitlines() if "http" not in line and "sha256" not in line]
    assert max(len(line) for line in lines) <= 80


@pytest.mark.parametrize("stage", Stage)
def test_text_and_html_tell_the_same_of_every_step_of_a_document(stage: Stage) -> None:
    for event in (READ, FILED, structs.replace(FILED, filed_at=None, publication_date=None)):
        mail = words(structs.replace(event, stage=stage))
        assert told_by(event, seen_in_text(mail)) == told_by(event, seen_in_html(mail.html))


# -- subjects


def test_a_subject_says_what_happened() -> None:
    assert words(FILED).subject == "Filed: Addition of Entities to the Entity List"
    assert words(PUBLISHED).subject == "Published: Addition of Entities to the Entity List, effective May 16"
    moved = structs.replace(FILED, stage=Stage.RESCHEDULED)
    assert words(moved).subject == "Publication moved to May 21: Addition of Entities to the Entity List"
    gone = structs.replace(FILED, stage=Stage.WITHDRAWN, filed_at=None, publication_date=None)
    assert words(gone).subject == "Withdrawn: Addition of Entities to the Entity List"
    few = words(structs.replace(LIST, changes=LIST.changes[:3])).subject
    assert few == "Entity List in the eCFR: 1 added, 1 revised, 1 removed in 2 countries, as of May 21"
    text_gone = words(structs.replace(TEXT, heading="", gone=True)).subject
    assert text_gone == "In the eCFR, no longer there as of May 22: Supplement No. 7 to Part 744"


@given(st.text(min_size=1, max_size=400))
def test_a_subject_is_one_short_line_whatever_the_title(title: str) -> None:
    subject = words(structs.replace(FILED, title=title)).subject
    assert len(subject) <= MOST_SUBJECT
    assert len(subject.splitlines()) == 1


@given(st.text(), st.integers(2, 50))
def test_what_is_shortened_is_short_and_says_so(text: str, most: int) -> None:
    short = shorten(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("…")


def test_what_is_shortened_is_cut_between_words() -> None:
    assert shorten("Addition of Entities to the Entity List", 24) == "Addition of Entities…"


def test_links_are_never_broken() -> None:
    url = "https://www.federalregister.gov/documents/2019/05/21/2019-10616/addition-of-entities-to-the-entity-list"
    assert wrap(f"See {url}", 4).splitlines() == ["    See", f"    {url}"]


# -- documents


def test_a_rule_that_is_not_in_force_yet_says_so() -> None:
    later = structs.replace(PUBLISHED, effective_on=TODAY + timedelta(days=1))
    assert "Effective: May 22, 2019 (in 1 day)" in one_line(words(later).text)
    assert "Effective: May 16, 2019 (in force)" in one_line(words(PUBLISHED).text)
    assert "Effective:" not in one_line(words(structs.replace(PUBLISHED, effective_on=None)).text)


def test_a_filing_with_nothing_but_a_number_still_makes_a_mail() -> None:
    bare = structs.replace(FILED, filed_at=None, publication_date=None, editorial_note=None, links=())
    for stage in Stage:
        assert "2019-10616" in words(structs.replace(bare, stage=stage)).text


# -- lists


def test_countries_are_counted_the_most_first() -> None:
    assert by_country(["YEMEN", "IRAN", "YEMEN"]) == "3 in 2 countries: Yemen 2, Iran 1"
    assert by_country(["YEMEN"]) == "1 in Yemen"


def test_a_very_long_list_of_changes_is_cut_counted_and_attached() -> None:
    many = tuple(Addition(entry(f"Firm {n}")) for n in range(200))
    mail = words(structs.replace(LIST, changes=many))
    for part in (mail.text, seen_in_html(mail.html)):
        assert "more: " in part.casefold()
        assert "The full list is attached as entity-list-2019-05-21.csv: 200 rows" in one_line(part)
    assert mail.subject.startswith("Entity List in the eCFR: 200 added")


# -- hostile words

HOSTILE = "<script>alert('x')</script> & <b>bold</b> {{ 7 * 7 }}"


@pytest.mark.parametrize(
    "body",
    [
        structs.replace(FILED, title=HOSTILE, editorial_note=HOSTILE),
        structs.replace(PUBLISHED, abstract=HOSTILE, dates=HOSTILE, action=HOSTILE),
        structs.replace(LIST, changes=(Addition(entry(HOSTILE, HOSTILE)),)),
        structs.replace(TEXT, heading=HOSTILE),
    ],
)
def test_markup_in_a_source_is_text_in_the_page(body: AlertBody) -> None:
    mail = words(body)
    page = BeautifulSoup(mail.html, "html.parser")
    assert page.find("script") is None
    assert HOSTILE in seen_in_html(mail.html)
    assert HOSTILE in one_line(mail.text)


# -- the user's own templates


def test_a_file_in_the_users_folder_replaces_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "document.subject.txt").write_text("[BIS] {{ title }}", encoding="utf-8")
    assert words(FILED, tmp_path).subject == "[BIS] Addition of Entities to the Entity List"
    assert words(FILED, tmp_path).text == words(FILED).text
    assert words(LIST, tmp_path) == words(LIST)


def test_a_file_that_comes_later_replaces_one_of_ours_in_the_next_cycle(tmp_path: Path) -> None:
    assert words(FILED, tmp_path) == words(FILED)
    (tmp_path / "document.subject.txt").write_text("[BIS] {{ title }}", encoding="utf-8")
    assert words(FILED, tmp_path).subject == "[BIS] Addition of Entities to the Entity List"


def test_a_users_template_can_build_on_ours(tmp_path: Path) -> None:
    page = '{% extends "base.html" %}{% block content %}<p>{{ title }}</p>{% endblock %}'
    (tmp_path / "document.html").write_text(page, encoding="utf-8")
    html = words(structs.replace(FILED, title="A & B"), tmp_path).html
    assert "<p>A &amp; B</p>" in html
    assert "the official text decides" in html


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"{{ titel }}", "'titel' is undefined"),
        (b"{{ title", "unexpected end of template"),
        (b"{% include 'gone.txt' %}", "gone.txt"),
        (b"{{ title / 2 }}", "unsupported operand"),
        (b"{{ 1 / 0 }}", "division by zero"),
        (b"{{ effective_on | long_date }}", "NoneType"),
        (b"{{ title.nothing }}", "has no attribute 'nothing'"),
        (b"\xfc", "codec can't decode"),
    ],
)
def test_a_broken_template_of_a_user_is_one_clear_line(tmp_path: Path, source: bytes, said: str) -> None:
    (tmp_path / "document.txt").write_bytes(source)
    with pytest.raises(DeliveryError) as caught:
        words(FILED, tmp_path)
    assert said in str(caught.value)
    assert str(caught.value).startswith("template document: ")
    assert str(caught.value).endswith("check [templates] folder")
    assert not caught.value.permanent


def test_the_moment_of_an_alert_and_not_of_the_mail_is_shown() -> None:
    assert words(FILED, today=TODAY + timedelta(days=9)).text == words(FILED).text
    assert clock(NOW) in words(FILED).text
    assert ALFA.name in words(LIST).text
