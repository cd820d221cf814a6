"""The one file of the state: ours and whole, or refused and left as it is."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from harness import at
from sqlite_utils import Database

from monitor.model.errors import StateError
from monitor.model.polls import Outcome, Status
from monitor.store import Store
from monitor.store.migrations import migrations
from monitor.store.open import FILE, open_store, read_store

OUTCOME = Outcome(source="inspection", status=Status.UNCHANGED, message="1 document", started_at=at("2019-05-16T16:15"))


def begun(folder: Path, polls: int = 1) -> Path:
    """A state with a few polls; returns its file."""
    with open_store(folder) as store, store.transaction():
        for _ in range(polls):
            store.record_poll(OUTCOME)
    return folder / FILE


def refusal(folder: Path) -> str:
    """What both ways of opening say, which must be the same, and must leave the file as it is."""
    before = (folder / FILE).read_bytes()
    said = []
    for opening in (open_store, read_store):
        with pytest.raises(StateError) as caught:
            opening(folder)
        said.append(str(caught.value))
    assert (folder / FILE).read_bytes() == before
    assert said[0] == said[1]
    assert "\n" not in said[0]
    return said[0]


def polls_in(folder: Path) -> int:
    with open_store(folder) as store:
        return store.counts()["poll"]


def test_a_state_is_made_once_and_kept(tmp_path: Path) -> None:
    begun(tmp_path)
    begun(tmp_path)
    assert polls_in(tmp_path) == 2


def test_nothing_is_read_where_nothing_is_kept(tmp_path: Path) -> None:
    assert read_store(tmp_path / "absent") is None
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite", b"SQLite format 3\0", b"<html>Request Access</html>" * 20, b"\0" * 4096],
    ids=["zero bytes", "a beginning", "the magic alone", "a page", "zeros"],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert "is not an SQLite database; it was left as it is" in refusal(tmp_path)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_state_is_refused(tmp_path: Path, share: float) -> None:
    file = begun(tmp_path, polls=200)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    assert f"is truncated: {int(len(whole) * share)} of {len(whole)} bytes" in refusal(tmp_path)


def test_a_state_with_a_broken_schema_page_is_refused(tmp_path: Path) -> None:
    file = begun(tmp_path)
    content = bytearray(file.read_bytes())
    content[100:400] = b"\xff" * 300
    file.write_bytes(content)
    assert "left as it is" in refusal(tmp_path)


def test_anybody_elses_database_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("CREATE TABLE recipe (name TEXT)")
    db.close()
    assert "not one of fedreg-monitor" in refusal(tmp_path)


def test_an_empty_database_is_not_ours(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("CREATE TABLE gone (name TEXT)")
        db.execute("DROP TABLE gone")
    db.close()
    assert "not one of fedreg-monitor" in refusal(tmp_path)


def test_the_state_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    file = begun(tmp_path)
    with sqlite3.connect(file) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) SELECT migration_set, 'tables_of_2031', "
            "applied_at FROM _sqlite_migrations LIMIT 1"
        )
    db.close()
    assert "was written by a newer fedreg-monitor (step tables_of_2031); install that version" in refusal(tmp_path)


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match="cannot be used"):
        open_store(tmp_path / "file")


def test_a_state_begun_and_never_finished_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / FILE).with_suffix(".new").write_bytes(b"half of a file")
    begun(tmp_path)
    assert polls_in(tmp_path) == 1


def test_a_crash_while_pages_move_from_the_log_to_the_file_is_no_damage(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    file = begun(tmp_path / "before")
    moved = tmp_path / "moved" / FILE
    with open_store(tmp_path / "before") as store:
        with store.transaction():
            for _ in range(200):
                store.record_poll(OUTCOME)
        shutil.copytree(file.parent, tmp_path / "crashed")  # the file as it was, and the log with all that is new
        shutil.copytree(file.parent, moved.parent)
    assert polls_in(moved.parent) == 201  # moves all pages and removes the log
    crashed = tmp_path / "crashed" / FILE
    first_page = moved.read_bytes()[:4096]
    crashed.write_bytes(first_page + crashed.read_bytes()[4096:])  # the first page is moved, the others are not yet
    assert polls_in(crashed.parent) == 201


def test_mail_of_an_earlier_version_is_kept_and_what_was_refused_then_is_not_told_now(tmp_path: Path) -> None:
    file = tmp_path / FILE
    db = Database(sqlite3.connect(file))
    migrations.apply(db, stop_before="digests_and_refusals")
    alert = ("k", "t", "readers", "", "2019-05-16T20:15:00.000000+00:00", '{"what": "baseline", "watched": []}')
    db.execute("INSERT INTO alert (key, thread, audience, topics, created_at, body) VALUES (?, ?, ?, ?, ?, ?)", alert)
    for number, status in enumerate(("owed", "sent", "refused")):
        db.execute(
            "INSERT INTO delivery (alert, recipient, status, message_id, attempts, next_attempt_at, error) "
            "VALUES (1, ?, ?, ?, 3, '2019-05-16T20:15:00.000000+00:00', 'why')",
            [f"{number}@example.org", status, f"<{number}@example.org>"],
        )
    db.conn.commit()
    db.close()
    with pytest.raises(StateError, match="older fedreg-monitor; `check` or `run` brings it up to date"):
        read_store(tmp_path)
    with open_store(tmp_path) as store:
        assert store.deliveries_by_status() == {"owed": 1, "sent": 1, "refused": 1}
        owed = store.delivery(store.owed()[0])
        assert (owed.id, owed.recipient, owed.message_id, owed.attempts) == (1, "0@example.org", "<0@example.org>", 3)
        assert [one.error for one in store.pending()] == ["why", "why"]
        assert store.unreported_refused_mail() == []
        store.settle(1, "refused", at("2019-05-16T16:15"), "550")
        assert len(store.unreported_refused_mail()) == 1


def test_a_reader_stands_beside_a_writer(tmp_path: Path) -> None:
    begun(tmp_path)
    with open_store(tmp_path) as writer, writer.transaction():
        writer.record_poll(OUTCOME)
        with reader(tmp_path) as beside:
            assert beside.counts()["poll"] == 1
    with reader(tmp_path) as beside:
        assert beside.counts()["poll"] == 2


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    begun(tmp_path)
    with reader(tmp_path) as store, pytest.raises(StateError, match="readonly"), store.transaction():
        store.record_poll(OUTCOME)


def reader(folder: Path) -> Store:
    store = read_store(folder)
    assert store is not None
    return store
