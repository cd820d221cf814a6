"""The calendar of deadlines: an entry moves when its day moves."""

from datetime import UTC, datetime
from typing import Any

import pytest
from clock_cases import day, extended, issued, read_document
from icalendar import Calendar, Event

from monitor.deadlines import deadlines
from monitor.deadlines.ics import as_ics
from monitor.deadlines.licenses import licenses
from monitor.model.deadlines import ReadDocument
from monitor.model.errors import ReadError

FIRST = datetime(2031, 3, 3, 12, tzinfo=UTC)
LATER = datetime(2031, 6, 1, 12, tzinfo=UTC)
ISSUED = issued("2031-00001", "2031-03-03", "2031-06-01")
EXTENDED = extended("2031-00002", "2031-05-30", "2031-06-01", "2031-08-31")


def served(*documents: ReadDocument, stamp: datetime = FIRST, **more: Any) -> bytes:
    return as_ics(deadlines(documents, licenses(documents)), stamp=stamp, **more)


def events(body: bytes) -> list[Event]:
    return [event for event in Calendar.from_ical(body).walk("VEVENT") if isinstance(event, Event)]


def test_an_end_is_a_whole_day_with_its_sentence_and_document() -> None:
    (event,) = events(served(ISSUED))
    assert event.decoded("dtstart") == day("2031-06-01")
    assert event.decoded("dtend") == day("2031-06-02")
    assert "“2031-00001: the license is valid through June 1, 2031.” (2031-00001)" in str(event["description"])
    assert "This day is a Sunday." in str(event["description"])
    assert str(event["url"]) == "https://www.federalregister.gov/d/2031-00001"


def test_an_extension_moves_the_entry_and_counts_the_sequence() -> None:
    (before,), (after,) = events(served(ISSUED)), events(served(ISSUED, EXTENDED))
    assert before["uid"] == after["uid"]
    assert (int(str(before["sequence"])), int(str(after["sequence"]))) == (0, 1)
    assert after.decoded("dtstart") == day("2031-08-31")
    assert "Before: June 1, 2031." in str(after["description"])


def test_what_has_not_changed_is_served_byte_for_byte_as_before() -> None:
    before = served(ISSUED, EXTENDED)
    assert served(ISSUED, EXTENDED, stamp=LATER, previous=before) == before


def test_a_change_counts_on_from_what_was_served() -> None:
    before = served(ISSUED, EXTENDED)
    (again,) = events(served(ISSUED, stamp=LATER, previous=before))
    assert int(str(again["sequence"])) == 2
    assert again.decoded("dtstamp") == LATER


def test_a_removed_deadline_is_canceled_once_and_stays() -> None:
    comments = read_document("2031-00007", "2031-03-03", comments_close_on=day("2031-05-01"))
    gone = served(ISSUED, stamp=LATER, previous=served(ISSUED, comments))
    canceled = [event for event in events(gone) if str(event["status"]) == "CANCELLED"]
    assert [int(str(event["sequence"])) for event in canceled] == [1]
    assert served(ISSUED, stamp=datetime(2031, 7, 1, tzinfo=UTC), previous=gone) == gone


def test_a_contradicted_day_is_tentative() -> None:
    other = extended("2031-00003", "2031-05-30", "2031-06-01", "2031-09-05")
    (event,) = events(served(ISSUED, EXTENDED, other))
    assert str(event["status"]) == "TENTATIVE"
    assert "different ends" in str(event["description"])


def test_deadlines_without_a_readable_day_have_no_entry() -> None:
    unread = read_document("2031-00007", "2031-03-03", unread=("The date “June 31, 2031” is none the calendar has.",))
    assert events(served(unread)) == []


def test_a_holiday_is_stated() -> None:
    (event,) = events(served(ISSUED, holidays={day("2031-06-01"): "Some Day"}))
    assert "a federal holiday, Some Day" in str(event["description"])


@pytest.mark.parametrize("previous", [b"<html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"])
def test_a_file_that_is_no_calendar_of_ours_is_refused(previous: bytes) -> None:
    with pytest.raises(ReadError, match="move it away"):
        served(ISSUED, previous=previous)
