"""Reading a web page: what a person sees of it, paragraph by paragraph; nothing of it is executed."""

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
# What a page says beside its matter: menus and footers move when nothing happened.
BESIDE = ("script", "style", "noscript", "template", "nav", "header", "footer", "form", "iframe", "svg", "head")
MATTER_IDS = ("main-content", "main", "content")
BLOCK_TAGS = """
address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4 h5
h6 hr html li main ol p pre section summary table tbody tfoot thead tr ul
"""
BLOCKS = frozenset(BLOCK_TAGS.split())
BLANKS = frozenset(("td", "th", "br"))
HEADINGS = ("h1", "h2")
# Controls that turn the direction of what follows, or that nobody sees: a title must not rewrite the line it stands in.
UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF])
MOST_LINKS = 5_000
NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")  # what no page says, and bytes that are no letter
MOST_NOISE = 0.01  # share of it in a page: old pages have some bytes of another charset


def soup_of(body: bytes, content_type: str) -> BeautifulSoup:
    """Parse a page in the charset that it was sent with, or that it declares. Raises ReadError when it is no page."""
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
    """A text on one line, without controls and without what turns the direction of writing."""
    seen = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text.translate(UNSEEN))
    return " ".join(seen.encode("utf-8", "replace").decode().split())


def matter_of(page: BeautifulSoup) -> Tag:
    """The part of a page that is its matter, without menus, scripts and forms."""
    kept = holding(page.find_all(["main", "h1"]))  # some sites wrap the whole page into a form
    gone: set[int] = set()
    for beside in page.find_all(BESIDE):
        if id(beside) in kept:
            continue
        if not any(id(parent) in gone for parent in beside.parents):
            beside.extract()
        gone.add(id(beside))
    found = page.find(is_matter)
    return found if isinstance(found, Tag) else page.body or page


def is_matter(tag: Tag) -> bool:
    """Whether a tag says that it holds the matter of its page; asked of every tag, so by hand."""
    if tag.name == "main" or tag.get("role") == "main" or tag.get("id") in MATTER_IDS:
        return True
    return "item-page" in (tag.get("class") or ())


def holding(tags: Iterable[Tag]) -> set[int]:
    """Everything in which one of these tags stands; each parent is passed once, as pages may nest thousands deep."""
    found: set[int] = set()
    for tag in tags:
        for parent in tag.parents:
            if id(parent) in found:
                break
            found.add(id(parent))
    return found


def selected(page: BeautifulSoup, selector: str) -> list[Tag]:
    """The parts of a page that a CSS selector names, or its matter without one. Raises ReadError for none."""
    if not selector:
        return [matter_of(page)]
    found = page.select(selector)
    if not found:
        raise ReadError(f"the selector {selector!r} matches nothing: was the page redesigned?")
    return [tag for tag in found if not any(parent in found for parent in tag.parents)]


def read_text(body: bytes, content_type: str, selector: str = "") -> Text:
    """The heading and the paragraphs of a page, or of the parts that a selector names.

    Raises ReadError when the selector matches nothing, or when nothing can be read there.
    """
    parts = selected(soup_of(body, content_type), selector)
    lines = [line for part in parts for line in paragraphs_of(part)]
    if not lines:
        raise ReadError("the page has no text: is it filled in by a script, or was it redesigned?")
    heading = next((plain(h.get_text(" ")) for part in parts for h in part.find_all(HEADINGS)), "")
    return Text(heading=heading, paragraphs=tuple(line for line in lines if line != heading))


def paragraphs_of(part: Tag) -> Iterator[str]:
    """The texts of a part, one for each block; cells of a row stand on one line."""
    for _, group in groupby(pieces_of(part), key=lambda pair: pair[0]):
        line = plain("".join(text for _, text in group))
        if line:
            yield line


def pieces_of(part: Tag) -> Iterator[tuple[int, str]]:
    """Every string of a part with the block in which it stands; a cell and a line break are a blank."""
    blocks: dict[int, int] = {}
    for node in part.descendants:
        if isinstance(node, Tag):
            if node.name in BLANKS:
                yield block_of(node, blocks), " "
        elif type(node) in (NavigableString, CData):  # no comments, and nothing else that nobody sees
            yield block_of(node.parent, blocks), str(node)


def block_of(tag: Tag | None, known: dict[int, int]) -> int:
    """Which block a tag stands in; what was found is remembered, as pages may nest thousands deep."""
    passed: list[int] = []
    while tag is not None and id(tag) not in known and tag.name not in BLOCKS:
        passed.append(id(tag))
        tag = tag.parent
    found = 0 if tag is None else known.get(id(tag), id(tag))
    known.update(dict.fromkeys(passed, found))
    return found


def links_of(part: Tag, base: str) -> Iterator[tuple[Tag, str]]:
    """The links of a part that lead to pages of its own host, with their absolute addresses."""
    host = urlsplit(base).netloc
    for link in part.find_all("a", href=True)[:MOST_LINKS]:
        try:
            address = urljoin(base, str(link["href"]).strip())
            parts = urlsplit(address)
        except ValueError:
            continue  # an address that is none leads nowhere
        if parts.scheme in ("http", "https") and parts.netloc == host and address.isprintable():
            yield link, address.partition("#")[0]
