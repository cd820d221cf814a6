"""Whatever a source answers: no false mail, no touched evidence, and the next good answer tells what is true."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Bench, at
from msgspec import structs

from monitor.model.polls import Outcome, Status
from monitor.state_file import read_store
from monitor.store import Store

# Of each source: a moment at which it has something new.
NEWS = {"inspection": "2019-05-16T16:15", "published": "2019-05-21T08:45", "ecfr": "2019-05-23T08:00"}
ON_THE_WAY = (
    "status-403", "status-404", "status-429", "status-500", "status-503", "hang", "drop", "captcha", "wall",
    "redirect-loop", "empty", "wrong-type",
)  # fmt: skip
IN_THE_BODY = ("truncate", "garbage")
IN_THE_JSON = (*IN_THE_BODY, "bad-json", "xxe", "stale")
IN_THE_LIST = ("half-list", "date-in-future", "date-in-future publication_date")
INSPECTION_KEYS = ("count", "results", "document_number", "title", "agencies", "slug", "publication_date", "filed_at")
PUBLISHED_KEYS = ("count", "results", "document_number", "title", "agencies", "slug", "publication_date", "description")


def missing(*names: str) -> tuple[str, ...]:
    """A fault for each key that must be there."""
    return tuple(f"missing-field {name}" for name in names)


CASES = {
    ("inspection", r"current\.json"): (*ON_THE_WAY, *IN_THE_JSON, *IN_THE_LIST, *missing(*INSPECTION_KEYS)),
    ("published", r"documents\.json"): (
        *ON_THE_WAY,
        *IN_THE_JSON,
        *IN_THE_LIST,
        *missing(*PUBLISHED_KEYS),
        "gzip-bomb",
    ),
    ("ecfr", r"/titles\.json"): (*ON_THE_WAY, *IN_THE_JSON, "date-in-future", *missing("titles", "up_to_date_as_of")),
    ("ecfr", r"/structure/"): (*ON_THE_WAY, *IN_THE_JSON, *missing("identifier", "children", "size")),
    ("ecfr", r"/full/"): (*ON_THE_WAY, *IN_THE_BODY, "half-list", "xml-bomb", "xxe", "stale"),
}


@pytest.fixture(scope="module")
def begun(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    """The sources, and a state that has seen all of them once."""
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("begun") / "state"
    with Replay(corpus, at("2019-05-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        assert Bench(replay, sink, folder).check().good
        yield replay, folder


@pytest.fixture
def impatient(begun: tuple[Any, Path], mailbox: Any, tmp_path: Path) -> Iterator[Bench]:
    """A monitor that has seen everything once, and that waits for nobody."""
    replay, folder = begun
    shutil.copytree(folder, tmp_path / "state")
    bench = Bench(replay, mailbox, tmp_path / "state")
    sources = structs.replace(bench.settings.sources, timeout=0.2)
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.settings, sources=sources))
    yield bench
    replay.clear_faults()


def poll(bench: Bench, source: str) -> Outcome:
    """One cycle of one source at the moment of its news, or when it no longer asks to be left alone."""
    bench.replay.set_now(at(NEWS[source]))
    with open_beside(bench.folder) as store:
        bench.clock.moment = store.retry_at(source) or at(NEWS[source])
    cycle = bench.app.cycle((source,))
    assert cycle.good == cycle.outcomes[0].good
    return cycle.outcomes[0]


def kept(bench: Bench) -> dict[str, int]:
    """How much is believed, and owed; polls, and what the operator is told, come on top."""
    with open_beside(bench.folder) as store:
        return {table: store.counts()[table] for table in ("snapshot", "document", "delivery")}


def open_beside(folder: Path) -> Store:
    store = read_store(folder)
    assert store is not None
    return store


def told(bench: Bench) -> list[tuple[str, str]]:
    """What is in the mailbox: subjects and Message-IDs."""
    return [(mail.message["Subject"], mail.message["Message-ID"]) for mail in bench.mailbox.messages]


@pytest.fixture
def truth(begun: tuple[Any, Path], tmp_path: Path) -> dict[str, list[tuple[str, str]]]:
    """What each source tells when nothing goes wrong."""
    from smtp_sink import SmtpSink

    found = {}
    for source in NEWS:
        shutil.copytree(begun[1], tmp_path / source)
        with SmtpSink(user="u", password="p") as sink:
            bench = Bench(begun[0], sink, tmp_path / source)
            assert poll(bench, source).status is Status.CHANGED
            found[source] = told(bench)
    return found


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(("source", "path"), CASES)
def test_no_fault_makes_a_mail_or_touches_evidence_and_the_next_good_answer_tells_the_truth(
    impatient: Bench, truth: dict[str, list[tuple[str, str]]], subtests: pytest.Subtests, source: str, path: str
) -> None:
    before = kept(impatient)
    for fault in CASES[source, path]:
        with subtests.test(fault):
            kind, _, field = fault.partition(" ")
            impatient.replay.fault(kind, path, field=field)
            outcome = poll(impatient, source)
            impatient.replay.clear_faults()
            assert outcome.status is Status.FAILED
            assert "\n" not in outcome.message
            assert (told(impatient), kept(impatient)) == ([], before)
    assert poll(impatient, source).status is Status.CHANGED
    assert told(impatient) == truth[source]


@pytest.mark.parametrize(("source", "path"), CASES)
def test_new_keys_change_nothing(
    impatient: Bench, truth: dict[str, list[tuple[str, str]]], source: str, path: str
) -> None:
    impatient.replay.fault("extra-field", path)
    assert poll(impatient, source).status is Status.CHANGED
    assert told(impatient) == truth[source]


@pytest.mark.usefixtures("quick_retries")
def test_a_source_that_asked_for_it_is_left_alone_until_then(impatient: Bench) -> None:
    impatient.replay.fault("status-503", "current", times=1, seconds=600)
    assert poll(impatient, "inspection").status is Status.FAILED
    asked = len(impatient.replay.requests)
    impatient.clock.moment = at("2019-05-16T16:24")
    (outcome,) = impatient.app.cycle(("inspection",)).outcomes
    assert outcome.status is Status.WAITING
    assert "asked to be left alone until 2019-05-16 16:25 EDT" in outcome.message
    assert len(impatient.replay.requests) == asked
    impatient.clock.moment = at("2019-05-16T16:25")
    assert impatient.app.cycle(("inspection",)).outcomes[0].status is Status.CHANGED


@pytest.mark.usefixtures("quick_retries")
def test_one_failing_source_does_not_keep_the_others_back(impatient: Bench) -> None:
    impatient.replay.fault("captcha", "current")
    impatient.replay.fault("status-404", "structure")
    found = {outcome.source: outcome.status for outcome in impatient.check("2019-05-23T08:00").outcomes}
    assert found == {"inspection": Status.FAILED, "published": Status.CHANGED, "ecfr": Status.FAILED}
