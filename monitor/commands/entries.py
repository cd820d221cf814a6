"""List the entries of every list on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import click
import msgspec

from monitor.commands.options import Day, Globals
from monitor.law.countries import short_name
from monitor.mail import spreadsheet
from monitor.model.entries import Entry, EntryKind, EntryList
from monitor.model.polls import Snapshot
from monitor.polls.on_demand.lists import lists_on

COLUMNS = (
    "list", "country", "name", "aliases", "further_names", "addresses", "license_requirement", "license_review_policy",
    "policy_kinds", "footnotes", "citations", "sub_entries", "as_of",
)  # fmt: skip


@click.command()
@click.option("--on", "day", type=Day(), help="The day; default: the last one that is known.")
@click.option("--country", help="Only entries under this country, by any of its usual names.")
@click.option("--name", "text", help="Only entries whose name, aliases or inner entries contain this text.")
@click.option("--offline", is_flag=True, help="Only from kept evidence; fetch nothing.")
@click.option("--format", "form", type=click.Choice(("text", "json", "csv")), default="text", show_default=True)
@click.pass_obj
def entries(
    options: Globals,
    day: date | None,
    country: str | None,
    text: str | None,
    offline: bool,  # noqa: FBT001 - a flag of the command line
    form: str,
) -> int:
    """List the entries of every list on a day.

    What is not kept is fetched.
    """
    app = options.app()
    with app.context() as context:
        wanted = day or context.store.last_as_of("ecfr") or context.today
        lists = lists_on(context, wanted, offline=offline)
    found = [
        (snapshot, one, entry) for snapshot, one in lists for entry in one.entries if matches(entry, country, text)
    ]
    rows = [as_json(snapshot, one, entry) for snapshot, one, entry in found]
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows)))
    elif form == "csv":
        click.echo(as_csv(rows), nl=False)
    else:
        click.echo("\n".join(as_text(rows)))
    return 0


def matches(entry: Entry, country: str | None, text: str | None) -> bool:
    """Whether an entry was asked for; reserved rows never are."""
    if entry.kind is EntryKind.RESERVED:
        return False
    if country is not None and short_name(entry.country) != short_name(country):
        return False
    names = (
        entry.name,
        *entry.aliases,
        *entry.further_names,
        *(n for sub in entry.sub_entries for n in (sub.name, *sub.aliases)),
    )
    return text is None or any(text.casefold() in name.casefold() for name in names)


def as_json(snapshot: Snapshot, one: EntryList, entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    return {
        "list": one.list,
        "country": short_name(entry.country),
        "country_heading": entry.country,
        "name": entry.name,
        "kind": entry.kind,
        "aliases": entry.aliases,
        "further_names": entry.further_names,
        "addresses": [address.text for address in entry.addresses],
        "cross_references": entry.cross_references,
        "license_requirement": entry.cells.license_requirement,
        "license_review_policy": entry.cells.license_review_policy,
        "policy_kinds": [{"kind": policy.kind, "scope": policy.scope} for policy in entry.policies],
        "footnotes": [{"designation": d, "text": one.footnotes.get(d)} for d in entry.footnotes],
        "citations": [{"volume": c.volume, "page": c.page, "date": c.on} for c in entry.citations],
        "sub_entries": [
            {"name": sub.name, "aliases": sub.aliases, "addresses": [a.text for a in sub.addresses]}
            for sub in entry.sub_entries
        ],
        "whole": entry.whole,
        "text": entry.cells.entity,
        "as_of": snapshot.as_of,
    }


def as_text(rows: list[dict[str, Any]]) -> Iterable[str]:
    """The entries for a terminal, a country at a time."""
    heading = ""
    for row in rows:
        if heading != (heading := f"{row['list']}, {row['country']} (as of {row['as_of']})"):
            yield heading
        yield f"  {row['text']}"
        yield f"      {row['license_review_policy']} | {row['license_requirement']}"
        yield f"      {'; '.join(citation(c) for c in row['citations'])}"
    yield f"{len(rows)} entries"


def citation(of: dict[str, Any]) -> str:
    """99 FR 1234, 2031-03-02."""
    return f"{of['volume']} FR {of['page']}" + (f", {of['date']}" if of["date"] else "")


def as_csv(rows: list[dict[str, Any]]) -> str:
    """The entries as CSV for a spreadsheet."""
    return spreadsheet.as_csv(COLUMNS, ([row[column] for column in COLUMNS] for row in map(flat, rows)))


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """An entry with a text or a list of texts for every column."""
    return row | {
        "policy_kinds": [policy["kind"] for policy in row["policy_kinds"]],
        "footnotes": [footnote["designation"] for footnote in row["footnotes"]],
        "citations": [citation(c) for c in row["citations"]],
        "sub_entries": [sub["name"] for sub in row["sub_entries"]],
    }
