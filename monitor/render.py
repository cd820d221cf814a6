"""From an alert to the words of a mail: Jinja2, escaped for HTML, strict about what is missing."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    select_autoescape,
)
from msgspec import Struct, structs

from monitor import digest
from monitor.errors import DeliveryError
from monitor.law.countries import short_name
from monitor.model.alerts import (
    Alert,
    AlertBody,
    Announced,
    Digest,
    DocumentEvent,
    ListChanged,
    Notice,
    PageChanged,
    TextChanged,
    WatchBegins,
)
from monitor.model.changes import Addition, Change, FieldChange, Merger, Removal, Revision, Separation
from monitor.model.deadlines import CaughtUp, ClockNotice
from monitor.model.eastern import clock, long_date, short_date

HERE = Path(__file__).parent
# Inside the package when installed, beside it in a checkout.
TEMPLATES = HERE / "templates" if (HERE / "templates").is_dir() else HERE.parent / "templates"
# What a template of the user's own can raise: errors of Jinja2, and those of Python in an expression or a file.
BROKEN = (TemplateError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
MOST_SUBJECT = 90
MOST_SHOWN = 150  # changes that a mail shows; the rest is counted and the official page linked


class Words(Struct, frozen=True):
    """A rendered mail."""

    subject: str
    text: str
    html: str


class Country(Struct, frozen=True):
    """The changes of a list under one country."""

    name: str
    additions: tuple[Addition, ...]
    revisions: tuple[Revision, ...]
    removals: tuple[Removal, ...]
    mergers: tuple[Merger, ...]
    separations: tuple[Separation, ...]


class Renderer:
    """Renders alerts; a file in the user's folder replaces ours of the same name."""

    def __init__(self, own: Path | None = None) -> None:
        """`own` is the user's template folder."""
        folders = [folder for folder in (own, TEMPLATES) if folder is not None]
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {
            "long_date": long_date,
            "short_date": short_date,
            "clock": clock,
            "wrap": wrap,
            "short_name": short_name,
            "shorten": shorten,
            "label": LABELS.__getitem__,
            "field_lines": field_lines,
        }

    def mail(self, alert: Alert, today: date) -> Words:
        """The three texts of a mail; `today` decides what is already in force.

        Raises DeliveryError when a template, which may be the user's own, does not work.
        """
        name = NAMES[type(alert.body)]
        values = structs.asdict(alert.body) | view(alert.body, today) | {"seen_at": alert.created_at, "today": today}
        try:
            values["subject"] = " ".join(self._text(f"{name}.subject.txt", values).split())
            text, html = self._text(f"{name}.txt", values), self._text(f"{name}.html", values)
        except BROKEN as error:
            raise DeliveryError(f"template {name}: {error}; check [templates] folder", permanent=False) from error
        return Words(subject=shorten(values["subject"], MOST_SUBJECT), text=text.strip() + "\n", html=html)

    def _text(self, template: str, values: dict[str, Any]) -> str:
        return self._environment.get_template(template).render(values)


NAMES: dict[type[AlertBody], str] = {
    DocumentEvent: "document",
    ListChanged: "list",
    TextChanged: "text",
    Announced: "announced",
    PageChanged: "web_page",
    WatchBegins: "baseline",
    Notice: "notice",
    ClockNotice: "clock",
    CaughtUp: "caught_up",
    Digest: "digest",
}


def view(body: AlertBody, today: date) -> dict[str, Any]:
    """What templates need beside the fields themselves."""
    match body:
        case ListChanged():
            shown = body.changes[:MOST_SHOWN]
            return {
                "countries": by_country(shown),
                "more": len(body.changes) - len(shown),
                "counts": counts(body.changes),
                "headline": headline(body.changes) or "the words around the list changed",
            }
        case DocumentEvent():
            return {
                "headline": digest.subject(body),
                "facts": digest.facts(body, today),
                "entries": digest.entries(body),
                "doubts": digest.doubts(body),
            }
        case (
            TextChanged()
            | Announced()
            | PageChanged()
            | WatchBegins()
            | Notice()
            | ClockNotice()
            | CaughtUp()
            | Digest()
        ):
            return {}


KINDS: dict[str, type[Change]] = {
    "added": Addition,
    "revised": Revision,
    "removed": Removal,
    "now listed under another entry": Merger,
    "now listed on its own": Separation,
}


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many entries were added, revised and removed."""
    kinds = [type(change) for change in changes]
    return {word: kinds.count(kind) for word, kind in KINDS.items()}


def headline(changes: Iterable[Change]) -> str:
    """'46 added, 3 revised' without what did not happen."""
    return ", ".join(f"{number} {word}" for word, number in counts(changes).items() if number)


def by_country(changes: Iterable[Change]) -> list[Country]:
    """The changes country by country, in the order of the list."""
    found = []
    for name, group in groupby(sorted(changes, key=country_of), key=country_of):
        here = list(group)
        found.append(
            Country(
                name,
                tuple(c for c in here if isinstance(c, Addition)),
                tuple(c for c in here if isinstance(c, Revision)),
                tuple(c for c in here if isinstance(c, Removal)),
                tuple(c for c in here if isinstance(c, Merger)),
                tuple(c for c in here if isinstance(c, Separation)),
            )
        )
    return found


LABELS = {
    "country": "Country",
    "entity": "Entity",
    "name": "Name",
    "aliases": "Aliases",
    "addresses": "Addresses",
    "cross_references": "Cross references",
    "sub_entries": "Entities inside this entry",
    "license_requirement": "License requirement",
    "license_review_policy": "License review policy",
    "citation": "Federal Register citation",
}
SETS = ("aliases", "addresses", "cross_references", "sub_entries", "citation")  # told by what came and went
MOST_FIELD = 500  # characters of a field that a mail shows


def field_lines(field: FieldChange) -> list[tuple[str, str]]:
    """A changed field as lines that begin with + or -."""
    removed, added = (field.removed, field.added) if field.field in SETS else ((field.before,), (field.after,))
    lines = [("-", text) for text in removed] + [("+", text) for text in added]
    return [(sign, shorten(text, MOST_FIELD)) for sign, text in lines if text]


def country_of(change: Change) -> str:
    """Where a change stands in the list as it is now."""
    return change.after.country if isinstance(change, Revision) else change.entry.country


def wrap(text: str, indent: int = 0) -> str:
    """A paragraph in lines of 76 characters; long words such as links stay whole."""
    blank = " " * indent
    return fill(text, 76, initial_indent=blank, subsequent_indent=blank, break_long_words=False, break_on_hyphens=False)


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut between words, with an ellipsis where something was cut."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
