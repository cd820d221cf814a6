"""What each kind of alert says to a reader: pages of blocks, from which the templates make text and HTML."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from monitor.mail.pages.bis_and_web import announced_page, web_page_page
from monitor.mail.pages.blocks import Detail, Page, View
from monitor.mail.pages.clock_and_operator import baseline_page, caught_up_page, clock_page, notice_page
from monitor.mail.pages.digests import digest_page
from monitor.mail.pages.documents import document_page
from monitor.mail.pages.list_changed import list_page
from monitor.mail.pages.text_changed import text_page
from monitor.mail.pages.watchlist import with_matches
from monitor.mail.pages.weekly import account_page
from monitor.model.alerts import (
    Alert,
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
from monitor.model.eastern import EASTERN
from monitor.model.matches import Match
from monitor.model.weekly_report import WeeklyReport

__all__ = ["Detail", "Page", "page"]


def page(alert: Alert, today: date, detail: Detail, *, zone: ZoneInfo = EASTERN, matches: Sequence[Match] = ()) -> Page:
    """Return what a reader is told of an alert on a day, in so much detail, clock times in `zone`."""
    return with_matches(_page(alert, View(day=today, zone=zone, detail=detail)), matches, detail)


def _page(alert: Alert, view: View) -> Page:
    body = alert.body
    if isinstance(body, Digest):
        return digest_page(body, view, _page)
    return PAGES[type(body)](body, view)


PAGES: dict[type[AlertBody], Callable[[Any, View], Page]] = {
    DocumentEvent: document_page,
    ListChanged: list_page,
    TextChanged: text_page,
    Announcement: announced_page,
    PageChanged: web_page_page,
    MonitoringBegins: baseline_page,
    Notice: notice_page,
    ClockNotice: clock_page,
    CaughtUp: caught_up_page,
    WeeklyReport: account_page,
}
