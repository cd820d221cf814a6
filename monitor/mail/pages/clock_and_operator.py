"""Notices about licenses and deadlines, baselines, and notices to the operator."""

import re
from collections.abc import Iterator

from monitor.mail.pages.blocks import (
    Block,
    Bullets,
    Fact,
    Facts,
    Hash,
    Heading,
    Links,
    Page,
    Prose,
    View,
    section,
    shorten,
)
from monitor.model.alerts import DocumentEvent, Link, MonitoringBegins, Notice
from monitor.model.deadlines import CaughtUp, ClockNotice
from monitor.model.eastern import count, long_date, short_date

WHOLE = 4  # times the usual length of a quotation: a reminder stands or falls with the end of its sentence
NUMBER = re.compile(r"[A-Z0-9]+-[A-Z0-9-]+", re.IGNORECASE)


def clock_page(notice: ClockNotice, view: View) -> Page:
    """One thing that is due."""
    facts = clock_facts(notice, view)
    return Page(
        subject=clock_subject(notice),
        lead=notice.says,
        blocks=(Facts(facts), *section("Official pages", rule_links(notice))),
        essentials=(Facts(facts[:2]),),
    )


def rule_links(notice: ClockNotice) -> Iterator[Links]:
    """The pages of the documents that set the day: the Federal Register's own short address of every document."""
    named = (notice.document_number or "", *(quote.source for quote in notice.quotes))
    numbers = dict.fromkeys(number for number in named if NUMBER.fullmatch(number))
    if numbers:
        address = "https://www.federalregister.gov/d/"
        yield Links(tuple(Link(f"{number} on federalregister.gov", f"{address}{number}") for number in numbers))


def clock_subject(notice: ClockNotice, late: str = "") -> str:
    """What is due, and of what; a license is named in its headline."""
    return f"{notice.headline}{late}" + ("" if notice.thread.startswith("license:") else f": {notice.title}")


def clock_facts(notice: ClockNotice, view: View) -> tuple[Fact, ...]:
    """The day, what is left, and the sentences that set it."""
    facts = []
    if notice.day is not None:
        moved = "" if notice.old_day is None else f"{long_date(notice.old_day)} → "
        left = (notice.day - view.day).days
        distance = f"in {count(left, 'day')}" if left > 0 else "today" if left == 0 else f"{count(-left, 'day')} ago"
        facts.append(Fact("Day", f"{moved}{long_date(notice.day)} ({distance})"))
    facts += [
        Fact(f"The sentence in {quote.source}", f"“{shorten(quote.sentence, WHOLE * view.detail.quote)}”")
        for quote in notice.quotes
    ]
    if notice.document_number is not None:
        facts.append(Fact("Set by document", notice.document_number))
    return tuple(facts)


def caught_up_page(body: CaughtUp, view: View) -> Page:
    """What was due while the monitor did not run, the oldest first."""
    first, last, more = body.notices[0], body.notices[-1], len(body.notices) - 1
    shown = body.notices[: view.detail.items]
    facts = tuple(Fact(long_date(one.on), f"{one.headline}. {shorten(one.says, view.detail.cell)}") for one in shown)
    rest = len(body.notices) - len(shown)
    subject = (
        f"Late ({short_date(last.on)}): {last.headline}, and {more} more"
        if more
        else clock_subject(first, " (told late)")
    )
    return Page(
        subject=subject,
        lead=body.headline,
        blocks=(Facts(facts), *((Prose(f"… and {rest} more; `fedreg-monitor deadlines` has them."),) if rest else ())),
        essentials=(Facts(facts[-2:]),),
    )


def baseline_page(body: MonitoringBegins, view: View) -> Page:
    """What is there at the beginning, from which changes are reported."""
    items: list[Block] = []
    for line in body.watched:
        items.append(Facts((Fact(line.name, f"{line.count}, as of {long_date(line.as_of)}"),)))
        items.append(Hash("Evidence", line.sha256))
    number = len(body.watched)
    shown = body.pending[: view.detail.items]
    pending: list[Block] = [pending_block(event, view) for event in shown]
    if len(body.pending) > len(shown):
        pending.append(Prose(f"… and {len(body.pending) - len(shown):,} more"))
    return Page(
        subject=f"The watch begins: {count(number, 'source')} read for the first time",
        lead="This is the state from which changes are reported. Nothing below is news.",
        blocks=(*items, *section("On public inspection now, and not yet printed", pending)),
    )


def pending_block(event: DocumentEvent, view: View) -> Block:
    """A document that is on file, with its page where there is one."""
    line = shorten(pending_line(event), view.detail.cell)
    return Links((Link(line, event.links[0].url),)) if event.links else Bullets((line,))


def pending_line(event: DocumentEvent) -> str:
    """A document that is on file, in a line."""
    day = f", to be published {long_date(event.publication_date)}" if event.publication_date is not None else ""
    return f"{event.title} ({event.document_number}){day}"


def notice_page(notice: Notice, view: View) -> Page:
    """What the operator must look at."""
    limit = 8 * view.detail.cell
    return Page(
        subject=f"fedreg-monitor: {notice.title}",
        lead=shorten(notice.reason, limit),
        blocks=(
            Heading("What to do"),
            Prose(shorten(notice.advice, limit)),
            Prose("You get this as the operator; readers do not."),
        ),
        essentials=(Prose(shorten(notice.advice, limit)),),
    )
