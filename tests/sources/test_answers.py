"""Reading the envelopes of the sources: what is accepted, and what is refused in one clear sentence."""

import json
from datetime import date
from typing import Any

import pytest
from harness import objection

from monitor.model.errors import ImplausibleError, ReadError, SourceError
from monitor.sources import ecfr, inspection, published
from monitor.sources.decoding import decode, encode
from monitor.sources.register import Agency, complete, is_bureau, one_line

BASE = "https://www.federalregister.gov"
TODAY = date(2019, 5, 17)
BIS = {"raw_name": "Bureau of Industry and Security", "id": 241, "slug": "industry-and-security-bureau"}
COMMERCE = {"raw_name": "DEPARTMENT OF COMMERCE", "id": 54, "slug": "commerce-department"}
SEC = {"raw_name": "SECURITIES AND EXCHANGE COMMISSION", "id": 466, "slug": "securities-and-exchange-commission"}
Row = dict[str, Any]


def filing(**changes: Any) -> Row:
    """A row of public inspection as sent."""
    return {
        "agencies": [BIS],
        "document_number": "2019-10616",
        "editorial_note": None,
        "filed_at": "2019-05-16T16:15:00.000-04:00",
        "filing_type": "special",
        "html_url": f"{BASE}/public-inspection/2019-10616/addition-of-entities",
        "page_views": None,
        "pdf_url": "https://public-inspection.federalregister.gov/2019-10616.pdf",
        "pdf_updated_at": "2019-05-16T16:15:09.000-04:00",
        "publication_date": "2019-05-21",
        "raw_text_url": f"{BASE}/public-inspection/raw_text/201/910/616.txt",
        "title": "Addition of Entities to the Entity List ",
        "type": "Rule",
    } | changes


def document(**changes: Any) -> Row:
    """A published document as sent."""
    return {
        "abstract": "This final rule adds entities.",
        "action": "Final rule.",
        "agencies": [COMMERCE, BIS],
        "citation": "84 FR 22961",
        "dates": "This rule is effective May 16, 2019.",
        "document_number": "2019-10616",
        "effective_on": "2019-05-16",
        "end_page": 22968,
        "full_text_xml_url": f"{BASE}/documents/full_text/xml/2019/05/21/2019-10616.xml",
        "cfr_references": [{"title": 15, "part": 744, "chapter": None, "citation_url": None}],
        "comments_close_on": None,
        "correction_of": None,
        "html_url": f"{BASE}/documents/2019/05/21/2019-10616/addition-of-entities",
        "pdf_url": "https://www.govinfo.gov/content/pkg/FR-2019-05-21/pdf/2019-10616.pdf",
        "publication_date": "2019-05-21",
        "raw_text_url": f"{BASE}/documents/full_text/text/2019/05/21/2019-10616.txt",
        "start_page": 22961,
        "title": "Addition of Entities to the Entity List",
        "type": "Rule",
        "volume": 84,
    } | changes


def without(row: Row, name: str) -> Row:
    return {key: value for key, value in row.items() if key != name}


def body(*rows: Row, **changes: Any) -> bytes:
    """An envelope as sent; both sources read it."""
    description = "Documents from Industry and Security Bureau published on or after 04/17/2019"
    return json.dumps({"description": description, "count": len(rows), "results": rows} | changes).encode()


def refused(call: Any, *arguments: Any) -> str:
    with pytest.raises(SourceError) as caught:
        call(*arguments)
    said = str(caught.value)
    assert "\n" not in said
    return said


# -- typed JSON


@pytest.mark.parametrize("sent", [b"", b"{", b"<html>", b'{"raw_name": "\xff"}', b"\xfe\xff"])
def test_what_is_not_json_is_reported_as_such(sent: bytes) -> None:
    assert refused(decode, sent, Agency, "the answer").startswith("the answer ")


def test_an_answer_nested_without_end_is_refused() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    assert "nested" in refused(decode, b'{"novelty": ' + deep + b"}", Agency, "the answer")


def test_a_value_of_another_type_is_named_with_its_path() -> None:
    assert "$.slug" in refused(decode, b'{"slug": 5}', Agency, "the answer")


def test_what_is_encoded_decodes_to_itself() -> None:
    agency = Agency("Bureau of Industry and Security", "industry-and-security-bureau")
    assert decode(encode(agency), Agency, "our own value") == agency


# -- what both Federal Register sources have in common


def test_fewer_results_than_counted_are_an_incomplete_answer() -> None:
    assert "counts 3 documents and holds 2" in refused(complete, "the list", 3, 2)


def test_more_results_than_counted_are_complete() -> None:
    assert objection(complete, "the list", 3, 4) is None


def test_the_bureau_is_known_by_its_slug() -> None:
    assert is_bureau([Agency("anything", None), Agency("anything", "industry-and-security-bureau")])
    assert not is_bureau([Agency("Bureau of Industry and Security", None)])


def test_a_title_of_three_subjects_is_one_line() -> None:
    assert one_line("Meetings;  Sunshine Act \n ") == "Meetings; Sunshine Act"


# -- public inspection


def test_a_filing_reads() -> None:
    ((found, sent),) = inspection.read(body(filing()))
    assert found.title == "Addition of Entities to the Entity List"
    assert found.publication_date == date(2019, 5, 21)
    assert found.filed_at is not None
    assert found.filed_at.isoformat() == "2019-05-16T16:15:00-04:00"
    assert inspection.read_row(sent) == found


def test_no_issue_of_public_inspection_is_no_filing() -> None:
    assert inspection.read(b'{"count":0,"results":[]}') == ()


def test_filings_of_other_agencies_are_left_alone_whatever_they_say() -> None:
    other = filing(agencies=[SEC], document_number=None, title=7)
    found = inspection.read(body(other, filing(), filing(agencies=[{"raw_name": "Office of the Unknown"}])))
    assert [f.document_number for f, _ in found] == ["2019-10616"]


def test_a_withdrawn_filing_has_neither_moment() -> None:
    note = "An agency letter requesting withdrawal of this document was received."
    ((found, _),) = inspection.read(body(filing(filed_at=None, publication_date=None, editorial_note=note)))
    assert (found.filed_at, found.publication_date, found.editorial_note) == (None, None, note)


def test_half_of_public_inspection_is_refused() -> None:
    assert "counts 2 documents and holds 1" in refused(inspection.read, body(filing(), count=2))


@pytest.mark.parametrize("name", ["count", "results"])
def test_an_envelope_of_public_inspection_needs_its_keys(name: str) -> None:
    sent = json.dumps(without(json.loads(body(filing())), name)).encode()
    assert f"`{name}`" in refused(inspection.read, sent)


@pytest.mark.parametrize("name", sorted(set(filing()) - {"filing_type", "page_views"}))
def test_a_filing_needs_every_key_that_is_reported(name: str) -> None:
    assert f"`{name}`" in refused(inspection.read, body(without(filing(), name)))


def test_a_list_in_which_no_agency_has_a_name_for_programs_is_refused() -> None:
    unnamed = [without(BIS, "slug")]
    said = refused(inspection.read, body(filing(agencies=unnamed), filing(agencies=[without(SEC, "slug")])))
    assert "slug" in said


def test_new_keys_are_ignored() -> None:
    assert len(inspection.read(body(filing(novelty={"a": 1}), novelty=2))) == 1


def test_public_inspection_is_one_address() -> None:
    assert inspection.url(BASE) == f"{BASE}/api/v1/public-inspection-documents/current.json"


@pytest.mark.parametrize(("day", "believed"), [("2019-06-17", True), ("2020-05-17", True), ("2099-12-31", False)])
def test_a_filing_is_not_scheduled_for_another_generation(day: str, *, believed: bool) -> None:
    filings = [f for f, _ in inspection.read(body(filing(publication_date=day)))]
    if believed:
        inspection.check_dates(filings, TODAY)
    else:
        assert "2019-10616" in refused(inspection.check_dates, filings, TODAY)


# -- published documents


def test_a_document_reads() -> None:
    page = published.read_page(body(document()), BASE)
    ((found, sent),) = page.documents
    assert (found.volume, found.start_page, found.end_page) == (84, 22961, 22968)
    assert found.effective_on == date(2019, 5, 16)
    assert published.read_row(sent) == found


def test_nothing_found_has_no_results() -> None:
    sent = json.dumps(without(json.loads(body()), "results")).encode()
    page = published.read_page(sent, BASE)
    assert (page.count, page.documents, page.next_page_url) == (0, (), None)
    assert objection(published.check_complete, [page]) is None


def test_results_that_are_absent_though_counted_are_refused() -> None:
    sent = json.dumps(without(json.loads(body(count=3)), "results")).encode()
    assert "counts 3 documents and holds 0" in refused(published.check_complete, [published.read_page(sent, BASE)])


def test_the_answer_to_another_search_is_refused() -> None:
    sent = body(document(), description="Documents published on or after 04/17/2019")
    assert "answers another search" in refused(published.read_page, sent, BASE)


def test_another_agencys_document_is_refused_by_its_number() -> None:
    assert "holds 2019-10616, which is not of export-administration-bureau or industry-and-security-bureau" in refused(
        published.read_page, body(document(agencies=[SEC])), BASE
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://unblock.example/api/v1/documents?page=2",
        "http://www.federalregister.gov/api/v1/documents?page=2",
        "https://www.federalregister.gov.example/api/v1/documents?page=2",
        "https://www.federalregister.gov/documents/search?page=2",
        "/api/v1/documents?page=2",
    ],
)
def test_a_next_page_elsewhere_is_refused(url: str) -> None:
    assert "outside the API" in refused(published.read_page, body(document(), next_page_url=url), BASE)


def test_a_next_page_of_the_same_search_is_taken() -> None:
    url = f"{BASE}/api/v1/documents?conditions%5Bagencies%5D%5B%5D=industry-and-security-bureau&page=2"
    assert published.read_page(body(document(), next_page_url=url), BASE).next_page_url == url


def test_pages_together_must_hold_what_the_first_counts() -> None:
    first = published.read_page(body(document(), count=2), BASE)
    second = published.read_page(body(document(document_number="2019-10617"), count=2), BASE)
    published.check_complete([first, second])
    assert "counts 2 documents and holds 1" in refused(published.check_complete, [first, first])


def test_the_same_number_of_two_days_is_two_documents() -> None:
    page = published.read_page(body(document(), document(publication_date="2019-05-22")), BASE)
    assert objection(published.check_complete, [page]) is None


def test_a_count_at_the_cap_is_a_floor_and_no_total() -> None:
    page = published.read_page(body(document(), count=10_000), BASE)
    assert objection(published.check_complete, [page]) is None


def test_the_text_may_come_later() -> None:
    morning = document(full_text_xml_url=None, action=None, start_page=0, end_page=0, citation=None)
    ((found, _),) = published.read_page(body(morning), BASE).documents
    assert (found.full_text_xml_url, found.action, found.start_page, found.end_page) == (None, None, None, None)


@pytest.mark.parametrize("name", sorted(document()))
def test_a_document_needs_every_key_that_was_asked_for(name: str) -> None:
    assert f"`{name}`" in refused(published.read_page, body(without(document(), name)), BASE)


@pytest.mark.parametrize("name", ["description", "count"])
def test_an_envelope_of_documents_needs_its_keys(name: str) -> None:
    sent = json.dumps(without(json.loads(body(document())), name)).encode()
    assert f"`{name}`" in refused(published.read_page, sent, BASE)


def test_the_issue_of_monday_is_there_on_saturday() -> None:
    page = published.read_page(body(document(publication_date="2019-05-20")), BASE)
    assert objection(published.check_dates, [page], date(2019, 5, 18)) is None


def test_no_document_is_published_weeks_ahead() -> None:
    page = published.read_page(body(document(publication_date="2099-12-31")), BASE)
    said = refused(published.check_dates, [page], TODAY)
    assert "2019-10616" in said
    assert "2099-12-31" in said


def test_the_search_names_the_bureau_the_window_and_nothing_that_moves_by_itself() -> None:
    url = published.first_page_url(BASE, date(2019, 4, 17))
    assert url.startswith(f"{BASE}/api/v1/documents.json?conditions[agencies][]=industry-and-security-bureau")
    assert "conditions[publication_date][gte]=2019-04-17" in url
    assert not [name for name in ("page_views", "dockets", "regulations_dot_gov_info") if name in url]


# -- the eCFR


def titles(**changes: Any) -> bytes:
    ours = {"number": 15, "name": "Commerce and Foreign Trade", "up_to_date_as_of": "2019-05-15", "reserved": False}
    panama = {"number": 35, "name": "Panama Canal [Reserved]", "up_to_date_as_of": None, "reserved": True}
    return json.dumps({"titles": [panama, ours | changes], "meta": {"date": "2019-05-17"}}).encode()


def test_the_legal_day_is_that_of_title_15() -> None:
    assert ecfr.read_as_of(titles()) == date(2019, 5, 15)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"processing_in_progress": True}, "is processing title 15"),
        ({"up_to_date_as_of": None}, "does not say as of when title 15 is up to date"),
        ({"number": 16}, "has no title 15"),
        ({"up_to_date_as_of": "yesterday"}, "$.titles[1].up_to_date_as_of"),
    ],
)
def test_a_title_that_cannot_be_asked_for_is_refused(changes: Row, words: str) -> None:
    assert words in refused(ecfr.read_as_of, titles(**changes))


def test_the_ecfr_is_up_to_date_for_no_future_day() -> None:
    ecfr.check_as_of(TODAY, TODAY)
    assert "2019-05-18, which is still to come" in refused(ecfr.check_as_of, date(2019, 5, 18), TODAY)


def appendix(part: int, number: int, size: int = 1000) -> Row:
    name = f"Supplement No. {number} to Part {part}"
    return {"identifier": name, "type": "appendix", "received_on": "2019-04-11T17:30:15-0400", "size": size}


def structure(*parts: tuple[int, list[Row]]) -> bytes:
    nodes = [{"identifier": str(n), "type": "part", "size": 1, "children": leaves} for n, leaves in parts]
    chapter = {"identifier": "VII", "type": "chapter", "size": 2, "children": nodes}
    return json.dumps({"identifier": "15", "type": "title", "size": 3, "children": [chapter]}).encode()


GENERAL_ORDERS = (736, [appendix(736, 1)])
ENTITY_LIST = appendix(744, 4, 2_197_405)


def test_the_sentinel_has_receipt_and_size() -> None:
    found = ecfr.read_sentinels(structure(GENERAL_ORDERS, (744, [ENTITY_LIST])))
    assert found["Supplement No. 4 to Part 744"] == "2019-04-11T17:30:15-0400 2197405"
    assert "Supplement No. 7 to Part 744" not in found


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (structure(GENERAL_ORDERS), "has no part 744"),
        (structure(GENERAL_ORDERS, (744, [])), "has no part 744"),
        (structure((744, [ENTITY_LIST])), "has no part 736"),
        (structure(GENERAL_ORDERS, (744, [appendix(744, 7)])), "has no Supplement No. 4 to Part 744"),
        (structure((736, [appendix(736, 2)]), (744, [ENTITY_LIST])), "has no Supplement No. 1 to Part 736"),
    ],
)
def test_a_structure_without_what_always_exists_cannot_be_true(sent: bytes, words: str) -> None:
    with pytest.raises(ImplausibleError, match=words):
        ecfr.read_sentinels(sent)


@pytest.mark.parametrize("name", ["identifier", "type", "size"])
def test_a_node_needs_its_keys(name: str) -> None:
    said = refused(ecfr.read_sentinels, structure(GENERAL_ORDERS, (744, [without(ENTITY_LIST, name)])))
    assert f"`{name}`" in said


def test_a_404_is_absence_only_in_so_many_words() -> None:
    ecfr.check_absent(b'{"error":"No matching content found."}')
    said = refused(ecfr.check_absent, b'{"error":"The requested date 2019-05-18 is past the most recent issue date"}')
    assert "has no text for that day: The requested date" in said


@pytest.mark.parametrize("sent", [b"<html>", b"{}", b'{"error": null}'])
def test_a_404_that_does_not_read_is_no_proof(sent: bytes) -> None:
    with pytest.raises(ReadError):
        ecfr.check_absent(sent)


def test_a_supplement_is_asked_for_with_its_part() -> None:
    url = ecfr.text_url("https://www.ecfr.gov", date(2019, 5, 15), ecfr.ENTITY_LIST)
    assert url == (
        "https://www.ecfr.gov/api/versioner/v1/full/2019-05-15/title-15.xml"
        "?part=744&appendix=Supplement%20No.%204%20to%20Part%20744"
    )
