"""Projections: the same anew as brought on poll by poll, never older than they say, and never in the way."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at

from monitor.evidence import projections, readings
from monitor.evidence.documents import document_records
from monitor.evidence.readings import Readings
from monitor.polls.backfill import run_backfill
from monitor.store import Store
from monitor.store.open import open_store

NOW = datetime(2031, 3, 2, tzinfo=UTC)
TABLES = ("entry", "change", "document_fact", "license_step", "deadline")


def content(store: Store) -> dict[str, list[Any]]:
    """The rows of all projections without their ids."""
    numbered = {row["id"]: (row["list"], row["country"], row["name"], row["text"]) for row in store.projected("entry")}
    found = {}
    for table in TABLES:
        rows = [{k: v for k, v in row.items() if k != "id"} for row in store.projected(table)]
        found[table] = sorted(repr(row | {"entry": numbered.get(row.get("entry"))}) for row in rows)
    return found


@pytest.fixture(scope="module")
def grown(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state whose projections grew with each poll."""
    from replay import Replay
    from smtp_sink import SmtpSink

    with Replay(corpus, at("2019-05-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, tmp_path_factory.mktemp("grown") / "state")
        for moment in ("2019-05-15T12:00", "2019-05-24T12:00", "2019-08-23T19:00"):
            bench.check(moment)
        yield bench.folder


@pytest.fixture
def followed(grown: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it."""
    with open_store(Path(shutil.copytree(grown, tmp_path / "copy"))) as store:
        yield store


def test_what_grew_poll_by_poll_is_what_is_made_anew(followed: Store) -> None:
    assert projections.is_current(followed)
    grown = content(followed)
    projections.rebuild(followed, NOW)
    assert content(followed) == grown
    assert len(grown["change"]) > 100


def test_after_evidence_of_older_days_they_say_that_they_are_outdated_until_they_are_made_anew(
    bench: Bench,
) -> None:
    bench.check("2020-06-01T12:00")
    with bench.app.work() as work:
        list(run_backfill(work, date(2019, 5, 15), date(2019, 8, 31), lambda _: None))
    with open_store(bench.folder) as store:
        assert not projections.is_current(store)
        assert not projections.follow(Readings(store, saves=True), NOW, most=4)
        projections.rebuild(store, NOW)
        assert projections.is_current(store)


def test_what_other_readers_made_is_outdated(followed: Store) -> None:
    followed._db.execute("UPDATE projection SET reader = '0.0.1 other'")
    assert not projections.is_current(followed)
    assert projections.follow(Readings(followed, saves=True), NOW)  # a handful of readings is made anew at once
    assert projections.is_current(followed)


def test_a_text_is_read_once_and_again_by_other_readers(followed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    same = Readings(followed, saves=True)
    list(document_records(same))
    assert same.unsaved == {}
    monkeypatch.setattr(readings, "readers_fingerprint", lambda: "1.0 other")
    other = Readings(followed, saves=True)
    list(document_records(other))
    assert len(other.unsaved) > 5


def test_what_is_kept_as_read_is_what_would_be_read(followed: Store) -> None:
    kept = list(document_records(Readings(followed)))
    followed.empty_projections(["reading"])
    assert list(document_records(Readings(followed))) == kept


def test_they_can_be_dropped_and_the_watch_goes_on(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    with open_store(bench.folder) as store:
        store.empty_projections((*TABLES[::-1], "reading", "projection"))
    assert bench.check("2019-05-24T12:00").good
    assert "In the eCFR, 70 of 70 agree: Entity List: 69 entities added in 26 countries" in bench.subjects


def test_full_text_search_follows_every_change(followed: Store) -> None:
    sql = """SELECT count(*) FROM entry_fts WHERE entry_fts MATCH 'huawei'"""
    everywhere = "SELECT count(*) FROM entry WHERE lower(name || known_as || addresses || text) LIKE '%huawei%'"
    found = followed._db.execute(sql).fetchone()[0]
    assert found > 50
    assert found <= followed._db.execute(everywhere).fetchone()[0]
    followed._db.execute("INSERT INTO entry_fts(entry_fts, rank) VALUES ('integrity-check', 1)")


def test_entries_of_the_projections_are_those_of_the_list(followed: Store) -> None:
    from monitor.diff.timeline import listed

    kept = followed.kept_snapshot_on("Entity List", date(2019, 8, 23))
    assert kept is not None
    entries = projections.list_of(followed, kept)
    assert entries is not None
    printed = sorted((e.country, e.cells.entity) for e in listed(entries))
    rows = followed.projected("entry", "list = 'Entity List' AND as_of_last IS NULL")
    assert sorted((row["country_heading"], row["text"]) for row in rows) == printed
