"""Whatever a source answers: no false mail, no touched evidence, and the next good answer tells what is true.

Each row of the table is a source with a moment at which it has something new, and one of its addresses; each column a
fault. A new source is a new row. `make test` takes every third fault of a row, beginning with another one in each, so
that no fault is left out; `make soak` takes the others. Run with -s to see the table.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from harness import SOURCES, Bench, at
from msgspec import Struct, structs
from soak import in_soak

from monitor.model.polls import Outcome, Status
from monitor.model.settings import SIDE_SOURCES, Page
from monitor.store import Store
from monitor.store.open import read_store

BEGIN = "2019-05-20T12:00"
PAGE = "/bis/index.php/about-bis/newsroom/press-releases"
STATUSES = (400, 401, 403, 404, 408, 410, 429, 500, 502, 503, 504)
# What the operator reads of each fault, whatever the source.
WORDS = {
    **{f"status-{number}": rf"answers {number} for|404 for each|404 Error" for number in STATUSES},
    "hang": "did not answer in time",
    "drop": "the connection to .* broke",
    "captcha": "'Federal Register :: Request Access|Request Access",
    "wall": "redirects to .*unblock|keeps programs out",
    "redirect-loop": "redirects",
    "empty": "sent an empty answer",
    "wrong-type": "instead of|keeps programs out|page",
    "gzip-bomb": "more than .* MiB|does not decompress",
    "truncate": "does not read|cut short|incomplete|without its end",
    "garbage": "no text|does not read|cut short|no XML|not UTF-8|without its end|no page",
    "bad-json": "does not read",
    "xxe": "does not read|instead of|cut short|no XML|declares|entit",
    "xml-bomb": "declares|entit|no XML|cut short",
    "half-list": "incomplete|lost .* of .* entries|contradicts",
    "stale": "hours old|older than|answers as of|answers 404|contradicts|of another day|no text|claims|scheduled",
    "date-in-future": "2099|does not read",
    "missing-field": "incomplete|not of|missing required|does not read|no row of the Entity|names no agency|has no",
}
ON_THE_WAY = (
    *(f"status-{number}" for number in STATUSES),
    "hang", "drop", "captcha", "wall", "redirect-loop", "empty", "wrong-type", "gzip-bomb", "truncate", "garbage",
)  # fmt: skip
IN_THE_JSON = ("bad-json", "xxe")
INSPECTION_KEYS = ("count", "results", "document_number", "title", "agencies", "slug", "publication_date", "filed_at")
PUBLISHED_KEYS = ("count", "results", "document_number", "title", "agencies", "slug", "publication_date", "description")


def missing(*names: str) -> tuple[str, ...]:
    """A fault for each key that must be there."""
    return tuple(f"missing-field {name}" for name in names)


class Row(Struct, frozen=True, kw_only=True):
    """A source at a moment at which it has something new, one of its addresses, and what can go wrong there."""

    name: str
    source: str
    path: str
    news: str
    faults: tuple[str, ...] = ()  # besides those of every source
    status: Status = Status.CHANGED  # of the poll that brings the news


ROWS = (
    Row(
        name="inspection",
        source="inspection",
        path=r"current\.json",
        news="2019-05-20T16:15",
        faults=(
            *IN_THE_JSON,
            "stale",
            "half-list",
            "date-in-future",
            "date-in-future publication_date",
            *missing(*INSPECTION_KEYS),
        ),
    ),
    Row(
        name="published",
        source="published",
        path=r"documents\.json",
        news="2019-05-21T08:45",
        faults=(
            *IN_THE_JSON,
            "stale",
            "half-list",
            "date-in-future",
            "date-in-future publication_date",
            *missing(*PUBLISHED_KEYS),
        ),
    ),
    Row(
        name="ecfr titles",
        source="ecfr",
        path=r"/titles\.json",
        news="2019-05-23T08:00",
        faults=(*IN_THE_JSON, "stale", "date-in-future", *missing("titles", "up_to_date_as_of")),
    ),
    Row(
        name="ecfr structure",
        source="ecfr",
        path="/structure/",
        news="2019-05-23T08:00",
        faults=(*IN_THE_JSON, "stale", *missing("identifier", "children", "size")),
    ),
    Row(
        name="ecfr full",
        source="ecfr",
        path="/full/",
        news="2019-05-23T08:00",
        faults=("half-list", "xml-bomb", "xxe", "stale"),
    ),
    Row(
        name="screening",
        source="screening",
        path=r"consolidated\.json",
        news="2019-05-24T12:30",
        faults=(*IN_THE_JSON, "half-list", *missing("results", "source", "name")),
        status=Status.UNCHANGED,  # it tells readers nothing, whatever it says
    ),
    Row(name="bis", source="bis", path="/bis/", news="2019-05-20T18:00"),
    Row(name="page", source="page:releases", path="/bis/", news="2019-05-20T18:00"),
)
TABLE: dict[tuple[str, str], str] = {}  # what was seen, by row and fault


def bench_on(replay: Any, mailbox: Any, folder: Path) -> Bench:
    """A monitor that also watches a page of the operator's own, and that waits for nobody."""
    bench = Bench(replay, mailbox, folder, pages=(Page(name="releases", url=replay.url + PAGE, allow_private=True),))
    sources = structs.replace(bench.settings.sources, timeout=1)  # good answers may take their time
    bench.app = structs.replace(bench.app, settings=structs.replace(bench.settings, sources=sources))
    return bench


@pytest.fixture(scope="module")
def begun(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Path]]:
    """The sources, and a state that has seen all of them once."""
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("begun") / "state"
    with Replay(corpus, at(BEGIN)) as replay, SmtpSink(user="u", password="p") as sink:
        bench = bench_on(replay, sink, folder)
        assert bench.app.cycle((*SOURCES, "screening", "bis", "page:releases")).good
        replay.fault("gzip-bomb", "/bomb")  # made once, which takes longer than the monitor here waits
        with httpx.stream("GET", f"{replay.url}/bomb", timeout=60):
            replay.clear_faults()
        yield replay, folder


@pytest.fixture
def impatient(begun: tuple[Any, Path], mailbox: Any, tmp_path: Path) -> Iterator[Bench]:
    """A monitor that has seen everything once."""
    replay, folder = begun
    shutil.copytree(folder, tmp_path / "state")
    yield bench_on(replay, mailbox, tmp_path / "state")
    replay.clear_faults()


def poll(bench: Bench, row: Row) -> Outcome:
    """One cycle of one source at the moment of its news, or when it no longer asks to be left alone."""
    bench.replay.set_now(at(row.news))
    with open_beside(bench.folder) as store:
        bench.clock.moment = store.retry_at(row.source) or at(row.news)
    cycle = bench.app.cycle((row.source,))
    assert cycle.good == (cycle.outcomes[0].good or row.source in SIDE_SOURCES)
    return cycle.outcomes[0]


def kept(bench: Bench) -> dict[str, int]:
    """How much is believed, and owed; polls, and what the operator is told, come on top."""
    with open_beside(bench.folder) as store:
        return {table: store.counts()[table] for table in ("snapshot", "document", "text", "delivery")}


def open_beside(folder: Path) -> Store:
    store = read_store(folder)
    assert store is not None
    return store


def told(bench: Bench) -> list[tuple[str, str]]:
    """What is in the mailbox: subjects and Message-IDs."""
    return [(mail.message["Subject"], mail.message["Message-ID"]) for mail in bench.mailbox.messages]


Truth = dict[str, tuple[list[tuple[str, str]], dict[str, int]]]


@pytest.fixture(scope="module")
def truth(begun: tuple[Any, Path], tmp_path_factory: pytest.TempPathFactory) -> Truth:
    """What each source tells, and what is kept then, when nothing goes wrong."""
    from smtp_sink import SmtpSink

    found = {}
    for row in ROWS:
        folder = tmp_path_factory.mktemp("truth") / "state"
        shutil.copytree(begun[1], folder)
        with SmtpSink(user="u", password="p") as sink:
            bench = bench_on(begun[0], sink, folder)
            assert poll(bench, row).status is row.status
            found[row.name] = told(bench), kept(bench)
    return found


def third_of(number: int) -> tuple[str, ...]:
    """Every third fault of a row, beginning with another one in each row."""
    return (*ON_THE_WAY, *ROWS[number].faults)[number % 3 :: 3]


def other_thirds(number: int) -> tuple[str, ...]:
    """The faults of a row that third_of leaves out."""
    return tuple(fault for fault in (*ON_THE_WAY, *ROWS[number].faults) if fault not in third_of(number))


CASES = [
    *(pytest.param(row, third_of(number), id=row.name) for number, row in enumerate(ROWS)),
    *(in_soak(row, other_thirds(number), id=f"{row.name}, the rest") for number, row in enumerate(ROWS)),
]


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(("row", "faults"), CASES)
def test_no_fault_makes_a_mail_or_touches_evidence_and_the_next_good_answer_tells_the_truth(
    impatient: Bench, truth: Truth, subtests: pytest.Subtests, row: Row, faults: tuple[str, ...]
) -> None:
    before = kept(impatient)
    for fault in faults:
        with subtests.test(fault):
            kind, _, field = fault.partition(" ")
            impatient.replay.fault(kind, row.path, field=field)
            outcome = poll(impatient, row)
            impatient.replay.clear_faults()
            TABLE[row.name, fault] = f"{outcome.status}: {outcome.message}"
            assert outcome.status is Status.FAILED
            assert re.search(WORDS[kind], outcome.message), outcome.message
            assert "\n" not in outcome.message
            assert (told(impatient), kept(impatient)) == ([], before)
    assert poll(impatient, row).status is row.status
    assert (told(impatient), kept(impatient)) == truth[row.name]


def test_the_table_is_as_large_as_it_must_be(capsys: pytest.CaptureFixture[str]) -> None:
    kinds = [*WORDS]
    assert len(ROWS) >= 6
    assert all(len({*ON_THE_WAY, *row.faults}) >= 20 for row in ROWS)
    assert {fault.partition(" ")[0] for row in ROWS for fault in (*ON_THE_WAY, *row.faults)} == set(kinds)
    assert {fault.partition(" ")[0] for number, _ in enumerate(ROWS) for fault in third_of(number)} == set(kinds)
    with capsys.disabled():
        print(f"\n{'':16}" + " ".join(f"{row.name:>14}" for row in ROWS))  # noqa: T201 - the table is for people
        for kind in kinds:
            seen = [sum(f.partition(" ")[0] == kind and name == row.name for name, f in TABLE) for row in ROWS]
            print(f"{kind:16}" + " ".join(f"{f'{n} refused' if n else '-':>14}" for n in seen))  # noqa: T201


@pytest.mark.parametrize(
    "row", [row for row in ROWS if row.source not in ("bis", "page:releases")], ids=lambda row: row.name
)
def test_new_keys_change_nothing(impatient: Bench, truth: Truth, row: Row) -> None:
    impatient.replay.fault("extra-field", row.path)
    assert poll(impatient, row).status is row.status
    assert (told(impatient), kept(impatient)["snapshot"]) == (truth[row.name][0], truth[row.name][1]["snapshot"])


@pytest.mark.usefixtures("quick_retries")
def test_a_source_that_asked_for_it_is_left_alone_until_then(impatient: Bench) -> None:
    impatient.replay.fault("status-503", "current", times=1, seconds=600)
    assert poll(impatient, ROWS[0]).status is Status.FAILED
    asked = len(impatient.replay.requests)
    impatient.clock.moment = at("2019-05-20T16:24")
    (outcome,) = impatient.app.cycle(("inspection",)).outcomes
    assert outcome.status is Status.WAITING
    assert "asked to be left alone until 2019-05-20 16:25 EDT" in outcome.message
    assert len(impatient.replay.requests) == asked
    impatient.clock.moment = at("2019-05-20T16:25")
    assert impatient.app.cycle(("inspection",)).outcomes[0].status is Status.CHANGED


@pytest.mark.usefixtures("quick_retries")
def test_one_failing_source_does_not_keep_the_others_back(impatient: Bench) -> None:
    impatient.replay.fault("captcha", "current")
    impatient.replay.fault("status-404", "structure")
    found = {outcome.source: outcome.status for outcome in impatient.check("2019-05-23T08:00").outcomes}
    assert found == {"inspection": Status.FAILED, "published": Status.CHANGED, "ecfr": Status.FAILED}
