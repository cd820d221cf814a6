"""The life of a failure."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at
from hypothesis import given
from hypothesis import strategies as st
from operated import OPERATOR, text_of, to_operator
from operated import operated as full

from monitor.health.status import read_status
from monitor.model.eastern import duration
from monitor.model.errors import ImplausibleError, ReadError
from monitor.model.polls import Outcome, Status
from monitor.polls.failures import gist_of, trouble_of
from monitor.sources.fetch import RetryLaterError
from monitor.store import Store
from monitor.store.base import Connection
from monitor.store.migrations import migrations
from monitor.store.open import open_store

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def operated(sources: Any, mailbox: Any, tmp_path: Path) -> Bench:
    """A monitor with an operator that has seen everything once."""
    bench = full(sources, mailbox, tmp_path / "state")
    bench.check("2019-05-15T12:00")
    mailbox.clear()
    return bench


def told(bench: Bench) -> list[tuple[str, str]]:
    return [(mail.recipients[0], mail.message["Subject"]) for mail in bench.mailbox.messages]


def last_said(bench: Bench) -> str:
    return text_of([mail for mail in bench.mailbox.messages if mail.recipients == [OPERATOR]][-1])


def test_a_failure_that_passes_is_reported_to_nobody(operated: Bench) -> None:
    operated.replay.fault("status-500", r"current\.json", times=2)
    operated.check("2019-05-15T12:05")
    operated.check("2019-05-15T12:10")
    assert told(operated) == []


def test_a_failure_that_lasts_is_reported_once_and_its_end_once(operated: Bench) -> None:
    operated.replay.fault("status-500", r"current\.json")
    for minute in range(5, 40, 5):
        operated.check(f"2019-05-15T12:{minute:02}")
    assert told(operated) == [("operator@example.org", "fedreg-monitor: the source inspection fails")]
    operated.replay.clear_faults()
    operated.check("2019-05-15T15:15")
    operated.check("2019-05-15T15:20")
    assert told(operated)[1:] == [("operator@example.org", "fedreg-monitor: the source inspection answers again")]
    said = str(operated.mailbox.messages[1].message.get_body(("plain",)).get_content())
    assert "It failed for 3 h 10 min (7 polls)" in " ".join(said.split())
    assert "Nothing was missed." in said


def test_a_second_failure_is_reported_again(operated: Bench) -> None:
    for hour in (12, 14):
        operated.replay.fault("status-500", r"current\.json")
        for minute in (5, 10, 15):
            operated.check(f"2019-05-15T{hour}:{minute}" if minute > 9 else f"2019-05-15T{hour}:0{minute}")
        operated.replay.clear_faults()
        operated.check(f"2019-05-15T{hour}:30")
    assert [subject.rsplit(" ", 1)[-1] for _, subject in told(operated)] == ["fails", "again", "fails", "again"]


def test_a_source_that_is_seldom_polled_is_reported_by_its_hours(operated: Bench) -> None:
    operated.replay.fault("status-500", "/ecfr/")
    operated.check("2019-05-15T12:05")
    operated.check("2019-05-15T15:00")
    assert to_operator(operated) == []
    operated.replay.clear_faults()
    operated.check("2019-05-15T15:10")
    operated.replay.fault("status-500", "/ecfr/")
    operated.check("2019-05-15T15:15")
    operated.check("2019-05-15T18:10")  # two polls, and not yet six hours
    assert to_operator(operated) == []
    operated.app.cycle(("inspection",))
    operated.clock.moment = operated.clock.moment.replace(hour=21, minute=20)
    operated.app.cycle(("ecfr",))
    assert "the source ecfr fails" in to_operator(operated)


def test_a_failure_that_changes_in_kind_is_reported_again_and_one_that_does_not_is_not(operated: Bench) -> None:
    operated.replay.fault("status-500", r"current\.json")
    for minute in (5, 10, 15):
        operated.check(f"2019-05-15T12:{minute:02}")
    operated.replay.clear_faults()
    operated.replay.fault("bad-json", r"current\.json")
    for minute in (20, 25):
        operated.check(f"2019-05-15T12:{minute}")
    operated.replay.clear_faults()
    operated.replay.fault("status-500", r"current\.json")
    operated.check("2019-05-15T12:30")
    assert to_operator(operated) == [
        "the source inspection fails",
        "the source inspection now fails in another way",
    ]
    operated.replay.clear_faults()
    operated.check("2019-05-15T12:35")
    assert to_operator(operated)[2:] == ["the source inspection answers again"]


def test_what_was_read_late_is_named(operated: Bench) -> None:
    operated.check("2019-05-16T15:30")
    operated.mailbox.clear()
    operated.replay.fault("status-500", r"current\.json")
    for minute in (15, 20, 25):
        operated.check(f"2019-05-16T16:{minute}")
    operated.replay.clear_faults()
    operated.check("2019-05-16T17:15")
    assert "It failed for 1 h 0 min (3 polls)" in last_said(operated)
    assert "This was read late: Addition of Entities to the Entity List (filed, 2019-10616)" in last_said(operated)


def test_a_baseline_after_failures_is_nothing_read_late(sources: Any, mailbox: Any, tmp_path: Path) -> None:
    bench = full(sources, mailbox, tmp_path / "state")
    sources.fault("status-500", r"current\.json")
    for minute in (0, 5, 10):
        bench.check(f"2019-05-15T12:{minute:02}")
    sources.clear_faults()
    bench.check("2019-05-15T12:15")
    assert "It was read for the first time" in last_said(bench)


def test_a_clock_that_fails_is_reported_like_a_source(operated: Bench) -> None:
    file = operated.folder / "deadlines.ics"
    file.unlink()
    file.mkdir()
    for minute in (5, 10, 15, 20):
        assert not operated.check(f"2019-05-16T00:{minute:02}").good
    assert to_operator(operated)[-1] == "the clock fails"
    assert "Reminders of deadlines wait, and none is lost" in last_said(operated)
    file.rmdir()
    assert operated.check("2019-05-16T00:25").good
    assert to_operator(operated)[-2:] == ["the clock fails", "the clock answers again"]


# -- the mail server


def test_a_failing_mail_server_is_in_the_exit_code_and_the_status_and_reported_when_it_is_back(operated: Bench) -> None:
    operated.check("2019-05-16T16:00")
    operated.mailbox.clear()
    operated.mailbox.fault("busy")
    for minute in (15, 20, 25):
        assert not operated.check(f"2019-05-16T16:{minute}").good
    with open_store(operated.folder) as store:
        found = read_status(store, "", operated.clock(), operated.settings, 5_000).mail_failure
        assert found is not None
        assert found.lasting
        assert "mail server 127.0.0.1" in found.message
    operated.mailbox.clear_faults()
    assert operated.check("2019-05-16T18:25").good
    operated.check("2019-05-16T18:30")
    assert to_operator(operated)[-1] == "the mail server takes mail again"
    assert "No mail left for 2 h 10 min (3 tries)" in last_said(operated)
    assert [subject for subject in to_operator(operated) if "fails" in subject] == []
    with open_store(operated.folder) as store:
        found = read_status(store, "", operated.clock(), operated.settings, 5_000).mail_failure
        assert found is not None
        assert not found.lasting


# -- any number of failures


@given(st.lists(st.booleans(), max_size=12))
def test_the_run_of_failures_is_the_one_found_in_all_polls(results: list[bool]) -> None:
    store, moments = Store(Connection(memory=True)), []
    migrations.apply(store._db)
    with closing(store), store.transaction():
        for number, good in enumerate(results):
            kind = Status.UNCHANGED if good else Status.FAILED
            moments.append(at("2019-05-15T12:00") + timedelta(minutes=number))
            store.record_poll(Outcome(source="ecfr", status=kind, message="m", started_at=moments[-1]))
            store.record_poll(Outcome(source="other", status=Status.FAILED, message="m", started_at=moments[-1]))
        good = bool(results) and results[-1]
        rest = list(zip(results, moments, strict=True))[: -1 if good else None]
        run = []
        while rest and not rest[-1][0]:
            run.append(rest.pop()[1])
        found = store.failures_before("ecfr", good=good)
        assert (None if found is None else (found.times, found.since)) == ((len(run), run[-1]) if run else None)


# -- the kind of a failure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lost 31 of 1,200 entries", "lost 512 of 1,201 entries"),
        ("has no value at $.results[3].title", "has no value at $.results[17].title"),
        ("sent 'Request Access 5f3a'", "sent 'Forbidden'"),
        ("as of 2019-05-16", "as of 2019-05-17"),
        ("hash 5f3ac1 at 16:15:02", "hash 9bd1e0 at 17:00:59"),
    ],
)
def test_a_number_a_time_or_a_quotation_makes_no_other_kind(one: str, other: str) -> None:
    assert gist_of(one) == gist_of(other)


def test_class_status_and_words_make_a_kind() -> None:
    kinds = {
        trouble_of(RetryLaterError("x")),
        trouble_of(RetryLaterError("x", status=500)),
        trouble_of(RetryLaterError("x", status=503)),
        trouble_of(ReadError("no key `results`")),
        trouble_of(ReadError("is nested beyond all measure")),
        trouble_of(ImplausibleError("is nested beyond all measure")),
    }
    assert len(kinds) == 6
    assert trouble_of(RetryLaterError("x took 5 s")) == trouble_of(RetryLaterError("cannot reach x"))


def test_a_duration_is_given_in_the_units_that_matter() -> None:
    assert duration(timedelta(hours=3, minutes=10, seconds=59)) == "3 h 10 min"
    assert duration(timedelta(days=2, hours=3, minutes=50)) == "2 d 3 h"
