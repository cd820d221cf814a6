"""The monitoring of the monitor, against the replay at real moments."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from harness import Bench, at
from msgspec import structs
from operated import OPERATOR, FullRegister, operated, text_of, to_operator, to_readers, watch

from monitor.__main__ import run
from monitor.health.alarms import current_alarms
from monitor.model.errors import StateError
from monitor.model.polls import Outcome, Status
from monitor.model.settings import Recipient, Schedule
from monitor.polls import inspection
from monitor.polls.context import Context
from monitor.sources.inspection import InspectionSummary

pytestmark = pytest.mark.usefixtures("quick_retries")


@pytest.fixture
def bench(sources: Any, mailbox: Any, tmp_path: Path) -> Bench:
    """A monitor with an operator and a recipient of everything."""
    return operated(sources, mailbox, tmp_path / "state", recipients=(Recipient(address="reader@example.org"),))


def begin(bench: Bench, moment: str) -> None:
    bench.check(moment)
    bench.mailbox.clear()
    bench.replay.clear_requests()


def issues_asked(bench: Bench) -> list[str]:
    return [r.path.rsplit("/", 1)[1] for r in bench.replay.requests if "/issues/" in r.path]


# -- the issue of the day


def test_the_issue_is_asked_for_from_nine_o_clock_and_until_it_was_seen(bench: Bench) -> None:
    begin(bench, "2019-05-21T04:30")
    for moment in ("2019-05-21T06:30", "2019-05-21T08:59", "2019-05-21T09:00", "2019-05-21T09:05"):
        bench.check(moment)
    assert issues_asked(bench) == ["2019-05-21.json"]
    assert to_operator(bench) == []


def test_an_issue_that_is_late_is_reported_once_and_once_when_it_is_there(bench: Bench) -> None:
    begin(bench, "2019-05-21T08:30")
    bench.replay.fault("status-404", "/issues/")
    for moment in ("2019-05-21T08:55", "2019-05-21T09:00", "2019-05-21T09:30", "2019-05-21T10:00"):
        bench.check(moment)
    assert to_operator(bench) == ["no issue of May 21, 2019"]
    bench.replay.clear_faults()
    bench.check("2019-05-21T11:00")
    bench.check("2019-05-21T11:10")
    assert to_operator(bench)[1:] == ["over: no issue of May 21, 2019"]
    first, last = [m for m in bench.mailbox.messages if m.recipients == [OPERATOR]]
    assert "It is there now. You were told 2 h 0 min ago" in text_of(last)
    assert last.message["In-Reply-To"] == first.message["Message-ID"]


def test_an_issue_that_cannot_be_asked_for_is_neither_missing_nor_there(bench: Bench) -> None:
    begin(bench, "2019-05-21T08:30")
    bench.replay.fault("status-503", "/issues/")
    bench.check("2019-05-21T09:00")
    assert to_operator(bench) == []
    bench.replay.clear_faults()
    bench.replay.fault("status-404", "/issues/")
    bench.check("2019-05-21T09:10")
    bench.replay.clear_faults()
    bench.replay.fault("status-503", "/issues/")
    bench.check("2019-05-21T09:20")
    assert to_operator(bench) == ["no issue of May 21, 2019"]


@pytest.mark.parametrize("holiday", ["2019-05-27", "2019-07-04", "2019-11-28", "2019-12-25"])
def test_a_holiday_without_an_issue_is_no_alarm(bench: Bench, holiday: str) -> None:
    begin(bench, f"{holiday}T00:30")
    for hour in ("09:05", "09:30", "12:00", "14:00", "16:00"):
        bench.check(f"{holiday}T{hour}")
    assert to_operator(bench) == []
    assert issues_asked(bench) == []


def test_a_closing_that_was_declared_after_the_calendar_was_read_is_no_alarm(bench: Bench) -> None:
    bench.replay.set_now(at("2019-12-22T12:00"))  # holidays.json names the 24th from the 23rd on
    begin(bench, "2019-12-22T12:00")
    bench.replay.fault("status-500", "holidays", times=2)  # the clock's reading of the 24th fails
    bench.check("2019-12-24T00:30")
    bench.check("2019-12-24T09:05")
    assert "2019-12-24.json" in issues_asked(bench)
    assert [subject for subject in to_operator(bench) if "issue" in subject] == []


def test_an_alarm_ends_when_the_day_is_declared_closed(bench: Bench) -> None:
    begin(bench, "2019-12-22T12:00")
    bench.replay.fault("status-500", "holidays")
    bench.check("2019-12-24T00:30")
    bench.check("2019-12-24T09:05")
    assert "no issue of December 24, 2019" in to_operator(bench)
    bench.replay.clear_faults()
    bench.check("2019-12-24T10:10")
    assert to_operator(bench)[-1] == "over: no issue of December 24, 2019"
    assert "names that day now: Extension of Christmas Holiday" in text_of(bench.mailbox.messages[-1])


def test_an_issue_that_nothing_was_announced_for_is_not_waited_for(bench: Bench) -> None:
    bench.app = structs.replace(bench.app, transport=None)  # the sample as it is: most days have no document at all
    begin(bench, "2019-06-10T08:30")
    bench.check("2019-06-11T08:30")
    bench.check("2019-06-11T09:30")
    assert [subject for subject in to_operator(bench) if "issue" in subject or "inspection" in subject] == []


# -- public inspection


def test_public_inspection_that_shows_nothing_is_reported_once_and_its_end_once(bench: Bench) -> None:
    begin(bench, "2019-06-05T08:30")
    full = bench.app.transport
    bench.app = structs.replace(bench.app, transport=Nothing(bench.replay))
    for moment in ("2019-06-05T09:14", "2019-06-05T09:20", "2019-06-05T09:40"):
        bench.check(moment)
    assert [s for s in to_operator(bench) if "inspection" in s] == ["public inspection has nothing of June 5, 2019"]
    bench.app = structs.replace(bench.app, transport=full)
    bench.check("2019-06-05T10:00")
    assert to_operator(bench)[-1] == "over: public inspection has nothing of June 5, 2019"


def test_public_inspection_that_stays_on_another_day_is_reported(bench: Bench) -> None:
    begin(bench, "2019-05-21T08:30")
    bench.app = structs.replace(bench.app, transport=Yesterday(bench.replay))
    bench.check("2019-05-21T09:10")
    assert to_operator(bench) == []
    bench.check("2019-05-21T09:20")
    assert to_operator(bench) == ["public inspection has nothing of May 21, 2019"]
    said = text_of(bench.mailbox.messages[-1])
    assert "it still shows the regular filing of May 20, 2019" in said


class Nothing(FullRegister):
    """A Register that has no list of the day at all."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/current.json"):
            return httpx.Response(200, json={"count": 0, "results": []})
        return super().handle_request(request)


class Yesterday(FullRegister):
    """A Register whose public inspection was not imported today."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        return httpx.Response(
            answer.status_code,
            headers={"Content-Type": answer.headers["Content-Type"]},
            content=answer.content.replace(b"2019-05-21T08:45", b"2019-05-20T08:45"),
        )


# -- the eCFR


def test_an_ecfr_that_does_not_move_on_is_reported_once_and_its_end_once(bench: Bench) -> None:
    begin(bench, "2019-05-15T12:00")
    moving = bench.app.transport
    bench.app = structs.replace(bench.app, transport=StandingStill(bench.replay))
    for day in (20, 21, 22):
        bench.check(f"2019-05-{day}T12:00")
    assert [s for s in to_operator(bench) if "eCFR" in s] == ["the eCFR is 5 business days behind"]
    bench.app = structs.replace(bench.app, transport=moving)
    bench.check("2019-05-22T13:00")
    assert [s for s in to_operator(bench) if "eCFR" in s][1:] == ["over: the eCFR is 5 business days behind"]
    assert "It answers as of May 20, 2019." in text_of(bench.mailbox.messages[-1])


class StandingStill(FullRegister):
    """An eCFR that goes on answering as of one day."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = super().handle_request(request)
        if not request.url.path.endswith("/titles.json"):
            return answer
        body = json.loads(answer.content)
        for title in body["titles"]:
            if title["number"] == 15:
                title["up_to_date_as_of"] = "2019-05-13"
        return httpx.Response(200, json=body)


# -- stale sources


def test_a_source_that_is_never_polled_again_is_reported_as_stale(bench: Bench) -> None:
    begin(bench, "2019-05-15T12:00")
    others = ("inspection", "published")
    for moment in ("2019-05-15T20:00", "2019-05-16T08:30", "2019-05-16T15:00", "2019-05-16T20:00"):
        bench.clock.moment = at(moment)
        bench.replay.set_now(bench.clock.moment)
        bench.app.cycle(others)
    assert [s for s in to_operator(bench) if "silent" in s] == ["the source ecfr has been silent for 27 hours"]
    bench.check("2019-05-16T20:30")
    assert [s for s in to_operator(bench) if "silent" in s][1:] == [
        "over: the source ecfr has been silent for 27 hours"
    ]


def test_the_end_of_a_failure_is_reported_once_though_the_source_was_stale_too(bench: Bench) -> None:
    begin(bench, "2019-05-15T12:00")
    bench.replay.fault("status-500", "/ecfr/")
    watch(bench, at("2019-05-15T14:00"), at("2019-05-16T16:00"))
    assert to_operator(bench) == ["the source ecfr fails", "the source ecfr has been silent for 28 hours"]
    bench.replay.clear_faults()
    bench.check("2019-05-16T18:00")
    assert to_operator(bench)[2:] == ["the source ecfr answers again"]
    bench.check("2019-05-16T18:30")
    assert len(to_operator(bench)) == 3


# -- a watch that was off


def test_a_monitor_that_was_off_is_reported_once(bench: Bench) -> None:
    begin(bench, "2019-05-15T12:00")
    bench.check("2019-05-17T15:00")
    bench.check("2019-05-17T15:10")
    assert [s for s in to_operator(bench) if "off" in s] == ["the watch was off for 2 d 3 h"]
    assert "Everything since May 15, 2019, 12:00 p.m. ET was read now." in text_of(bench.mailbox.messages[-1])


@pytest.mark.parametrize(
    ("last", "following"),
    [("2019-05-15T12:00", "2019-05-15T15:00"), ("2019-05-17T21:20", "2019-05-20T00:20")],
)
def test_a_pause_that_the_schedule_allows_is_not_reported(bench: Bench, last: str, following: str) -> None:
    begin(bench, last)
    bench.check(following)
    assert to_operator(bench) == []


def test_what_is_still_unread_after_a_pause_is_named(bench: Bench) -> None:
    begin(bench, "2019-05-15T12:00")
    bench.replay.fault("status-500", "/ecfr/")
    bench.check("2019-05-17T15:00")
    off = next(m for m in bench.mailbox.messages if "was off" in m.message["Subject"])
    assert "What ecfr said since May 15, 2019, 12:00 p.m. ET is still to be read" in text_of(off)


# -- the disk


def test_a_disk_that_is_nearly_full_is_reported_once_a_day(bench: Bench) -> None:
    begin(bench, "2019-05-21T10:00")
    bench.app = structs.replace(bench.app, free=lambda _: 150.0)
    for moment in ("2019-05-21T10:05", "2019-05-21T10:10", "2019-05-21T23:50", "2019-05-22T00:10"):
        bench.check(moment)
    assert [s for s in to_operator(bench) if "MiB" in s] == ["only 150 MiB are free for the state"] * 2


def test_without_room_to_write_no_cycle_begins(bench: Bench) -> None:
    begin(bench, "2019-05-21T10:00")
    bench.app = structs.replace(bench.app, free=lambda _: 3.25)
    with pytest.raises(StateError, match=r"only 3\.2 MiB are free .* make room") as caught:
        bench.check("2019-05-21T10:05")
    assert caught.value.exit_code == 74
    assert bench.replay.requests == []


# -- nobody else's business


def test_what_concerns_the_monitor_itself_never_reaches_a_recipient(bench: Bench) -> None:
    bench.app = structs.replace(
        bench.app,
        free=lambda _: 100.0,
        settings=structs.replace(
            bench.settings, recipients=(Recipient(address="reader@example.org", weekly_report=True),)
        ),
    )
    bench.check("2019-05-15T12:00")
    first = len(to_readers(bench))
    bench.replay.fault("status-404", "/issues/")
    bench.replay.fault("status-500", "/ecfr/")
    for moment in ("2019-05-17T15:00", "2019-05-17T15:05", "2019-05-17T15:10", "2019-05-21T09:30"):
        bench.check(moment)
    bench.replay.clear_faults()
    bench.check("2019-05-21T10:30")
    told = to_operator(bench)
    for word in ("off", "fails", "silent", "issue", "MiB", "answers again"):
        assert any(word in subject for subject in told), word
    accounts = [m for m in bench.mailbox.messages if m.recipients != [OPERATOR] and "quiet" in m.message["Subject"]]
    assert len(accounts) == 1
    for mail in bench.mailbox.messages[first:]:
        if mail.recipients != [OPERATOR]:
            assert "fedreg-monitor:" not in mail.message["Subject"]
            assert not any(f"- {subject}" in text_of(mail) for subject in told)


def test_without_an_operator_nobody_gets_notices_of_the_monitor(sources: Any, mailbox: Any, tmp_path: Path) -> None:
    bench = Bench(sources, mailbox, tmp_path / "state")
    bench.app = structs.replace(bench.app, free=lambda _: 100.0)
    bench.check("2019-05-15T12:00")
    mailbox.clear()
    bench.check("2019-05-15T20:00")
    assert mailbox.messages == []


def test_the_real_disk_is_asked_by_default(
    configured: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--config", str(configured), "--state", str(tmp_path / "none" / "yet"), "status"]) == 1
    assert "MiB free" in capsys.readouterr().out


def test_an_announced_issue_that_the_list_no_longer_has_is_not_waited_for(bench: Bench) -> None:
    monday = date(2019, 5, 20)
    with bench.app.context() as context:
        friday = structs.replace(context, now=at("2019-05-17T16:00"))
        note(friday, InspectionSummary(count=3, filed_at=None, issues=(date(2019, 5, 17), monday)))
        note(friday, InspectionSummary(count=3, filed_at=None))
        assert issues(context) == (date(2019, 5, 17),)  # the day's own documents leave the list at 8:45
        note(structs.replace(context, now=at("2019-05-20T09:00")), InspectionSummary(count=3, filed_at=None))
        assert issues(context) == ()


def note(context: Context, summary: InspectionSummary) -> None:
    with context.store.transaction():
        context.store.note_marker("inspection", inspection.marker(context, summary), context.now)


def issues(context: Context) -> tuple[date, ...]:
    marker = context.store.marker("inspection")
    assert marker is not None
    return msgspec.json.decode(marker[0], type=InspectionSummary).issues


def test_a_source_without_a_schedule_is_not_overdue(bench: Bench) -> None:
    desk_settings = bench.app.settings
    for schedule, silent in ((Schedule(), True), (Schedule(ecfr=()), False)):
        bench.app = structs.replace(bench.app, settings=structs.replace(desk_settings, schedule=schedule))
        with bench.app.context() as context:
            with context.store.transaction():
                start = at("2019-05-13T12:00")
                context.store.record_poll(Outcome(source="ecfr", status=Status.UNCHANGED, message="", started_at=start))
            known, found = current_alarms(structs.replace(context, now=at("2019-05-16T12:00")), polite=False)
        assert ("ecfr" in {source.name for source in known.sources}) is silent
        assert ("stale:ecfr" in {one.rule for one in found}) is silent
