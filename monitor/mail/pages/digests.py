"""Several alerts in one mail: first a line of each, then the essentials of each."""

from collections.abc import Callable
from datetime import date

from msgspec import structs

from monitor.mail.pages.blocks import Block, Bullets, Detail, Heading, Page, Prose, View, shorten
from monitor.model.alerts import Alert, AlertBody, Digest
from monitor.model.eastern import clock, count, short_date
from monitor.model.severity import Severity


def digest_page(
    body: Digest,
    view: View,
    page: Callable[[Alert, View], Page],
    severity_of: Callable[[AlertBody, date], Severity],
) -> Page:
    """The alerts, the most severe first and else as they came; `page` makes the page of one."""
    short = structs.replace(view, detail=within(view.detail))
    ordered = sorted(body.alerts, key=lambda alert: -severity_of(alert.body, view.day).rank)
    pages = [page(alert, short) for alert in ordered]
    shown, summarized = pages[: 4 * view.detail.items], pages[: view.detail.items]
    lines = [shorten(one.subject, 120) for one in shown]
    if len(pages) > len(shown):
        lines.append(f"… and {len(pages) - len(shown):,} more")
    number = count(len(body.alerts), "change")
    period = f"{clock(body.since, view.zone)} to {clock(body.until, view.zone)}"
    blocks: list[Block] = [Bullets(tuple(lines))]
    for one in summarized:
        blocks += [Heading(shorten(one.subject, 120)), Prose(shorten(one.lead, view.detail.cell)), *one.essentials]
    if len(pages) > len(summarized):
        rest = count(len(pages) - len(summarized), "more change")
        blocks.append(Prose(f"Of {rest} only the line above is told here; each one stands in `fedreg-monitor diff`."))
    until = body.until.astimezone(view.zone).date()  # as the recipient's calendar has it
    first = f": {pages[0].subject}" if pages else ""
    return Page(
        subject=f"{number}{first}" if len(pages) == 1 else f"{number} until {short_date(until)}{first}",
        lead=f"{number} from {period}.",
        blocks=tuple(blocks),
        essentials=(),
    )


def within(detail: Detail) -> Detail:
    """How much of one alert stands in a mail about several."""
    return Detail(
        names=10, items=2, cell=min(detail.cell, 240), fact=min(detail.fact, 240), quote=min(detail.quote, 160)
    )
