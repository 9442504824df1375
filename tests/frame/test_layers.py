"""The tree: every module has its layer, and the rules read nothing but values."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# What of the standard library only computes. A module of the rules that needs another one is thought about first.
PURE = frozenset(
    """
    bisect calendar collections contextlib copy dataclasses datetime decimal difflib enum fractions functools hashlib
    heapq itertools json math numbers operator re statistics string textwrap types typing unicodedata zoneinfo
    """.split()  # noqa: SIM905
)


def top_modules() -> list[str]:
    return sorted(
        path.stem for path in (ROOT / "bot").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    )


@pytest.mark.parametrize("module", [name for name in top_modules() if name != "__init__"])
def test_every_module_of_the_bot_has_its_layer(module: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(each["layers"] for each in contracts if each["id"] == "layers")
    named = {name.strip("() \n") for layer in layers for name in layer.split(":")}
    assert f"bot.{module}" in named, "add it to the layers in pyproject.toml"


@pytest.mark.parametrize("file", sorted((ROOT / "rules").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_rules_import_only_what_computes(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for name in imported(node):
            assert name in PURE or name == "rules", f"{file.relative_to(ROOT)} imports {name}"


def imported(node: ast.AST) -> list[str]:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        names = [node.module or ""]
    return [name.partition(".")[0] for name in names]
