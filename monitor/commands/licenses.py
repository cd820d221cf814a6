"""List the general licenses as they are on a day."""

from datetime import date

import click
import msgspec

from monitor.commands.options import FORMATS, Day, Globals
from monitor.deadlines.licenses import rows_on
from monitor.evidence.deadlines import read_calendar
from monitor.evidence.readings import Readings
from monitor.model.eastern import eastern_date
from monitor.model.licenses import LicenseRow


@click.command()
@click.option("--on", "day", type=Day(), help="The day; default: today in Washington.")
@click.option("--history", is_flag=True, help="With every step in the history of each license.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def licenses(options: Globals, day: date | None, history: bool, form: str) -> int:  # noqa: FBT001 - a flag of the command line
    """List every general license with its state on a day."""
    with options.kept() as store:
        found = read_calendar(Readings(store)).licenses
    rows = rows_on(found, day or eastern_date(options.clock()()), history=history or form == "json")
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows)))
    else:
        click.echo("\n".join(line for row in rows for line in lines_of(row)) or "no general license is known")
    return 0


def lines_of(row: LicenseRow) -> list[str]:
    """One license in a few lines."""
    ends = f", through {row.valid_through} ({row.days_left} days left)" if row.valid_through is not None else ""
    since = f" since {row.valid_from}" if row.valid_from is not None else ""
    lines = [f"{row.identifier}: {row.status}{since}{ends}"]
    for step in row.history:
        moved = f"{step.old_expiry or 'no end'} → {step.new_expiry or 'no end'}"
        lines.append(
            f"    {step.published or 'not published'}  {step.event} ({moved})  {step.document_number or 'eCFR'}"
        )
        lines.append(f"        “{step.sentence}”")
    return lines + [f"    contradiction: {sentence}" for sentence in row.contradictions]
