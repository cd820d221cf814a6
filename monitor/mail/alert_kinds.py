"""Everything that differs between the kinds of alerts, in one table.

A new kind is its struct in model/alerts.py (in the union; in alert_parts.py where it holds others or is a part), a row
here, a page, its templates, and a row in matching/searched.py. Tests name each that is missing.

What holds other alerts (a baseline, days that are caught up, a digest) is as severe and as urgent as its parts.
"""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Any, Generic, TypeVar

from msgspec import Struct

from monitor.mail import countries, headlines, severity, urgency
from monitor.mail.pages.blocks import Page, View
from monitor.model.alert_parts import parts_of
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
from monitor.model.severity import TOPIC_OF_DEADLINE, DeadlineTopic, Severity, most_severe
from monitor.model.weekly_report import WeeklyReport

Body = TypeVar("Body", bound=AlertBody)


class AlertKind(Struct, Generic[Body], frozen=True, kw_only=True):
    """What there is to know about one kind of alert.

    `template` names the files in templates/, `page` makes its page. `headline` is one line about one alert,
    `counted_as` the words under which alike ones are counted. `severity` is that of a day in Washington. `deadlines`
    are those that it reports, so that recipients can choose among them. `countries` are those of its entries, None
    where it is for recipients of every country. `cannot_wait`: whether it goes at once on a day (the first) to a
    recipient whose digest is due on another (the second).
    """

    template: str
    page: Callable[[Body, View], Page]
    headline: Callable[[Body], str]
    counted_as: Callable[[Body], str]
    severity: Callable[[Body, date], Severity]
    deadlines: Callable[[Body], frozenset[DeadlineTopic]]
    countries: Callable[[Body], frozenset[str] | None]
    cannot_wait: Callable[[Body, date, date], bool]


# -- what the table says of an alert


def kind_of(body: AlertBody) -> AlertKind[Any]:
    """The row of an alert."""
    return ALERT_KINDS[type(body)]


def severity_of(body: AlertBody, today: date) -> Severity:
    """How severe an alert is on a day in Washington."""
    return kind_of(body).severity(body, today)


def headline_of(body: AlertBody) -> str:
    """What an alert is about, in one line."""
    return kind_of(body).headline(body)


def counted_as(body: AlertBody) -> str:
    """Of what kind an alert is, to count alike ones together."""
    return kind_of(body).counted_as(body)


def countries_of(body: AlertBody) -> frozenset[str] | None:
    """The short names of the countries of all entries of an alert; None where more than entries is at stake."""
    return kind_of(body).countries(body)


def cannot_wait(body: AlertBody, today: date, digest: date) -> bool:
    """Whether an alert must go at once, and not in the digest of another day."""
    return kind_of(body).cannot_wait(body, today, digest)


def page_of(alert: Alert, view: View) -> Page:
    """The page of an alert."""
    page: Page = kind_of(alert.body).page(alert.body, view)
    return page


# -- what is the same for several kinds


def page_from(module: str, name: str) -> Callable[..., Page]:
    """A function of mail/pages, imported when the first such page is made: a poll without mail needs none of them."""

    def page(*given: Any) -> Page:
        made: Page = getattr(import_module(f"monitor.mail.pages.{module}"), name)(*given)
        return made

    return page


def severity_of_parts(body: AlertBody, today: date) -> Severity:
    """That of the most severe part."""
    return most_severe(severity_of(part, today) for part in parts_of(body))


def countries_of_parts(body: AlertBody) -> frozenset[str] | None:
    """Those of all parts; None where a part is for everybody, or there is none."""
    found = [countries_of(part) for part in parts_of(body)]
    named = [one for one in found if one is not None]
    return frozenset().union(*named) if found and len(named) == len(found) else None


def parts_cannot_wait(body: AlertBody, today: date, digest: date) -> bool:
    """Whether a part cannot wait."""
    return any(cannot_wait(part, today, digest) for part in parts_of(body))


def no_deadlines(_: AlertBody) -> frozenset[DeadlineTopic]:
    """It reports documents, lists or the monitor itself."""
    return frozenset()


def every_country(_: AlertBody) -> None:
    """It is for recipients of every country."""
    return


def can_wait(_: AlertBody, __: date, ___: date) -> bool:
    """It is about no day: a list or a text holds already, and the rule behind it comes with its days."""
    return False


def medium(_: AlertBody, __: date) -> Severity:
    """It binds nobody; a rule behind it is reported with its own severity."""
    return Severity.MEDIUM


def low(_: AlertBody, __: date) -> Severity:
    """It is about the monitor itself: nothing changes in law."""
    return Severity.LOW


# -- the table

ALERT_KINDS: dict[type[AlertBody], AlertKind[Any]] = {
    DocumentEvent: AlertKind[DocumentEvent](
        template="document",
        page=page_from("documents", "document_page"),
        headline=headlines.document_headline,
        counted_as=headlines.documents_alike,
        severity=severity.of_document,
        deadlines=no_deadlines,
        countries=countries.of_document,
        cannot_wait=lambda body, today, digest: (
            severity.of_document(body, today) is Severity.HIGH and urgency.document_passes(body, today, digest)
        ),
    ),
    ListChanged: AlertKind[ListChanged](
        template="list",
        page=page_from("list_changed", "list_page"),
        headline=headlines.dated_headline,
        counted_as=lambda body: f"changes of the {body.name}",
        severity=lambda body, _: severity.of_list(body),
        deadlines=no_deadlines,
        countries=countries.of_list,
        cannot_wait=can_wait,
    ),
    TextChanged: AlertKind[TextChanged](
        template="text",
        page=page_from("text_changed", "text_page"),
        headline=headlines.dated_headline,
        counted_as=lambda body: f"changes of the text of {body.name}",
        severity=lambda body, _: severity.of_text(body),
        deadlines=no_deadlines,
        countries=every_country,
        cannot_wait=can_wait,
    ),
    Announcement: AlertKind[Announcement](
        template="announced",
        page=page_from("bis_and_web", "announced_page"),
        headline=lambda body: f"BIS announces: {body.title}",
        counted_as=lambda _: "press releases",
        severity=medium,
        deadlines=no_deadlines,
        countries=every_country,
        cannot_wait=can_wait,
    ),
    PageChanged: AlertKind[PageChanged](
        template="web_page",
        page=page_from("bis_and_web", "web_page_page"),
        headline=lambda body: f"{body.label} says something else",
        counted_as=lambda body: f"changes of the page {body.label}",
        severity=lambda body, _: severity.of_page(body),
        deadlines=no_deadlines,
        countries=every_country,
        cannot_wait=can_wait,
    ),
    ClockNotice: AlertKind[ClockNotice](
        template="clock",
        page=page_from("clock_and_operator", "clock_page"),
        headline=lambda body: body.headline,
        counted_as=lambda _: "deadlines and reminders",
        severity=severity.of_notice,
        deadlines=lambda body: frozenset((TOPIC_OF_DEADLINE[body.about],)),
        countries=every_country,
        cannot_wait=lambda body, today, digest: (
            severity.of_notice(body, today) is Severity.HIGH and body.passes(today, digest)
        ),
    ),
    CaughtUp: AlertKind[CaughtUp](
        template="caught_up",
        page=page_from("clock_and_operator", "caught_up_page"),
        headline=lambda body: body.headline,
        counted_as=lambda _: "deadlines and reminders",
        severity=severity_of_parts,
        deadlines=lambda body: frozenset(TOPIC_OF_DEADLINE[notice.about] for notice in body.notices),
        countries=every_country,
        cannot_wait=parts_cannot_wait,
    ),
    MonitoringBegins: AlertKind[MonitoringBegins](
        template="baseline",
        page=page_from("clock_and_operator", "baseline_page"),
        headline=lambda _: "first sights",
        counted_as=lambda _: "first sights",
        severity=severity_of_parts,
        deadlines=no_deadlines,
        countries=countries_of_parts,
        cannot_wait=lambda _, __, ___: True,  # it shows that the way to the recipient works
    ),
    Notice: AlertKind[Notice](
        template="notice",
        page=page_from("clock_and_operator", "notice_page"),
        headline=lambda body: body.title,
        counted_as=lambda _: "notices to the operator",
        severity=low,
        deadlines=no_deadlines,
        countries=every_country,
        cannot_wait=can_wait,
    ),
    Digest: AlertKind[Digest](
        template="digest",
        page=lambda body, view: page_from("digests", "digest_page")(body, view, page_of, severity_of),
        headline=lambda _: "digests",
        counted_as=lambda _: "digests",
        severity=severity_of_parts,
        deadlines=no_deadlines,
        countries=countries_of_parts,
        cannot_wait=parts_cannot_wait,
    ),
    WeeklyReport: AlertKind[WeeklyReport](
        template="quiet",
        page=page_from("weekly", "account_page"),
        headline=lambda _: "weekly accounts",
        counted_as=lambda _: "weekly accounts",
        severity=low,
        deadlines=no_deadlines,
        countries=every_country,
        cannot_wait=can_wait,
    ),
}
