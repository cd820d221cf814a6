"""Keeping the past beside a monitor: what is asked for, what it makes of it, and that nobody gets mail of it."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at
from hypothesis import given
from hypothesis import strategies as st

from monitor.app import App
from monitor.deadlines.licenses import rows_on
from monitor.model.errors import AlreadyRunningError, SourceError
from monitor.polls.backfill import Step, run_backfill
from monitor.polls.backfill.plan import Days, is_done, is_kept, months, version_days
from monitor.polls.on_demand.lists import NotThereError, lists_on
from monitor.sources.ecfr import ENTITY_LIST, MONITORED
from monitor.sources.versions import Version
from monitor.store import KeptDay, Span
from monitor.store.lock import locked

FIRST, LAST = date(2019, 5, 15), date(2019, 8, 31)
Run = Callable[..., tuple[int, str, str]]


def fill(app: App, since: date = FIRST, until: date = LAST) -> list[Step]:
    with app.work() as work:
        return list(run_backfill(work, since, until, lambda _: None))


def later(bench: Bench, moment: str) -> None:
    bench.clock.moment = at(moment)
    bench.replay.set_now(bench.clock.moment)


# -- the plan


@given(st.dates(date(1994, 1, 1), date(2030, 1, 1)), st.integers(-40, 900))
def test_months_cover_every_day_once_and_end_with_the_first(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    found = list(months(since, until))
    days = [unit.since + timedelta(days=n) for unit in found[::-1] for n in range((unit.until - unit.since).days + 1)]
    assert days == [since + timedelta(days=n) for n in range(max(0, length + 1))]
    assert all((unit.since.year, unit.since.month) == (unit.until.year, unit.until.month) for unit in found)


def version(amended: str, issued: str) -> Version:
    days = (date.fromisoformat(amended), date.fromisoformat(issued))
    return Version(ENTITY_LIST.identifier, "744", *days, removed=False)


def test_a_supplement_is_asked_for_on_the_first_day_and_on_both_days_of_each_version() -> None:
    versions = [version("2031-03-10", "2031-03-12"), version("2030-01-01", "2031-06-01")]
    assert version_days(versions, [], date(2031, 3, 1), date(2031, 3, 31)) == [
        Days(date(2031, 3, 12), date(2031, 3, 31)),
        Days(date(2031, 3, 10), date(2031, 3, 11)),
        Days(date(2031, 3, 1), date(2031, 3, 9)),
    ]


def test_a_day_that_the_monitor_kept_before_it_knew_the_rule_is_looked_at_again() -> None:
    versions = [version("2031-03-10", "2031-03-12")]
    early = KeptDay(date(2031, 3, 11), monitored=True, fetched_at=at("2031-03-11T18:00"))
    days = [unit.since for unit in version_days(versions, [early], date(2031, 3, 1), date(2031, 3, 31))]
    assert date(2031, 3, 11) in days
    assert not is_kept(early.as_of, date(2031, 3, 12), [early])
    assert is_kept(early.as_of, date(2031, 3, 10), [early])


def test_what_was_finished_before_a_late_rule_was_known_is_not_finished() -> None:
    span = Span(date(2031, 3, 1), date(2031, 3, 31), known_through=date(2031, 4, 1))
    assert is_done(Days(date(2031, 3, 5), date(2031, 3, 31)), date(2031, 3, 31), [span])
    assert not is_done(Days(date(2031, 3, 5), date(2031, 3, 31)), date(2031, 4, 2), [span])
    assert not is_done(Days(date(2031, 2, 28), date(2031, 3, 31)), date(2031, 3, 31), [span])


# -- beside the monitor


def test_every_day_of_the_range_is_known_without_asking(bench: Bench) -> None:
    later(bench, "2020-12-31T12:00")
    assert not [step.problem for step in fill(bench.app) if step.problem]
    bench.replay.clear_requests()
    with bench.app.context() as context:
        for supplement in MONITORED:
            for number in range((LAST - FIRST).days + 1):
                assert context.store.is_covered(supplement.name, "ecfr", FIRST + timedelta(days=number))
        lists_on(context, date(2019, 7, 4), offline=True)
        with pytest.raises(NotThereError, match="is not kept"):
            lists_on(context, LAST + timedelta(days=1), offline=True)
    assert not bench.replay.requests


def test_what_is_known_equals_what_the_ecfr_says_of_each_day(bench: Bench) -> None:
    from monitor.polls.ecfr import fetch_day

    later(bench, "2020-12-31T12:00")
    fill(bench.app)
    with bench.app.context() as context:
        for number in range(0, (LAST - FIRST).days + 1, 9):
            day = FIRST + timedelta(days=number)
            for supplement in MONITORED:
                kept = context.store.snapshot_on(supplement.name, day)
                assert kept is not None
                assert kept.body == fetch_day(context, supplement, day).body, (supplement.name, day)


@pytest.mark.parametrize("units", [20, 1000])
def test_the_past_is_reported_to_nobody_and_the_monitor_goes_on_as_if_nothing_had_been(
    bench: Bench, tmp_path: Path, units: int
) -> None:
    """Also where the backfill is interrupted after so many units, and where it reaches into the present."""
    from smtp_sink import SmtpSink

    with SmtpSink(user="u", password="p") as sink:
        alone = Bench(bench.replay, sink, tmp_path / "alone")
        for one in (alone, bench):
            one.check("2020-05-14T12:00")
        later(bench, "2020-05-15T06:00")  # before the clock of that day is asked
        with bench.app.work() as work:
            list(islice(run_backfill(work, date(2019, 3, 1), date(2020, 5, 15), lambda _: None), units))
        for moment in ("2020-05-15T12:00", "2020-05-16T12:00", "2020-05-19T12:00"):
            for one in (alone, bench):
                one.check(moment)
        assert bench.subjects == alone.subjects
        assert len(alone.subjects) > 1


def test_a_day_of_the_past_that_a_person_asks_for_is_not_new_to_the_clock(bench: Bench) -> None:
    bench.check("2019-12-03T12:00")
    before = len(bench.mailbox.messages)
    later(bench, "2019-12-04T06:00")
    with bench.app.context() as context:
        for day in (date(2019, 6, 3), date(2019, 9, 3)):
            lists_on(context, day, offline=False)
    bench.check("2019-12-04T12:00")
    assert bench.subjects[before:] == []


def test_a_rule_that_the_monitor_has_not_yet_read_is_left_to_it(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    later(bench, "2019-05-21T12:00")  # the listing of Huawei is printed, and the watch was off
    fill(bench.app, date(2019, 1, 1), date(2019, 5, 21))
    bench.check("2019-05-21T12:00")
    assert [subject for subject in bench.subjects if subject.startswith("Published: ")]


def test_after_a_backfill_the_first_poll_is_a_baseline_and_reports_nothing(bench: Bench) -> None:
    later(bench, "2019-08-31T12:00")
    fill(bench.app)
    bench.check("2019-08-31T13:00")
    bench.check("2019-09-03T12:00")
    assert [subject.startswith("The watch begins") for subject in bench.subjects][:1] == [True]
    assert not [subject for subject in bench.subjects if "issued" in subject.lower() or "lapsed" in subject.lower()]


def test_licenses_of_the_past_stand_as_they_did(bench: Bench) -> None:
    from monitor.evidence.deadlines import read_calendar

    later(bench, "2020-12-31T12:00")
    fill(bench.app, date(2019, 5, 15), date(2020, 1, 31))
    with bench.app.context() as context:
        found = read_calendar(context.readings).licenses
    ends = [
        {row.valid_through for row in rows_on(found, day) if "Huawei" in row.identifier}
        for day in (date(2019, 6, 1), date(2019, 9, 1), date(2020, 1, 1))
    ]
    assert ends == [{date(2019, 8, 19)}, {date(2019, 11, 18)}, {date(2020, 2, 16)}]


# -- failures


@pytest.mark.usefixtures("quick_retries")
def test_a_source_that_fails_leaves_what_is_done_and_the_next_run_goes_on(bench: Bench) -> None:
    later(bench, "2020-12-31T12:00")
    bench.replay.fault("status-503", "full/2019-05", after=2)
    with pytest.raises(SourceError, match=r"Unverified List of 2019-05-15: .* answers 503"):
        fill(bench.app)
    bench.replay.clear_faults()
    bench.replay.clear_requests()
    assert not [step.problem for step in fill(bench.app) if step.problem]
    again = [r.path for r in bench.replay.requests if "documents" in r.path or "4%20to%20Part" in r.query]
    assert not again


def test_half_a_list_is_not_kept_and_is_asked_for_again(bench: Bench) -> None:
    later(bench, "2020-12-31T12:00")
    bench.replay.fault("half-list", "full/2019-06-24", times=1)
    problems = [step.problem for step in fill(bench.app) if step.problem]
    assert len(problems) == 1
    assert "Entity List of 2019-06-24 is not believed and not kept" in problems[0]
    assert [step.label for step in fill(bench.app)] == ["Entity List of 2019-06-24"]


def test_an_old_document_without_any_text_is_kept_without_it_and_said(bench: Bench) -> None:
    later(bench, "2020-12-31T12:00")
    bench.replay.fault("status-404", "full_text/.*2019-10616")
    problems = [step.problem for step in fill(bench.app) if step.problem]
    assert problems == ["documents of May 2019: no text of 2019-10616"]
    bench.replay.clear_requests()
    assert fill(bench.app) == []


def test_a_wall_in_front_of_the_texts_ends_the_run(bench: Bench) -> None:
    later(bench, "2020-12-31T12:00")
    bench.replay.fault("captcha", "full_text/")
    with pytest.raises(SourceError, match="documents of August 2019"):
        fill(bench.app)


# -- the lock


def test_a_cycle_can_run_between_two_units(bench: Bench) -> None:
    later(bench, "2020-12-31T12:00")
    with bench.app.work() as work:
        taken = []
        for step in run_backfill(work, FIRST, LAST, lambda _: None):
            with locked(bench.folder):
                taken.append(step.label)
    assert len(taken) > 10


def test_beside_a_daemon_it_does_not_begin_and_two_do_not_run_at_once(bench: Bench) -> None:
    with locked(bench.folder), pytest.raises(AlreadyRunningError), bench.app.work():
        pass
    with bench.app.work(), pytest.raises(AlreadyRunningError), bench.app.work():
        pass


def test_the_lock_is_awaited_while_a_cycle_runs_and_not_for_ever(tmp_path: Path) -> None:
    held, over = threading.Event(), threading.Event()

    def cycle() -> None:
        with locked(tmp_path):
            held.set()
            over.wait(20)

    other = threading.Thread(target=cycle)
    other.start()
    assert held.wait(20)
    with pytest.raises(AlreadyRunningError), locked(tmp_path, patience=0.2):
        pass
    threading.Timer(0.2, over.set).start()
    with locked(tmp_path, patience=20):
        pass
    other.join()


# -- the command line


@pytest.fixture
def cli(configured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    from monitor.__main__ import run

    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "p")

    def call(*arguments: str) -> tuple[int, str, str]:
        options = ["--config", str(configured), "--state", str(tmp_path / "state"), "--now", "2020-12-31T12:00"]
        code = run([*options, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "2019-05-15", "--until", "2019-05-14"], "--since 2019-05-15 is after --until 2019-05-14"),
        (["--since", "1993-12-31"], "--since 1993-12-31: documents begin on 1994-01-01"),
        (["--since", "2019-05-15", "--until", "2021-01-01"], "--until 2021-01-01 is in the future"),
        (["--since", "2021-01-01"], "--since 2021-01-01 is after today 2020-12-31"),
        ([], "Missing option '--since'"),
    ],
)
def test_days_that_cannot_be_had_are_said_in_one_line(cli: Run, arguments: list[str], words: str) -> None:
    code, out, err = cli("backfill", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words in err


def test_the_command_says_each_unit_on_standard_error_and_one_summary_at_the_end(cli: Run, sources: Any) -> None:
    sources.set_now("2020-12-31T12:00:00-05:00")
    code, out, err = cli("backfill", "--since", "2016-12-01", "--until", "2017-01-31")
    assert (code, out.count("\n")) == (0, 1)
    assert "nobody was mailed" in out
    assert "the eCFR's history begins on 2017-01-03" in err
    assert "1 of 8: documents of January 2017" in err


@pytest.mark.usefixtures("quick_retries")
def test_the_command_says_in_one_line_what_failed_and_how_to_go_on(cli: Run, sources: Any) -> None:
    sources.set_now("2020-12-31T12:00:00-05:00")
    sources.fault("status-500", "versions/")
    code, out, err = cli("backfill", "--since", "2019-05-01", "--until", "2019-05-31")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].endswith("0 finished this time and kept: run it again to continue")
