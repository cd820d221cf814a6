"""Reading the pages of BIS: both formats of the site, mutilated pages, and the subject of a press release."""

import time
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from harness import objection
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from samples import FILED, READ

from monitor.model.documents import Kind
from monitor.model.errors import ReadError
from monitor.model.press_releases import Release
from monitor.polls.bis.linking import Fit, pairs
from monitor.polls.bis.releases import is_same
from monitor.polls.bis.shared_facts import certainty, facts_in_common, with_subjects
from monitor.sources.bis import ListedNotice, has_table, is_scripted, read_denied, read_notices, read_releases
from monitor.sources.web_page import plain, read_text

BASE = "https://www.bis.gov/news-updates/all-press-releases"
TYPE = "text/html; charset=utf-8"
JOOMLA = """<html><body><ul class="menu"><li><a href="/index.php/about-bis/newsroom/press-releases">Press
Releases</a></li></ul><div class="item-page"><h2>Press Releases</h2><table class="category">
<tr class="cat-list-row"><td class="list-title">
<a href="/index.php/about-bis/newsroom/press-releases/commerce-adds-alfa">
 Commerce Adds <b>Alfa</b> Optics to the Entity List</a></td><td class="list-date">03/02/2031</td></tr>
<tr class="cat-list-row"><td class="list-title">
<a href="/index.php/about-bis/newsroom/press-releases/bis-update-2031">BIS
 Update 2031 Opens</a></td><td class="list-date">02/28/2031</td></tr></table></div></body></html>"""
DRUPAL = """<html><body><header><a href="/news-updates/old-news-of-ours">Old news of March 1, 2031</a></header>
<main id="main-content"><h1>Press Releases</h1><div class="view-content">
<article><h3><a href="/press-release/commerce-adds-alfa">
<span>Commerce Adds Alfa Optics to the Entity List</span></a></h3>
<time datetime="2031-03-02T12:00:00Z">March 2, 2031</time></article>
<article><h3><a href="/press-release/bis-update-2031">BIS Update 2031 Opens</a></h3>
<time datetime="2031-02-28T12:00:00Z"></time>
</article></div><a href="/news-updates/all-press-releases?page=2">Next</a></main></body></html>"""
TABLE = """<html><body><div class="item-page"><table><tr><td>Publication Date</td><td>Federal Register Citation</td>
<td>Title of Federal Register</td></tr><tr><td>&nbsp;03/04/2031</td><td><a href="/f">96 FR 11111</a></td>
<td>Addition of Alfa Optics to the Entity List</td></tr></table></div></body></html>"""
SCRIPTED = """<html><body><main><h1>Federal Register Notices</h1><div id="fr" data-endpoint="/jsonapi/fr"></div></main>
<noscript>You need to enable JavaScript to see the list.</noscript></body></html>"""


def releases(page: str) -> tuple[Release, ...]:
    return read_releases(page.encode(), TYPE, BASE)


def release(title: str, *text: str, day: date = date(2019, 5, 15)) -> Release:
    url = "https://www.bis.gov/press-release/some-words-of-it"
    return with_subjects(Release(title=title, dated="May 15, 2019", day=day, url=url, text=text))


# -- lists of press releases


@pytest.mark.parametrize("page", [JOOMLA, DRUPAL], ids=["Joomla", "Drupal"])
def test_a_list_reads_to_title_date_and_address(page: str) -> None:
    found = releases(page)
    assert [one.title for one in found] == ["Commerce Adds Alfa Optics to the Entity List", "BIS Update 2031 Opens"]
    assert [one.day for one in found] == [date(2031, 3, 2), date(2031, 2, 28)]
    assert all(one.url.startswith("https://www.bis.gov/") for one in found)
    assert found[0].slug == "commerce-adds-alfa"


def test_a_date_stands_as_printed() -> None:
    assert [one.dated for one in releases(JOOMLA)] == ["03/02/2031", "02/28/2031"]
    assert [one.dated for one in releases(DRUPAL)] == ["March 2, 2031", "2031-02-28"]


@pytest.mark.parametrize(
    "broken",
    [
        DRUPAL.replace("March 2, 2031", "").replace('datetime="2031-03-02T12:00:00Z"', ""),  # no date
        DRUPAL.replace('href="/press-release/commerce-adds-alfa"', 'href="javascript:alert(1)"'),
        DRUPAL.replace(
            'href="/press-release/commerce-adds-alfa"', 'href="https://evil.example/press-release/adds-alfa"'
        ),
        DRUPAL.replace('href="/press-release/commerce-adds-alfa"', 'href="http://www.bis.gov:8443/press-release/a-b"'),
        DRUPAL.replace('href="/press-release/commerce-adds-alfa"', 'href="//[bad/press-release/a-b"'),
        DRUPAL.replace("<span>Commerce Adds Alfa Optics to the Entity List</span>", ""),  # no title
        DRUPAL.replace("March 2, 2031", "February 30, 2031").replace('datetime="2031-03-02T12:00:00Z"', ""),
    ],
)
def test_what_lacks_title_date_or_an_address_on_the_host_is_no_item(broken: str) -> None:
    assert [one.title for one in releases(broken)] == ["BIS Update 2031 Opens"]


def test_the_date_of_a_neighbor_is_not_taken() -> None:
    page = """<main><ul><li><a href="/press-release/first-of-two-things">First of two things</a></li>
    <li><a href="/press-release/second-of-two-things">Second of two things</a> May 3, 2031</li></ul></main>"""
    assert [one.title for one in releases(page)] == ["Second of two things"]


def test_a_date_inside_a_title_is_not_the_date_of_the_release() -> None:
    link = '<a href="/press-release/license-through-may">License through May 15, 2031</a>'
    page = f"<main><p>{link} Mar. 2, 2031</p></main>"
    assert [one.day for one in releases(page)] == [date(2031, 3, 2)]


@pytest.mark.parametrize("page", ["", "<html></html>", SCRIPTED, "\x00\xff<", "<a href='/press-release/x-y'>"])
def test_a_page_without_items_reads_to_none(page: str) -> None:
    assert releases(page) == ()


@given(st.binary(max_size=400))
def test_no_bytes_break_a_reader(body: bytes) -> None:
    for content_type in ("", "text/html; charset=utf-16", "text/html; charset=nonsense"):
        with suppress(ReadError):  # what is no text is refused by name
            assert read_releases(body, content_type, BASE) == ()
            assert read_denied(body, content_type, BASE) == ()
            assert read_notices(body, content_type) == ()


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<table><tr>", "<td>", "<a href='/press-release/a-b-c'>", "</a>", "May 3, 2031", "<main>",
         "<![CDATA[", "<!--", "96 FR 1", "&#xD800;", "<time datetime='2031-99-99'>", "<script>", "</main>",
         "Title of something"]
    ),
    max_size=25,
)  # fmt: skip


@given(MARKUP)
def test_no_markup_breaks_a_reader(parts: list[str]) -> None:
    body = "".join(parts).encode()
    refused = objection(read_releases, body, TYPE, BASE)
    if refused is not None:  # a page of hardly anything but lone surrogates
        assert "no text in any charset" in refused
        assert "&#xD800;" in parts
        return
    for one in read_releases(body, TYPE, BASE):
        assert one.title
        assert one.url == "https://www.bis.gov/press-release/a-b-c"
    assert all(notice.citation == "96 FR 1" for notice in read_notices(body, TYPE))


def test_a_mutilated_page_never_invents_an_item() -> None:
    whole = {(one.url, one.day) for one in releases(DRUPAL)}
    for cut in range(0, len(DRUPAL), 7):
        assert {(one.url, one.day) for one in releases(DRUPAL[:cut])} <= whole


# -- titles are harmless


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Commerce\r\nBcc: x@example.org adds Alfa", "Commerce Bcc: x@example.org adds Alfa"),
        ("Alfa \u202egnp.exe\u202c adds", "Alfa gnp.exe adds"),
        ("Alfa\u2028\x07adds\u200b Beta\ufeff", "Alfa adds Beta"),
        ("Alfa \ud800 adds", "Alfa ? adds"),
    ],
)
def test_controls_and_turned_writing_do_not_reach_a_title(title: str, seen: str) -> None:
    assert plain(title) == seen


@given(st.text(st.characters(codec=None)))
def test_plain_text_is_one_line_that_can_be_written(text: str) -> None:
    found = plain(text)
    assert found.encode().decode() == found
    assert found.isprintable() or all(c.isprintable() or not c.isascii() for c in found)
    assert plain(found) == found


# -- the other pages


def test_the_table_of_notices_reads_to_day_citation_and_title() -> None:
    assert read_notices(TABLE.encode(), TYPE) == (
        ListedNotice(day=date(2031, 3, 4), citation="96 FR 11111", title="Addition of Alfa Optics to the Entity List"),
    )


def test_a_table_without_a_row_is_the_beginning_of_a_year_and_a_script_is_none() -> None:
    empty = TABLE.replace("03/04/2031", "")
    assert read_notices(empty.encode(), TYPE) == ()
    assert has_table(empty.encode(), TYPE)
    assert not has_table(SCRIPTED.encode(), TYPE)
    assert is_scripted(SCRIPTED.encode(), TYPE)
    assert not is_scripted(TABLE.encode(), TYPE)


def test_the_file_of_denied_persons_is_found_by_its_dated_name() -> None:
    page = """<main><a href="https://media.bis.gov/sites/default/files/dpl_04142031.csv">List</a>
    <a href="https://evil.example/dpl_04152031.csv">x</a><a href="/about">dpl</a></main>"""
    assert read_denied(page.encode(), TYPE, BASE) == ("https://media.bis.gov/sites/default/files/dpl_04142031.csv",)


# -- text


def test_a_text_reads_by_paragraphs_and_cells_without_menus_and_scripts() -> None:
    page = """<body><nav>Menu</nav><main><h1>List</h1><p>One <b>b</b>old<br>line</p><script>no()</script>
    <ul><li>Two<li>Three</ul>
    <table><tr><td>A</td><td>B</td></tr></table><!-- no --><noscript>no</noscript></main><footer>Foot</footer></body>"""
    text = read_text(page.encode(), TYPE)
    assert text.heading == "List"
    assert text.paragraphs == ("One bold line", "Two", "Three", "A B")


@pytest.mark.parametrize(
    ("content_type", "charset"), [("text/html; charset=koi8-r", "koi8-r"), ('text/html;charset="gb18030"', "gb18030")]
)
def test_a_page_is_read_in_the_charset_it_was_sent_with(content_type: str, charset: str) -> None:
    words = "Список 列表" if charset == "gb18030" else "Список"
    assert read_text(f"<p>{words}</p>".encode(charset), content_type).paragraphs == (words,)


def test_a_selector_takes_its_part_and_one_that_matches_nothing_is_reported() -> None:
    page = b"<main><p class=a>One</p><p>Two</p><div class=a><p class=a>Three</p></div></main>"
    assert read_text(page, TYPE, "p.a, div.a").paragraphs == ("One", "Three")
    with pytest.raises(ReadError, match="matches nothing: was the page redesigned"):
        read_text(page, TYPE, "#list")


@pytest.mark.parametrize(
    "page", [b"", b"<main></main>", b"<main><script>x</script></main>", b"<body><nav>Menu</nav></body>"]
)
def test_a_page_without_text_is_rejected(page: bytes) -> None:
    with pytest.raises(ReadError, match="no text"):
        read_text(page, TYPE)


def test_a_page_that_nests_without_end_is_read() -> None:
    assert read_text(b"<div>" * 20_000 + b"deep", TYPE).paragraphs == ("deep",)


# -- what a release speaks of


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("Commerce Adds 37 Entities to the Entity List", {Kind.ENTITY_LIST_RULE}),
        ("Department of Commerce Extends Temporary General License", {Kind.GENERAL_LICENSE}),
        ("Commerce Issues General License for Relief Goods", {Kind.GENERAL_LICENSE}),
        ("BIS Removes 27 Parties from the Unverified List", {Kind.UNVERIFIED_LIST}),
        ("Commerce Adds Seven Firms to the Military End-User List", {Kind.MEU_LIST}),
        ("Commerce Expands the Foreign Direct Product Rule", {Kind.LIST_FRAMEWORK}),
        ("BIS Imposes a Penalty of $1.5 Million for Export Violations", set()),
        ("BIS Update Conference Opens", set()),
        ("DHS Adds Companies to the UFLPA Entity List", set()),
    ],
)
def test_a_title_names_its_list_or_license(title: str, kinds: set[Kind]) -> None:
    assert set(release(title).kinds) == kinds


def test_a_text_counts_where_it_announces_an_action() -> None:
    found = release(
        "Commerce Announces Further Restrictions", "We act today.", "There are 12 additions to the Entity List."
    )
    assert found.kinds == (Kind.ENTITY_LIST_RULE,)
    assert found.said == ("There are 12 additions to the Entity List.",)


def test_a_penalty_that_names_a_party_on_the_list_is_no_change_of_the_list() -> None:
    text = "The goods went to Alfa, which was added to the Entity List in 2019."
    assert release("Firm to Pay $2 Million for Shipments", text).kinds == ()


# -- which document it announces


def test_a_release_fits_the_rule_that_names_the_same_company() -> None:
    same = facts_in_common(release("Commerce Adds Huawei to the Entity List"), READ)
    assert same == ("“huawei”",)
    assert certainty(same) == "possibly the same: both say “huawei”"


def test_a_count_and_a_day_say_more_than_a_word() -> None:
    added = len(READ.reading.added) if READ.reading is not None else 0
    text = (f"The rule adds {added} entities to the Entity List.", "It is effective May 16, 2019.")
    same = facts_in_common(release("Commerce Adds Huawei to the Entity List", *text), READ)
    assert same == ("“huawei”", f"the count {added}", "May 16, 2019")
    assert certainty(same).startswith("probably the same")


@pytest.mark.parametrize(
    "title",
    [
        "Commerce Extends the Temporary General License of Huawei",  # of another kind
        "Commerce Adds Delta Works to the Entity List",  # of another company
        "Department of Commerce Announces Additions of Technologies to the Entity List",  # words that all have
    ],
)
def test_a_release_on_something_else_fits_not(title: str) -> None:
    assert facts_in_common(release(title), READ) == ()


def test_without_a_text_the_title_of_a_document_is_all_there_is() -> None:
    document = structs.replace(FILED, title="Addition of Alfa Optics to the Entity List")
    assert facts_in_common(release("Commerce Adds Alfa Optics to the Entity List"), document) == ("“alfa”", "“optics”")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"url": "https://www.bis.gov/index.php/newsroom/press-releases/some-words-of-it"}, True),  # the site moved
        ({"title": "Commerce Adds Alfa and Beta to the Entity List"}, True),  # the title was corrected
        ({"day": date(2019, 5, 16)}, True),  # the day was corrected
        ({"day": date(2020, 5, 16), "url": "https://www.bis.gov/press-release/some-words-of-it-0"}, False),
        ({"title": "Commerce Adds Beta", "url": "https://www.bis.gov/press-release/other-words"}, False),
    ],
)
def test_a_release_is_the_same_when_two_of_address_title_and_day_agree(other: dict[str, Any], *, same: bool) -> None:
    one = release("Commerce Adds Alfa to the Entity List")
    assert is_same(one, structs.replace(one, **other)) == same


def test_only_one_document_and_one_release_that_fit_no_other_are_one_conversation() -> None:
    one = release("One of them")
    two = structs.replace(one, url="https://www.bis.gov/press-release/two-of-them")
    sure, a, b, c = Fit("1", one, ("x",)), Fit("2", two, ("x",)), Fit("3", two, ("x",)), Fit("1", two, ("x",))
    assert pairs([sure]) == [sure]
    assert pairs([sure, a]) == [sure, a]
    assert pairs([sure, a, b]) == [sure]
    assert pairs([sure, c]) == []


UNPARSABLE = (b"<p>x <![CDA x]>", b"<![if", b"<!DOCTYPE [<", b"<" * 50_000, b"<p>" * 20_000, b"&#x110000;&#xd800;")


@pytest.mark.parametrize("body", UNPARSABLE)
def test_markup_that_nobody_can_parse_is_refused_or_read_and_never_a_crash(body: bytes) -> None:
    with suppress(ReadError):
        assert read_notices(body, "text/html") == ()


def test_rows_that_nobody_closed_do_not_take_for_ever() -> None:
    started = time.process_time()
    assert read_notices(b"<table>" + b"<tr><td>96 FR 1, May 3, 2031, a title of some length" * 3_000, "text/html") != ()
    assert time.process_time() - started < 5


def test_forms_and_menus_that_nobody_closed_do_not_take_for_ever() -> None:
    page = b"<main><h1>News</h1>" + b"<form><nav><a href='/x'>y</a>" * 4_000
    started = time.process_time()
    with suppress(ReadError):
        read_releases(page, "text/html", BASE)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("piece", [b"<tr><td>x<td>y", b"<td>x<br>", b"<p>x<br>y<br>", b"<a href='/press-release/x'>y"])
def test_what_nobody_closed_does_not_take_for_ever(piece: bytes) -> None:
    page = b"<main><h1>News</h1><table>" + piece * 4_000  # Beautiful Soup itself is quadratic where tags nest
    started = time.process_time()
    for read in (read_notices, read_text):
        with suppress(ReadError):
            read(page, "text/html")
    with suppress(ReadError):
        read_releases(page, "text/html", BASE)
    assert time.process_time() - started < 20
