"""List every deadline, as text, JSON or an iCalendar file."""

from datetime import date, timedelta
from typing import Any

import click
import msgspec

from monitor.commands.options import Day, Globals
from monitor.deadlines.ics import as_ics
from monitor.evidence.deadlines import read_calendar
from monitor.evidence.readings import Readings
from monitor.model.deadlines import Deadline
from monitor.model.eastern import eastern_date

AHEAD = timedelta(days=400)


@click.command()
@click.option("--from", "start", type=Day(), help="From this day on; default: today in Washington.")
@click.option("--to", "end", type=Day(), help="Up to this day; default: 400 days later.")
@click.option("--format", "form", type=click.Choice(("text", "json", "ics")), default="text", show_default=True)
@click.pass_obj
def deadlines(options: Globals, start: date | None, end: date | None, form: str) -> int:
    """List the deadlines.

    License ends, savings clauses, delayed dates, suspensions and comment periods.
    """
    with options.kept() as store:
        everything = read_calendar(Readings(store)).deadlines
    now = options.clock()()
    first = start or eastern_date(now)
    last = end or first + AHEAD
    found = [one for one in everything if one.day is not None and first <= one.day <= last]
    if form == "ics":
        click.echo(as_ics(found, stamp=now), nl=False)
    elif form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode([as_json(one) for one in found])))
    else:
        lines = [f"{one.day}  {one.kind}: {one.title} ({one.document_number})" for one in found]
        click.echo("\n".join(lines) or f"no deadline from {first} to {last}")
    return 0


def as_json(deadline: Deadline) -> dict[str, Any]:
    """A deadline as JSON."""
    return {
        "key": deadline.key,
        "day": deadline.day,
        "kind": deadline.kind,
        "title": deadline.title,
        "means": deadline.means,
        "document_number": deadline.document_number,
        "sentence": deadline.sentence,
        "moves": [{"day": move.day, "document_number": move.document_number} for move in deadline.moves],
    }
