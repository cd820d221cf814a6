"""The example data as values, read from the files beside this module."""

from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

DATA = files("monitor.commands.example") / "data"
T = TypeVar("T")


class SampleDocument(Struct, frozen=True, kw_only=True):
    """A Federal Register document; `label` names it in the demo's time line, `agency` is a slug."""

    number: str
    label: str
    filed_at: datetime
    filing_type: str
    title: str
    type: str
    abstract: str | None
    action: str | None
    dates: str | None
    publication_date: date
    effective_on: date | None
    comments_close_on: date | None
    citation: str
    volume: int
    start_page: int
    end_page: int
    docket_ids: tuple[str, ...]
    regulation_id_numbers: tuple[str, ...]
    cfr_parts: tuple[int, ...]
    agency: str
    slug: str
    topics: tuple[str, ...]


class Wording(Struct, frozen=True, kw_only=True, rename={"since": "from"}):
    """The cells of an entry, in the markup of the eCFR, from a publication date on."""

    since: date
    entity: str
    license_requirement: str
    license_review_policy: str
    citation: str


class SampleEntry(Struct, frozen=True, kw_only=True):
    """A row of the Entity List over time; `until` is the publication date of its removal."""

    country: str
    versions: tuple[Wording, ...]
    until: date | None = None
    swept: bool = False


class Sweep(Struct, frozen=True, rename={"since": "from"}):
    """A rule that rewords a column of many entries at once and adds its citation to them."""

    since: date
    license_requirement: str
    citation: str


class Footnote(Struct, frozen=True, rename={"since": "from"}):
    """A footnote below the table from a publication date on."""

    since: date
    text: str


class Amendment(Struct, frozen=True, rename={"since": "from"}):
    """A citation in the note on the history of the list."""

    since: date
    citation: str


class SampleList(Struct, frozen=True, kw_only=True):
    """The Entity List over time, its entries in printed order."""

    heading: str
    introduction: str
    footnotes: tuple[Footnote, ...]
    history: tuple[Amendment, ...]
    sweeps: tuple[Sweep, ...]
    entries: tuple[SampleEntry, ...]


class Version(Struct, frozen=True, kw_only=True, rename={"since": "from"}):
    """A supplement from the day `since` on, as the issue of `issued` printed it; without a file it is removed."""

    since: date
    issued: date
    file: str | None


class SampleSupplement(Struct, frozen=True, kw_only=True):
    """A supplement that is prose, over time."""

    part: str
    number: str
    title: str
    versions: tuple[Version, ...]


class Stop(Struct, frozen=True):
    """A moment of the demo at which there may be no change, and why it is polled."""

    at: datetime
    label: str


def text(name: str) -> str:
    """The text of one file."""
    return DATA.joinpath(*name.split("/")).read_text(encoding="utf-8")


def _decoded(name: str, kind: type[T]) -> T:
    return msgspec.json.decode(text(name), type=kind)


@cache
def documents() -> tuple[SampleDocument, ...]:
    """All documents in the order of their filing."""
    return _decoded("documents.json", tuple[SampleDocument, ...])


@cache
def entity_list() -> SampleList:
    """The Entity List."""
    return _decoded("entries.json", SampleList)


@cache
def supplements() -> tuple[SampleSupplement, ...]:
    """The supplements that are prose."""
    return _decoded("supplements.json", tuple[SampleSupplement, ...])


@cache
def timeline() -> tuple[Stop, ...]:
    """The moments to poll besides those of a filing, publication or codification; the demo begins at the first."""
    return _decoded("timeline.json", tuple[Stop, ...])


@cache
def agencies() -> dict[str, dict[str, Any]]:
    """Agencies by slug, as the API shows them inside a document."""
    return _decoded("agencies.json", dict[str, dict[str, Any]])


@cache
def holidays() -> dict[date, str]:
    """The days without an issue, other than weekends."""
    return _decoded("holidays.json", dict[date, str])


def is_business_day(day: date) -> bool:
    """Whether the Federal Register has an issue on a day."""
    return day.weekday() < 5 and day not in holidays()


def business_day(day: date, steps: int) -> date:
    """The business day so many after a day, or before it where `steps` is negative; 0: the day or the last before."""
    if steps == 0:
        return day if is_business_day(day) else business_day(day, -1)
    one = timedelta(days=1 if steps > 0 else -1)
    for _ in range(abs(steps)):
        day += one
        while not is_business_day(day):
            day += one
    return day
