"""A supplement that is gone from one answer is not gone: two answers in a row must say so."""

from typing import Any

import pytest
from conftest import Bench

from monitor.model.polls import Outcome, Status
from monitor.sources import ecfr

UVL = ecfr.UNVERIFIED_LIST


@pytest.fixture
def seen(bench: Bench) -> Bench:
    """A monitor that knows the Unverified List."""
    bench.check()
    bench.mailbox.clear()
    return bench


def poll_without(bench: Bench, monkeypatch: pytest.MonkeyPatch, *identifiers: str) -> Outcome:
    """A poll of the eCFR whose structure and text lack supplements."""
    read, fetch = ecfr.read_sentinels, bench.app.fetcher().__class__.xml_or_404

    def lacking(body: bytes) -> dict[str, str]:
        return {name: said for name, said in read(body).items() if name not in identifiers}

    def not_there(self: Any, url: str, **options: Any) -> Any:
        if identifiers:
            url = url.replace("Supplement%20No.%206", "Supplement%20No.%2099")
        return fetch(self, url, **options)

    with monkeypatch.context() as patched:
        patched.setattr(ecfr, "read_sentinels", lacking)
        patched.setattr("monitor.fetch.Fetcher.xml_or_404", not_there)
        return bench.app.cycle(("ecfr",)).outcomes[0]


def test_one_answer_without_a_list_is_said_and_not_believed(seen: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = poll_without(seen, monkeypatch, UVL.identifier)
    assert outcome.status is Status.UNCHANGED
    assert outcome.message.endswith(
        "Unverified List: not there, which is believed only if the next answer says so, too"
    )
    assert seen.mailbox.messages == []


def test_the_second_one_in_a_row_is_believed_once(seen: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [poll_without(seen, monkeypatch, UVL.identifier).status for _ in range(3)]
    assert found == [Status.UNCHANGED, Status.CHANGED, Status.UNCHANGED]
    assert len(seen.mailbox.messages) == 1


def test_a_list_that_is_there_in_between_begins_anew(seen: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for lacking in ((UVL.identifier,), (), (UVL.identifier,)):
        assert poll_without(seen, monkeypatch, *lacking).status is Status.UNCHANGED
    assert seen.mailbox.messages == []
