"""Patterns stay short: what a law or list can name is looked up and masked, never joined into an alternation."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import monitor

LONGEST = 300  # characters of a compiled pattern that somebody can still read
MODULES = sorted(m.name for m in pkgutil.walk_packages(monitor.__path__, "monitor.") if not m.name.endswith("__main__"))
COUNTRY_DATA = {"OTHER_FORMS", "PLAIN_NAMES", "SHORT_NAMES"}
ROOT = Path(monitor.__path__[0])
SOURCES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


def patterns_in(value: object) -> Iterator[str]:
    """Every pattern in a value, whatever holds it."""
    if isinstance(value, re.Pattern):
        yield value.pattern if isinstance(value.pattern, str) else value.pattern.decode("latin-1")
    elif isinstance(value, dict):
        for pair in value.items():
            yield from patterns_in(pair)
    elif isinstance(value, tuple | list | set | frozenset):
        for item in value:
            yield from patterns_in(item)
    elif hasattr(value, "__struct_fields__") and not isinstance(value, type):
        for field in value.__struct_fields__:
            yield from patterns_in(getattr(value, field))


def patterns_of_countries(source: str) -> list[int]:
    """The lines on which country data, or what was made of them, are joined with bars or given to `re`."""
    tree = ast.parse(source)
    made = _made_of(COUNTRY_DATA, tree)
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _builds_pattern(node) and _names_in(node) & made
    ]


def _made_of(names: set[str], tree: ast.AST) -> set[str]:
    """The names, and every variable and function of a module that is made of them."""
    made, before = set(names), set[str]()
    while made != before:
        before = set(made)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and _names_in(node.value) & made:
                made |= {name for target in node.targets for name in _names_in(target)}
            elif isinstance(node, ast.FunctionDef) and _names_in(node) & made:
                made.add(node.name)
    return made


def _names_in(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _builds_pattern(call: ast.Call) -> bool:
    function = call.func
    if not isinstance(function, ast.Attribute):
        return False
    joins = isinstance(function.value, ast.Constant) and "|" in str(function.value.value)
    return joins or (isinstance(function.value, ast.Name) and function.value.id == "re")


@pytest.mark.parametrize("module", MODULES)
def test_no_pattern_is_longer_than_a_person_can_read(module: str) -> None:
    values = vars(importlib.import_module(module))
    long = {name: len(p) for name, value in values.items() for p in patterns_in(value) if len(p) > LONGEST}
    assert long == {}


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_pattern_within_a_function_is_longer(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _builds_pattern(node)]
    texts = ((call.lineno, call.args[0]) for call in calls if call.args)
    assert [line for line, text in texts if len(_constant_text(text)) > LONGEST] == []


def _constant_text(node: ast.AST) -> str:
    return "".join(str(part.value) for part in ast.walk(node) if isinstance(part, ast.Constant))


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_no_pattern_is_built_from_the_list_of_countries(path: Path) -> None:
    assert patterns_of_countries((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "PATTERN = re.compile('|'.join(re.escape(form) for form in OTHER_FORMS))",
        "def find(text):\n    return re.search(rf'under (?:{PLAIN_NAMES})', text)",
        "NAMES = sorted(SHORT_NAMES)\nANY = '(?:' + '|'.join(NAMES) + ')'",
        "def names():\n    return [*OTHER_FORMS]\n\ndef find(text):\n    return re.search(f'({names()})', text)",
    ],
)
def test_a_pattern_built_from_the_list_of_countries_would_be_found(source: str) -> None:
    assert patterns_of_countries(source) != []


def test_a_long_pattern_would_be_found_wherever_it_is_held() -> None:
    long = re.compile("x" * (LONGEST + 1))
    assert [list(patterns_in(held)) for held in ((long,), [long], {"a": long}, {long})] == [[long.pattern]] * 4
