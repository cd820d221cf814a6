"""What is wrong with the configured searches and pages, checked before anything is touched."""

import re
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from monitor.model.settings import Page, Search, Settings

TYPES = ("RULE", "PRORULE", "NOTICE", "PRESDOCU")  # CONTRACT.md §2.1
CFR = re.compile(r"\d{1,2} CFR(?: \d{1,4})?")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def problems(settings: Settings) -> Iterator[str]:
    """Every fault of `[[searches]]` and `[[pages]]` that their types do not exclude."""
    yield from repeated("searches", [search.name for search in settings.searches])
    yield from repeated("pages", [page.name for page in settings.pages])
    for number, search in enumerate(settings.searches):
        yield from search_problems(f"searches[{number}]", search)
    for number, page in enumerate(settings.pages):
        yield from page_problems(f"pages[{number}]", page)


def repeated(section: str, names: Sequence[str]) -> Iterator[str]:
    """Names that are used twice."""
    yield from (
        f"{section}: the name {name!r} is used twice; give each its own"
        for name in sorted(set(names))
        if names.count(name) > 1
    )


def search_problems(place: str, search: Search) -> Iterator[str]:
    """The faults of a search: no condition at all, or one in a form that the Federal Register does not accept."""
    if not (search.term.strip() or search.agencies or search.types or search.cfr):
        yield f"{place} has no condition: give a term, agencies, types or cfr"
    for slug in search.agencies:
        if not SLUG.fullmatch(slug):
            yield f"{place}.agencies: {slug!r} is not an agency as in 'foreign-assets-control-office'"
    for kind in search.types:
        if kind not in TYPES:
            yield f"{place}.types: {kind!r} is not one of {', '.join(TYPES)}"
    if search.cfr and not CFR.fullmatch(search.cfr):
        yield f"{place}.cfr is not a title and a part such as '15 CFR 791': {search.cfr!r}"


def page_problems(place: str, page: Page) -> Iterator[str]:
    """The faults of a page: its address is not on the public web, or its selector is not CSS."""
    try:
        parts = urlsplit(page.url)
        host, port_is_fine = parts.hostname, parts.port is None or parts.port > 0
    except ValueError as error:
        yield f"{place}.url is not an address: {page.url!r} ({error})"
        return
    if parts.scheme not in ("http", "https") or not host or not port_is_fine or not page.url.isprintable():
        yield f"{place}.url is not an http or https address: {page.url!r}"
    elif parts.username is not None or parts.password is not None:
        yield f"{place}.url must not hold a user or a password"
    elif not page.allow_private and is_private(host):
        yield f"{place}.url is on this machine or its network, which only allow_private = true permits: {page.url!r}"
    yield from selector_problems(place, page.selector)


def is_private(host: str) -> bool:
    """Whether a host is written as an address that the public internet does not reach."""
    try:
        return host == "localhost" or not ip_address(host).is_global
    except ValueError:
        return False


def selector_problems(place: str, selector: str) -> Iterator[str]:
    """The fault of a selector that is not CSS; with it every poll would fail."""
    if not selector:
        return
    from soupsieve import SelectorSyntaxError, compile  # noqa: A004, PLC0415 - Beautiful Soup is needed only for these

    try:
        compile(selector)
    except (SelectorSyntaxError, NotImplementedError) as error:
        yield f"{place}.selector is not CSS: {selector!r} ({str(error).splitlines()[0]})"
