"""The weekly report: what was polled, accepted and reported, also when nothing changed."""

from collections.abc import Iterator

from monitor.mail.pages.blocks import Block, Bullets, Fact, Facts, Hash, Page, Prose, View, listed, section
from monitor.model.eastern import clock, count, long_date, short_date
from monitor.model.weekly_report import WeeklyReport

MOST_LISTS = 40  # and pages of the operator's own


def account_page(body: WeeklyReport, view: View) -> Page:
    """What proves that silence was silence, or says that it was none."""
    return Page(
        subject=f"{verdict(body)}, {period(body)}: {in_short(body)}",
        lead=lead(body),
        blocks=(
            Facts((Fact("Period", f"{clock(body.since, view.zone)} to {clock(body.until, view.zone)}"),)),
            *(Prose(line) for line in blind_lines(body, view)),
            *section("The watch itself", lines(body.troubles, view)),
            *section(f"Sources ({count(body.requests, 'request')} answered and believed)", sources(body, view)),
            *section("Lists", standings(body)),
            *section("Told to readers", reported(body)),
            *section("Deadlines of the next 30 days", coming(body, view)),
            *section("Proof", proof(body)),
        ),
    )


def verdict(body: WeeklyReport) -> str:
    """Whether it was quiet, in two words."""
    if body.blind or body.troubles:
        return "NOT all quiet"
    return "Weekly account" if body.told else "All quiet"


def period(body: WeeklyReport) -> str:
    """Mar 2 to Mar 9."""
    return f"{short_date(body.since.date())} to {short_date(body.until.date())}"


def in_short(body: WeeklyReport) -> str:
    """What there is to know at a glance."""
    if body.blind:
        return "the watch was blind for a time"
    if body.troubles:
        return "the watch needs a look"
    if body.told:
        return f"{alerts(body)} told"
    return f"{count(polls(body), 'poll')}, nothing changed"


def lead(body: WeeklyReport) -> str:
    """The one sentence that is enough."""
    outcome = f"{alerts(body)} went to readers" if body.told else "nothing changed"
    if body.blind:
        return f"NOT all quiet: the watch was blind for a time; as far as was seen, {outcome}."
    if body.troubles:
        return f"NOT all quiet: the watch itself needed attention, though no source was silent for too long; {outcome}."
    return f"All quiet: {count(polls(body), 'poll')}, no source was silent for too long, and {outcome}."


def alerts(body: WeeklyReport) -> str:
    """How many alerts were enqueued."""
    return count(sum(one.number for one in body.told), "alert")


def polls(body: WeeklyReport) -> int:
    """How often the sources were asked."""
    return sum(source.polls for source in body.sources)


def blind_lines(body: WeeklyReport, view: View) -> Iterator[str]:
    """Every time in which something could have been missed."""
    for gap in body.blind:
        since, until = clock(gap.since, view.zone), clock(gap.until, view.zone)
        yield (
            f"The watch was blind from {since} to {until}: {gap.source} was not believed once. "
            "What it said meanwhile and took back is not known."
        )


def lines(sentences: tuple[str, ...], view: View) -> tuple[Block, ...]:
    """Short sentences, the first so many."""
    return (Bullets(listed(sentences, view.detail.items, view.detail.cell)),) if sentences else ()


def sources(body: WeeklyReport, view: View) -> tuple[Block, ...]:
    """How each source was polled."""
    return (
        Bullets(
            tuple(
                f"{one.name}: {one.good} of {count(one.polls, 'poll')} believed; longest time without one "
                f"{one.longest.lasted}, from {clock(one.longest.since, view.zone)}"
                for one in body.sources
            )
        ),
    )


def standings(body: WeeklyReport) -> Iterator[Block]:
    """Every list as last accepted, with the hash of its bytes."""
    for one in body.standings[:MOST_LISTS]:
        days = f"as of {long_date(one.as_of)}, the same since {long_date(one.since)}"
        yield Facts((Fact(one.name, f"{one.count}, {days}"),))
        yield Hash("Evidence", one.sha256)
    if not body.standings:
        yield Prose("None was read yet.")


def reported(body: WeeklyReport) -> tuple[Block, ...]:
    """What recipients got, by kind."""
    if body.told:
        return (Bullets(tuple(f"{one.kind}: {one.number}" for one in body.told)),)
    return (Prose(f"Nothing: nothing changed that was watched{' and seen' if body.blind else ''}."),)


def coming(body: WeeklyReport, view: View) -> tuple[Block, ...]:
    """What ends or begins next."""
    if body.coming_unread:
        return (Prose(f"They could not be read: {body.coming_unread}"),)
    days = tuple(f"{long_date(one.day)}: {one.what}, {one.title}" for one in body.coming)
    return lines(days, view) or (Prose("None is known."),)


def proof(body: WeeklyReport) -> tuple[Block, ...]:
    """What makes the mail evidence."""
    return (
        Hash(f"Poll {body.polls} of the ledger has the link", body.head),
        Prose(
            "Keep this mail: it is a witness to every poll up to that one. "
            f"`fedreg-monitor ledger verify --head {body.head[:12]}` says whether that link is still in the chain."
        ),
    )
