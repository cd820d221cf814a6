"""The blocks of a page: what stands in a mail, before it is text or HTML."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from msgspec import Struct

from monitor.diff.redline import Piece, abridged, redline
from monitor.law.countries import short_name
from monitor.model.alerts import Link


class Detail(Struct, frozen=True, kw_only=True):
    """How much a page shows; what does not fit is counted, and is in the attached table.

    `names` are entries that are named only, `items` those shown with what stands in their cells, `cell` (of an entry),
    `fact` and `quote` characters.
    """

    names: int
    items: int
    cell: int
    fact: int
    quote: int


class View(Struct, frozen=True, kw_only=True):
    """For whom and when a page is: the day in Washington, the zone of clock times, and how much is shown."""

    day: date
    zone: ZoneInfo
    detail: Detail


class Fact(Struct, frozen=True):
    """A line: what, and what the source says; `quote` is its own sentence, where one was read."""

    label: str
    value: str
    quote: str = ""


class Facts(Struct, frozen=True):
    """Facts, one under the other."""

    facts: tuple[Fact, ...]


class Heading(Struct, frozen=True):
    """Where another matter begins."""

    text: str


class Prose(Struct, frozen=True):
    """A paragraph."""

    text: str


class Bullets(Struct, frozen=True):
    """Short sentences, one under the other."""

    lines: tuple[str, ...]


class Links(Struct, frozen=True):
    """Official pages."""

    links: tuple[Link, ...]


class Names(Struct, frozen=True):
    """Entries by country, by name alone."""

    countries: tuple[tuple[str, tuple[str, ...]], ...]


class Redline(Struct, frozen=True):
    """A text before and after; `label` may be empty."""

    label: str
    pieces: tuple[Piece, ...]


class Item(Struct, frozen=True):
    """What happened to one entry; `sign` is +, -, * (revised), > or < (now under or from another entry)."""

    sign: str
    word: str
    name: str
    facts: tuple[Fact, ...] = ()
    redlines: tuple[Redline, ...] = ()


class Hash(Struct, frozen=True):
    """The hash of kept evidence; `label` says what it is of."""

    label: str
    sha256: str


Block = Facts | Heading | Prose | Bullets | Links | Names | Redline | Item | Hash


class Table(Struct, frozen=True):
    """The full list behind a page, for a spreadsheet: the first `leading` columns are never shortened.

    `command` shows all of it.
    """

    name: str
    columns: tuple[str, ...]
    leading: int
    rows: tuple[tuple[str, ...], ...]
    command: str


class Page(Struct, frozen=True, kw_only=True):
    """What a recipient reads: a subject, one sentence that is enough, and everything else in the order of need.

    `essentials` are the blocks that a mail about several alerts repeats.
    """

    subject: str
    lead: str
    blocks: tuple[Block, ...]
    essentials: tuple[Block, ...] = ()
    table: Table | None = None
    cut: bool = False  # something is left out or shortened, and the table has it


def section(heading: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks under a heading; nothing where there are none."""
    found = tuple(blocks)
    return (Heading(heading), *found) if found else ()


def named(entries: Iterable[tuple[str, str]], most: int) -> tuple[Block, ...]:
    """The first so many of (country, name) under their countries, and how many more there are."""
    everything = sorted(((short_name(country), name) for country, name in entries), key=lambda one: one[0])
    groups = groupby(everything[:most], key=lambda one: one[0])
    countries = tuple((country, tuple(shorten(name, 160) for _, name in group)) for country, group in groups)
    more = len(everything) - most
    return (Names(countries), *((Prose(f"… and {more:,} more"),) if more > 0 else ())) if everything else ()


def redlined(label: str, before: str, after: str, most: int) -> Redline:
    """A text before and after, with the words around each change."""
    return Redline(label, abridged(redline(tidy(before), tidy(after)), max(most // 5, 40), most))


def listed(lines: Sequence[str], most: int, cell: int) -> tuple[str, ...]:
    """The first so many lines, each shortened, and how many more there are."""
    shown = tuple(shorten(line, cell) for line in lines[:most])
    return (*shown, f"… and {len(lines) - most:,} more") if len(lines) > most else shown


def tidy(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut between words where that loses little, with an ellipsis."""
    if len(text) <= most:
        return text
    whole = text[: most - 1]
    words = whole.rsplit(" ", 1)[0]
    return (words if len(words) > most // 2 else whole).rstrip(" ,;:") + "…"
