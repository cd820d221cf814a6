"""One entity over time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click
import msgspec

from monitor.commands.options import FORMATS, Globals
from monitor.evidence.entity_history import Found
from monitor.evidence.entity_history import show as find
from monitor.evidence.projections import is_current
from monitor.model.errors import MonitorError
from monitor.sources.versions import FIRST_DAY
from monitor.store.open import read_store

SETS = ("aliases", "addresses", "cross_references", "sub_entries", "citation")


@click.command()
@click.argument("name")
@click.option("--country", help="Only entries under this country, by any of its usual names.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def show(options: Globals, name: str, country: str | None, form: str) -> int:
    """Tell the life of the entity that has, or ever had, the name NAME, from kept evidence."""
    store = read_store(options.folder)
    if store is None:
        raise MonitorError(f"nothing is kept in {options.folder} yet; run `fedreg-monitor check` first")
    with store:
        if not is_current(store):
            click.echo("fedreg-monitor: read anew; `fedreg-monitor rebuild` makes this quicker", err=True)
        found = find(store, name, country)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found)))
    else:
        click.echo("\n".join(as_text(found)))
    return 0


def as_text(found: Found) -> Iterator[str]:
    """What was found, for a terminal."""
    for entry in found.entries:
        yield from life_lines(entry)
        yield ""
    yield f"Evidence begins {found.evidence_begins}{how_to_know_more(found.evidence_begins)}."
    if found.could_also_mean:
        yield "It could also have meant:"
        for one in found.could_also_mean:
            past = "" if one["listed"] else ", no longer listed"
            yield f"  {one['name']} ({one['country']}, {one['list']}{past})"


def how_to_know_more(begins: date | None) -> str:
    """What can still be kept of the time before the evidence."""
    if begins is not None and begins <= FIRST_DAY:
        return ", where the eCFR's own history begins"
    return f"; to know more, run `fedreg-monitor backfill --since {FIRST_DAY}`"


def life_lines(entry: dict[str, Any]) -> Iterator[str]:
    """One entry."""
    yield f"{entry['name']} ({entry['country']}), {entry['list']}"
    yield f"  {standing(entry)}"
    labels = {
        "aliases": "also known as",
        "known_as": "formerly or inside also",
        "addresses": "addresses",
        "license_requirement": "license requirement",
        "license_review_policy": "license review policy",
    }
    for field, label in labels.items():
        value = entry[field]
        if value:
            yield f"  {label}: {'; '.join(value) if isinstance(value, list | tuple) else value}"
    for note in entry["footnotes"]:
        yield f"  footnote {note['designation']}: {note['text'] or 'not printed below the newest list'}"
    for one in entry["citations"]:
        rules = "; ".join(f"{d['document_number']} {d['title']}" for d in one["documents"])
        on = f", {one['date']}" if one["date"] else ""
        yield f"  cites {one['citation']}{on}{f': {rules}' if rules else ''}"
    for step in entry["history"]:
        yield from step_lines(step)
    for license_ in entry["general_licenses"]:
        yield from license_lines(license_)


def standing(entry: dict[str, Any]) -> str:
    """Since when, until when."""
    first = entry["as_of_first"]
    since = f"on or before {first}" if entry["listed_when_evidence_begins"] else str(first)
    return f"listed since {since}" if entry["listed"] else f"listed from {since} to {entry['as_of_last']}; not now"


def step_lines(step: dict[str, Any]) -> Iterator[str]:
    """One step of its history."""
    rule = " ".join(word for word in (step["citation"], step["document_number"]) if word)
    yield f"  {step['day']}  {step['action']}{f' by {rule}: ' + step['title'] if step['title'] else ''}{unsure(step)}"
    for one in step["fields"]:
        if one["field"]:
            yield from field_lines(one)
        elif step["action"] == "went under another entry":
            yield f"      now under {one['after']}"


def field_lines(one: dict[str, Any]) -> Iterator[str]:
    """A field before and after; of a set of things only what came and went."""
    yield f"      {one['field'].replace('_', ' ')}"
    if one["field"] in SETS and (one["came"] or one["went"]):
        yield from (f"        - {thing}" for thing in one["went"])
        yield from (f"        + {thing}" for thing in one["came"])
    else:
        yield f"        before: {one['before'] or 'nothing'}"
        yield f"        after:  {one['after'] or 'nothing'}"


def unsure(step: dict[str, Any]) -> str:
    """Where the evidence has a gap before a step, that it may have been earlier."""
    if step["not_before"] is None:
        return ""
    gap = date.fromisoformat(str(step["day"])) - date.fromisoformat(str(step["not_before"]))
    return f" (after {step['not_before']}, by then)" if gap.days > 1 else ""


def license_lines(license_: dict[str, Any]) -> Iterator[str]:
    """A general license that names it."""
    yield f"  general license: {license_['identifier']}"
    for step in license_["steps"]:
        through = f", through {step['new_expiry']}" if step["new_expiry"] else ""
        source = step["document_number"] or "the regulations"
        yield f"      {step['effective_on']}  {step['event']} by {source}{through}"
