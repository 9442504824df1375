"""What the pages for contributors point at is there: every `file::name` of code and tests, every file they name."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.frame.source import ROOT

DOCS = ROOT / "docs"
PAGES = [DOCS / "architecture.md", DOCS / "laws.md"]
# `handlers/frame/obey.py::obey`, also of a class: `bot/intake/pump.py::Pump.take`.
POINTER = re.compile(r"([\w./-]+\.py)::([\w.]+)")
FILE = re.compile(r"`((?:bot|handlers|rules|sandbox|tests|scripts|migrations|benchmarks)/[\w./-]+\.\w+)`")


@cache
def names(path: Path) -> frozenset[str]:
    """What a file defines: functions, classes and their methods (`Class.method`), and names given a value."""
    return frozenset(defined(ast.parse(path.read_text(encoding="utf-8"))))


def defined(of: ast.Module | ast.ClassDef, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for node in of.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(prefix + name)
            case ast.ClassDef(name=name):
                found |= {prefix + name, *defined(node, f"{prefix}{name}.")}
            case ast.Assign(targets=targets):
                found |= {prefix + each.id for each in targets if isinstance(each, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(prefix + name)
    return found


def pages() -> list[Path]:
    return [page for page in PAGES if page.exists()]


def lost(text: str) -> list[str]:
    """What `text` points at and nobody finds. A bare method name will do where only one class of the file has it."""
    missing = [file for file in FILE.findall(text) if not (ROOT / file).is_file()]
    for file, name in POINTER.findall(text):
        path = ROOT / file
        known = names(path) if path.is_file() else frozenset()
        if name not in known and not any(each.endswith(f".{name}") for each in known):
            missing.append(f"{file}::{name}")
    return missing


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(DOCS)))
def test_every_place_a_page_names_is_there(page: Path) -> None:
    assert lost(page.read_text(encoding="utf-8")) == []


def laws() -> list[tuple[str, str, str]]:
    """(law, its tests, the break) of every row of docs/laws.md."""
    lines = (DOCS / "laws.md").read_text(encoding="utf-8").splitlines()
    cells = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines if line.startswith("| ")]
    return [(law, tests, how) for law, tests, how in cells if tests != "the test"]


def test_every_law_names_a_test_and_a_break_that_it_catches() -> None:
    assert len(laws()) > 100
    assert [law for law, tests, how in laws() if not POINTER.search(tests) or not how] == []
    assert {law[0] for law, _, _ in laws() if law[:2].strip().isdigit()} >= set("12345678")


def test_a_place_that_is_gone_is_found() -> None:
    assert lost("`bot/intake/pump.py::Pump.take` and `rules/conduct/decide.py::decide`, `bot/app.py`") == []
    assert lost("`bot/intake/pump.py::Pump.gone`, `bot/gone.py::here`, `bot/gone.md`") == [
        "bot/gone.md", "bot/intake/pump.py::Pump.gone", "bot/gone.py::here",
    ]  # fmt: skip
