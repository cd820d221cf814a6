"""The rows of the state: polls in a chain, evidence by its newest version, promises once by their key."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from harness import at
from msgspec import structs

from monitor.model.alerts import Alert, WatchBegins, Watched
from monitor.model.documents import Kind
from monitor.model.errors import StateError
from monitor.model.polls import Outcome, Snapshot, Status
from monitor.store import Baseline, KeptDocument, Store, stamp
from monitor.store.open import FILE, open_store, read_store

NOW = at("2019-05-16T16:15")
SEEN = Watched(name="Entity List", count="1,121 entries", as_of=date(2019, 5, 14), sha256="ab" * 32)
ALERT = Alert(key="a", thread="t", topics=(), created_at=NOW, body=WatchBegins(watched=(SEEN,)))
READERS = [("a@example.org", "<a@example.org>"), ("b@example.org", "<b@example.org>")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as store:
        yield store


def outcome(moment: datetime = NOW, status: Status = Status.UNCHANGED, source: str = "ecfr", **more: str) -> Outcome:
    return Outcome(source=source, status=status, message=more.get("message", "fine"), started_at=moment)


def poll(store: Store, found: Outcome) -> int:
    with store.transaction():
        return store.record_poll(found)


def chains(store: Store) -> list[str]:
    return [row["chain"] for row in store._db.query("SELECT chain FROM poll ORDER BY id")]


# -- transactions


def crash_in_the_middle(store: Store) -> None:
    with store.transaction():
        number = store.record_poll(outcome())
        store.keep_snapshot(snapshot(), number, monitored=True)
        store.promise(ALERT, READERS)
        raise ZeroDivisionError


def owe_one_reader_twice(store: Store) -> None:
    with store.transaction():
        store.record_poll(outcome())
        store.promise(ALERT, [READERS[0], READERS[0]])


def test_a_failure_in_the_middle_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        crash_in_the_middle(store)
    assert set(store.counts().values()) == {0}
    assert poll(store, outcome()) == 1


def test_a_broken_promise_leaves_no_poll_either(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        owe_one_reader_twice(store)
    assert set(store.counts().values()) == {0}


def test_a_state_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    reader = read_store(tmp_path)
    assert reader is not None
    with reader, pytest.raises(StateError, match="cannot write the state"):
        poll(reader, outcome())


# -- polls


def test_the_chain_of_polls_covers_every_row_before(tmp_path: Path) -> None:
    moments = [NOW + timedelta(minutes=n) for n in range(4)]
    found = []
    for altered in range(-1, 4):
        (tmp_path / str(altered)).mkdir()
        with open_store(tmp_path / str(altered)) as one:
            for n, moment in enumerate(moments):
                poll(one, outcome(moment, message="altered" if n == altered else "fine"))
            found.append(chains(one))
    honest, *others = found
    for altered, chain in enumerate(others):
        assert chain[:altered] == honest[:altered]
        assert not set(chain[altered:]) & set(honest[altered:])


def test_only_good_polls_count_as_the_last_good_one(store: Store) -> None:
    poll(store, outcome(NOW))
    poll(store, outcome(NOW + timedelta(hours=1), Status.FAILED))
    poll(store, outcome(NOW + timedelta(hours=2), source="inspection"))
    assert store.last_good_poll("ecfr") == NOW
    assert store.last_good_poll("published") is None


def test_the_standing_of_a_source_is_its_last_poll_good_or_bad(store: Store) -> None:
    poll(store, structs.replace(outcome(NOW), as_of=date(2019, 5, 14)))
    poll(store, outcome(NOW + timedelta(hours=1), Status.FAILED, message="no answer"))
    standing = store.standing("ecfr")
    assert standing is not None
    assert (standing.status, standing.message) == (Status.FAILED, "no answer")
    assert (standing.last_good, standing.as_of) == (NOW, date(2019, 5, 14))
    assert store.standing("published") is None


def test_a_wish_to_be_left_alone_ends_with_the_next_poll(store: Store) -> None:
    assert store.retry_at("ecfr") is None
    until = NOW + timedelta(minutes=10)
    poll(store, structs.replace(outcome(status=Status.FAILED), retry_at=until))
    assert store.retry_at("ecfr") == until
    poll(store, outcome())
    assert store.retry_at("ecfr") is None


def test_moments_sort_as_text_whatever_their_zone() -> None:
    winter, summer = datetime.fromisoformat("2019-01-01T12:00:00-05:00"), at("2019-07-01T12:00")
    assert stamp(winter) == "2019-01-01T17:00:00.000000+00:00"
    assert stamp(winter) < stamp(summer) < stamp(summer + timedelta(microseconds=1))


# -- evidence


def snapshot(as_of: date = date(2019, 5, 14), body: bytes | None = b"<DIV9/>", sha256: str = "1") -> Snapshot:
    sentinel = f"sentinel of {sha256}"
    return Snapshot(name="Entity List", as_of=as_of, fetched_at=NOW, sha256=sha256, sentinel=sentinel, body=body)


def keep(store: Store, *found: Snapshot) -> None:
    with store.transaction():
        number = store.record_poll(outcome())
        for one in found:
            store.keep_snapshot(one, number, monitored=True)


def test_a_snapshot_comes_back_byte_for_byte(store: Store) -> None:
    whole = snapshot(body=bytes(range(256)) * 100)
    keep(store, whole)
    assert store.snapshot_on("Entity List", date(2019, 5, 14)) == whole


def test_a_supplement_that_did_not_exist_is_kept_as_such(store: Store) -> None:
    keep(store, snapshot(body=None))
    found = store.snapshot_on("Entity List", date(2019, 6, 1))
    assert found is not None
    assert found.body is None


def test_the_newest_snapshot_of_a_day_speaks_for_it_and_the_days_after(store: Store) -> None:
    keep(store, snapshot(date(2019, 5, 14), sha256="1"), snapshot(date(2019, 5, 21), sha256="2"))
    keep(store, snapshot(date(2019, 5, 21), sha256="3"))
    days = [date(2019, 5, 13), date(2019, 5, 14), date(2019, 5, 20), date(2019, 5, 21), date(2020, 1, 1)]
    found = [store.snapshot_on("Entity List", day) for day in days]
    assert [one and one.sha256 for one in found] == [None, "1", "1", "3", "3"]
    assert store.latest_sentinel("Entity List") == "sentinel of 3"
    assert store.first_as_of("Entity List") == date(2019, 5, 14)


def test_the_same_bytes_of_the_same_day_are_kept_once(store: Store) -> None:
    keep(store, snapshot(), snapshot())
    assert store.counts()["snapshot"] == 1


def test_what_is_seen_again_on_the_same_day_is_what_the_day_says(store: Store) -> None:
    keep(store, snapshot(sha256="1"), snapshot(sha256="2"))
    keep(store, snapshot(sha256="1"))
    found = store.snapshot_on("Entity List", date(2019, 5, 14))
    assert found is not None
    assert found.sha256 == "1"
    assert store.latest_sentinel("Entity List") == "sentinel of 1"
    assert store.counts()["snapshot"] == 2


def test_what_was_never_kept_is_unknown(store: Store) -> None:
    assert store.snapshot_on("Entity List", date(2019, 5, 14)) is None
    assert store.latest_sentinel("Entity List") is None
    assert store.first_as_of("Entity List") is None


def test_the_newest_version_of_each_document_counts(store: Store) -> None:
    day = date(2019, 5, 21)
    versions = [KeptDocument("2019-1", day, b"1"), KeptDocument("2019-2", day, b"2"), KeptDocument("2019-1", day, b"3")]
    other_day = KeptDocument("2019-1", date(2019, 6, 1), b"4")
    with store.transaction():
        number = store.record_poll(outcome(source="published"))
        for version in (*versions, other_day):
            store.keep_document("published", version, NOW, number)
    assert [kept.row for kept in store.documents("published")] == [b"2", b"3", b"4"]
    (kept,) = store.documents("published", date(2019, 5, 22))
    assert structs.replace(kept, id=0) == other_day
    assert store.documents("inspection") == []
    assert store.counts()["document"] == 4


# -- promises


def test_a_promise_is_made_once_by_its_key(store: Store) -> None:
    with store.transaction():
        assert store.promise(ALERT, READERS)
        assert not store.promise(structs.replace(ALERT, created_at=NOW + timedelta(days=1)), READERS)
    assert (store.counts()["alert"], store.counts()["delivery"]) == (1, 2)


def test_a_delivery_has_all_that_a_mail_needs(store: Store) -> None:
    about_lists = structs.replace(ALERT, topics=(Kind.ENTITY_LIST_RULE,))
    with store.transaction():
        store.promise(about_lists, READERS)
    found = store.delivery(store.owed()[0])
    assert (found.alert, found.recipient, found.message_id) == (about_lists, *READERS[0])
    assert (found.attempts, found.earlier) == (0, ())


def test_a_later_mail_of_a_thread_knows_what_this_reader_got_before(store: Store) -> None:
    with store.transaction():
        store.promise(ALERT, READERS)
        store.promise(structs.replace(ALERT, key="other", thread="other"), [READERS[0]])
        store.promise(structs.replace(ALERT, key="b"), [("a@example.org", "<2@example.org>")])
    assert store.delivery(store.owed()[-1]).earlier == ("<a@example.org>",)


def test_a_refused_mail_is_no_part_of_the_thread(store: Store) -> None:
    with store.transaction():
        store.promise(ALERT, [READERS[0]])
        store.promise(structs.replace(ALERT, key="b"), [READERS[0]])
    first, second = store.owed()
    store.settle(first, "refused", NOW, "no such user")
    assert store.delivery(second).earlier == ()


def test_what_is_settled_is_no_longer_owed(store: Store) -> None:
    with store.transaction():
        store.promise(ALERT, READERS)
    first, second = store.owed()
    store.settle(first, "sent", NOW)
    assert store.owed() == [second]
    store.settle(second, "refused", NOW, "550 no such user")
    assert store.deliveries_by_status() == {"owed": 0, "sent": 1, "refused": 1}


def test_what_is_postponed_goes_behind_and_is_due_later(store: Store) -> None:
    with store.transaction():
        store.promise(ALERT, READERS)
    first, second = store.owed()
    later = NOW + timedelta(minutes=1)
    store.postpone(first, later, NOW, "451 greylisted")
    assert store.owed() == [second, first]
    assert store.owed(NOW) == [second]
    assert store.owed(later) == [second, first]
    assert (store.delivery(first).attempts, store.delivery(first).first_tried_at) == (1, NOW)


def test_first_sights_are_confirmed_once(store: Store) -> None:
    with store.transaction():
        store.keep_baseline("ecfr", Baseline(watched=(SEEN,)))
        store.keep_baseline("inspection", Baseline(watched=()))
    assert [source for source, _ in store.unconfirmed_baselines()] == ["ecfr", "inspection"]
    with store.transaction():
        store.promise(ALERT, READERS)
        store.confirm_baselines(ALERT.key)
    assert store.unconfirmed_baselines() == []


def test_the_schema_is_named_by_its_newest_step(store: Store) -> None:
    assert store.schema()


def test_a_closed_state_is_one_file(store: Store, tmp_path: Path) -> None:
    poll(store, outcome())
    store.close()
    assert [file.name for file in tmp_path.iterdir()] == [FILE]
