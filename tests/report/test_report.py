"""What changed between two days, from kept evidence."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest
from harness import Bench, at

from monitor.model.changes import Addition, Removal
from monitor.model.errors import MonitorError
from monitor.model.reports import Report
from monitor.report.build import NoEvidenceError
from monitor.report.build import build_report as report_of
from monitor.report.formats.json import as_json
from monitor.report.formats.text import as_text
from monitor.sources.ecfr import MONITORED
from monitor.store import Store
from monitor.store.open import open_store, read_store

BEFORE, AFTER = date(2019, 5, 20), date(2019, 5, 23)
LISTING = "2019-10616"


@pytest.fixture(scope="module")
def kept(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """What was kept from the week of the listing."""
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("kept") / "state"
    with Replay(corpus, "2019-05-15T12:00:00-04:00") as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, folder)
        for moment in ("2019-05-15T12:00", "2019-05-20T19:00", "2019-05-23T08:00", "2019-05-24T08:00"):
            bench.check(moment)
    store = read_store(folder)
    assert store is not None
    with store:
        yield store


def build_report(store: Store, start: date, end: date, **options: Any) -> Report:
    return report_of(store, start, end, made_at=at("2019-05-24T09:00"), **options)


def entity_list(found: Report) -> Any:
    return next(one for one in found.lists if one.name == "Entity List")


def names(found: Report, kind: type[Addition | Removal]) -> set[str]:
    return {change.entry.name for change in entity_list(found).changes if isinstance(change, kind)}


def test_what_was_added_to_the_list_between_two_days_is_reported(kept: Store) -> None:
    found = build_report(kept, BEFORE, AFTER)
    assert len(names(found, Addition)) > 60
    assert names(found, Removal) == set()


def test_the_other_direction_takes_back_what_was_added(kept: Store) -> None:
    there, back = build_report(kept, BEFORE, AFTER), build_report(kept, AFTER, BEFORE)
    assert names(there, Addition) == names(back, Removal)
    assert names(back, Addition) == set()


def test_a_day_against_itself_is_no_change(kept: Store) -> None:
    found = build_report(kept, AFTER, AFTER)
    assert [(one.changes, one.paragraphs) for one in found.lists] == [((), ())] * len(MONITORED)
    assert found.documents == ()


def test_a_supplement_that_appears_is_reported_as_new_paragraphs(kept: Store) -> None:
    found = build_report(kept, BEFORE, date(2019, 5, 24))
    seven = next(one for one in found.lists if one.name == "Supplement No. 7 to part 744")
    assert seven.paragraphs
    assert {paragraph.before for paragraph in seven.paragraphs} == {""}


def test_documents_of_the_first_day_are_known_and_those_of_the_last_are_new(kept: Store) -> None:
    numbers = [
        document.document_number for document in build_report(kept, date(2019, 5, 20), date(2019, 5, 21)).documents
    ]
    assert LISTING in numbers
    assert LISTING not in [d.document_number for d in build_report(kept, date(2019, 5, 21), AFTER).documents]
    assert LISTING in [d.document_number for d in build_report(kept, AFTER, BEFORE).documents]


def test_each_list_has_the_day_and_the_hash_of_its_evidence(kept: Store) -> None:
    found = entity_list(build_report(kept, BEFORE, AFTER))
    before, after = found.evidence
    assert before.as_of <= BEFORE < after.as_of <= AFTER
    assert all(len(one.sha256) == 64 for one in found.evidence)


def test_a_day_before_the_first_evidence_is_stated_with_the_first_day(kept: Store) -> None:
    with pytest.raises(
        NoEvidenceError, match=r"no evidence of Entity List for 2019-01-01: the earliest kept is of 2019"
    ):
        build_report(kept, date(2019, 1, 1), AFTER)


def test_where_nothing_is_kept_the_command_to_begin_with_is_named(tmp_path: Any) -> None:
    with open_store(tmp_path) as store, pytest.raises(MonitorError, match="run `check` first"):
        build_report(store, BEFORE, AFTER)


def test_a_program_gets_what_a_person_reads(kept: Store) -> None:
    found = build_report(kept, BEFORE, AFTER)
    values = json.loads(msgspec.json.encode(as_json(found)))
    assert (values["from"], values["to"]) == ("2019-05-20", "2019-05-23")
    added = values["lists"]["Entity List"]["added"]
    assert {entry["name"] for entry in added} == names(found, Addition)
    cells = {"text", "license_requirement", "license_review_policy", "citations"}
    assert set(added[0]) == {"country", "country_heading", "name", "documents", *cells}
    text = as_text(found)
    assert text.startswith("Changes from 2019-05-20 to 2019-05-23\n")
    assert [entry["name"] for entry in added if f"+ {entry['country']}: {entry['name']} [" not in text] == []
    assert [one["document_number"] for one in values["documents"] if one["document_number"] not in text] == []


def test_no_change_is_stated(kept: Store) -> None:
    assert as_text(build_report(kept, AFTER, AFTER)).count("  no change") == len(MONITORED)
