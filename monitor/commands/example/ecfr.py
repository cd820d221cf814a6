"""www.ecfr.gov: the versioner of title 15, parts 736 and 744, as of a moment."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import httpx
from msgspec import Struct

from monitor.commands.example import material
from monitor.commands.example.answers import NotAnsweredError, json_answer, text_answer
from monitor.commands.example.entity_list import entity_list_xml, issues_of_the_list
from monitor.model.eastern import EASTERN, eastern_date

HOST = "www.ecfr.gov"
LAG = 2  # business days from publication to the eCFR
PARTS = {"736": "General Prohibitions", "744": "Control Policy: End-User and End-Use Based"}
TITLES = {1: "General Provisions", 15: "Commerce and Foreign Trade", 35: "Panama Canal [Reserved]"}
RESERVED = 35
FULL = re.compile(r"/api/versioner/v1/full/([^/]+)/title-15\.xml")
STRUCTURE = re.compile(r"/api/versioner/v1/structure/([^/]+)/title-15\.json")
HEADERS = {"Vary": "Accept-Encoding", "Age": "0"}


class Leaf(Struct, frozen=True):
    """A supplement as of a day; `issued` is the issue that last changed it."""

    part: str
    identifier: str
    title: str
    xml: str
    issued: date


def answer(request: httpx.Request, now: datetime) -> httpx.Response:
    """What the site answers at a moment; 404 for requests that the demo does not make."""
    try:
        response = _route(request, up_to_date_as_of(now), eastern_date(now))
    except NotAnsweredError as error:
        response = error.response
    response.headers.update(HEADERS)
    return response


def up_to_date_as_of(now: datetime) -> date:
    """The newest issue that the eCFR has processed."""
    return material.business_day(material.business_day(eastern_date(now), 0), -LAG)


def _route(request: httpx.Request, known: date, today: date) -> httpx.Response:
    path = request.url.path
    if path == "/api/versioner/v1/titles.json":
        return json_answer(_titles(known, today))
    if match := STRUCTURE.fullmatch(path):
        return json_answer(_structure(_asked_day(match[1], known), known))
    if match := FULL.fullmatch(path):
        return _full(request, _asked_day(match[1], known), known)
    raise _nothing()


def _nothing() -> NotAnsweredError:
    return NotAnsweredError(json_answer({"error": "No matching content found."}, 404))


def _asked_day(given: str, known: date) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise NotAnsweredError(json_answer({"error": f"Bad date: '{given}'"}, 400)) from None
    if day > known:
        error = f"The requested date {day} is past the title's most recent issue date of {known}, "
        error += f"see https://{HOST}/api/versioner/v1/titles for details"
        raise NotAnsweredError(json_answer({"error": error}, 404))
    return day


def _titles(known: date, today: date) -> dict[str, Any]:
    rows = []
    for number, name in TITLES.items():
        day = None if number == RESERVED else known
        amended = max(issue for issue in _issues() if issue <= known) if number == 15 else day
        row = {"number": number, "name": name, "latest_amended_on": amended, "latest_issue_date": amended}
        rows.append(row | {"up_to_date_as_of": day, "reserved": number == RESERVED})
    return {"titles": rows, "meta": {"date": today, "import_in_progress": False}}


def _issues() -> Iterator[date]:
    yield from issues_of_the_list()
    for supplement in material.supplements():
        yield from (version.issued for version in supplement.versions)


def arrivals() -> dict[date, list[str]]:
    """The days on which the eCFR follows an issue, and what of it changes."""
    found: dict[date, list[str]] = {}
    for issue in issues_of_the_list():
        found.setdefault(material.business_day(issue, LAG), []).append("Supplement No. 4 to part 744")
    for supplement in material.supplements():
        for version in supplement.versions:
            name = f"Supplement No. {supplement.number} to part {supplement.part}"
            found.setdefault(material.business_day(version.issued, LAG), []).append(name)
    return found


def _leaves(day: date, known: date) -> Iterator[Leaf]:
    """The supplements that exist on a day, as far as known."""
    listed = max(issue for issue in issues_of_the_list() if issue <= day)
    xml = entity_list_xml(day)
    yield Leaf("744", "Supplement No. 4 to Part 744", "Entity List", xml, listed)
    for supplement in material.supplements():
        versions = [v for v in supplement.versions if v.since <= day and v.issued <= known]
        newest = max(versions, key=lambda v: v.since, default=None)
        if newest is not None and newest.file is not None:
            name = f"Supplement No. {supplement.number} to Part {supplement.part}"
            xml = material.text(f"supplements/{newest.file}")
            yield Leaf(supplement.part, name, supplement.title, xml, newest.issued)


def _full(request: httpx.Request, day: date, known: date) -> httpx.Response:
    """The XML of one supplement; only to clients that take compressed answers, as on the real site."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return httpx.Response(406)
    query = request.url.params
    wanted = (query.get("part"), query.get("appendix"))
    for leaf in _leaves(day, known):
        if (leaf.part, leaf.identifier) == wanted:
            return text_answer(f'<?xml version="1.0" encoding="UTF-8"?>\n{leaf.xml}', "application/xml")
    raise _nothing()


def _structure(day: date, known: date) -> dict[str, Any]:
    """Title 15 down to the supplements, in the nesting of CONTRACT.md §5.3."""
    leaves = sorted(_leaves(day, known), key=lambda leaf: leaf.identifier)
    parts = []
    for part, name in PARTS.items():
        nodes = [_leaf_node(leaf) for leaf in leaves if leaf.part == part]
        parts.append(_node("part", part, f"Part {part}", name, nodes) | {"volumes": ["2"]})
    tree = _node("subchapter", "C", "Subchapter C", "Export Administration Regulations", parts)
    bureau = "Bureau of Industry and Security, Department of Commerce"
    tree = _node("chapter", "VII", " Chapter VII", bureau, [tree])
    tree = _node("subtitle", "B", "Subtitle B", "Regulations Relating to Commerce and Foreign Trade", [tree])
    return _node("title", "15", "Title 15", TITLES[15], [tree])


def _leaf_node(leaf: Leaf) -> dict[str, Any]:
    received = datetime.combine(material.business_day(leaf.issued, 1), time(17, 30, 15), EASTERN)
    return {
        "identifier": leaf.identifier,
        "label": f"{leaf.identifier}—{leaf.title}\n",
        "label_level": leaf.identifier,
        "label_description": f"{leaf.title}\n",
        "type": "appendix",
        "volumes": ["2"],
        "received_on": f"{received:%Y-%m-%dT%H:%M:%S%z}",
        "reserved": False,
        "size": len(leaf.xml.encode()),
    }


def _node(kind: str, identifier: str, level: str, name: str, children: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "label": f"{level}—{name}",
        "label_level": level,
        "label_description": name,
        "reserved": False,
        "type": kind,
        "size": sum(child["size"] for child in children),
        "children": children,
    }
