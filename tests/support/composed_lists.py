"""The lists of part 744 as the corpus composes them for any day."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any
from xml.etree.ElementTree import fromstring

from harness import SHARED

from monitor.law.lists import read_list
from monitor.law.markup import one_line, text_of
from monitor.model.entries import EntryList

FIRST = date(2017, 1, 3)


LATER = date(2030, 1, 1)


IDENTIFIER = "Supplement No. {} to Part 744"


Row = dict[str, Any]


Version = dict[str, Any]


@cache
def ecfr() -> Any:
    from replay import Corpus
    from replay_ecfr import Ecfr

    return Ecfr(Corpus(SHARED / "corpus"))


@cache
def rows() -> list[Row]:
    lines = (SHARED / "corpus" / "entity_list.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def body(day: date, number: int = 4) -> bytes:
    nodes = ecfr().nodes("744", day, LATER)
    xml: str = next(node.xml for node in nodes if node.identifier == IDENTIFIER.format(number))
    return xml.encode()


@cache
def listed(day: date) -> EntryList:
    return read_list(body(day))


def in_force(day: date) -> Iterator[tuple[Row, Version]]:
    for row in rows():
        for version in row["versions"]:
            until = version["until"]
            if version["from"] <= day.isoformat() and (until is None or until > day.isoformat()):
                yield row, version


@cache
def plain(markup: str) -> str:
    return one_line(text_of(fromstring(f"<TD>{markup}</TD>")))
