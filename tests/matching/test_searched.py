"""Every kind of alert says where names are looked for in it."""

from typing import get_args

import msgspec
import pytest
from harness import DATA

from monitor.matching.searched import SEARCHED, parties_of, passages_of
from monitor.model.alert_parts import AlertPart, parts_of
from monitor.model.alerts import AlertBody, Notice

STORED = (DATA / "stored_alerts.jsonl").read_bytes().splitlines()
BODIES = [msgspec.json.decode(line, type=AlertBody) for line in STORED]


def test_every_part_of_an_alert_has_its_row() -> None:
    assert set(SEARCHED) == set(get_args(AlertPart))


@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_every_alert_but_those_of_the_monitor_itself_has_prose_to_search(body: AlertBody) -> None:
    parts = [part for part in parts_of(body) if not isinstance(part, Notice)]
    assert bool(list(passages_of(body))) is bool(parts)
    assert all(text for party in parties_of(body) for text, _ in party.names)
