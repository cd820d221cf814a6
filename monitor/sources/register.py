"""What the two Federal Register sources share (CONTRACT.md §1)."""

import re
from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct

from monitor.model.documents import BUREAU
from monitor.model.errors import ReadError

BUREAU_NAME = "Industry and Security Bureau"
FORMER_BUREAU = "export-administration-bureau"  # its name until 2002

NUMBER = re.compile(r"(?=[^\d]*\d)[A-Za-z0-9]+(?:-[A-Za-z0-9]+){0,3}")
LONGEST_NUMBER = 24
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")


class Agency(Struct, frozen=True):
    """An issuing agency; one that the site does not know has only its printed name."""

    raw_name: str | None = None
    slug: str | None = None


def is_bureau(agencies: Sequence[Agency]) -> bool:
    """Whether the Bureau of Industry and Security, under this name or its former one, is among the issuing agencies."""
    return any(agency.slug in (BUREAU, FORMER_BUREAU) for agency in agencies)


def document_number(printed: str, what: str) -> str:
    """A document number in its usual form: without blanks around it, and with plain hyphens (§10.1).

    It becomes part of addresses, keys and subjects, so a row with anything else is rejected. Letters and dashes are
    accepted liberally: "2031-01234", "E7-1234", "94-123", "C1-2031-01234". Raises ReadError.
    """
    number = printed.strip().translate(DASHES)
    if len(number) > LONGEST_NUMBER or not NUMBER.fullmatch(number):
        raise ReadError(f"{what} has a document with the number {number[: LONGEST_NUMBER * 2]!r}, which is none")
    return number


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
