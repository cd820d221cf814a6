"""Reading the visible text of a web page, paragraph by paragraph; nothing on it is executed."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import CData, NavigableString
from bs4.exceptions import ParserRejectedMarkup

from monitor.model.entries import Text
from monitor.model.errors import ReadError

CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)
# Tags beside the main content: menus and footers change when nothing has happened.
BESIDE = ("script", "style", "noscript", "template", "nav", "header", "footer", "form", "iframe", "svg", "head")
MAIN_IDS = ("main-content", "main", "content")
BLOCK_TAGS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5
h6 hr html li main ol p pre section summary table tbody tfoot thead tr ul
"""
BLOCKS = frozenset(BLOCK_TAGS.split())
BLANKS = frozenset(("td", "th", "br"))
HEADINGS = ("h1", "h2")
# Controls that change the direction of text, or are invisible: a title must not rewrite the line in which it is shown.
UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF])
MOST_LINKS = 5_000
NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")  # characters that no page contains, and bytes that are no letter
MOST_NOISE = 0.01  # share of it in a page: old pages have some bytes of another charset


def soup_of(body: bytes, content_type: str) -> BeautifulSoup:
    """Parse a page in the charset of its header, or that it declares. Raises ReadError when it is not a page."""
    declared = CHARSET.search(content_type)
    try:
        page = BeautifulSoup(body, "html.parser", from_encoding=None if declared is None else declared[1])
    except (ParserRejectedMarkup, ValueError, AssertionError, RecursionError, LookupError) as error:
        raise ReadError(f"the page does not read as HTML: {error}") from error
    seen = page.get_text()
    if len(NOISE.findall(seen)) > max(5, MOST_NOISE * len(seen)):
        raise ReadError("the page is no text in any charset that it could be in")
    return page


def plain(text: str) -> str:
    """A text on one line, without control characters and those that change the direction of writing."""
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text.translate(UNSEEN))
    return " ".join(seen.encode("utf-8", "replace").decode().split())


def main_content(page: BeautifulSoup) -> Tag:
    """The main content of a page, without menus, scripts and forms."""
    kept = tags_around(page.find_all(["main", "h1"]))  # some sites wrap the whole page into a form
    removed: set[int] = set()
    for beside in page.find_all(BESIDE):
        if id(beside) in kept:
            continue
        if not any(id(parent) in removed for parent in beside.parents):
            beside.extract()
        removed.add(id(beside))
    found = page.find(is_main_content)
    return found if isinstance(found, Tag) else page.body or page


def is_main_content(tag: Tag) -> bool:
    """Whether a tag is marked as the main content of its page; called for every tag, so without a selector."""
    if tag.name == "main" or tag.get("role") == "main" or tag.get("id") in MAIN_IDS:
        return True
    return "item-page" in (tag.get("class") or ())


def tags_around(tags: Iterable[Tag]) -> set[int]:
    """The ids of all tags around these tags; each parent is visited once, as pages may nest thousands deep."""
    found: set[int] = set()
    for tag in tags:
        for parent in tag.parents:
            if id(parent) in found:
                break
            found.add(id(parent))
    return found


def selected(page: BeautifulSoup, selector: str) -> list[Tag]:
    """The parts of a page that a CSS selector matches, else its main content. Raises ReadError when none does."""
    if not selector:
        return [main_content(page)]
    found = page.select(selector)
    if not found:
        raise ReadError(f"the selector {selector!r} matches nothing: was the page redesigned?")
    return [tag for tag in found if not any(parent in found for parent in tag.parents)]


def read_text(body: bytes, content_type: str, selector: str = "") -> Text:
    """The heading and the paragraphs of a page, or of the parts that a selector matches.

    Raises ReadError when the selector matches nothing, or when nothing can be read there.
    """
    parts = selected(soup_of(body, content_type), selector)
    lines = [line for part in parts for line in paragraphs_of(part)]
    if not lines:
        raise ReadError("the page has no text: is it filled in by a script, or was it redesigned?")
    heading = next((plain(h.get_text(" ")) for part in parts for h in part.find_all(HEADINGS)), "")
    return Text(heading=heading, paragraphs=tuple(line for line in lines if line != heading))


def paragraphs_of(part: Tag) -> Iterator[str]:
    """The texts of a part, one for each block; the cells of a row are on one line."""
    for _, group in groupby(pieces_of(part), key=lambda pair: pair[0]):
        line = plain("".join(text for _, text in group))
        if line:
            yield line


def pieces_of(part: Tag) -> Iterator[tuple[int, str]]:
    """Every string of a part with its block; a cell and a line break become a blank."""
    blocks: dict[int, int] = {}
    for node in part.descendants:
        if isinstance(node, Tag):
            if node.name in BLANKS:
                yield block_of(node, blocks), " "
        elif type(node) in (NavigableString, CData):  # no comments, and nothing else that is invisible
            yield block_of(node.parent, blocks), str(node)


def block_of(tag: Tag | None, known: dict[int, int]) -> int:
    """The id of the block around a tag; results are cached, as pages may nest thousands deep."""
    passed: list[int] = []
    while tag is not None and id(tag) not in known and tag.name not in BLOCKS:
        passed.append(id(tag))
        tag = tag.parent
    found = 0 if tag is None else known.get(id(tag), id(tag))
    known.update(dict.fromkeys(passed, found))
    return found


def links_of(part: Tag, base: str) -> Iterator[tuple[Tag, str]]:
    """The links of a part to pages of the same host, with their absolute addresses."""
    host = urlsplit(base).netloc
    for link in part.find_all("a", href=True)[:MOST_LINKS]:
        try:
            address = urljoin(base, str(link["href"]).strip())
            parts = urlsplit(address)
        except ValueError:
            continue  # not an address
        if parts.scheme in ("http", "https") and parts.netloc == host and address.isprintable():
            yield link, address.partition("#")[0]
