"""Check and list the ledger of polls, a chain of hashes."""

from datetime import date, datetime, time

import click
import msgspec
from msgspec import Struct

from monitor.commands.options import FORMATS, Day, Globals
from monitor.model.eastern import EASTERN, count
from monitor.store import BadEvidence, Store

SHORTEST_LINK = 8  # characters; a shorter beginning could match several links


class Verdict(Struct, frozen=True, kw_only=True):
    """What a check of the ledger and the evidence found; `head_at` is None where the link asked for is not there."""

    whole: bool
    polls: int
    head: str | None
    broken_poll: int | None
    evidence: dict[str, int]
    bad_evidence: tuple[BadEvidence, ...]
    head_asked: str | None = None
    head_at: int | None = None


@click.group()
def ledger() -> None:
    """Check and list the ledger of polls."""


def link(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """The beginning of a link, as a mail or `ledger list` shows it."""
    if value is None:
        return None
    text = value.strip().lower()
    if len(text) < SHORTEST_LINK or set(text) - set("0123456789abcdef"):
        raise click.BadParameter(
            f"{value!r} is not a link: at least {SHORTEST_LINK} of the digits 0-9 a-f", context, option
        )
    return text


@ledger.command()
@click.option("--head", metavar="HASH", callback=link, help="Also: is this link of an old mail still in the chain?")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def verify(options: Globals, head: str | None, form: str) -> int:
    """Check that no poll and no evidence was altered.

    Polls that were added or removed are found, too. Exit 1 when anything is found.
    """
    with options.kept() as store:
        verdict = verdict_of(store, head)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(verdict)))
    else:
        for line in lines_of(verdict):
            click.echo(line)
        for line in complaints_of(verdict):
            click.echo(f"fedreg-monitor: {line}", err=True)
    return 0 if verdict.whole else 1


@ledger.command("list")
@click.option("--since", type=Day(), help="Only polls since this day, Eastern time.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def show(options: Globals, since: date | None, form: str) -> int:
    """List every poll.

    Its number, time, source, result, message, and the beginning of its link.
    """
    start = None if since is None else datetime.combine(since, time(), EASTERN)
    with options.kept() as store:
        if form == "json":
            click.echo(msgspec.json.format(msgspec.json.encode(list(store.polls(start)))))
            return 0
        for poll in store.polls(start):
            when = f"{poll.started_at.astimezone(EASTERN):%Y-%m-%d %H:%M ET}"
            message = " ".join(poll.message.split())
            click.echo(f"{poll.id:>7} {when} {poll.source:<11} {poll.status:<10} {message} [{poll.chain[:12]}]")
    return 0


def verdict_of(store: Store, asked: str | None) -> Verdict:
    """Check the ledger and the evidence."""
    counts, head, broken = store.counts(), store.head(), store.first_broken_poll()
    bad = tuple(store.bad_evidence())
    found = [] if asked is None else store.polls_with_link(asked)
    # A link after the first broken poll no longer proves anything.
    at = next((number for number in found if broken is None or number < broken), None)
    return Verdict(
        whole=broken is None and not bad and (asked is None or at is not None),
        polls=counts["poll"],
        head=None if head is None else head[1],
        broken_poll=broken,
        evidence={table: counts[table] for table in ("snapshot", "quarantine", "text", "document")},
        bad_evidence=bad,
        head_asked=asked,
        head_at=at,
    )


def lines_of(verdict: Verdict) -> list[str]:
    """What was checked and found intact, a line each."""
    lines = []
    if verdict.broken_poll is None:
        lines.append(f"{count(verdict.polls, 'poll')}, each as it was recorded and in its order")
    if not verdict.bad_evidence:
        kept = ", ".join(count(number, table) for table, number in verdict.evidence.items() if number)
        lines.append(f"evidence as it was kept: {kept or 'none yet'}")
    if verdict.head_at is not None:
        lines.append(f"the link {verdict.head_asked} is in the chain: poll {verdict.head_at}")
    if verdict.head is not None:
        lines.append(f"head of the chain: {verdict.head}")
    return lines


def complaints_of(verdict: Verdict) -> list[str]:
    """What was found altered or missing, a line each."""
    found = []
    if verdict.broken_poll is not None:
        found.append(
            f"the ledger is broken at poll {verdict.broken_poll}: this row, or one before it, is not as it was recorded"
        )
    found += [f"{bad.table} {bad.id} ({bad.what}) is not what was kept: {bad.reason}" for bad in verdict.bad_evidence]
    if verdict.head_asked is not None and verdict.head_at is None:
        found.append(
            f"the link {verdict.head_asked} is not in the chain: polls were taken out or altered, "
            "or this is another state than the one that sent the mail"
        )
    return found
