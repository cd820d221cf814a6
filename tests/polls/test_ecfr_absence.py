"""A supplement that one answer lacks is not removed: two answers in a row must say so."""

import json
from typing import Any

import httpx
import pytest
from harness import CERTIFICATES, Bench
from msgspec import structs

from monitor.model.polls import Outcome, Status
from monitor.sources import ecfr

UVL = ecfr.UNVERIFIED_LIST


class Lacking(httpx.BaseTransport):
    """An eCFR whose structure and texts lack some supplements."""

    def __init__(self, *identifiers: str) -> None:
        self._identifiers, self._network = identifiers, httpx.HTTPTransport(verify=CERTIFICATES)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.params.get("appendix") in self._identifiers:
            return httpx.Response(404, json={"error": ecfr.NOTHING_THERE})
        answer = self._network.handle_request(request)
        answer.read()
        if "/structure/" not in request.url.path:
            return answer
        return httpx.Response(200, json=self._pruned(json.loads(answer.content)))

    def _pruned(self, node: dict[str, Any]) -> dict[str, Any]:
        children = [self._pruned(child) for child in node.get("children", ())]
        return node | {"children": [child for child in children if child["identifier"] not in self._identifiers]}

    def close(self) -> None:
        self._network.close()


@pytest.fixture
def seen(bench: Bench) -> Bench:
    """A monitor that knows the Unverified List."""
    bench.check()
    bench.mailbox.clear()
    return bench


def poll_without(bench: Bench, *identifiers: str) -> Outcome:
    """A poll of an eCFR that lacks supplements."""
    return structs.replace(bench.app, transport=Lacking(*identifiers)).cycle(("ecfr",)).outcomes[0]


def test_one_answer_without_a_list_is_said_and_not_accepted(seen: Bench) -> None:
    outcome = poll_without(seen, UVL.identifier)
    assert outcome.status is Status.UNCHANGED
    assert outcome.message.endswith(
        "Unverified List: not there, which is believed only if the next answer says so, too"
    )
    assert seen.mailbox.messages == []


def test_the_second_one_in_a_row_is_accepted_once(seen: Bench) -> None:
    found = [poll_without(seen, UVL.identifier).status for _ in range(3)]
    assert found == [Status.UNCHANGED, Status.CHANGED, Status.UNCHANGED]
    assert len(seen.mailbox.messages) == 1


def test_a_list_that_is_there_in_between_begins_anew(seen: Bench) -> None:
    for lacking in ((UVL.identifier,), (), (UVL.identifier,)):
        assert poll_without(seen, *lacking).status is Status.UNCHANGED
    assert seen.mailbox.messages == []
