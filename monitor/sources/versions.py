"""The eCFR's list of versions: on which days a supplement changed (CONTRACT.md §5.4)."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from monitor.model.errors import ReadError
from monitor.sources.decoding import decode
from monitor.sources.ecfr import TITLE, Supplement

FIRST_DAY = date(2017, 1, 3)  # of the eCFR's history (§5.5)
WHAT = "the eCFR's list of versions"


class Version(Struct, frozen=True):
    """One change of one section or appendix.

    The text may be served from either day: a rule can take effect before its issue or long after it. Rows whose
    `substantive` is false count, too: checking one costs one request.
    """

    identifier: str
    part: str
    amendment_date: date
    issue_date: date
    removed: bool


class Meta(Struct, frozen=True):
    """The envelope; its numbers are strings."""

    result_count: str
    page: str
    total_pages: str


class Answer(Struct, frozen=True):
    """One page of at most a thousand rows."""

    content_versions: tuple[Version, ...]
    meta: Meta


class Page(Struct, frozen=True):
    """One page: its rows, how many pages and rows there are."""

    versions: tuple[Version, ...]
    pages: int
    count: int


def versions_url(base: str, part: int, page: int) -> str:
    """All versions of a part since the history begins: a rule can change the text long after its issue."""
    query = f"part={part}&issue_date[gte]={FIRST_DAY}" + (f"&page={page}" if page > 1 else "")
    return f"{base}/api/versioner/v1/versions/title-{TITLE}.json?{query}"


def read_page(body: bytes, part: int, page: int) -> Page:
    """Read one page. Raises ReadError when it is another page, or holds another part."""
    answer = decode(body, Answer, WHAT)
    numbers = (answer.meta.page, answer.meta.total_pages, answer.meta.result_count)
    if not all(number.isascii() and number.isdigit() for number in numbers) or int(answer.meta.page) != page:
        raise ReadError(f"{WHAT} answers page {answer.meta.page!r} of {answer.meta.total_pages!r} for page {page}")
    if strangers := {row.part for row in answer.content_versions} - {str(part)}:
        raise ReadError(f"{WHAT} of part {part} holds part {min(strangers)!r}")
    return Page(answer.content_versions, int(answer.meta.total_pages), int(answer.meta.result_count))


def read_pages(bodies: Iterable[bytes], part: int) -> tuple[Version, ...]:
    """Read all pages. Raises ReadError when they hold fewer rows than they count."""
    pages = [read_page(body, part, number) for number, body in enumerate(bodies, 1)]
    found = tuple(row for page in pages for row in page.versions)
    count = max((page.count for page in pages), default=0)
    if len(found) < count:
        raise ReadError(f"{WHAT} of part {part} is incomplete: it counts {count} rows and holds {len(found)}")
    return found


def of_supplement(versions: Iterable[Version], supplement: Supplement) -> tuple[Version, ...]:
    """The versions of one supplement."""
    here = (supplement.identifier, str(supplement.part))
    return tuple(version for version in versions if (version.identifier, version.part) == here)
