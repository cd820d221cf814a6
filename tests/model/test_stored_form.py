"""Alerts that an earlier version stored: they still decode, and what is stored today looks the same."""

from typing import get_args

import msgspec
import pytest
from harness import DATA

from monitor.model.alerts import AlertBody

# One alert body of each kind with every field filled, as it has always been encoded. Never write these lines anew: a
# state that is older than a change of the code must stay readable, and the newer one by the older code, too.
STORED = (DATA / "stored_alerts.jsonl").read_bytes().splitlines()
NAMES = [msgspec.json.decode(line)["what"] for line in STORED]


@pytest.mark.parametrize("line", STORED, ids=NAMES)
def test_a_stored_alert_decodes_and_is_encoded_as_it_was(line: bytes) -> None:
    assert msgspec.json.encode(msgspec.json.decode(line, type=AlertBody)) == line


@pytest.mark.parametrize("line", STORED, ids=NAMES)
def test_the_stored_example_fills_every_field(line: bytes) -> None:
    body = msgspec.json.decode(line, type=AlertBody)
    fields = msgspec.structs.fields(body)
    empty = [field.name for field in fields if getattr(body, field.name) in (None, "", ())]
    assert not empty


def test_every_kind_of_alert_has_a_stored_example() -> None:
    kinds = {type(msgspec.json.decode(line, type=AlertBody)) for line in STORED}
    assert kinds == set(get_args(AlertBody))
