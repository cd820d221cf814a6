"""Alerts that hold others, taken apart."""

from collections.abc import Iterator

from monitor.model.alerts import (
    AlertBody,
    Announcement,
    Digest,
    DocumentEvent,
    ListChanged,
    MonitoringBegins,
    Notice,
    PageChanged,
    TextChanged,
)
from monitor.model.deadlines import CaughtUp, ClockNotice
from monitor.model.weekly_report import WeeklyReport

AlertPart = DocumentEvent | ListChanged | TextChanged | Announcement | PageChanged | ClockNotice | Notice


def parts_of(body: AlertBody) -> Iterator[AlertPart]:
    """The single things that an alert reports: those that it holds, else itself."""
    match body:
        case Digest():
            for alert in body.alerts:
                yield from parts_of(alert.body)
        case MonitoringBegins():
            yield from body.pending
        case CaughtUp():
            yield from body.notices
        case WeeklyReport():
            return  # it counts what was reported, and repeats none of it
        case _:
            yield body
