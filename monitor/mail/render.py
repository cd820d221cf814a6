"""From an alert to the words of a mail, in as much detail as fits."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from monitor.mail.alert_kinds import kind_of, page_of
from monitor.mail.message import Attachment, encoded_size, printed_size
from monitor.mail.pages.blocks import Detail, Page, View, shorten
from monitor.mail.pages.csv_file import attached, whole_size
from monitor.mail.pages.watchlist import with_matches
from monitor.model.alerts import Alert
from monitor.model.eastern import EASTERN
from monitor.model.errors import DeliveryError
from monitor.model.matches import Match

if TYPE_CHECKING:
    from jinja2 import Environment

PACKAGE = Path(__file__).parents[1]
# Inside the package when installed, beside it in a checkout.
TEMPLATES = PACKAGE / "templates" if (PACKAGE / "templates").is_dir() else PACKAGE.parent / "templates"
MOST_SUBJECT = 89
LITTLE = 20  # characters of a subject that may go with what is cut
MOST_BYTES = 60_000  # of a whole message, as it goes over the wire
HEADERS = 5_000  # of these for headers and what stands between the parts
MOST_BODY = 24_000  # for text and HTML where not everything fits, so that names find room in the table
NOTE = 900  # for the sentence that says what is attached, in text and HTML
MANY = 10  # entries of which a table is worth having even where the mail names all of them
# From everything to the least, until it fits.
DETAILS = (
    Detail(names=400, items=60, cell=700, fact=1000, quote=400),
    Detail(names=150, items=25, cell=400, fact=700, quote=300),
    Detail(names=80, items=10, cell=240, fact=500, quote=240),
    Detail(names=40, items=5, cell=140, fact=300, quote=160),
    Detail(names=8, items=2, cell=60, fact=100, quote=40),
)
# Characters that no mail should hold: controls, marks that turn the direction of a line, halves of characters.
BLANK_LINES = re.compile(r"\n{3,}")
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Words(Struct, frozen=True):
    """A rendered mail."""

    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()


class Renderer:
    """Renders alerts; a file in the user's folder replaces ours of the same name."""

    def __init__(self, own: Path | None = None) -> None:
        """`own` is the user's template folder."""
        self._folders = [folder for folder in (own, TEMPLATES) if folder is not None]

    @cached_property
    def _environment(self) -> "Environment":
        from monitor.mail import templates  # noqa: PLC0415 - 0.1 s that a poll without mail need not spend

        if self._folders == [TEMPLATES]:
            return templates.packaged_environment(TEMPLATES)
        return templates.environment(tuple(self._folders))

    def mail(self, alert: Alert, today: date, *, zone: ZoneInfo = EASTERN, matches: Sequence[Match] = ()) -> Words:
        """The texts of a mail and its table; `today` decides what is already in force, clock times are in `zone`.

        The whole message takes at most MOST_BYTES. Raises DeliveryError when a template, which may be the user's
        own, does not work.
        """
        from monitor.mail.templates import BROKEN  # noqa: PLC0415 - as above

        values = structs.asdict(alert.body) | {"seen_at": alert.created_at, "today": today, "zone": zone}
        name = kind_of(alert.body).template
        try:
            return self._fitted(name, values, (page_for(alert, today, d, zone=zone, matches=matches) for d in DETAILS))
        except BROKEN as error:
            raise DeliveryError(f"template {name}: {error}; check [templates] folder", permanent=False) from error

    def _fitted(self, name: str, values: dict[str, Any], pages: Iterator[Page]) -> Words:
        """The most detailed page that fits with its table; where none does, the words leave more room for the table."""
        room = MOST_BYTES - HEADERS
        first = next(pages)
        table = table_size(first)
        for one in chain([first], pages):
            words = self._words(name, values, one)
            size = printed_size(words.text) + printed_size(words.html)
            if size <= (max(room - table, MOST_BODY) if has_table(one) else room):
                break
        return self._with_table(name, values, one, words, room - size)

    def _with_table(self, name: str, values: dict[str, Any], one: Page, words: Words, room: int) -> Words:
        """The mail with its table, and with the sentence that mentions it."""
        if not has_table(one) or one.table is None:
            return words
        found = attached(one.table, max(room - NOTE, 0) * 57 // 80)
        again = self._words(name, values, one, found.says)
        return structs.replace(again, attachments=(Attachment(found.name, "text/csv", found.body),))

    def _words(self, name: str, values: dict[str, Any], one: Page, attachment: str = "") -> Words:
        values = values | {"page": one, "attachment": attachment}
        values["subject"] = short_subject(" ".join(self._text(f"{name}.subject.txt", values).split()))
        text, html = self._text(f"{name}.txt", values), self._text(f"{name}.html", values)
        return Words(subject=values["subject"], text=BLANK_LINES.sub("\n\n", text).strip() + "\n", html=html)

    def _text(self, template: str, values: dict[str, Any]) -> str:
        return UNFIT.sub(" ", self._environment.get_template(template).render(values))


def page_for(
    alert: Alert, today: date, detail: Detail, *, zone: ZoneInfo = EASTERN, matches: Sequence[Match] = ()
) -> Page:
    """The page of an alert on a day, in so much detail, clock times in `zone`, with the recipient's own names first."""
    return with_matches(page_of(alert, View(day=today, zone=zone, detail=detail)), matches, detail)


def short_subject(text: str) -> str:
    """A subject that fits, cut between its parts where that loses little."""
    if len(text) <= MOST_SUBJECT:
        return text
    short = shorten(text, MOST_SUBJECT)
    parts = re.match(r"(.*\w)[;,] ", text[: MOST_SUBJECT + 2])
    if parts is None or len(short) - len(parts[1]) >= LITTLE:
        return short
    return parts[1] if len(parts[1]) == MOST_SUBJECT else f"{parts[1]}…"


def has_table(one: Page) -> bool:
    """Whether the full list is attached: where something is cut, or where it is long."""
    return one.table is not None and (one.cut or len(one.table.rows) >= MANY)


def table_size(one: Page) -> int:
    """What the whole table would take in a message; all of it where it cannot be whole."""
    size = 0 if one.table is None else whole_size(one.table, MOST_BYTES)
    return MOST_BYTES if size is None else encoded_size(size) + NOTE
