"""The law of imports: which package may import which, what is pure, and how large a file and a function may be."""

import ast
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from harness import ROOT

PACKAGE = ROOT / "monitor"

# A room is a package or a module directly in monitor/. Each may import from itself and from the rooms named here.
PURE_READING = ("law", "model")
KEPT = (*PURE_READING, "diff", "deadlines", "sources", "store")
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "__init__": (),
    "model": (),
    "law": ("model",),
    "store": ("model",),
    "sources": PURE_READING,
    "diff": PURE_READING,
    "deadlines": PURE_READING,
    "matching": PURE_READING,
    "mail": (*PURE_READING, "diff", "matching", "store"),
    "evidence": (*KEPT, "matching", "__init__"),
    "polls": (*KEPT, "evidence", "mail"),
    "health": (*KEPT, "evidence", "mail", "polls"),
    "report": (*KEPT, "evidence", "mail", "matching", "polls"),
    "config": ("mail", "model", "polls", "sources"),
    "daemon": ("model", "polls"),
    "cycle": ("evidence", "health", "mail", "model", "polls"),
    "app": ("__init__", "config", "cycle", "evidence", "health", "mail", "model", "polls", "sources", "store"),
    "commands": (
        *KEPT,
        "__init__",
        "app",
        "config",
        "cycle",
        "daemon",
        "evidence",
        "health",
        "mail",
        "matching",
        "polls",
        "report",
    ),
    "__main__": ("commands", "model"),
}
# What of these rooms knows no clock, network, database, file, log or randomness.
PURE = (
    "model", "law", "diff", "deadlines", "sources", "matching", "mail.alert_kinds", "mail.countries",
    "mail.digest_times", "mail.headlines", "mail.pages", "mail.recipients", "mail.severity", "mail.spreadsheet",
    "mail.urgency", "report.between", "report.formats", "report.page",
)  # fmt: skip
TOUCHES_THE_NETWORK = ("sources.fetch",)
OUTSIDE = {
    "apscheduler", "click", "httpx", "logging", "os", "pathlib", "random", "rich", "smtplib", "socket",
    "sqlite3", "sqlite_utils", "stamina", "subprocess", "sys", "threading", "time",
}  # fmt: skip
MOST_LAYERS = 10
MOST_PACKAGES, MOST_MODULES = 13, 6
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the package by its name without `monitor.`, parsed."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def imports_of(name: str) -> set[str]:
    """Everything that a module imports, also inside functions; of ours without `monitor.`."""
    found: set[str] = set()
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return {one.removeprefix("monitor.") if one.startswith("monitor.") else one for one in found if one != "monitor"}


def ours(name: str) -> set[str]:
    """The modules of ours that a module imports."""
    found = set()
    for one in imports_of(name):
        whole = one if one in modules() else one.rpartition(".")[0]
        if whole in modules() and whole != name:
            found.add(whole)
        elif one == "__version__":
            found.add("__init__")
    return found


def room_of(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def is_pure(name: str) -> bool:
    inside = any(name == pure or name.startswith(f"{pure}.") for pure in PURE)
    return inside and not any(name == one or name.startswith(f"{one}.") for one in TOUCHES_THE_NETWORK)


def test_coverage_is_measured_on_what_is_pure() -> None:
    measured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]["run"]
    assert measured["source_pkgs"] == [f"monitor.{name}" for name in PURE]
    assert measured["omit"] == [f"monitor/{name.replace('.', '/')}/*" for name in TOUCHES_THE_NETWORK]


@pytest.mark.parametrize("name", modules())
def test_a_room_imports_only_from_the_rooms_that_it_may(name: str) -> None:
    allowed = {room_of(name), *MAY_IMPORT[room_of(name)]}
    wrong = {one for one in ours(name) if room_of(one) not in allowed}
    assert not wrong, f"{name} imports {sorted(wrong)}"


def test_no_module_imports_itself_in_a_circle() -> None:
    in_order = TopologicalSorter({name: ours(name) for name in modules()}).static_order()  # or a CycleError
    assert set(in_order) == set(modules())


def test_imports_are_at_most_ten_layers_of_rooms() -> None:
    layers: dict[str, int] = {}
    rooms: dict[str, set[str]] = {room_of(name): set() for name in modules()}
    for name in modules():
        rooms[room_of(name)] |= {room_of(one) for one in ours(name)} - {room_of(name)}
    for room in TopologicalSorter(rooms).static_order():
        layers[room] = 1 + max((layers[one] for one in rooms[room]), default=0)
    assert max(layers.values()) <= MOST_LAYERS, layers


def test_there_are_no_more_rooms_than_a_newcomer_can_keep_in_mind() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    files = {path.stem for path in PACKAGE.glob("*.py")}
    assert len(packages) <= MOST_PACKAGES
    assert len(files) <= MOST_MODULES
    assert packages | files == set(MAY_IMPORT)


@pytest.mark.parametrize("package", sorted({room_of(name) for name in modules()}))
def test_every_room_says_in_one_sentence_what_it_is_for(package: str) -> None:
    text = ast.get_docstring(modules()[package]) if package in modules() else None
    assert text, package
    assert ". " not in text.splitlines()[0], package


@pytest.mark.parametrize("name", [name for name in modules() if is_pure(name)])
def test_the_pure_core_knows_no_outside(name: str) -> None:
    exempt = {"pathlib"} if room_of(name) == "model" else set()  # a path is a value, opening it is not
    outside = {first for one in imports_of(name) if (first := one.split(".")[0]) in OUTSIDE - exempt}
    assert not outside, f"{name} imports {sorted(outside)}"


@pytest.mark.parametrize("name", [name for name in modules() if is_pure(name)])
def test_the_pure_core_never_reads_the_clock(name: str) -> None:
    calls = [
        node
        for node in ast.walk(modules()[name])
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "today", "utcnow")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("date", "datetime")
    ]
    assert not calls, f"{name} line {calls[0].lineno} reads the clock"


def test_no_file_and_no_function_is_too_long_to_read_at_once() -> None:
    long = []
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        where = path.relative_to(ROOT)
        if (lines := len(text.splitlines())) > LONGEST_FILE:
            long.append(f"{where} has {lines} lines")
        functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
        sizes = ((one, (one.end_lineno or 0) - one.lineno + 1) for one in functions)
        long += [f"{where}:{one.lineno} {one.name} has {n} lines" for one, n in sizes if n > LONGEST_FUNCTION]
    assert not long, "\n".join(long)


def test_the_readme_shows_every_room() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    packages = [f"{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")]
    missing = [package for package in packages if package not in readme]
    assert not missing, missing


FOLDERS = sorted({path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")})


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_tests_mirror_the_tree(folder: Path) -> None:
    ours_alone = {Path(), Path("end_to_end"), Path("fuzz"), Path("mutation")}
    assert folder in ours_alone or (PACKAGE / folder).is_dir(), f"tests/{folder} mirrors no folder of monitor/"
