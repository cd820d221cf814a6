"""The texts of documents: read when they come, reported again when they say otherwise, never waited for."""

import dataclasses
from typing import Any

import pytest
from harness import Bench, at
from msgspec import structs

from monitor.diff.documents import publication_event
from monitor.model.documents import Stage
from monitor.polls.published import compared
from monitor.sources import published

FILED, PUBLISHED = "2019-05-16T16:15", "2019-05-21T08:45"
LISTING = "2019-10616"


def steps(bench: Bench) -> list[str]:
    """The first word of every subject about the listing."""
    return [s.split(":")[0] for s in bench.subjects if "Entity List: 69" in s or "Addition of Entities" in s]


def text_of(bench: Bench, number: int) -> str:
    return str(bench.mailbox.messages[number].message.get_body(("plain",)).get_content())


def test_a_filing_is_reported_with_what_its_text_says(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.check(FILED)
    (place,) = [
        n for n, subject in enumerate(bench.subjects) if subject.startswith("Filed: Entity List: 69 entities added")
    ]
    said = text_of(bench, place)
    for words in ("Effective: May 16, 2019 (today: in force)", "70 ADDED", "License review policy: ", "Belgium: "):
        assert words in said


@pytest.mark.usefixtures("quick_retries")
def test_a_text_that_is_not_there_yet_keeps_no_alert_back_and_is_reported_when_it_comes(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.replay.fault("status-404", "inspection/raw_text")
    bench.check(FILED)
    assert steps(bench) == ["Filed"]
    told = [text for text in map(str, (text_of(bench, n) for n in range(len(bench.subjects)))) if "2019-10616" in text]
    assert "could not be read yet" in told[0]
    bench.check("2019-05-16T16:20")
    assert steps(bench) == ["Filed"]
    bench.replay.clear_faults()
    bench.check("2019-05-16T16:25")
    assert steps(bench) == ["Filed", "Now read"]
    bench.check("2019-05-16T16:30")
    assert steps(bench) == ["Filed", "Now read"]


@pytest.mark.usefixtures("quick_retries")
def test_a_page_in_place_of_the_text_is_no_text(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.replay.fault("captcha", "inspection/raw_text")
    assert bench.check(FILED).good
    assert steps(bench) == ["Filed"]
    with bench.app.context() as context:
        assert context.store.texts(LISTING) == []


def test_the_printed_text_stands_in_until_the_xml_is_there(bench: Bench) -> None:
    bench.check("2019-05-21T05:00")
    bench.check("2019-05-21T06:30")
    with bench.app.context() as context:
        early = [text.form for text in context.store.texts(LISTING)]
    bench.check("2019-05-21T12:00")
    with bench.app.context() as context:
        later = [text.form for text in context.store.texts(LISTING)]
    assert "xml" not in early
    assert later == [*early, "xml"]
    assert steps(bench) == ["Published"]


def test_a_text_that_was_replaced_on_public_inspection_is_read_again(bench: Bench, corpus: Any) -> None:
    bench.check("2019-05-15T12:00")
    bench.check(FILED)
    place = next(n for n, d in enumerate(corpus.documents) if d.number == LISTING)
    document = corpus.documents[place]
    replaced = {"at": "2019-05-17T09:00:00-04:00", "pdf_updated_at": "2019-05-17T09:00:09.000-04:00"}
    corpus.documents[place] = dataclasses.replace(document, pi_events=(replaced,))
    try:
        bench.replay.clear_requests()
        bench.check("2019-05-17T09:05")
    finally:
        corpus.documents[place] = document
    assert [r.path for r in bench.replay.requests if "raw_text" in r.path]
    assert steps(bench) == ["Filed"]  # the same words: nothing to tell


def test_a_vanished_document_is_reported_after_two_fresh_answers(bench: Bench, corpus: Any) -> None:
    bench.check("2019-05-21T12:00")
    place = next(n for n, d in enumerate(corpus.documents) if d.number == LISTING)
    document = corpus.documents.pop(place)
    try:
        bench.check("2019-05-22T12:00")
        assert "Vanished" not in steps(bench)
        bench.check("2019-05-22T12:10")
        assert steps(bench).count("Vanished") == 1
        bench.check("2019-05-22T12:20")
        assert steps(bench).count("Vanished") == 1
    finally:
        corpus.documents.insert(place, document)


def test_a_filing_whose_day_passes_without_it_is_reported(bench: Bench, corpus: Any) -> None:
    bench.check("2019-05-15T12:00")
    bench.check(FILED)
    place = next(n for n, d in enumerate(corpus.documents) if d.number == LISTING)
    document = corpus.documents.pop(place)
    try:
        bench.check("2019-05-22T12:00")
        bench.check("2019-05-22T13:00")
        assert steps(bench).count("Not published") == 1
    finally:
        corpus.documents.insert(place, document)
    assert at(PUBLISHED) > at(FILED)


def test_a_truncated_xml_says_nothing_and_is_asked_for_again(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.check(FILED)
    bench.replay.fault("truncate", "full_text/xml")
    bench.check("2019-05-21T12:00")
    (place,) = [
        n for n, subject in enumerate(bench.subjects) if subject.startswith("Published: Entity List: 69 entities added")
    ]
    assert "WHAT IS DIFFERENT" not in text_of(bench, place)
    bench.replay.clear_faults()
    bench.check("2019-05-21T13:00")
    with bench.app.context() as context:
        assert [text.form for text in context.store.texts(LISTING)] == ["inspection", "xml"]
    assert steps(bench) == ["Filed", "Published"]


def test_a_text_that_cannot_be_read_in_full_takes_nothing_back(bench: Bench) -> None:
    for moment in ("2019-05-15T12:00", FILED, "2019-05-21T12:00"):
        bench.check(moment)
    with bench.app.context() as context:
        row = context.store.document(published.NAME, LISTING)
        assert row is not None
        document = published.read_row(row.row)
        whole = context.store.texts(LISTING)[-1]
        half = structs.replace(whole, sha256="other", body=whole.body[: len(whole.body) // 2])
        event = compared(context, publication_event(Stage.PUBLISHED, document), half, document)
    assert event.differences == ()
    assert "could not be read in full" in event.text_missing
    assert event.reading is not None
    assert len(event.reading.added) == 70
