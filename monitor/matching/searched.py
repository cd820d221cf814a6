"""Where names are looked for in each kind of alert, in one table: its entries, and its prose."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from msgspec import Struct

from monitor.matching import parties, prose
from monitor.matching.parties import Party
from monitor.matching.prose import Passage
from monitor.model.alert_parts import AlertPart, parts_of
from monitor.model.alerts import (
    AlertBody,
    Announcement,
    DocumentEvent,
    ListChanged,
    Notice,
    PageChanged,
    TextChanged,
)
from monitor.model.deadlines import ClockNotice

Part = TypeVar("Part", bound=AlertPart)


class Searched(Struct, Generic[Part], frozen=True, kw_only=True):
    """Where names are looked for in one kind of alert."""

    parties: Callable[[Part], Iterator[Party]]
    passages: Callable[[Part], Iterator[Passage]]


def parties_of(body: AlertBody) -> Iterator[Party]:
    """The entries that an alert reports."""
    for part in parts_of(body):
        yield from SEARCHED[type(part)].parties(part)


def passages_of(body: AlertBody) -> Iterator[Passage]:
    """Everything that an alert says in prose, but for what it says of the monitor itself."""
    for part in parts_of(body):
        yield from SEARCHED[type(part)].passages(part)


def nothing(_: AlertPart) -> Iterator[Any]:
    """It is prose alone, or about the monitor itself."""
    yield from ()


SEARCHED: dict[type[AlertPart], Searched[Any]] = {
    DocumentEvent: Searched[DocumentEvent](parties=parties.of_document, passages=prose.of_document),
    ListChanged: Searched[ListChanged](parties=parties.of_list, passages=prose.of_list),
    TextChanged: Searched[TextChanged](parties=nothing, passages=prose.of_text),
    Announcement: Searched[Announcement](parties=nothing, passages=prose.of_announcement),
    PageChanged: Searched[PageChanged](parties=nothing, passages=prose.of_page),
    ClockNotice: Searched[ClockNotice](parties=nothing, passages=prose.of_notice),
    Notice: Searched[Notice](parties=nothing, passages=nothing),
}
