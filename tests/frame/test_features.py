"""docs/features.md: every feature stands there once, and what is called done names a test that exists."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
COUNTS = {"J": 20, "R": 25, "S": 34, "H": 23, "T": 28, "A": 20, "F": 19, "N": 25, "M": 27, "E": 12, "X": 14}
STATES = {"done", "partly", "not yet", "no: against Telegram's terms"}


class Row(NamedTuple):
    id: str
    name: str
    state: str
    tests: tuple[str, ...]


def rows() -> list[Row]:
    found = []
    for line in (ROOT / "docs" / "features.md").read_text(encoding="utf-8").splitlines():
        if re.match(r"\| [A-Z]\d\d \|", line):
            number, name, state, tests = (cell.strip() for cell in line.strip("|").split("|"))
            found.append(Row(number, name, state, tuple(re.findall(r"`([^`]+)`", tests))))
    return found


@cache
def functions(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_every_feature_is_listed_once() -> None:
    expected = {f"{letter}{number:02}" for letter, count in COUNTS.items() for number in range(1, count + 1)}
    listed = Counter(row.id for row in rows())
    assert set(listed) == expected
    assert [number for number, count in listed.items() if count > 1] == []


def test_what_is_called_done_names_a_test_that_exists() -> None:
    assert [mistake for row in rows() for mistake in mistakes(row)] == []


def mistakes(row: Row) -> Iterator[str]:
    if row.state not in STATES:
        yield f"{row.id}: {row.state} is no state"
    if bool(row.tests) != (row.state in {"done", "partly"}):
        yield f"{row.id}: a test is named exactly where something is done"
    for test in row.tests:
        file, _, function = test.partition("::")
        if not (ROOT / file).is_file() or function not in functions(ROOT / file):
            yield f"{row.id}: there is no {test}"
