"""What the two Federal Register sources have in common (CONTRACT.md §1)."""

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct

from monitor.errors import ReadError

BUREAU = "industry-and-security-bureau"
BUREAU_NAME = "Industry and Security Bureau"
FORMER_BUREAU = "export-administration-bureau"  # its name until 2002


class Agency(Struct, frozen=True):
    """An issuing agency; an agency that the site does not know has only its printed name."""

    raw_name: str | None = None
    slug: str | None = None


def is_bureau(agencies: Sequence[Agency]) -> bool:
    """Whether the Bureau of Industry and Security, under this name or its former one, is among the issuing agencies."""
    return any(agency.slug in (BUREAU, FORMER_BUREAU) for agency in agencies)


def query(pairs: Sequence[tuple[str, str]]) -> str:
    """A query string in the order given, brackets readable as in the API's own links."""
    return urlencode(pairs, safe="[]")


def one_line(title: str) -> str:
    """A title with its blanks collapsed; public inspection joins three subjects with blanks (§3.3)."""
    return " ".join(title.split())


def complete(what: str, count: int, got: int) -> None:
    """Raise ReadError when fewer results came than the answer itself counts."""
    if got < count:
        raise ReadError(f"{what} is incomplete: it counts {count} documents and holds {got}")
