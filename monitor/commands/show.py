"""Show one entity over time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import click
import msgspec

from monitor.commands.options import FORMATS, Globals
from monitor.evidence.entity_history import Found, find_entity
from monitor.evidence.projections import is_current
from monitor.sources.versions import FIRST_DAY

SETS = ("aliases", "addresses", "cross_references", "sub_entries", "citation")


@click.command()
@click.argument("name")
@click.option("--country", help="Only entries under this country, by any of its usual names.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.pass_obj
def show(options: Globals, name: str, country: str | None, form: str) -> int:
    """Show the history of an entity, from kept evidence.

    NAME is any name that it has or ever had.
    """
    with options.kept() as store:
        if not is_current(store):
            click.echo("fedreg-monitor: slow, as the tables are outdated; run `fedreg-monitor rebuild`", err=True)
        found = find_entity(store, name, country)
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
    """How to keep evidence of earlier days, where there is any."""
    if begins is not None and begins <= FIRST_DAY:
        return ", where the eCFR's own history begins"
    return f"; to know more, run `fedreg-monitor backfill --since {FIRST_DAY}`"


def life_lines(entry: dict[str, Any]) -> Iterator[str]:
    """One entry."""
    yield f"{entry['name']} ({entry['country']}), {entry['list']}"
    yield f"  {listed_in_words(entry)}"
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


def listed_in_words(entry: dict[str, Any]) -> str:
    """Since when an entry is listed, or from when until when it was."""
    first = entry["as_of_first"]
    since = f"on or before {first}" if entry["listed_when_evidence_begins"] else str(first)
    return f"listed since {since}" if entry["listed"] else f"listed from {since} to {entry['as_of_last']}; not now"


def step_lines(step: dict[str, Any]) -> Iterator[str]:
    """One step of its history."""
    rule = " ".join(word for word in (step["citation"], step["document_number"]) if word)
    by = f" by {rule}: {step['title']}" if step["title"] else ""
    yield f"  {step['day']}  {step['action']}{by}{gap_before(step)}"
    for one in step["fields"]:
        if one["field"]:
            yield from field_lines(one)
        elif step["action"] == "went under another entry":
            yield f"      now under {one['after']}"


def field_lines(one: dict[str, Any]) -> Iterator[str]:
    """A field before and after; of a set, only what was added and removed."""
    yield f"      {one['field'].replace('_', ' ')}"
    if one["field"] in SETS and (one["came"] or one["went"]):
        yield from (f"        - {thing}" for thing in one["went"])
        yield from (f"        + {thing}" for thing in one["came"])
    else:
        yield f"        before: {one['before'] or 'nothing'}"
        yield f"        after:  {one['after'] or 'nothing'}"


def gap_before(step: dict[str, Any]) -> str:
    """A remark that a step may have been earlier, where the evidence has a gap before it."""
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
