"""Reads the program's own source for the tests of its laws: what a file imports, calls and writes; it runs nothing."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def files(*folders: str) -> tuple[str, ...]:
    """Every module of those folders, by its path in the repository."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


@cache
def nodes(file: str) -> tuple[ast.AST, ...]:
    """Everything that stands in a file."""
    return tuple(ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))))


@cache
def imported(file: str) -> frozenset[str]:
    """Full names: `import a.b` is a.b, `from a import b` is a and a.b; wherever in the file it stands."""
    found: set[str] = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def importing(package: str, among: tuple[str, ...]) -> set[str]:
    """The files that import `package`, or something of it."""
    return {file for file in among if any(f"{name}.".startswith(f"{package}.") for name in imported(file))}


def calling(name: str, among: tuple[str, ...]) -> set[str]:
    """The files that call something of that name, however it is reached."""
    return {file for file in among if any(called(node) == name for node in nodes(file))}


def called(node: ast.AST) -> str:
    """`c` of `a.b.c(…)`, "" for what is no call of a name."""
    match node:
        case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
            return name
        case _:
            return ""


def dotted(node: ast.AST) -> str:
    """`a.b.c` as it is written, "" where it is something else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name) if before := dotted(value):
            return f"{before}.{name}"
        case _:
            return ""


def texts(file: str) -> Iterator[str]:
    """Every piece of text in the code; what only describes the code is none."""
    said = {id(node.value) for node in nodes(file) if isinstance(node, ast.Expr)}
    for node in nodes(file):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
