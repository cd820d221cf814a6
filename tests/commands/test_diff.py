"""`diff` on the command line: what it fetches, what it writes, and one clear line for whatever is wrong."""

import json
import os
import resource
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import PYTHON, Bench, at, configuration

from monitor.__main__ import run
from monitor.polls.on_demand.gaps import missing
from monitor.sources.ecfr import MONITORED
from monitor.store.open import AS_IT_WAS, read_store

NOW = "2019-05-24T08:00"
DAYS = ("--from", "2019-05-15", "--to", "2019-05-23")
Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def kept(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """What was kept from the week of the listing."""
    from replay import Replay
    from smtp_sink import SmtpSink

    folder = tmp_path_factory.mktemp("kept")
    with Replay(corpus, at("2019-05-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, folder / "state")
        for moment in ("2019-05-15T12:00", "2019-05-20T19:00", "2019-05-22T10:00", NOW):
            bench.check(moment)
        (folder / "monitor.toml").write_text(configuration(replay.url, sink.port), encoding="utf-8")
        yield bench


@pytest.fixture
def diff(kept: Bench, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `diff` on what was kept, or on another state; returns its exit code and its output."""

    def call(*arguments: object, state: Path | None = None, days: tuple[str, ...] = DAYS, now: str = NOW) -> Outcome:
        options = ["--config", kept.folder.parent / "monitor.toml", "--state", state or kept.folder, "--now", now]
        code = run([str(a) for a in (*options, "diff", *days, *arguments)])
        said = capfd.readouterr()
        return code, said.out, said.err

    return call


def complaint(found: Outcome) -> str:
    """The one line on standard error, of exit code 2, with nothing on standard output."""
    code, out, err = found
    assert (code, out) == (2, ""), found
    assert err.startswith("fedreg-monitor: ")
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (("--from", "2019-05-23", "--to", "2019-05-15"), "--from 2019-05-23 is after --to 2019-05-15; exchange them"),
        (("--from", "2019-05-15", "--to", "2019-05-25"), "in the future; today in Washington is 2019-05-24"),
        (("--from", "2016-12-31", "--to", "2019-05-15"), "before 2017-01-03, the first day of the eCFR's history"),
    ],
)
def test_days_that_cannot_be_compared_are_reported(diff: Run, days: tuple[str, ...], words: str) -> None:
    assert words in complaint(diff(days=days))


def test_an_unknown_list_is_answered_with_those_there_are(diff: Run) -> None:
    said = complaint(diff("--list", "Denied Persons"))
    assert [one.name for one in MONITORED if repr(one.name) not in said] == []


def test_a_list_is_known_in_any_case_and_by_the_name_it_has_today(diff: Run) -> None:
    for name, found in (("entity list", "Entity List"), ("Military End-User List", "Supplement No. 7 to part 744")):
        code, out, _ = diff("--offline", "--list", name, "--format", "json")
        assert (code, list(json.loads(out)["lists"])) == (0, [found])


def test_a_name_or_country_that_nobody_has_is_asked_back(diff: Run) -> None:
    assert "did you mean 'Huawei" in complaint(diff("--offline", "--entity", "Huwei Technologies"))
    assert "did you mean 'Germany'" in complaint(diff("--offline", "--country", "Germny"))
    assert "under 'Iran'" in complaint(diff("--offline", "--entity", "Huawei Technologies", "--country", "Iran"))


def test_a_name_that_did_not_change_is_no_change(diff: Run) -> None:
    code, out, _ = diff(
        "--offline", "--entity", "Chinese Academy of Engineering Physics", "--format", "json", "--exit-code"
    )
    assert code == 0
    assert json.loads(out)["lists"]["Entity List"]["added"] == []


def test_a_name_limits_all_parts_to_it(diff: Run) -> None:
    found = json.loads(diff("--offline", "--entity", "Huawei", "--country", "Germany", "--format", "json")[1])
    assert [entry["name"] for entry in found["lists"]["Entity List"]["added"]] == [
        "Huawei Technologies Deutschland GmbH"
    ]
    assert found["lists"]["Entity List"]["added"][0]["documents"] == ["2019-10616"]
    assert len(found["general_licenses"]) == 1
    assert {one["document_number"] for one in found["documents"]} == {"2019-10616", "2019-10829"}


def test_the_names_of_a_file_are_matched_with_the_reason(diff: Run, tmp_path: Path) -> None:
    names = tmp_path / "suppliers.txt"
    names.write_text("\ufeff# ours\nHuawei Technologies Deutschland\n\nNobody At All Ltd\n", encoding="utf-8")
    found = json.loads(diff("--offline", "--watchlist", names, "--format", "json")[1])["lists"]["Entity List"]["added"]
    assert {match["wanted"] for entry in found for match in entry["matches"]} == {"Huawei Technologies Deutschland"}
    assert "Huawei Technologies Deutschland GmbH" in [entry["name"] for entry in found]
    assert len(found) < 5
    assert "your Huawei Technologies Deutschland: " in diff("--offline", "--watchlist", names)[1]


def test_a_watchlist_that_cannot_be_read_or_is_empty_is_reported(diff: Run, tmp_path: Path) -> None:
    empty, odd = tmp_path / "empty.txt", tmp_path / "odd.txt"
    empty.write_text("# nothing\n", encoding="utf-8")
    odd.write_bytes("Büro".encode("latin-1"))
    assert "cannot read the watchlist" in complaint(diff("--watchlist", tmp_path / "none.txt"))
    assert "contains no name" in complaint(diff("--watchlist", empty))
    assert "is not UTF-8" in complaint(diff("--watchlist", odd))


@pytest.mark.parametrize("form", ["text", "html", "markdown", "json", "csv"])
def test_a_file_is_the_same_as_what_is_printed(diff: Run, tmp_path: Path, form: str) -> None:
    file = tmp_path / "report"
    code, printed, _ = diff("--offline", "--format", form)
    assert diff("--offline", "--format", form, "--output", file) == (code, "", "")
    assert len(printed) > 1000
    first, second = (
        text.rpartition("Made by")[0] for text in (printed + "Made by", file.read_text("utf-8") + "Made by")
    )
    assert first.partition("Made by")[0].splitlines() == second.partition("Made by")[0].splitlines()
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


def test_an_output_that_cannot_be_written_is_reported_before_any_work(diff: Run, tmp_path: Path) -> None:
    assert "it is a folder" in complaint(diff("--output", tmp_path))
    assert "there is no folder" in complaint(diff("--output", tmp_path / "none" / "report.html"))


def test_a_full_disk_leaves_the_file_that_was_there(kept: Bench, tmp_path: Path) -> None:
    import subprocess

    file = tmp_path / "report.html"
    file.write_text("yesterday's", encoding="utf-8")
    options = ["--config", str(kept.folder.parent / "monitor.toml"), "--state", str(kept.folder), "--now", NOW]
    arguments = [*options, "diff", *DAYS, "--offline", "--format", "html", "--output", str(file)]
    ended = subprocess.run(
        [PYTHON, "-m", "monitor", *arguments],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
        capture_output=True, text=True, check=False, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert ended.returncode == 2, ended
    assert "File too large; nothing was written" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert [(one.name, one.read_text("utf-8")) for one in tmp_path.iterdir()] == [("report.html", "yesterday's")]


def test_with_exit_code_a_change_is_one_and_none_is_nothing(diff: Run) -> None:
    assert diff("--offline", "--exit-code")[0] == 1
    assert diff("--offline")[0] == 0
    assert diff("--offline", "--exit-code", days=("--from", "2019-05-23", "--to", "2019-05-23"))[0] == 0


def test_with_exit_code_a_failure_is_two(
    diff: Run,
    kept: Bench,
    tmp_path: Path,
    quick_retries: None,  # noqa: ARG001 - a fixture that only acts
) -> None:
    kept.replay.fault("status-503", "titles")
    try:
        code, _, err = diff("--exit-code", state=tmp_path)
        assert diff(state=tmp_path)[0] == 1
    finally:
        kept.replay.clear_faults()
    assert code == 2
    assert "--offline shows what is kept" in err


# -- what was known


def listed_by(found: Any, number: str) -> int:
    return sum(number in entry["documents"] for entry in found["lists"]["Entity List"]["added"])


def test_what_came_later_is_not_in_what_was_known(diff: Run) -> None:
    then = json.loads(diff("--known-at", "2019-05-20T20:00", "--format", "json")[1])
    now = json.loads(diff("--offline", "--format", "json")[1])
    assert listed_by(then, "2019-10616") == 0
    assert listed_by(now, "2019-10616") > 60
    assert "2019-10616" not in {one["document_number"] for one in then["documents"]}
    assert "is told by its text as of" in " ".join(then["notes"])
    assert [one["steps"][0]["event"] for one in then["general_licenses"]] == ["issued"]  # filed by then


def test_what_was_known_then_is_the_same_whenever_it_is_asked(corpus: Any, tmp_path: Path, mailbox: Any) -> None:
    from replay import Replay

    from monitor.report.build import build_report
    from monitor.report.formats.text import as_text

    moment = at("2019-05-20T20:00")

    def asked(folder: Path) -> str:
        store = read_store(folder, known_at=moment)
        assert store is not None
        with store:
            days = date(2019, 5, 15), date(2019, 5, 23)  # the later one was to come then
            return as_text(build_report(store, *days, known_at=moment, made_at=moment))

    with Replay(corpus, at("2019-05-15T12:00")) as replay:
        bench = Bench(replay, mailbox, tmp_path / "state")
        bench.check("2019-05-15T12:00")
        bench.check("2019-05-20T19:00")
        then = asked(bench.folder)
        bench.check("2019-05-22T10:00")
        bench.check(NOW)
        assert asked(bench.folder) == then


def test_before_anything_was_known_there_is_nothing(diff: Run) -> None:
    assert "nothing was kept yet" in complaint(diff("--known-at", "2019-05-01T12:00"))
    assert "is in the future" in complaint(diff("--known-at", "2019-05-25T12:00"))


def test_no_table_of_evidence_escapes_the_look_back(kept: Bench) -> None:
    store = read_store(kept.folder)
    assert store is not None
    with store:
        tables = store._db.tables
        dated = {t.name for t in tables if {"poll", "fetched_at", "seen_at"} & {column.name for column in t.columns}}
    assert dated >= {"snapshot", "document", "text"}
    assert dated - set(AS_IT_WAS) == set()


# -- fetching what is missing


def test_what_is_missing_is_fetched_once_and_mailed_to_nobody(diff: Run, kept: Bench, tmp_path: Path) -> None:
    days = ("--from", "2018-03-01", "--to", "2018-04-01")
    kept.replay.clear_requests()
    first = diff(days=days, state=tmp_path)
    asked = len(kept.replay.requests)
    assert first[0] == 0
    assert "Documents of BIS published between: 0" not in first[1]
    assert "is not kept" not in first[1]
    kept.replay.clear_requests()
    assert diff("--offline", days=days, state=tmp_path)[1] == first[1]
    assert diff(days=days, state=tmp_path)[1] == first[1]
    assert asked > len(MONITORED) * 2
    assert kept.replay.requests == []
    store = read_store(tmp_path)
    assert store is not None
    with store:
        assert store.counts()["alert"] == 0


def test_a_request_by_hand_neither_hides_nor_makes_a_change(corpus: Any, tmp_path: Path) -> None:
    assert subjects_of_a_week(corpus, tmp_path / "asked", asked=True) == subjects_of_a_week(
        corpus, tmp_path / "alone", asked=False
    )


def subjects_of_a_week(corpus: Any, folder: Path, *, asked: bool) -> list[str]:
    """The mails of a monitor that polls before and after the week of the listing, asked between or not."""
    from replay import Replay
    from smtp_sink import SmtpSink

    with Replay(corpus, at("2019-05-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, folder)
        bench.check("2019-05-15T12:00")
        bench.clock.moment = at(NOW)
        replay.set_now(at(NOW))
        if asked:
            with bench.app.context() as context:
                for steps in missing(context, date(2018, 5, 1), date(2019, 5, 23), MONITORED):
                    assert steps
                    assert [problem for step in steps if (problem := step.run()) is not None] == []
        bench.check(NOW)
        bench.check("2019-05-28T12:00")
        return bench.subjects


def test_offline_asks_for_nothing(diff: Run, kept: Bench) -> None:
    kept.replay.clear_requests()
    assert diff("--offline")[0] == 0
    assert diff("--known-at", NOW)[0] == 0
    assert kept.replay.requests == []
