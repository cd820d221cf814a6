"""The example sources answer as the real ones would, and agree with themselves."""

import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import defusedxml.ElementTree
import httpx
import pytest
from harness import SHARED
from hypothesis import given
from hypothesis import strategies as st

from monitor.commands.example import material
from monitor.commands.example.entity_list import entity_list_xml, issues_of_the_list, wording_on
from monitor.commands.example.sources import SampleSources
from monitor.model.eastern import EASTERN
from monitor.sources import ecfr, inspection, published

NEEDS_SHARED = pytest.mark.skipif(
    not SHARED.exists() and "CI" not in os.environ,
    reason="the replay of the public sources is not beside this checkout",
)
REGISTER, ECFR = "https://www.federalregister.gov", "https://www.ecfr.gov"
CURRENT = inspection.url(REGISTER)
SEARCH = published.first_page_url(REGISTER, date(2019, 5, 1))
STEPS = SampleSources.moments()
RULES_WITH_TABLES = ("2019-10616", "2019-17921", "2020-18213")


def eastern(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=EASTERN)


class Browser:
    """Asks the example sources at moments of the test's choosing."""

    def __init__(self) -> None:
        self.sources = SampleSources()
        self.client = httpx.Client(transport=httpx.MockTransport(self.sources.handle))

    def get(self, url: str, at: str | datetime | None = None, **headers: str) -> httpx.Response:
        if at is not None:
            self.sources.moment = at if isinstance(at, datetime) else eastern(at)
        return self.client.get(url, headers=headers)

    def as_of(self) -> date:
        return ecfr.read_as_of(self.get(ecfr.titles_url(ECFR)).content)

    def supplement(self, which: ecfr.Supplement, at: str | datetime) -> httpx.Response:
        self.sources.moment = at if isinstance(at, datetime) else eastern(at)
        return self.get(ecfr.text_url(ECFR, self.as_of(), which))


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    with browser.client:
        yield browser


# ---------------------------------------------------------------- public inspection and publication


def filed_numbers(browser: Browser, at: str) -> list[str]:
    return [filing.document_number for filing, _ in inspection.read(browser.get(CURRENT, at).content)]


def published_numbers(browser: Browser, at: str) -> list[str]:
    page = published.read_page(browser.get(SEARCH, at).content, REGISTER)
    return [document.document_number for document, _ in page.documents]


def test_a_document_is_on_public_inspection_from_its_filing_until_the_morning_of_its_issue(browser: Browser) -> None:
    assert "2019-10616" not in filed_numbers(browser, "2019-05-16T16:14:59")
    assert "2019-10616" in filed_numbers(browser, "2019-05-16T16:15:00")
    assert "2019-10616" in filed_numbers(browser, "2019-05-21T08:44:59")
    assert "2019-10616" not in filed_numbers(browser, "2019-05-21T08:45:00")


def test_a_document_is_published_at_six_and_has_its_xml_at_ten_past_nine(browser: Browser) -> None:
    assert "2019-10616" not in published_numbers(browser, "2019-05-21T05:59:59")
    row = published.read_page(browser.get(SEARCH, "2019-05-21T06:00:00").content, REGISTER).documents[0][0]
    assert (row.document_number, row.full_text_xml_url, row.action) == ("2019-10616", None, None)
    row = published.read_page(browser.get(SEARCH, "2019-05-21T09:10:00").content, REGISTER).documents[0][0]
    assert row.full_text_xml_url is not None
    assert browser.get(row.full_text_xml_url).headers["Content-Type"] == "text/xml"
    assert browser.get(row.full_text_xml_url, "2019-05-21T09:09:59").status_code == 404


def test_an_empty_search_has_no_results_and_still_names_the_bureau(browser: Browser) -> None:
    answer = browser.get(SEARCH, "2019-05-15T12:00:00").json()
    assert answer == {"description": "Documents from Industry and Security Bureau published on or after 05/01/2019",
                      "count": 0}  # fmt: skip


def test_pages_link_to_each_other_and_hold_every_document_once(browser: Browser) -> None:
    url: str | None = SEARCH.replace("per_page=1000", "per_page=4")
    browser.sources.moment = STEPS[-1][0]
    pages = []
    while url is not None:
        pages.append(published.read_page(browser.get(url).content, REGISTER))
        url = pages[-1].next_page_url
    published.check_complete(pages)
    numbers = [document.document_number for page in pages for document, _ in page.documents]
    assert len(numbers) == len(set(numbers)) == pages[0].count > 12


def test_other_agencies_are_on_public_inspection_and_not_in_the_search(browser: Browser) -> None:
    everybody = browser.get(CURRENT, "2019-05-17T12:00:00").json()
    assert {row["agencies"][0]["slug"] for row in everybody["results"]} > {"industry-and-security-bureau"}
    assert "2019-99102" not in published_numbers(browser, "2019-05-20T12:00:00")


@pytest.mark.parametrize(
    ("url", "status"),
    [
        (f"{REGISTER}/api/v1/documents.json?conditions[agency]=x", 400),
        (f"{REGISTER}/api/v1/documents.json?conditions[agencies][]=nobody", 400),
        (f"{REGISTER}/api/v1/documents.json?fields[]=colour", 400),
        (f"{REGISTER}/documents/2019/05/21/2019-10616", 404),
        (f"{ECFR}/api/versioner/v1/full/2030-01-01/title-15.xml?part=744", 404),
        (f"{ECFR}/api/versioner/v1/full/current/title-15.xml?part=744", 400),
        ("https://www.bis.gov/news-updates", 404),
    ],
)
def test_what_the_real_sites_refuse_is_refused(browser: Browser, url: str, status: int) -> None:
    assert browser.get(url, "2019-05-24T12:00:00").status_code == status


def test_every_document_has_its_texts(browser: Browser) -> None:
    browser.sources.moment = STEPS[-1][0]
    for document in material.documents():
        packed = document.number.replace("-", "")
        raw = f"{REGISTER}/public-inspection/raw_text/{packed[:3]}/{packed[3:6]}/{packed[6:]}.txt"
        assert f"federalregister.gov/d/{document.number}" in browser.get(raw).text
        texts = f"{REGISTER}/documents/full_text"
        folder = f"{document.publication_date:%Y/%m/%d}/{document.number}"
        assert document.number in browser.get(f"{texts}/text/{folder}.txt").text
        root = defusedxml.ElementTree.fromstring(browser.get(f"{texts}/xml/{folder}.xml").content)
        assert root.findtext("PREAMB/SUBJECT") == document.title


# ---------------------------------------------------------------- the eCFR


def rows(xml: str) -> list[list[str]]:
    root = defusedxml.ElementTree.fromstring(xml)
    return [
        ["".join(cell.itertext()) for cell in row.findall("TD")]
        for row in root.iter("TR")
        if row.find("TD") is not None
    ]


def test_the_list_follows_two_business_days_after_the_issue(browser: Browser) -> None:
    before = browser.supplement(ecfr.ENTITY_LIST, "2019-05-22T23:59:00")
    after = browser.supplement(ecfr.ENTITY_LIST, "2019-05-23T00:00:00")
    assert "Huawei" not in before.text
    assert "Huawei Technologies Co., Ltd. (Huawei)" in after.text


def test_every_row_has_five_cells_and_a_country_stands_only_on_its_first_row() -> None:
    table = rows(entity_list_xml(date(2020, 8, 20)))
    assert {len(cells) for cells in table} == {5}
    countries = [cells[0] for cells in table if cells[0]]
    assert countries == sorted(countries)
    assert len(countries) == len(set(countries))
    assert table[0][0]


def test_an_entry_that_moves_into_another_one_leaves_the_table() -> None:
    before, after = (rows(entity_list_xml(date(2019, 8, day))) for day in (20, 21))
    marine = "Huawei Marine Networks Co., Ltd."
    assert sum(cells[1].startswith(marine) for cells in before) == 1
    assert not any(cells[1].startswith(marine) for cells in after)
    assert sum(marine in cells[1] for cells in after) == 1


def test_a_sweep_rewords_every_swept_entry_and_adds_its_citation_once() -> None:
    swept = [entry for entry in material.entity_list().entries if entry.swept]
    for day in (date(2020, 5, 19), date(2020, 8, 20)):
        wordings = [wording for entry in swept if (wording := wording_on(entry, day)) is not None]
        assert len({wording.license_requirement for wording in wordings}) == 1
        mark = f"{day.month}/{day.day}/{day:%y}."
        assert all(wording.citation.count(mark) == 1 for wording in wordings)


def test_the_general_license_appears_changes_and_is_removed(browser: Browser) -> None:
    ends = []
    for at, _ in STEPS:
        answer = browser.supplement(ecfr.SUPPLEMENT_7, at)
        if answer.status_code == 404:
            ecfr.check_absent(answer.content)
        end = re.search(r"and through (\w+ \d+, \d{4})", answer.text)
        ends.append(end[1] if end is not None else None)
    runs = [end for n, end in enumerate(ends) if n == 0 or end != ends[n - 1]]
    assert runs == [None, "August 19, 2019", "November 18, 2019", "February 16, 2020", "April 1, 2020",
                    "May 15, 2020", "August 13, 2020", None]  # fmt: skip


def test_the_structure_moves_exactly_when_a_text_does(browser: Browser) -> None:
    known: dict[str, tuple[str, bytes]] = {}
    for at, _ in STEPS:
        browser.sources.moment = at
        sentinels = ecfr.read_sentinels(browser.get(ecfr.structure_url(ECFR, browser.as_of())).content)
        for watched in ecfr.MONITORED:
            answer = browser.supplement(watched, at)
            assert (answer.status_code == 200) == (watched.identifier in sentinels)
            now = sentinels.get(watched.identifier, ""), answer.content
            before = known.setdefault(watched.identifier, now)
            assert (now[0] == before[0]) == (now[1] == before[1])
            known[watched.identifier] = now


def test_without_compression_there_is_no_text(browser: Browser) -> None:
    url = ecfr.text_url(ECFR, date(2019, 5, 20), ecfr.ENTITY_LIST)
    assert browser.get(url, "2019-05-24T12:00:00", **{"Accept-Encoding": "identity"}).status_code == 406


# ---------------------------------------------------------------- the material agrees with itself


def changed(issue: date) -> tuple[set[str], set[str]]:
    """Entity cells that an issue printed, and those that it took away, blanks collapsed."""
    printed, gone = set(), set()
    for entry in material.entity_list().entries:
        printed |= {plain(w.entity) for w in entry.versions if w.since == issue}
        gone |= {plain(entry.versions[-1].entity)} if entry.until == issue else set()
    return printed, gone


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup.replace("&amp;", "&")).split())


@pytest.mark.parametrize("number", RULES_WITH_TABLES)
def test_a_rule_prints_in_its_table_what_it_changes_on_the_list(number: str) -> None:
    document = next(d for d in material.documents() if d.number == number)
    root = defusedxml.ElementTree.fromstring(material.text(f"full_text/{number}.xml"))
    cells = [row.findall("ENT") for row in root.iter("ROW")]
    printed = {" ".join(" ".join(row[1].itertext()).split()) for row in cells if len(row) == 5}
    assert printed == changed(document.publication_date)[0]


@pytest.mark.parametrize("number", RULES_WITH_TABLES)
def test_a_rule_names_in_its_instructions_what_it_changes_on_the_list(number: str) -> None:
    document = next(d for d in material.documents() if d.number == number)
    root = defusedxml.ElementTree.fromstring(material.text(f"full_text/{number}.xml"))
    named = re.findall(r"“(.+?),?”", " ".join("".join(p.itertext()) for p in root.iter("AMDPAR")))
    printed, gone = changed(document.publication_date)
    assert len(named) == len(printed | gone)
    assert all(any(cell.startswith(name) for name in named) for cell in printed | gone)


def test_every_change_of_the_list_has_the_rule_that_printed_it() -> None:
    days = {document.publication_date for document in material.documents()}
    recent = {issue for issue in issues_of_the_list() if issue > date(2019, 5, 15)}
    assert recent <= days


def test_every_version_of_the_license_was_printed_by_a_rule_that_names_its_end() -> None:
    rules = [d for d in material.documents() if d.type == "Rule" and "Temporary General License" in d.title]
    by_issue = {rule.publication_date: rule for rule in rules}
    supplement = next(s for s in material.supplements() if s.number == "7")
    for version in supplement.versions:
        if version.file is not None:
            end = re.search(r"and through (\w+ \d+, \d{4})", material.text(f"supplements/{version.file}"))
            rule = by_issue[version.issued]
            assert end is not None
            assert end[1] in f"{rule.dates} {rule.abstract}"


def test_documents_are_filed_on_business_days_before_they_are_printed_on_one() -> None:
    for document in material.documents():
        filed = document.filed_at.astimezone(EASTERN)
        assert material.is_business_day(filed.date())
        assert material.is_business_day(document.publication_date)
        assert (filed.hour, filed.minute) >= (8, 45)
        assert filed.date() < document.publication_date


# ---------------------------------------------------------------- moments


def test_the_moments_go_from_the_first_poll_to_the_end_of_the_case() -> None:
    whens = [at for at, _ in STEPS]
    assert whens == sorted(set(whens))
    assert whens[0].isoformat() == "2019-05-15T12:00:00-04:00"
    assert whens[-1].date() == date(2020, 8, 24)
    assert 35 <= len(whens) <= 55
    assert all(label for _, label in STEPS)
    assert SampleSources().moment == whens[0]


def everything(browser: Browser, at: datetime) -> list[Any]:
    search = browser.get(SEARCH, at).json()
    inspected = browser.get(CURRENT, at).json()["results"]
    texts = [browser.supplement(watched, at).content for watched in ecfr.MONITORED]
    return [[row["document_number"] for row in inspected], search["count"], *texts]


def test_something_changes_at_every_moment_of_a_change(browser: Browser) -> None:
    for at, label in STEPS:
        if label.startswith(("filed", "in the eCFR")) or (
            label.startswith("published") and "another agency" not in label
        ):
            midnight = at.replace(hour=0, minute=0) - timedelta(seconds=1)
            before = midnight if label.startswith("in the eCFR") else at - timedelta(seconds=1)
            assert everything(browser, before) != everything(browser, at), label


@given(st.datetimes(datetime(2019, 5, 15, 12), datetime(2020, 8, 31), timezones=st.just(EASTERN)))  # noqa: DTZ001 - hypothesis adds the zone
def test_at_any_moment_every_answer_reads_and_none_knows_the_future(moment: datetime) -> None:
    browser = Browser()
    for filing, _ in inspection.read(browser.get(CURRENT, moment).content):
        assert filing.filed_at is not None
        assert filing.filed_at <= moment
    page = published.read_page(browser.get(SEARCH, moment).content, REGISTER)
    assert all(document.publication_date <= moment.date() for document, _ in page.documents)
    assert browser.as_of() < moment.date()
    assert set(ecfr.read_sentinels(browser.get(ecfr.structure_url(ECFR, browser.as_of())).content)) >= {
        ecfr.ENTITY_LIST.identifier, ecfr.GENERAL_ORDERS.identifier,
    }  # fmt: skip


# ---------------------------------------------------------------- the replay is the reference


def shape(value: Any) -> Any:
    """Keys and kinds of values, not the values; of a list the first element."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return type(value).__name__


def one(value: dict[str, Any], number: str) -> dict[str, Any]:
    return next(row for row in value["results"] if row["document_number"] == number)


def leaf(node: dict[str, Any], identifier: str) -> dict[str, Any] | None:
    if node["identifier"] == identifier:
        return node
    found = (leaf(child, identifier) for child in node.get("children", []))
    return next((node for node in found if node is not None), None)


@pytest.fixture(scope="module")
def reference() -> Iterator[Any]:
    from replay import Corpus, Replay

    with Replay(Corpus(SHARED / "corpus"), "2019-05-22T16:00:00-04:00") as replay:
        yield replay


def both(browser: Browser, reference: Any, path: str, site: str, at: str) -> tuple[httpx.Response, httpx.Response]:
    host, prefix = {"register": (REGISTER, "/federalregister"), "ecfr": (ECFR, "/ecfr")}[site]
    reference.set_now(f"{at}-04:00")
    return browser.get(host + path, at), httpx.get(f"{reference.url}{prefix}{path}")


@NEEDS_SHARED
@pytest.mark.parametrize("query", ["", "&" + SEARCH.partition("?")[2]])
def test_a_published_document_has_the_shape_of_the_reference(browser: Browser, reference: Any, query: str) -> None:
    path = "/api/v1/documents.json?conditions[publication_date][lte]=2019-05-21" + query
    ours, theirs = both(browser, reference, path, "register", "2019-05-22T16:00:00")
    assert shape(one(ours.json(), "2019-10616")) == shape(one(theirs.json(), "2019-10616"))
    assert set(ours.json()) - {"next_page_url"} == set(theirs.json()) - {"next_page_url"}


@NEEDS_SHARED
def test_a_published_document_has_every_field_of_the_reference(browser: Browser, reference: Any) -> None:
    every_field = import_module("replay_register").ALL_FIELDS
    fields = "&".join(f"fields[]={name}" for name in every_field)
    path = f"/api/v1/documents.json?conditions[publication_date][gte]=2019-05-21&{fields}"
    ours, theirs = both(browser, reference, path, "register", "2019-05-22T16:00:00")
    assert set(one(ours.json(), "2019-10616")) == set(one(theirs.json(), "2019-10616"))


@NEEDS_SHARED
def test_public_inspection_has_the_shape_of_the_reference(browser: Browser, reference: Any) -> None:
    path = "/api/v1/public-inspection-documents/current.json"
    ours, theirs = both(browser, reference, path, "register", "2019-05-20T16:15:00")
    assert set(ours.json()) == set(theirs.json())
    number = "2019-10829"
    assert shape(one(ours.json(), number)) == shape(one(theirs.json(), number))
    for field in ("filed_at", "publication_date", "filing_type", "raw_text_url", "json_url"):
        theirs_value = one(theirs.json(), number)[field].replace(f"{reference.url}/federalregister", REGISTER)
        assert one(ours.json(), number)[field] == theirs_value


@NEEDS_SHARED
def test_the_ecfr_has_the_shape_of_the_reference(browser: Browser, reference: Any) -> None:
    ours, theirs = both(browser, reference, "/api/versioner/v1/titles.json", "ecfr", "2019-05-24T12:00:00")
    assert ecfr.read_as_of(ours.content) == ecfr.read_as_of(theirs.content)
    assert shape(ours.json()) == shape(theirs.json())
    path = "/api/versioner/v1/structure/2019-05-22/title-15.json"
    ours, theirs = both(browser, reference, path, "ecfr", "2019-05-24T12:00:00")
    for identifier in ("15", "744", ecfr.ENTITY_LIST.identifier, ecfr.SUPPLEMENT_7.identifier):
        mine, reference_node = leaf(ours.json(), identifier), leaf(theirs.json(), identifier)
        assert mine is not None
        assert reference_node is not None
        assert set(mine) == set(reference_node)


@NEEDS_SHARED
def test_the_list_has_the_markup_of_the_reference(browser: Browser, reference: Any) -> None:
    path = ecfr.text_url("", date(2019, 5, 21), ecfr.ENTITY_LIST)
    ours, theirs = both(browser, reference, path, "ecfr", "2019-05-24T12:00:00")
    for pattern in (r"<DIV9[^>]*>", r"<DIV width.*?<THEAD>.*?</THEAD>", r"<TR><TD[^>]*>AFGHANISTAN</TD><TD[^>]*>"):
        mine, other = re.search(pattern, ours.text), re.search(pattern, theirs.text)
        assert mine is not None
        assert other is not None
        assert mine[0] == other[0]


@NEEDS_SHARED
@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("register", "/api/v1/holidays.json"),
        ("register", "/api/v1/documents.json?conditions[colour]=red"),
        ("register", "/api/v1/documents.json?conditions[agencies][]=nobody"),
        ("register", "/documents/full_text/xml/2019/05/24/2019-10829.xml"),
        ("ecfr", "/api/versioner/v1/full/2019-05-21/title-15.xml?part=744&appendix=Supplement%20No.%209"),
        ("ecfr", "/api/versioner/v1/full/someday/title-15.xml?part=744"),
    ],
)  # fmt: skip
def test_small_answers_and_refusals_are_those_of_the_reference(
    browser: Browser, reference: Any, site: str, path: str
) -> None:
    ours, theirs = both(browser, reference, path, site, "2019-05-24T08:00:00")
    assert ours.status_code == theirs.status_code
    assert ours.headers["Content-Type"].partition(";")[0] == theirs.headers["Content-Type"].partition(";")[0]
    if theirs.status_code == 400 or "json" not in path:
        assert ours.headers["Content-Type"] == theirs.headers["Content-Type"]
    if theirs.status_code in (400, 404) and "json" in theirs.headers["Content-Type"]:
        assert ours.json() == theirs.json()


@NEEDS_SHARED
def test_headers_are_those_of_the_reference(browser: Browser, reference: Any) -> None:
    for site, path in (("register", "/api/v1/holidays.json"), ("ecfr", "/api/versioner/v1/titles.json")):
        ours, theirs = both(browser, reference, path, site, "2019-05-24T12:00:00")
        assert not {"ETag", "Last-Modified"} & set(ours.headers)
        for name in ("Cache-Control", "Pragma", "Vary", "Access-Control-Allow-Origin", "Age", "Content-Type"):
            assert name not in theirs.headers or ours.headers[name] == theirs.headers[name]


def test_public_inspection_shows_what_was_on_file_on_a_day(browser: Browser) -> None:
    def on_file(day: str) -> list[str]:
        answer = browser.get(inspection.url_on(REGISTER, date.fromisoformat(day)), "2019-05-22T12:00")
        return [filing.document_number for filing, _ in inspection.read(answer.content)]

    assert "2019-10616" in on_file("2019-05-17")
    assert "2019-10616" not in on_file("2019-05-15")
    assert [on_file(day) for day in ("2019-05-18", "2031-01-02")] == [[], []]  # a Saturday, and a day to come
