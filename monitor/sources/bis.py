"""The pages of BIS, made for people only (CONTRACT.md §7): tolerant of markup, strict about content."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from msgspec import Struct

from monitor.law.wording import key
from monitor.model.press_releases import Release
from monitor.sources.web_page import links_of, main_content, plain, soup_of, tags_around

NAME = "bis"


class Place(Struct, frozen=True):
    """A page of the site: its name, and its present and former paths, the newest first."""

    name: str
    label: str
    paths: tuple[str, ...]


RELEASES = Place(
    "releases",
    "press releases",
    (
        "/news-updates/all-press-releases",
        "/news-updates/press-releases",
        "/news-updates",
        "/index.php/about-bis/newsroom/press-releases",
    ),
)
NOTICES = Place(
    "notices",
    "Federal Register notices",
    ("/news-updates/federal-register-notices", "/index.php/regulations/federal-register-notices"),
)
ENTITY_LIST = Place(
    "entity-list",
    "Entity List page",
    ("/entity-list", "/index.php/policy-guidance/lists-of-parties-of-concern/entity-list"),
)
DENIED = Place(
    "denied-persons",
    "denied persons page",
    (
        "/licensing/end-user-guidance/denied-persons-list-dpl",
        "/index.php/policy-guidance/lists-of-parties-of-concern/denied-persons-list",
    ),
)
PLACES = (RELEASES, NOTICES, ENTITY_LIST, DENIED)


class ListedNotice(Struct, frozen=True, kw_only=True):
    """A row of the list of Federal Register notices."""

    day: date
    citation: str
    title: str


# The address of a single release: a news folder, then a name in words.
RELEASE_PATH = re.compile(
    r"/(?:press-releases?|news-updates|newsroom|news)/(?:[^/]+/)*[\w%]+(?:-[\w%]+)+/?$", re.IGNORECASE
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
PRINTED_DATE = re.compile(
    rf"\b(?:{MONTH} \d{{1,2}}, ?\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})\b", re.IGNORECASE
)
FORMATS = ("%B %d %Y", "%b %d %Y", "%m/%d/%Y", "%Y-%m-%d")
CITATION = re.compile(r"\b(\d{2,3}) (?:FR|Fed\. ?Reg\.) (\d{1,6})\b")
DENIED_FILE = re.compile(r"/dpl[\w%.-]*\.(?:csv|txt|xlsx?)$", re.IGNORECASE)
SCRIPTED = re.compile(r"enable javascript|javascript (?:is|must be) |requires javascript", re.IGNORECASE)
MOST_HEAD = 1_000  # characters of a row of headings
MOST_CELLS = 20  # of a row
MOST_TRIES = 5  # links to one release that are tried for its title and date
CLIMB = 6  # levels of tags around a link in which its date may be


def read_releases(body: bytes, content_type: str, url: str) -> tuple[Release, ...]:
    """The press releases of a list, as printed, each with its date and its address on the same host.

    A link without one of the three is left out. Raises ReadError when the body is not a page.
    """
    content = main_content(soup_of(body, content_type))
    links = [
        (link, address)
        for link, address in links_of(content, url)
        if RELEASE_PATH.search(urlsplit(address).path) and not is_place(address)
    ]
    found: dict[str, Release] = {}
    tried: Counter[str] = Counter()
    for link, address in links:
        tried[address] += 1
        if address in found or tried[address] > MOST_TRIES:
            continue
        title = plain(link.get_text(" "))
        dated = date_beside(link, title, address, url)
        if len(title) > 9 and dated is not None:
            found[address] = Release(title=title, dated=dated[0], day=dated[1], url=address)
    return tuple(found.values())


def is_place(address: str) -> bool:
    """Whether an address is that of a list, such as its second page, and not of an item."""
    path = urlsplit(address).path.rstrip("/")
    return any(path.endswith(own) for place in PLACES for own in place.paths)


def date_beside(link: Tag, title: str, address: str, base: str) -> tuple[str, date] | None:
    """The date in the smallest tag around a link that contains no other item."""
    around = link.parent
    for _ in range(CLIMB):
        if around is None or any(
            other != address and RELEASE_PATH.search(other) for _, other in links_of(around, base)
        ):
            return None
        if (found := date_in(around, title)) is not None:
            return found
        around = around.parent
    return None


def date_in(around: Tag, title: str) -> tuple[str, date] | None:
    """A date as printed, or, where a `time` tag prints none, its attribute."""
    printed = plain(around.get_text(" ")).replace(title, " ")
    if (found := next(dates_in(printed), None)) is not None:
        return found
    marked = around.find("time", datetime=True)
    return next(dates_in(str(marked["datetime"])[:10]), None) if isinstance(marked, Tag) else None


def dates_in(text: str) -> Iterator[tuple[str, date]]:
    """Every date of a text, as printed and as a day; impossible dates are left out."""
    for match in PRINTED_DATE.finditer(text):
        day = day_of(match[0])
        if day is not None:
            yield match[0], day


def day_of(printed: str) -> date | None:
    """A printed date as a day."""
    words = re.sub(r"\bSept\b", "Sep", printed.replace(".", "").replace(",", " "), flags=re.IGNORECASE)
    for form in FORMATS:
        try:
            return datetime.strptime(" ".join(words.split()), form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    return None


def read_notices(body: bytes, content_type: str) -> tuple[ListedNotice, ...]:
    """The rows of the table of notices: a date, a citation of the Federal Register and a title.

    Raises ReadError when the body is not a page.
    """
    found = []
    rows = main_content(soup_of(body, content_type)).find_all("tr")
    outer = tags_around(rows)
    for row in rows:
        if id(row) in outer:
            continue  # a row of rows: of a table that lays out the page, or one that nobody closed
        cells = [plain(cell.get_text(" ")) for cell in row.find_all(["td", "th"], limit=MOST_CELLS)]
        citation = next((match for cell in cells if (match := CITATION.search(cell))), None)
        dated = next((found for cell in cells for found in dates_in(cell)), None)
        titles = [cell for cell in cells if len(key(cell)) > 12 and not CITATION.fullmatch(cell)]
        if citation is not None and dated is not None and titles:
            cited = f"{citation[1]} FR {citation[2]}"
            found.append(ListedNotice(day=dated[1], citation=cited, title=max(titles, key=len)))
    return tuple(found)


def has_table(body: bytes, content_type: str) -> bool:
    """Whether the table of notices is there, even without a row, as in the first days of a year."""
    rows = main_content(soup_of(body, content_type)).find_all("tr")
    heads = [plain(row.get_text(" ")[:MOST_HEAD]).casefold() for row in rows[:5]]
    return any("citation" in head and "date" in head for head in heads)


def read_denied(body: bytes, content_type: str, url: str) -> tuple[str, ...]:
    """The address of the file of denied persons, whose name is dated; it may be on another host of the site.

    Raises ReadError when the body is not a page.
    """
    page = soup_of(body, content_type)
    host = urlsplit(url).hostname or ""
    domain = ".".join(host.split(".")[-2:])
    found = []
    for link in page.find_all("a", href=True):
        address = absolute(url, str(link["href"]))
        own = urlsplit(address).hostname or ""
        if DENIED_FILE.search(urlsplit(address).path) and (own == host or own.endswith(f".{domain}")):
            found.append(address)
    return tuple(dict.fromkeys(found))


def absolute(base: str, href: str) -> str:
    """The absolute address where it is http(s), else an empty text."""
    try:
        address = urljoin(base, href.strip()).partition("#")[0]
        fine = urlsplit(address).scheme in ("http", "https") and address.isprintable()
    except ValueError:
        return ""
    return address if fine else ""


def is_scripted(body: bytes, content_type: str) -> bool:
    """Whether a page says that it is filled in by a script, which is never run here."""
    page: BeautifulSoup = soup_of(body, content_type)
    return any(SCRIPTED.search(tag.get_text(" ")) for tag in page.find_all("noscript"))
