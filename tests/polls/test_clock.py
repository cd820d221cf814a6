"""The clock between the replay and the mailbox: reminders, lapses, days without a monitor, and the calendar file."""

import json
from pathlib import Path
from typing import Any

import pytest
from harness import Bench
from icalendar import Calendar

from monitor.__main__ import run
from monitor.model.polls import Status
from monitor.polls import clock
from monitor.polls.record import record

ISSUED = ("2019-05-15T12:00", "2019-05-20T16:15", "2019-05-24T10:15")


def only_event(folder: Path) -> Any:
    (event,) = Calendar.from_ical((folder / "deadlines.ics").read_bytes()).events
    return event


@pytest.fixture
def watching(bench: Bench) -> Bench:
    """The license of May 2019 is known from its rule and from the eCFR."""
    for moment in ISSUED:
        bench.check(moment)
    bench.mailbox.clear()
    return bench


def of_the_clock(bench: Bench) -> list[str]:
    return [s for s in bench.subjects if s.startswith(("Temporary General License", "Late ("))]


def test_a_reminder_comes_once_whatever_is_polled_that_day(watching: Bench) -> None:
    for day in ("2019-07-19", "2019-07-20", "2019-07-21"):
        for hour in ("08:00", "12:00", "19:00"):
            watching.check(f"{day}T{hour}")
    assert of_the_clock(watching) == ["Temporary General License (Huawei) ends in 30 days, Aug 19"]


def test_a_quiet_poll_on_the_same_day_does_not_ask_again(watching: Bench) -> None:
    watching.check("2019-07-22T08:00")
    assert watching.check("2019-07-22T09:00").clock is None


def test_days_without_a_monitor_are_caught_up_in_one_mail(watching: Bench) -> None:
    watching.check("2019-07-18T12:00")
    watching.mailbox.clear()
    watching.check("2019-08-10T12:00")
    assert of_the_clock(watching) == [
        "Late (Aug 5): Temporary General License (Huawei) ends in 14 days, Aug 19, and 1 more"
    ]
    watching.check("2019-08-11T12:00")
    assert len(of_the_clock(watching)) == 1


def test_an_extension_is_reported_by_its_document_and_the_calendar_moves(watching: Bench) -> None:
    first = only_event(watching.folder)
    watching.check("2019-08-18T12:00")
    watching.mailbox.clear()
    watching.check("2019-08-19T08:45")
    assert [s for s in watching.subjects if "extended through Nov 18 (was Aug 19)" in s]
    assert not [s for s in of_the_clock(watching) if "extended" in s]
    moved = only_event(watching.folder)
    assert (first["uid"], int(first["sequence"]) < int(moved["sequence"])) == (moved["uid"], True)
    assert (first["dtstart"].dt.isoformat(), moved["dtstart"].dt.isoformat()) == ("2019-08-19", "2019-11-18")


def test_the_baseline_of_a_license_reports_only_what_is_to_come(bench: Bench) -> None:
    bench.check("2019-08-12T12:00")
    began, reminder = bench.subjects
    assert began.startswith("The watch begins")
    assert reminder.endswith("ends in 7 days, Aug 19")


@pytest.mark.usefixtures("quick_retries")
def test_holidays_that_cannot_be_had_keep_no_reminder_back(watching: Bench) -> None:
    watching.replay.fault("status-500", "holidays")
    cycle = watching.check("2019-08-12T12:00")
    assert cycle.good
    assert cycle.clock is not None
    assert cycle.clock.status is Status.CHANGED


def test_the_licenses_of_a_day_by_hand(watching: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    state = ["--state", str(watching.folder), "--now", "2019-06-01T12:00:00-04:00"]
    assert run([*state, "licenses", "--format", "json"]) == 0
    (license_,) = json.loads(capsys.readouterr().out)
    assert (license_["status"], license_["valid_from"], license_["valid_through"], license_["days_left"]) == (
        "in force",
        "2019-05-20",
        "2019-08-19",
        79,
    )
    assert license_["history"][0]["document_number"] == "2019-10829"
    assert run([*state, "licenses", "--on", "2019-05-16"]) == 0
    assert "no general license is known" in capsys.readouterr().out


def test_the_deadlines_by_hand_as_text_json_and_calendar(watching: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    state = ["--state", str(watching.folder), "--now", "2019-06-01T12:00:00-04:00", "deadlines"]
    assert run(state) == 0
    assert capsys.readouterr().out.startswith("2019-08-19  end of a general license: ")
    assert run([*state, "--format", "json"]) == 0
    assert [one["day"] for one in json.loads(capsys.readouterr().out)] == ["2019-08-19"]
    assert run([*state, "--format", "ics"]) == 0
    assert len(Calendar.from_ical(capsys.readouterr().out).events) == 1
    assert run([*state, "--to", "2019-07-01"]) == 0
    assert capsys.readouterr().out == "no deadline from 2019-06-01 to 2019-07-01\n"


def test_without_a_state_the_way_to_one_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("licenses", "deadlines", "documents"):
        assert run(["--state", f"{tmp_path}/none", command]) == 1
        assert "run `fedreg-monitor check` first" in capsys.readouterr().err


def test_what_was_past_at_the_first_poll_is_not_reported_later_that_day(bench: Bench) -> None:
    bench.check("2019-05-24T10:15")
    bench.check("2019-05-24T12:00")
    with bench.app.context() as context:
        record(context, clock.poll(context))
    bench.check("2019-05-25T12:00")
    assert of_the_clock(bench) == []


def test_a_calendar_that_cannot_be_written_keeps_no_mail_back(watching: Bench) -> None:
    (watching.folder / "deadlines.ics").unlink()
    (watching.folder / "deadlines.ics").mkdir()
    cycle = watching.check("2019-07-20T12:00")
    assert cycle.clock is not None
    assert (cycle.clock.status, cycle.good) == (Status.FAILED, False)
    assert of_the_clock(watching) == ["Temporary General License (Huawei) ends in 30 days, Aug 19"]
