"""Imports run one way: words <- reading, thinking <- touching <- flow <- shell."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "monitor"

# A module of a layer may import from its own layer and from those named here.
MAY_IMPORT = {
    "words": set(),
    "reading": {"words"},
    "thinking": {"words", "reading"},
    "touching": {"words", "reading", "thinking"},
    "flow": {"words", "reading", "thinking", "touching"},
    "shell": {"words", "reading", "thinking", "touching", "flow"},
}
LAYERS = {
    "words": ("__init__", "errors", "model"),
    "reading": ("law", "sources"),
    "thinking": (
        "alike",
        "announcements",
        "appointments",
        "between",
        "citing",
        "compare",
        "cross_check",
        "deadman",
        "deadlines",
        "diff",
        "pages",
        "events",
        "formats",
        "gravity",
        "explained",
        "headlines",
        "ics",
        "licenses",
        "likeness",
        "page_changes",
        "plausibility",
        "readers",
        "readings",
        "redline",
        "reconcile",
        "report_page",
        "spreadsheet",
        "silence",
        "timeline",
        "trouble",
        "watchlist",
    ),
    "touching": (
        "calendar_file",
        "disk",
        "fetch",
        "lock",
        "mail",
        "migrations",
        "output_file",
        "ping",
        "render",
        "report_html",
        "schedule",
        "smtp",
        "state_file",
        "store",
    ),
    "flow": (
        "announcing",
        "backfill",
        "biography",
        "bis_pages",
        "bis_site",
        "clock",
        "codified",
        "cycle",
        "deliver",
        "desk",
        "dossier",
        "failing",
        "gathering",
        "missing",
        "inspecting",
        "listed_notices",
        "on_day",
        "opening",
        "poll",
        "projections",
        "publishing",
        "reader",
        "recording",
        "redesigns",
        "refusals",
        "report",
        "screening",
        "searching",
        "status",
        "tending",
        "texts",
        "tying",
        "uncodified",
        "web_pages",
        "weekly",
    ),
    "shell": ("__main__", "app", "cli", "commands", "config", "daemon", "demo", "own_sources", "recipients"),
}
LAYER_OF = {module: layer for layer, modules in LAYERS.items() for module in modules}
# The pure core knows no clock, network, database, file, log or randomness.
IMPURE = {
    "apscheduler", "click", "httpx", "logging", "os", "pathlib", "random", "rich", "smtplib", "socket",
    "sqlite3", "sqlite_utils", "stamina", "subprocess", "sys", "threading", "time",
}  # fmt: skip
PURE = {"words", "reading", "thinking"}


def layer_of(module: str) -> str:
    name = module.split(".")[1] if "." in module else "__init__"
    return LAYER_OF[name if name in LAYER_OF or (PACKAGE / name).with_suffix(".py").exists() else "__init__"]


def modules() -> list[str]:
    names = [path.relative_to(PACKAGE.parent).with_suffix("") for path in sorted(PACKAGE.rglob("*.py"))]
    return [".".join(name.parts).removesuffix(".__init__") for name in names]


def imports_of(module: str) -> set[str]:
    path = PACKAGE.parent / Path(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


@pytest.mark.parametrize("module", modules())
def test_imports_follow_the_direction_of_the_layers(module: str) -> None:
    layer = layer_of(module)
    for imported in imports_of(module):
        if imported.startswith("monitor."):
            there = layer_of(imported)
            assert there == layer or there in MAY_IMPORT[layer], f"{module} ({layer}) imports {imported} ({there})"


@pytest.mark.parametrize("module", [m for m in modules() if layer_of(m) in PURE])
def test_the_pure_core_knows_no_outside(module: str) -> None:
    exempt = {"pathlib"} if layer_of(module) == "words" else set()  # a path is a word, opening it is not
    outside = {name for i in imports_of(module) if (name := i.split(".")[0]) in IMPURE - exempt}
    assert not outside, f"{module} imports {sorted(outside)}"


@pytest.mark.parametrize("module", [m for m in modules() if layer_of(m) in PURE])
def test_the_pure_core_never_reads_the_clock(module: str) -> None:
    path = PACKAGE.parent / Path(*module.split("."))
    text = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    calls = [
        n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Attribute) and n.attr in ("now", "today", "utcnow")
    ]
    assert not calls, f"{module} line {calls[0].lineno} reads the clock"
