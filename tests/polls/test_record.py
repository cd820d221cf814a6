"""One way to poll: deciding writes nothing, one place writes, and it writes all of a poll or nothing."""

import ast
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from harness import ROOT, Bench

from monitor.model.settings import Page, Schedule, Search, Settings
from monitor.polls import clock, uncodified
from monitor.polls.poll import SOURCES, poll, poll_clock, polls_of
from monitor.sources import bis, ecfr, inspection, published, screening

POLLS = ROOT / "monitor" / "polls"
WRITES = ("insert(", "insert_all(", "upsert(", "upsert_all(", "update(", "delete_where(", "atomic(", "INSERT ",
          "UPDATE ", "DELETE ")  # fmt: skip
OF_THE_CONNECTION = {"insert", "insert_all", "update"}  # which only the store has
FILED = "2019-05-16T16:15"


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def writing_methods() -> set[str]:
    """Every method of the store that changes a row, and the transaction itself."""
    return {
        function.name
        for path in (ROOT / "monitor" / "store").glob("*.py")
        for function in functions_of(path)
        if function.args.args[:1] and function.args.args[0].arg == "self"
        if any(write in ast.unparse(function) for write in WRITES)
    } - OF_THE_CONNECTION


def called(path: Path) -> set[str]:
    calls = (node.func for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return {one.attr for one in calls if isinstance(one, ast.Attribute)}


# The context puts alerts into the outbox, for record and also for health/ and the cycle.
MAY_WRITE = {"record.py": writing_methods(), "context.py": {"enqueue"}}


@pytest.mark.parametrize("path", sorted(POLLS.rglob("*.py")), ids=lambda path: str(path.relative_to(POLLS)))
def test_only_record_writes_to_the_store(path: Path) -> None:
    found = called(path) & writing_methods()
    assert found <= MAY_WRITE.get(path.name, set())


def test_the_methods_that_write_are_known() -> None:
    known = {"record_poll", "keep_document", "keep_snapshot", "enqueue", "note_missing", "transaction", "hold", "cover"}
    assert known <= writing_methods()
    assert called(POLLS / "record.py") & writing_methods() > known - {"enqueue"}


# -- the table of sources


def test_every_source_has_a_file_under_sources_and_one_under_polls() -> None:
    for module in SOURCES.values():
        assert (ROOT / "monitor" / "sources" / f"{module.partition('.')[0]}.py").is_file()
        assert callable(import_module(f"monitor.polls.{module}").poll)


def test_a_rule_is_reported_from_its_filing_then_as_printed_then_from_the_list_and_from_hints_last() -> None:
    order = [name for name in SOURCES if name in (inspection.NAME, published.NAME, ecfr.NAME, bis.NAME)]
    assert order == [inspection.NAME, published.NAME, ecfr.NAME, bis.NAME]


def test_every_source_has_a_schedule_and_stands_in_the_readme() -> None:
    fixed = {name for name in SOURCES if not name.endswith(":")}
    assert fixed == set(Schedule.__struct_fields__)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in SOURCES if f"`{name}" not in readme] == []


def test_every_file_with_a_poll_is_in_the_table_or_asked_by_the_clock() -> None:
    files = {
        ".".join(path.relative_to(POLLS).with_suffix("").parts)
        for path in POLLS.rglob("*.py")
        if any(function.name == "poll" for function in functions_of(path))
    }
    assert files - {"poll"} == {*SOURCES.values(), "clock", "uncodified"}


def test_the_operators_own_sources_follow_by_their_names() -> None:
    settings = Settings(
        searches=(Search(name="chips", term="chip"),), pages=(Page(name="faq", url="https://a.example"),)
    )
    assert list(polls_of(settings))[-2:] == ["search:chips", "page:faq"]


# -- deciding and recording


def test_deciding_writes_nothing(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    bench.check(FILED)
    bench.clock.moment = bench.clock.moment.replace(day=21)
    bench.replay.set_now(bench.clock.moment)
    with bench.app.context() as context:
        context.store._db.execute("PRAGMA query_only = on")
        found = [ask(context) for name, ask in polls_of(context.settings).items() if name != screening.NAME]
        found += [uncodified.poll(context), clock.poll(context)]
    assert sum(len(result.alerts) for result in found) > 1
    assert found[0].documents


@pytest.mark.parametrize("table", ["poll", "document", "text", "sign", "alert", "delivery"])
def test_a_poll_that_cannot_be_recorded_leaves_nothing(bench: Bench, table: str) -> None:
    bench.check("2019-05-15T12:00")
    bench.clock.moment = bench.clock.moment.replace(day=16, hour=16, minute=15)
    bench.replay.set_now(bench.clock.moment)
    with bench.app.context() as context:
        database = context.store._db
        before = list(database.conn.iterdump())
        database.execute(f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no room'); END")
        with pytest.raises(sqlite3.IntegrityError, match="no room"):
            poll(inspection.NAME, context)
        database.execute("DROP TRIGGER broken")
        assert list(database.conn.iterdump()) == before
        assert poll(inspection.NAME, context).alerts  # the next poll brings all of it
    assert bench.subjects == ["The watch begins: 6 sources read for the first time"]


def test_a_clock_that_cannot_read_its_evidence_is_a_failed_poll(bench: Bench) -> None:
    bench.check("2019-05-15T12:00")
    with bench.app.context() as context:
        context.store._db.execute("UPDATE document SET row = CAST('no JSON' AS BLOB) WHERE source = 'published'")
        context.store._db.conn.commit()
        outcome = poll_clock(context)
    assert not outcome.good
    assert outcome.source == clock.NAME


def test_the_polls_of_documents_load_no_recipient_of_pages_or_of_rules() -> None:
    modules = ["inspection", "published", "ecfr", "searches", "record"]
    code = "\n".join(["import sys", "import monitor.cycle", *(f"import monitor.polls.{one}" for one in modules)])
    code += "\nprint([one for one in sys.modules if one.startswith(('bs4', 'monitor.law.rules', 'icalendar'))])"
    found = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"
