"""Asking for a day by hand, beside the monitor."""

from datetime import date

import pytest
from harness import Bench

from monitor.polls.on_demand.lists import NotThereError, lists_on
from monitor.sources.ecfr import MONITORED


def test_a_day_that_is_not_kept_is_fetched_once(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.replay.clear_requests()
    with bench.app.context() as context:
        first = lists_on(context, date(2018, 3, 1), offline=False)
        again = lists_on(context, date(2018, 3, 1), offline=True)
    assert first == again
    assert first[0][0].as_of == date(2018, 3, 1)
    assert len([r for r in bench.replay.requests if "/full/2018-03-01" in r.path]) == len(MONITORED)


def test_offline_says_what_is_missing(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    with bench.app.context() as context, pytest.raises(NotThereError, match="2018-03-01 is not kept"):
        lists_on(context, date(2018, 3, 1), offline=True)


def test_a_day_between_two_polls_that_saw_nothing_move_is_known(bench: Bench) -> None:
    bench.check("2019-05-29T12:00")
    bench.check("2019-06-05T12:00")
    with bench.app.context() as context:
        ((snapshot, _),) = lists_on(context, date(2019, 5, 30), offline=True)
    assert snapshot.as_of < date(2019, 5, 30)


def test_asking_by_hand_hides_no_change_from_the_monitor(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.clock.moment = bench.clock.moment.replace(day=24)
    bench.replay.set_now(bench.clock.moment)
    with bench.app.context() as context:
        lists_on(context, date(2019, 5, 22), offline=False)
    bench.check()
    told = [subject for subject in bench.subjects if " agree: Entity List: " in subject]
    assert [subject.split(" agree")[0] for subject in sorted(told)] == [
        "In the eCFR, 16 of 16",
        "In the eCFR, 70 of 70",
    ]
