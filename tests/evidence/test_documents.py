"""The documents that are known, listed and explained from kept evidence."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from harness import Bench

from monitor.__main__ import run
from monitor.evidence.document_output import as_json, as_line, explanation
from monitor.evidence.documents import DocumentRecord, document_records
from monitor.evidence.readings import Readings
from monitor.law.document import read
from monitor.model.documents import Kind, Stage
from monitor.store.open import open_store, read_store

FIELDS = {
    "document_number", "publication_date", "citation", "title", "type", "action", "kind", "also", "stage", "filed_at",
    "effective_on", "applicable_on", "stated_counts", "added", "removed", "revised", "license_requirement",
    "license_review_policy", "footnotes", "general_license", "savings_clause", "comments_close_on", "corrects",
    "agreement", "quotes",
}  # fmt: skip


def known(bench: Bench, since: date | None = None, until: date | None = None) -> dict[str, DocumentRecord]:
    store = read_store(bench.folder)
    assert store is not None
    with store:
        return {one.document.document_number: one for one in document_records(Readings(store), since, until)}


@pytest.fixture
def may(bench: Bench, play: Callable[..., Path]) -> Bench:
    """The listing is published, the license filed."""
    played = play("2019-05-15T12:00", "2019-05-16T16:15", "2019-05-20T16:15", "2019-05-21T12:00")
    shutil.copytree(played, bench.folder, dirs_exist_ok=True)
    return bench


def test_a_document_is_told_with_its_stage_and_its_facts(may: Bench) -> None:
    found = known(may)
    assert found["2019-10616"].stage is Stage.PUBLISHED
    assert found["2019-10829"].stage is Stage.FILED
    listing, license_ = as_json(found["2019-10616"]), as_json(found["2019-10829"])
    assert set(listing) >= FIELDS
    assert (listing["kind"], len(listing["added"]), listing["effective_on"]) == (
        Kind.ENTITY_LIST_RULE,
        70,
        date(2019, 5, 16),
    )
    assert license_["general_license"]["new_expiry"] == date(2019, 8, 19)


def test_a_text_is_read_once_until_it_or_its_document_says_something_else(may: Bench) -> None:
    with open_store(may.folder) as store:
        readings = Readings(store, saves=True)
        again = {one.document.document_number: one.reading for one in document_records(readings)}
        assert not readings.unsaved  # the clock read all of it
        (number, document) = next(
            (one.document.document_number, one.document)
            for one in document_records(readings)
            if one.reading is not None
        )
        fresh = read(store.texts(number)[-1].body, document, date(2019, 5, 16))
        assert again[number] == fresh
        with store.transaction():
            store.empty_projections(("reading",))
        readings = Readings(store, saves=True)
        list(document_records(readings))
        assert len(readings.unsaved) == len([reading for reading in again.values() if reading is not None])


def test_a_period_leaves_out_what_lies_outside(may: Bench) -> None:
    assert "2019-10616" not in known(may, until=date(2019, 5, 20))
    assert "2019-10616" in known(may, since=date(2019, 5, 21))


def test_an_explanation_quotes_the_document(may: Bench) -> None:
    said = "\n".join(explanation(known(may)["2019-10829"]))
    assert "effective_on: 2019-05-20" in said
    assert "through August 19, 2019" in said
    assert "status issued, valid_from 2019-05-20, new_expiry 2019-08-19" in said


def test_a_line_says_kind_stage_and_acts(may: Bench) -> None:
    line = as_line(known(may)["2019-10616"])
    assert "entity-list-rule" in line
    assert "(70 added; effective 2019-05-16)" in line


def test_the_command_gives_the_same_as_json(may: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--state", str(may.folder), "documents", "--kind", "general-license", "--format", "json"]) == 0
    (one,) = msgspec.json.decode(capsys.readouterr().out)
    assert one["document_number"] == "2019-10829"


def test_explaining_a_document_works_without_its_zeros(may: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--state", str(may.folder), "explain", " 2019-010829 "]) == 0
    assert "Temporary General License" in capsys.readouterr().out


def test_an_unknown_document_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--state", str(tmp_path), "explain", "2019-1"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("fedreg-monitor: document '2019-1' is not kept")
    assert said.count("\n") == 1
