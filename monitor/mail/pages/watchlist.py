"""The recipient's own names, first of all."""

from collections.abc import Sequence

from msgspec import structs

from monitor.law.countries import short_name
from monitor.mail.pages.blocks import Block, Detail, Fact, Heading, Item, Page, Prose, shorten
from monitor.model.eastern import count
from monitor.model.matches import Match


def with_matches(page: Page, matches: Sequence[Match], detail: Detail) -> Page:
    """The page with the matches in front of everything."""
    if not matches:
        return page
    shown = matches[: detail.items]
    blocks: list[Block] = [Heading(f"On your watchlist: {count(len(matches), 'name')}")]
    blocks += [item(match, detail) for match in shown]
    if len(matches) > len(shown):
        blocks.append(Prose(f"… and {len(matches) - len(shown):,} more"))
    return structs.replace(
        page, blocks=(*blocks, Heading("What happened"), Prose(page.lead), *page.blocks), lead=first(matches)
    )


def first(matches: Sequence[Match]) -> str:
    """Who reads nothing else knows that it is about a name of their own."""
    more = f", and {len(matches) - 1:,} more" if len(matches) > 1 else ""
    match = matches[0]
    return f"On your watchlist: {shorten(match.found, 120)} is {match.action}{more}."


def item(match: Match, detail: Detail) -> Item:
    """One match, and why it is one."""
    where = f" ({short_name(match.country)})" if match.country else ""
    why = f"“{shorten(match.wanted, 120)}”: {shorten(match.how, detail.cell)} ({match.score:.0f} of 100)"
    return Item("!", match.action, f"{shorten(match.found, 160)}{where}", (Fact("Your name", why),))
