"""The weekly account."""

import sqlite3
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from operated import OPERATOR, operated, text_of, to_operator

from monitor.__main__ import run
from monitor.health.coverage import Watching, blind, gaps, last_monday, week_of
from monitor.model.eastern import EASTERN
from monitor.model.issue_calendar import IssueCalendar
from monitor.model.settings import Operator, Recipient

READER, OTHER = "reader@example.org", "other@example.org"
HOURS = ("04:00", "07:00", "09:30", "12:30", "15:30", "18:30", "21:35")  # no gap that the schedule does not allow
QUIET_WEEK = ("2019-05-31", "2019-06-01", "2019-06-02", "2019-06-03")


@pytest.fixture
def bench(sources: Any, mailbox: Any, tmp_path: Path) -> Bench:
    """An operator who wants the account, a reader who does, and one who does not."""
    readers = (Recipient(address=READER, weekly_report=True, topics=()), Recipient(address=OTHER, topics=()))
    bench = operated(sources, mailbox, tmp_path / "state", recipients=readers)
    settings = structs.replace(bench.settings, operator=Operator(address=OPERATOR))
    bench.app = structs.replace(bench.app, settings=settings)
    return bench


def watch_days(bench: Bench, *days: str) -> None:
    for day in days:
        for hour in HOURS:
            bench.check(f"{day}T{hour}")


def accounts(bench: Bench) -> list[tuple[str, str]]:
    return [(m.recipients[0], m.message["Subject"]) for m in bench.mailbox.messages if "the ledger" in text_of(m)]


def test_a_quiet_week_is_told_on_monday_to_those_who_asked(bench: Bench) -> None:
    watch_days(bench, *QUIET_WEEK)
    subject = "All quiet, May 31 to Jun 3: 72 polls, nothing changed"
    assert accounts(bench) == [(OPERATOR, subject), (READER, subject)]
    (mail, _) = [m for m in bench.mailbox.messages if "the ledger" in text_of(m)]
    assert mail.message["Date"].datetime == at("2019-06-03T09:30")
    text = text_of(mail)
    assert "All quiet: 72 polls, no source was silent for too long, and nothing changed." in text
    assert "ecfr: 24 of 24 polls believed; longest time without one 6 h 25 min" in text
    assert "Entity List: " in text
    assert "as of May 30, 2019, the same since May 29, 2019" in text
    assert "NOT" not in text


def test_the_mail_is_a_witness_to_the_chain(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    watch_days(bench, "2019-06-02", "2019-06-03")
    text = text_of(next(m for m in bench.mailbox.messages if "the ledger" in text_of(m)))
    head = text.split("has the link: sha256 ")[1].split()[0]
    assert len(head) == 64
    command = ["--state", str(bench.folder), "ledger", "verify", "--head", head]
    assert run(command) == 0
    assert f"the link {head} is in the chain: poll " in capsys.readouterr().out
    with sqlite3.connect(bench.folder / "monitor.sqlite") as db:  # forged anew from the first poll on
        db.execute("PRAGMA foreign_keys = off")
        db.execute("DELETE FROM poll")
    db.close()
    assert run(command) == 1
    assert f"the link {head} is not in the chain" in capsys.readouterr().err


def test_a_week_in_which_the_watch_was_blind_says_from_when_to_when(bench: Bench) -> None:
    watch_days(bench, "2019-05-29")
    watch_days(bench, "2019-05-31", "2019-06-01", "2019-06-02", "2019-06-03")
    # May 30 had no poll, which is more than 26 hours of a business day
    (_, told), (_, seen) = accounts(bench)
    assert told == seen == "NOT all quiet, May 29 to Jun 3: the watch was blind for a time"
    operators, readers = [text_of(m) for m in bench.mailbox.messages if "the ledger" in text_of(m)]
    for text in (operators, readers):
        assert "The watch was blind from May 29, 2019, 9:35 p.m. ET to May 31, 2019, 4:00 a.m. ET: ecfr" in text
    assert "- the watch was off for 1 d 6 h" in operators
    assert "the watch was off" not in readers


def test_a_week_with_news_counts_what_was_told(bench: Bench) -> None:
    bench.app = structs.replace(
        bench.app, settings=structs.replace(bench.app.settings, recipients=(Recipient(address=READER),))
    )
    watch_days(bench, "2019-05-16", "2019-05-17", "2019-05-18", "2019-05-19", "2019-05-20")
    (mail,) = [m for m in bench.mailbox.messages if "the ledger" in text_of(m)]
    assert mail.message["Subject"].startswith("Weekly account, May 16 to May 20: ")
    assert "documents filed, entity list rule: 1" in text_of(mail)


def test_an_account_that_was_due_while_the_watch_was_off_comes_with_the_first_cycle(bench: Bench) -> None:
    watch_days(bench, "2019-05-29", "2019-05-30", "2019-05-31")
    bench.check("2019-06-05T12:00")
    bench.check("2019-06-05T12:05")
    assert [address for address, _ in accounts(bench)] == [OPERATOR, READER]
    watch_days(bench, "2019-06-10")
    assert [address for address, _ in accounts(bench)] == [OPERATOR, READER] * 2
    second = text_of([m for m in bench.mailbox.messages if "the ledger" in text_of(m)][-1])
    assert "Period: June 5, 2019, 12:00 p.m. ET to June 10, 2019, 9:30 a.m. ET" in second


def test_the_first_monday_after_the_first_poll_is_not_that_of_the_same_morning(bench: Bench) -> None:
    bench.check("2019-06-03T09:30")
    assert accounts(bench) == []


def test_an_operator_who_declines_gets_none(bench: Bench) -> None:
    quiet = structs.replace(bench.app.settings, operator=Operator(address=OPERATOR, weekly=False))
    bench.app = structs.replace(bench.app, settings=quiet)
    watch_days(bench, "2019-06-02", "2019-06-03")
    assert [address for address, _ in accounts(bench)] == [READER]


def test_the_operators_hour_is_that_of_their_zone(bench: Bench) -> None:
    tokyo = Operator(address=OPERATOR, hour=9, time_zone="Asia/Tokyo")
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.app.settings, operator=tokyo))
    watch_days(bench, "2019-06-01")
    for moment in ("2019-06-02T19:59", "2019-06-02T20:00"):
        assert accounts(bench) == []
        bench.check(moment)
    assert [address for address, _ in accounts(bench)] == [OPERATOR]


def test_text_and_html_say_the_same(bench: Bench) -> None:
    from bs4 import BeautifulSoup

    watch_days(bench, "2019-05-29")
    watch_days(bench, "2019-05-31", "2019-06-02", "2019-06-03")
    mail = next(m for m in bench.mailbox.messages if "the ledger" in text_of(m))
    html = mail.message.get_body(("html",))
    assert isinstance(html, EmailMessage)
    page = " ".join(BeautifulSoup(html.get_content(), "html.parser").get_text(" ").split())
    for fact in (
        "The watch was blind from",
        "- the watch was off"[2:],
        "polls believed",
        "sha256",
        "ledger verify --head",
    ):
        assert fact in page
        assert fact in text_of(mail)
    assert to_operator(bench)


# -- gaps, by themselves

HOUR = timedelta(hours=1)
BEGAN = at("2019-05-27T00:00")
OFFSETS = st.lists(st.integers(1, 167), max_size=30, unique=True).map(sorted)


def week(offsets: list[int]) -> Watching:
    good = tuple(BEGAN + n * HOUR for n in offsets)
    return Watching(name="ecfr", polls=len(good), good=good, before=BEGAN)


@given(OFFSETS)
def test_the_gaps_of_a_week_are_the_week(offsets: list[int]) -> None:
    end = BEGAN + timedelta(days=7)
    found = list(gaps(week(offsets), end))
    assert sum((gap.until - gap.since for gap in found), timedelta()) == timedelta(days=7)
    assert week_of(week(offsets), end).longest in found
    assert all(
        gap.until - gap.since <= (longest := week_of(week(offsets), end).longest).until - longest.since for gap in found
    )


@given(OFFSETS, st.integers(1, 167))
def test_one_more_good_poll_never_makes_the_watch_blinder(offsets: list[int], more: int) -> None:
    end, calendar = BEGAN + timedelta(days=7), IssueCalendar()
    before = blind([week(offsets)], end, calendar, 26)
    after = blind([week(sorted({*offsets, more}))], end, calendar, 26)
    assert sum((gap.until - gap.since for gap in after), timedelta()) <= sum(
        (gap.until - gap.since for gap in before), timedelta()
    )


MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2099, 12, 31), timezones=st.just(EASTERN))  # noqa: DTZ001 - hypothesis adds the zone


@given(MOMENTS, st.integers(0, 23))
def test_the_last_monday_is_a_monday_of_the_last_seven_days(moment: Any, hour: int) -> None:
    monday = last_monday(moment, EASTERN, hour)
    assert (monday.weekday(), monday.hour) == (0, hour)
    assert monday.timestamp() <= moment.timestamp() < (monday + timedelta(days=7)).timestamp() + 3601
