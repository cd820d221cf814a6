"""The status of the monitor, and when a source is stale."""

from datetime import date, datetime
from pathlib import Path

from harness import SOURCES, at, only
from msgspec import structs
from samples import FILED, alert

from monitor.health.status import StatusReport, as_text, read_status
from monitor.model.polls import Outcome, Status
from monitor.model.settings import Settings
from monitor.store import Store
from monitor.store.open import open_store

FRIDAY = at("2019-05-17T16:00")
WITH_THREE = Settings(schedule=only(*SOURCES))


# -- the report


def polled(store: Store, moment: datetime, found: Status = Status.UNCHANGED, *names: str) -> None:
    with store.transaction():
        for name in names or SOURCES:
            store.record_poll(Outcome(source=name, status=found, message="fine", started_at=moment))


def report(folder: Path, now: datetime) -> StatusReport:
    with open_store(folder) as store:
        return read_status(store, str(folder), now, WITH_THREE, 5_000)


def test_a_monitor_that_never_ran_is_stale() -> None:
    found = read_status(None, "/state", FRIDAY, WITH_THREE, 5_000)
    assert found.stale
    assert [source.message for source in found.sources] == ["never polled"] * 3
    text = as_text(found)
    assert text.count("last good poll never; not polled: never polled  STALE") == 3
    assert "nothing kept yet" in text


def test_a_weekend_without_a_poll_is_not_stale_and_a_silent_day_is(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        polled(store, FRIDAY)
    assert not report(tmp_path, at("2019-05-20T16:00")).stale
    assert report(tmp_path, at("2019-05-21T16:00")).stale


def test_a_failing_source_is_stale_though_it_is_polled(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        polled(store, at("2019-05-14T12:00"))
        polled(store, at("2019-05-16T12:00"), Status.FAILED, "ecfr")
        polled(store, at("2019-05-16T12:00"), Status.UNCHANGED, "inspection", "published")
    found = report(tmp_path, at("2019-05-16T12:01"))
    assert [(source.name, source.stale) for source in found.sources if source.stale] == [("ecfr", True)]
    assert found.sources[2].last_status is Status.FAILED


def test_the_state_is_shown_in_numbers(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.transaction():
        store.enqueue(structs.replace(alert(FILED)), [("a@example.org", "<a>"), ("b@example.org", "<b>")])
    found = report(tmp_path, FRIDAY)
    assert found.deliveries == {"owed": 2, "sent": 0, "refused": 0}
    assert found.evidence["alert"] == 1
    text = as_text(found)
    assert "mail      2 owed, 0 sent, 0 refused" in text
    assert found.schema in text


def test_a_poll_that_the_schedule_wanted_is_overdue(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        polled(store, at("2019-05-14T12:00"))
    soon, late = report(tmp_path, at("2019-05-15T14:04")).next_poll, report(tmp_path, at("2019-05-15T14:10")).next_poll
    assert soon is not None
    assert late is not None
    assert (soon.due, soon.overdue, late.overdue) == (at("2019-05-14T12:05"), False, True)


def test_the_calendar_the_disk_the_mail_server_and_the_weekly_report_are_shown(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, store.transaction():
        store.keep_calendar({date(2019, 5, 27): "Memorial Day"}, FRIDAY)
        store.record_poll(Outcome(source="mail", status=Status.FAILED, message="no route", started_at=FRIDAY))
        store.enqueue(structs.replace(alert(FILED), key="quiet:2019-W20:operator:a@example.org"), [])
    text = as_text(report(tmp_path, FRIDAY))
    assert "calendar  no issue on Monday 2019-05-27: Memorial Day" in text
    assert "disk      5,000 MiB free" in text
    assert "server    failed 2019-05-17 16:00 ET: no route  FAILING" in text
    assert "weekly    last account 2019-05-21 08:46 ET" in text
    with open_store(tmp_path) as store, store.transaction():
        store.record_poll(Outcome(source="mail", status=Status.CHANGED, message="fine", started_at=FRIDAY))
    assert "no route; works again" in as_text(report(tmp_path, FRIDAY))


def test_a_mail_server_that_fails_is_not_well(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        polled(store, FRIDAY)
        assert report(tmp_path, FRIDAY).well
        polled(store, FRIDAY, Status.FAILED, "mail")
        assert not report(tmp_path, FRIDAY).well
        polled(store, FRIDAY, Status.CHANGED, "mail")
        assert report(tmp_path, FRIDAY).well
