"""Searches of the operator's own in the Federal Register: asked as configured, checked, and reported once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at
from msgspec import json, structs

from monitor.model.documents import Kind
from monitor.model.errors import ReadError
from monitor.model.polls import Outcome, Status
from monitor.model.settings import Recipient, Search
from monitor.sources import published
from monitor.sources.searches import asked_of
from monitor.store.open import open_store

pytestmark = pytest.mark.usefixtures("quick_retries")
BASE = "https://www.federalregister.gov"
OFAC = Search(name="ofac", agencies=("foreign-assets-control-office",), types=("RULE", "NOTICE"))
TREASURY = {"raw_name": "DEPARTMENT OF THE TREASURY", "slug": "treasury-department"}
OFFICE = {"raw_name": "Office of Foreign Assets Control", "slug": "foreign-assets-control-office"}


def row(**values: Any) -> dict[str, Any]:
    """A result as the API sends it."""
    named = dict.fromkeys(published.Row.__struct_fields__) | {
        "document_number": "2031-00001",
        "publication_date": "2031-03-04",
        "title": "Alfa Sanctions Regulations",
        "type": "Rule",
        "agencies": [TREASURY, OFFICE],
        "html_url": f"{BASE}/d/2031-00001",
        "raw_text_url": f"{BASE}/t",
        "cfr_references": [],
    }
    return named | values


def page(
    *rows: dict[str, Any], description: str = "Documents from Foreign Assets Control Office and of type Rule"
) -> bytes:
    return json.encode({"description": description, "count": len(rows), "results": rows})


# -- what is asked, and what is taken for an answer


def test_a_search_asks_for_each_condition_once() -> None:
    search = Search(name="all", term='"supply chain"', agencies=("a", "b"), types=("PRESDOCU",), cfr="15 CFR 791")
    url = published.first_page_url(BASE, date(2031, 3, 1), asked=asked_of(search))
    for part in (
        "conditions[term]=%22supply+chain%22", "conditions[agencies][]=a&conditions[agencies][]=b",
        "conditions[type][]=PRESDOCU", "conditions[cfr][title]=15&conditions[cfr][part]=791",
        "conditions[publication_date][gte]=2031-03-01",
    ):  # fmt: skip
        assert url.count(part) == 1


def test_a_title_without_a_part_is_asked_as_such() -> None:
    url = published.first_page_url(BASE, date(2031, 3, 1), asked=asked_of(Search(name="title", cfr="15 CFR")))
    assert "[cfr][title]=15" in url
    assert "[part]" not in url


def test_the_answer_of_a_search_is_read() -> None:
    found = published.read_page(page(row()), BASE, asked_of(OFAC))
    assert [document.agencies for document, _ in found.documents] == [
        ("treasury-department", "foreign-assets-control-office")
    ]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (page(row(), description="Documents published on or after 03/01/2031"), "answers another search"),
        (page(row(agencies=[TREASURY])), "holds 2031-00001, which is not of foreign-assets-control-office"),
        (page(row(type="Proposed Rule")), "holds 2031-00001, which is a Proposed Rule"),
        (b"<html>", "does not read"),
    ],
)
def test_an_answer_that_ignores_a_condition_is_not_accepted(body: bytes, words: str) -> None:
    with pytest.raises(ReadError, match=words) as caught:
        published.read_page(body, BASE, asked_of(OFAC))
    assert "the Federal Register's search 'ofac'" in str(caught.value)


def test_a_term_that_the_description_does_not_name_was_not_asked() -> None:
    asked = asked_of(Search(name="term", term='"Alfa sanctions"'))
    answer = page(row(), description="Documents matching '\"Alfa sanctions\"'")
    assert len(published.read_page(answer, BASE, asked).documents) == 1
    with pytest.raises(ReadError, match="another search"):
        published.read_page(page(row(), description="Documents matching 'alfa'"), BASE, asked)


# -- against the replay


def watching(sources: Any, mailbox: Any, folder: Path, *searches: Search, **options: Any) -> Bench:
    return Bench(sources, mailbox, folder / "state", searches=searches, **options)


def look(bench: Bench, moment: str, *names: str) -> list[Outcome]:
    bench.clock.moment = at(moment)
    bench.replay.set_now(bench.clock.moment)
    return list(bench.app.cycle(names).outcomes)


def text(bench: Bench) -> str:
    body = bench.mailbox.messages[-1].message.get_body(("plain",))
    return " ".join(body.get_content().split())


def test_a_document_of_another_agency_is_reported_once_with_its_search(
    sources: Any, mailbox: Any, tmp_path: Path
) -> None:
    bench = watching(sources, mailbox, tmp_path, OFAC)
    assert look(bench, "2019-05-21T12:00", "search:ofac")[0].status is Status.BASELINE
    assert "Search “ofac”" in text(bench)
    assert look(bench, "2019-05-22T07:00", "search:ofac")[0].status is Status.CHANGED
    told = text(bench)
    assert "Venezuela Sanctions Regulations: Publication of General License 5A" in told
    assert "Found by: your search “ofac”" in told
    assert "BIS" not in told
    assert look(bench, "2019-05-22T09:00", "search:ofac")[0].status is Status.UNCHANGED
    assert len(bench.mailbox.messages) == 2


def test_searches_are_of_a_topic_of_their_own(sources: Any, mailbox: Any, tmp_path: Path) -> None:
    readers = (
        Recipient(address="all@example.org"),
        Recipient(address="lists@example.org", topics=(Kind.ENTITY_LIST_RULE,)),
        Recipient(address="search@example.org", topics=(Kind.SEARCH,)),
    )
    bench = watching(sources, mailbox, tmp_path, OFAC, recipients=readers)
    look(bench, "2019-05-21T12:00", "search:ofac")
    before = len(mailbox.messages)
    look(bench, "2019-05-22T07:00", "search:ofac")
    assert {mail.recipients[0] for mail in mailbox.messages[before:]} == {"all@example.org", "search@example.org"}


def test_what_is_reported_as_of_bis_is_not_reported_again_by_a_search(
    sources: Any, mailbox: Any, tmp_path: Path
) -> None:
    bench = watching(sources, mailbox, tmp_path, Search(name="part", cfr="15 CFR 744"))
    look(bench, "2019-05-20T12:00", "published", "search:part")
    outcomes = look(bench, "2019-05-21T09:00", "published", "search:part")
    assert [outcome.alerts for outcome in outcomes] == [1, 0]
    with open_store(bench.folder) as store:
        assert "2019-10616" in {document.document_number for document in store.documents("search:part")}


def test_new_conditions_under_an_old_name_bring_no_flood(sources: Any, mailbox: Any, tmp_path: Path) -> None:
    bench = watching(sources, mailbox, tmp_path, Search(name="any", agencies=("nuclear-regulatory-commission",)))
    look(bench, "2023-09-20T12:00", "search:any")
    wider = structs.replace(bench.app.settings, searches=(structs.replace(OFAC, name="any"),))
    bench.app = structs.replace(bench.app, settings=wider)
    (outcome,) = look(bench, "2023-09-20T12:15", "search:any")
    with open_store(bench.folder) as store:
        kept = store.documents("search:any")
    assert len(kept) > outcome.alerts
    assert outcome.alerts <= 3  # those of the last seven days


def test_a_search_of_something_unknown_fails_in_one_line_and_alone(sources: Any, mailbox: Any, tmp_path: Path) -> None:
    bench = watching(sources, mailbox, tmp_path, Search(name="typo", agencies=("office-of-nothing",)), OFAC)
    outcomes = look(bench, "2019-05-21T12:00", "search:typo", "search:ofac")
    assert [outcome.status for outcome in outcomes] == [Status.FAILED, Status.BASELINE]
    assert "answers 400" in outcomes[0].message
    assert "\n" not in outcomes[0].message


@pytest.mark.parametrize("kind", ["captcha", "half-list", "truncate", "missing-field", "status-500", "date-in-future"])
def test_a_bad_answer_is_not_accepted_and_the_next_good_one_is(
    sources: Any, mailbox: Any, tmp_path: Path, kind: str
) -> None:
    bench = watching(sources, mailbox, tmp_path, OFAC)
    look(bench, "2019-05-21T12:00", "search:ofac")
    sources.fault(kind, r"documents\.json", **({"field": "document_number"} if kind == "missing-field" else {}))
    assert look(bench, "2019-05-22T07:00", "search:ofac")[0].status is Status.FAILED
    assert len(mailbox.messages) == 1
    sources.clear_faults()
    assert look(bench, "2019-05-22T08:00", "search:ofac")[0].alerts == 1
