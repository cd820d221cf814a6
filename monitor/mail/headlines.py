"""What an alert is about, in one line of plain words."""

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

WHOLE = {
    MonitoringBegins: "first sights",
    Notice: "notices to the operator",
    Digest: "digests",
    WeeklyReport: "weekly accounts",
}


def headline_of(body: AlertBody) -> str:
    """The title of a document with its stage and number, the name of a list, the line of a notice."""
    match body:
        case DocumentEvent():
            text = f"{body.title} ({body.stage.value}, {body.document_number})"
        case ListChanged() | TextChanged():
            text = f"{body.name} as of {body.as_of}"
        case Announcement():
            text = f"BIS announces: {body.title}"
        case PageChanged():
            text = f"{body.label} says something else"
        case ClockNotice() | CaughtUp():
            text = body.headline
        case Notice():
            text = body.title
        case MonitoringBegins() | Digest() | WeeklyReport():
            text = kind_of(body)
    return text


def kind_of(body: AlertBody) -> str:
    """Of what kind an alert is, to count alike ones together."""
    match body:
        case DocumentEvent():
            text = f"documents {body.stage.value}, {body.kind.value.replace('-', ' ')}"
        case ListChanged():
            text = f"changes of the {body.name}"
        case TextChanged():
            text = f"changes of the text of {body.name}"
        case Announcement():
            text = "press releases"
        case PageChanged():
            text = f"changes of the page {body.label}"
        case ClockNotice() | CaughtUp():
            text = "deadlines and reminders"
        case MonitoringBegins() | Notice() | Digest() | WeeklyReport():
            text = WHOLE[type(body)]
    return text
