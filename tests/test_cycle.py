"""One cycle: poll every source, report baselines, deliver."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from harness import Bench, at
from msgspec import structs

from monitor.model.documents import Kind
from monitor.model.polls import Outcome, Status
from monitor.model.settings import Recipient
from monitor.store import Store
from monitor.store.open import FILE, read_store

FILED = "2019-05-16T16:15"


def read(bench: Bench) -> Store:
    store = read_store(bench.folder)
    assert store is not None
    return store


def about_rules(bench: Bench) -> list[str]:
    return [subject for subject in bench.subjects if subject.startswith("Filed: Entity List: ")]


def test_the_baseline_of_everything_is_one_mail(bench: Bench) -> None:
    cycle = bench.check()
    assert [outcome.status for outcome in cycle.outcomes] == [Status.BASELINE] * 3
    assert cycle.good
    assert bench.subjects == ["The watch begins: 6 sources read for the first time"]


def test_an_unchanged_cycle_asks_little_and_reports_nothing(bench: Bench) -> None:
    bench.check("2019-05-21T12:00")  # a day whose issue the corpus has
    before = len(bench.replay.requests)
    cycle = bench.check()
    assert [outcome.status for outcome in cycle.outcomes] == [Status.UNCHANGED] * 3
    assert len(bench.replay.requests) - before == 4  # one each for the register's, titles and structure of the eCFR
    assert len(bench.mailbox.messages) == 1


def test_outcomes_are_reported_as_they_come_in_a_fixed_order(bench: Bench) -> None:
    told: list[Outcome] = []
    bench.app.cycle(("ecfr", "published", "inspection"), on_outcome=told.append)
    assert [outcome.source for outcome in told] == ["inspection", "published", "ecfr"]


def test_a_source_that_is_seen_later_has_a_baseline_of_its_own(bench: Bench) -> None:
    bench.app.cycle(("inspection",))
    bench.app.cycle(("published",))
    assert bench.subjects == ["The watch begins: 1 source read for the first time"] * 2
    bench.check()
    assert bench.subjects[2:] == ["The watch begins: 4 sources read for the first time"]


def test_a_source_that_fails_at_first_is_confirmed_when_it_answers(bench: Bench) -> None:
    bench.replay.fault("captcha", "structure", times=1)
    assert not bench.check().good
    assert bench.subjects == ["The watch begins: 2 sources read for the first time"]
    assert bench.check().good
    assert bench.subjects[1:] == ["The watch begins: 4 sources read for the first time"]


def test_a_crash_before_the_baseline_is_reported_is_made_good(bench: Bench) -> None:
    bench.app.open_state()
    with closing(sqlite3.connect(bench.folder / FILE)) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON alert BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    with pytest.raises(sqlite3.IntegrityError, match="the disk is full"):
        bench.check()
    with closing(sqlite3.connect(bench.folder / FILE)) as db:
        db.execute("DROP TRIGGER full")
    assert bench.subjects == []
    bench.check()
    assert bench.subjects == ["The watch begins: 6 sources read for the first time"]


def test_mail_that_was_left_owed_is_sent_by_the_next_cycle(bench: Bench) -> None:
    bench.check()
    cycle = bench.check(FILED, mail=False)
    assert (cycle.deliveries, cycle.good, about_rules(bench)) == (None, True, [])
    bench.check(FILED)
    assert len(about_rules(bench)) == 1


def test_a_lost_mail_server_makes_a_bad_cycle_and_loses_nothing(bench: Bench) -> None:
    bench.check()
    bench.mailbox.fault("busy")
    cycle = bench.check(FILED)
    assert not cycle.good
    assert [outcome.good for outcome in cycle.outcomes] == [True] * 3
    bench.mailbox.clear_faults()
    assert bench.check("2019-05-16T16:20").good
    assert len(about_rules(bench)) == 1


def test_recipients_get_what_they_asked_for(sources: Any, mailbox: Any, tmp_path: Any) -> None:
    readers = (
        Recipient(address="rules@example.org", topics=(Kind.ENTITY_LIST_RULE,)),
        Recipient(address="denials@example.org", topics=(Kind.DENIAL_ORDER,)),
    )
    bench = Bench(sources, mailbox, tmp_path / "state", recipients=readers)
    bench.check()
    mailbox.clear()
    bench.check(FILED)
    assert {mail.recipients[0] for mail in mailbox.messages if "Entity List" in mail.message["Subject"]} == {
        "rules@example.org"
    }


def test_a_recipient_who_comes_later_gets_what_comes_later(bench: Bench) -> None:
    bench.check()
    both = (*bench.settings.recipients, Recipient(address="new@example.org"))
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.settings, recipients=both))
    bench.check(FILED)
    found = [(mail.recipients[0], mail.message["Subject"].split(":")[0]) for mail in bench.mailbox.messages]
    assert ("new@example.org", "Filed") in found
    assert ("new@example.org", "The watch begins") not in found


def test_every_poll_leaves_a_row_good_or_bad(bench: Bench) -> None:
    bench.check()
    bench.replay.fault("wall", "current")
    bench.check()
    with read(bench) as store:
        assert store.counts()["poll"] == 7  # the clock once
        standing = store.standing("inspection")
        assert standing is not None
        assert (standing.status, standing.last_good) == (Status.FAILED, at("2019-05-15T12:00"))


def test_without_a_mail_server_mail_is_written_to_files(sources: Any, mailbox: Any, tmp_path: Any) -> None:
    bench = Bench(sources, mailbox, tmp_path / "state")
    files = structs.replace(bench.settings, mail=structs.replace(bench.settings.mail, smtp=None))
    bench.app = structs.replace(bench.app, settings=files)
    bench.check()
    assert len(list((bench.folder / "mail").glob("*.eml"))) == 1
    assert mailbox.messages == []


def test_an_early_signal_that_fails_is_reported_and_keeps_nobody_waiting_and_is_no_failure_of_the_monitor(
    bench: Bench,
) -> None:
    for place in ("/bis/", "/trade/"):
        bench.replay.fault("status-500", place)
    bench.clock.moment = bench.replay.now
    cycle = bench.app.cycle(("published", "bis", "screening"))
    statuses = {outcome.source: outcome.status for outcome in cycle.outcomes}
    assert statuses == {"published": Status.BASELINE, "bis": Status.FAILED, "screening": Status.FAILED}
    assert cycle.good
    assert [line.partition(":")[0] for line in cycle.complaints] == ["screening", "bis"]
    asked = [request.path.split("/")[1] for request in bench.replay.requests]
    assert (asked.count("bis"), asked.count("trade")) == (1, 1)
