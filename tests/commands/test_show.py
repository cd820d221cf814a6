"""One entity over time, as the command tells it."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from harness import Bench, at

from monitor.__main__ import run
from monitor.evidence.entity_history import find_entity
from monitor.evidence.projections import rebuild
from monitor.polls.backfill import run_backfill
from monitor.store.open import open_store

HUAWEI = "Huawei Technologies Co., Ltd."
Show = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def kept(corpus: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state that knows May to September 2019."""
    from replay import Replay
    from smtp_sink import SmtpSink

    with Replay(corpus, at("2021-01-15T12:00")) as replay, SmtpSink(user="u", password="p") as sink:
        bench = Bench(replay, sink, tmp_path_factory.mktemp("kept") / "state")
        with bench.app.work() as work:
            list(run_backfill(work, date(2019, 5, 15), date(2019, 9, 30), lambda _: None))
        with open_store(bench.folder) as store:
            rebuild(store, bench.clock())
        yield bench.folder


@pytest.fixture
def said(kept: Path, capsys: pytest.CaptureFixture[str]) -> Show:
    def call(*arguments: str, state: Path = kept) -> tuple[int, str, str]:
        code = run(["--state", str(state), "show", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_the_life_of_an_entity_with_its_rules_and_its_general_license(said: Show) -> None:
    code, out, err = said("huawei technologies")
    assert (code, err) == (0, "")
    assert "  listed since 2019-05-21\n" in out
    assert "2019-05-21  addition by 84 FR 22961 2019-10616: Addition of Entities to the Entity List" in out
    assert "        + Huawei Technology\n" in out
    assert "        + 84 FR 43495, 8/21/19\n" in out
    assert "      2019-08-19  extended by 2019-17920, through 2019-11-18" in out
    assert "Evidence begins 2019-05-15; to know more, run `fedreg-monitor backfill --since 2017-01-03`." in out
    assert "It could also have meant:\n" in out


def test_json_has_the_same_for_programs(said: Show) -> None:
    code, out, _ = said(HUAWEI, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert {entry["country"] for entry in found["entries"]} == {"China", "Hong Kong"}
    first = found["entries"][0]["history"][0]
    assert (first["day"], first["action"], first["document_number"]) == ("2019-05-21", "addition", "2019-10616")


def test_one_name_in_several_countries_is_shown_for_each_and_a_country_chooses(said: Show) -> None:
    assert said(HUAWEI)[1].count(", Entity List\n  listed since") == 2
    out = said(HUAWEI, "--country", "Hong Kong")[1]
    assert out.startswith(f"{HUAWEI} (Hong Kong), Entity List\n")
    assert out.count(", Entity List\n  listed since") == 1


def test_an_entry_listed_before_the_evidence_is_not_shown_as_added(said: Show) -> None:
    out = said("Abdul Satar Ghoura")[1]
    assert "listed since on or before 2019-05-15" in out
    assert "addition" not in out


def test_no_match_is_one_line_with_the_nearest_names(said: Show) -> None:
    code, out, err = said("Huwai Technology Holdings Overseas")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "no entry is or was called 'Huwai Technology Holdings Overseas'; the nearest names: " in err
    code, out, err = said(HUAWEI, "--country", "Iran")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "no entry under Iran is or was called" in err


def test_without_any_state_it_names_the_command_to_run(said: Show, tmp_path: Path) -> None:
    code, out, err = said(HUAWEI, state=tmp_path / "none")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "run `fedreg-monitor check` first" in err


def test_without_projections_the_same_is_read_from_the_evidence(kept: Path, tmp_path: Path) -> None:
    with open_store(Path(shutil.copytree(kept, tmp_path / "copy"))) as store:
        laid_out = find_entity(store, HUAWEI, None)
        store._db.execute("UPDATE projection SET mark = 'other'")
        anew = find_entity(store, HUAWEI, None)
    assert json_of(anew) == json_of(laid_out)


def json_of(found: Any) -> Any:
    import msgspec

    return json.loads(msgspec.json.encode(found))


def test_where_they_are_outdated_it_names_the_command_to_run(said: Show, kept: Path, tmp_path: Path) -> None:
    state = Path(shutil.copytree(kept, tmp_path / "copy"))
    with open_store(state) as store:
        store._db.execute("UPDATE projection SET reader = 'other'")
    code, out, err = said("Abdul Satar Ghoura", state=state)
    assert (code, err.count("\n")) == (0, 1)
    assert "run `fedreg-monitor rebuild`" in err
    assert "listed since" in out
    assert run(["--state", str(state), "rebuild"]) == 0


def test_a_state_of_an_older_version_is_no_damage(said: Show, kept: Path, tmp_path: Path) -> None:
    state = Path(shutil.copytree(kept, tmp_path / "copy"))
    with open_store(state) as store:
        store._db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('history', 'projections')")
    code, out, err = said("Abdul Satar Ghoura", state=state)
    assert (code, out, err.count("\n")) == (74, "", 1)
    assert "was written by an older fedreg-monitor; `check` or `run` brings it up to date" in err
