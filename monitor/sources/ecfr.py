"""The codified lists: versioner of the eCFR, title 15 (CONTRACT.md §5)."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

from msgspec import Struct

from monitor.model.documents import Kind
from monitor.model.errors import ImplausibleError, ReadError
from monitor.sources.decoding import decode

NAME = "ecfr"
TITLE = 15
NOTHING_THERE = "No matching content found."  # the error of a supplement that does not exist on a day (§5.5)


class Supplement(Struct, frozen=True, kw_only=True):
    """A monitored supplement; `always_there`: its absence from the structure is a fault, not a change."""

    name: str
    part: int
    number: int
    topic: Kind
    always_there: bool

    @property
    def identifier(self) -> str:
        """The name of the node in the structure, and the only one the versioner takes."""
        return f"Supplement No. {self.number} to Part {self.part}"


ENTITY_LIST = Supplement(name="Entity List", part=744, number=4, topic=Kind.ENTITY_LIST_RULE, always_there=True)
UNVERIFIED_LIST = Supplement(name="Unverified List", part=744, number=6, topic=Kind.UNVERIFIED_LIST, always_there=False)
# Temporary general licenses for one company, later the Military End-User List, and nothing in between.
SUPPLEMENT_7 = Supplement(
    name="Supplement No. 7 to part 744", part=744, number=7, topic=Kind.GENERAL_LICENSE, always_there=False
)
GENERAL_ORDERS = Supplement(name="General Orders", part=736, number=1, topic=Kind.GENERAL_LICENSE, always_there=True)
MONITORED = (ENTITY_LIST, UNVERIFIED_LIST, SUPPLEMENT_7, GENERAL_ORDERS)


class Title(Struct, frozen=True):
    """A title of the Code; `up_to_date_as_of` is the only date to ask for, and null for the reserved title (§5.1)."""

    number: int
    up_to_date_as_of: date | None
    processing_in_progress: bool = False


class Titles(Struct, frozen=True):
    """The answer of titles.json."""

    titles: tuple[Title, ...]


class Node(Struct, frozen=True):
    """A node of the structure; sections and appendices carry `received_on` and `size` (§5.3)."""

    identifier: str
    type: str
    size: int
    received_on: str | None = None
    children: tuple["Node", ...] = ()


class NotFound(Struct, frozen=True):
    """The body of a 404."""

    error: str


def titles_url(base: str) -> str:
    """The state of every title."""
    return f"{base}/api/versioner/v1/titles.json"


def structure_url(base: str, as_of: date) -> str:
    """The tree of title 15 with the size and date of receipt of every leaf, by which a change is noticed."""
    return f"{base}/api/versioner/v1/structure/{as_of}/title-{TITLE}.json"


def text_url(base: str, as_of: date, supplement: Supplement) -> str:
    """The XML of one supplement as of a day; the part is given, too, as identifiers are unique only within a part."""
    query = f"part={supplement.part}&appendix={quote(supplement.identifier)}"
    return f"{base}/api/versioner/v1/full/{as_of}/title-{TITLE}.xml?{query}"


def page_url(as_of: date, supplement: Supplement) -> str:
    """The page for people."""
    place = quote(f"appendix-{supplement.identifier}")
    return f"https://www.ecfr.gov/on/{as_of}/title-{TITLE}/part-{supplement.part}/{place}"


def read_as_of(body: bytes) -> date:
    """The day for which title 15 can be asked.

    Raises ReadError when the title is missing, reserved, or being processed.
    """
    for title in decode(body, Titles, "the eCFR's list of titles").titles:
        if title.number != TITLE:
            continue
        if title.processing_in_progress:
            raise ReadError(f"the eCFR is processing title {TITLE}; it will answer again later")
        if title.up_to_date_as_of is None:
            raise ReadError(f"the eCFR does not say as of when title {TITLE} is up to date")
        return title.up_to_date_as_of
    raise ReadError(f"the eCFR's list of titles has no title {TITLE}")


def check_as_of(as_of: date, today: date) -> None:
    """Raise ImplausibleError when the eCFR claims to be up to date as of a day in the future."""
    if as_of > today:
        raise ImplausibleError(f"the eCFR claims to be up to date as of {as_of}, which is still to come")


def read_sentinels(body: bytes) -> dict[str, str]:
    """For every monitored supplement that exists, a text that changes whenever its node does.

    Raises ImplausibleError when a part, or a supplement that always exists, is missing.
    """
    nodes = list(leaves(decode(body, Node, "the eCFR's structure of title 15"), None))
    parts = {part for part, _ in nodes}
    found = {node.identifier: f"{node.received_on} {node.size}" for _, node in nodes}
    for supplement in MONITORED:
        if str(supplement.part) not in parts:
            raise ImplausibleError(f"the eCFR's structure of title {TITLE} has no part {supplement.part}")
        if supplement.always_there and supplement.identifier not in found:
            raise ImplausibleError(f"the eCFR's structure of title {TITLE} has no {supplement.identifier}")
    return {s.identifier: found[s.identifier] for s in MONITORED if s.identifier in found}


def leaves(node: Node, part: str | None) -> Iterator[tuple[str | None, Node]]:
    """Every section and appendix with the part it belongs to."""
    part = node.identifier if node.type == "part" else part
    if node.type in ("section", "appendix"):
        yield part, node
    for child in node.children:
        yield from leaves(child, part)


def check_absent(body: bytes) -> None:
    """Raise ReadError unless a 404 states that the supplement does not exist."""
    error = decode(body, NotFound, "the eCFR's 404").error
    if error != NOTHING_THERE:
        raise ReadError(f"the eCFR has no text for that day: {error}")
