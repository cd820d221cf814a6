"""Alerts that hold others, taken apart."""

from collections.abc import Iterator

from monitor.model.alerts import (
    AlertBody,
    Announced,
    Digest,
    DocumentEvent,
    ListChanged,
    Notice,
    PageChanged,
    Quiet,
    TextChanged,
    WatchBegins,
)
from monitor.model.deadlines import CaughtUp, ClockNotice

Single = DocumentEvent | ListChanged | TextChanged | Announced | PageChanged | ClockNotice | Notice


def single(body: AlertBody) -> Iterator[Single]:
    """The single things that an alert tells: those that stand inside it, else itself."""
    match body:
        case Digest():
            for alert in body.alerts:
                yield from single(alert.body)
        case WatchBegins():
            yield from body.pending
        case CaughtUp():
            yield from body.notices
        case Quiet():
            return  # it counts what was told, and tells nothing of it
        case DocumentEvent() | ListChanged() | TextChanged() | Announced() | PageChanged() | ClockNotice() | Notice():
            yield body
