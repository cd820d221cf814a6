"""Deadlines as a calendar that people subscribe to: an entry moves when its day moves."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from monitor.model.deadlines import Deadline
from monitor.model.eastern import long_date
from monitor.model.errors import ReadError

NAME = "Export control deadlines"
_DOCUMENT_NUMBER = re.compile(r"(?:[A-Z]\d+-)?(?:\d{4}|E\d)-\d{4,6}")


def as_ics(
    deadlines: Sequence[Deadline],
    *,
    stamp: datetime,
    previous: bytes | None = None,
    holidays: Mapping[date, str] | None = None,
    name: str = NAME,
) -> bytes:
    """The calendar of all deadlines that have a day, each a whole day without a time of its own.

    UID is the key of the deadline; SEQUENCE grows with every move of the day. `previous` is the calendar served
    before: an unchanged event keeps its stamp, one that differs for another reason gets the next SEQUENCE, and one that
    is no longer there is canceled rather than left out, as subscribers keep what they once had. `stamp` is aware.

    Raises ReadError where `previous` is no calendar.
    """
    before = _events_of(previous) if previous is not None else {}
    events = {deadline.key: _event(deadline, holidays or {}) for deadline in deadlines if deadline.day is not None}
    calendar = Calendar()
    calendar.add("prodid", "-//fedreg-monitor//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "America/New_York")
    for event in sorted(_all(events.values(), before, stamp.astimezone(UTC)), key=lambda e: str(e["uid"])):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _all(events: Iterable[Event], before: Mapping[str, Event], stamp: datetime) -> Iterable[Event]:
    current = {str(event["uid"]): event for event in events}
    for uid, event in current.items():
        yield _counted(event, before.get(uid), stamp)
    for uid, event in before.items():
        if uid not in current:
            yield _canceled(event, stamp)


def _event(deadline: Deadline, holidays: Mapping[date, str]) -> Event:
    day = deadline.day
    event = Event()
    if day is None:
        raise ValueError(deadline.key)
    event.add("uid", f"{deadline.key}@fedreg-monitor")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _summary(deadline))
    event.add("description", _description(deadline, day, holidays))
    event.add("categories", [deadline.kind.value])
    event.add("status", "TENTATIVE" if deadline.contradictions else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    event.add("sequence", sum(a.day != b.day for a, b in zip(deadline.moves, deadline.moves[1:], strict=False)))
    if _DOCUMENT_NUMBER.fullmatch(deadline.document_number):
        event.add("url", f"https://www.federalregister.gov/d/{deadline.document_number}")
    return event


def _summary(deadline: Deadline) -> str:
    kind = deadline.kind.value
    return f"{kind[:1].upper()}{kind[1:]}: {deadline.title}"


def _description(deadline: Deadline, day: date, holidays: Mapping[date, str]) -> str:
    notes = [f"This day is a {day:%A}." if day.weekday() >= 5 else ""]
    notes += [f"This day is a federal holiday, {holidays[day]}." if day in holidays else ""]
    earlier = [long_date(move.day) for move in deadline.moves[:-1] if move.day is not None and move.day != day]
    parts = [
        deadline.means,
        *notes,
        "The whole day counts, Eastern time.",
        f"“{deadline.sentence}” ({deadline.document_number})",
        f"Before: {', '.join(earlier)}." if earlier else "",
        *(fault.says for fault in deadline.contradictions),
    ]
    return "\n".join(part for part in parts if part)


def _counted(event: Event, before: Event | None, stamp: datetime) -> Event:
    """The event with its stamp and sequence; those of the one served before where nothing differs."""
    sequence = _sequence(event)
    if before is not None and _content(before) == _content(event) and _sequence(before) >= sequence:
        return before
    if before is not None:
        sequence = max(sequence, _sequence(before) + 1)
    del event["sequence"]
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    return event


def _canceled(event: Event, stamp: datetime) -> Event:
    if str(event["status"]) == "CANCELLED":  # the word of RFC 5545
        return event
    sequence = _sequence(event) + 1
    for field in ("status", "sequence", "dtstamp", "last-modified"):
        del event[field]
    event.add("status", "CANCELLED")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    return event


def _sequence(event: Event) -> int:
    return int(str(event["sequence"]))


def _content(event: Event) -> bytes:
    """What subscribers see of an event, without its bookkeeping."""
    seen = event.copy()
    for field in ("sequence", "dtstamp", "last-modified"):
        seen.pop(field, None)
    return bytes(seen.to_ical())


def _events_of(previous: bytes) -> dict[str, Event]:
    try:
        calendar = Calendar.from_ical(previous)
        events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
        return {str(event["uid"]): event for event in events if _sequence(event) >= 0}
    except (ValueError, KeyError) as error:
        raise ReadError(f"the calendar served before does not read as one ({error}); move it away") from error
