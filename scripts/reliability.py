"""Renders docs/reliability.md: each fault, what is done, the figures of its newest runs and its tests."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from scripts.promises import ROOT, Promise, faults

RECORDED = ROOT / ".reliability" / "figures.jsonl"
PAGE = ROOT / "docs" / "reliability.md"
UNITS = {"ms": "ms", "s": "s", "mb": "MB", "percent": "%"}
HEAD = """# What was done to it, and what came of it

Made by `make reliability` from what the fault tests measured in their newest runs (`make test`, `make test-long`);
nothing here is told by hand. The words and the tests of each row are those of [guarantees.md](guarantees.md). A dash
under figures means that its tests only hold or fail and measure nothing.

{machines}

| id | what is done, and what must hold | databases | ways in | figures of the last run | state | tests |
|---|---|---|---|---|---|---|
"""


class Line(NamedTuple):
    """What one test measured once, on one database and one way in."""

    id: str
    test: str
    database: str
    intake: str
    figures: Mapping[str, Any]
    at: str
    machine: str
    engine: str


def main() -> int:
    if not RECORDED.exists():
        print("nothing was measured yet: run make test and make test-long first")
        return 1
    lines = newest(read(RECORDED.read_text(encoding="utf-8").splitlines()))
    PAGE.write_text(page(lines, faults()), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)}: {len({line.id for line in lines})} faults with figures")
    return 0


def read(text: Iterable[str]) -> Iterator[Line]:
    for each in text:
        row = json.loads(each)
        machine = f"{row['cores']} cores, {row['system']}, Python {row['python']}"
        yield Line(
            row["id"], row["test"], row["database"], row["intake"], row["figures"], row["at"], machine, row["engine"]
        )


def newest(lines: Iterable[Line]) -> list[Line]:
    """The last of each fault, test, database and way in; what a test that is gone once measured is left out."""
    last = {(line.id, line.test, line.database, line.intake): line for line in lines if exists(line.test)}
    return sorted(last.values())


def exists(test: str) -> bool:
    file, _, name = test.partition("::")
    path = ROOT / file
    return path.is_file() and f"def {name}(" in path.read_text(encoding="utf-8")


def page(lines: list[Line], rows: list[Promise]) -> str:
    of = {id_: list(found) for id_, found in groupby(lines, key=lambda line: line.id)}
    return HEAD.format(machines=machines(lines)) + "".join(row(each, of.get(each.id, [])) for each in rows)


def machines(lines: list[Line]) -> str:
    """Where and when all this was measured."""
    where = "; ".join(sorted({line.machine for line in lines}))
    engines = ", ".join(sorted({line.engine for line in lines if line.engine}))
    days = sorted({line.at[:10] for line in lines})
    return f"Measured {' to '.join(sorted({days[0], days[-1]}))} on {where}, {engines}."


def row(promise: Promise, lines: list[Line]) -> str:
    intakes = ", ".join(sorted({line.intake for line in lines} - {"–"})) or "–"
    tests = "<br>".join(f"`{test}`" for test in promise.tests)
    cells = (promise.id, promise.words, promise.databases, intakes, measured(lines), promise.state, tests)
    return f"| {' | '.join(cells)} |\n"


def measured(lines: list[Line]) -> str:
    """A line for each set of figures; variants with the same ones share it."""
    told: dict[str, list[str]] = {}
    for line in lines:
        where = ", ".join(each for each in (line.database, line.intake) if each != "–")
        told.setdefault("; ".join(figure(*each) for each in line.figures.items()), []).append(where)
    return "<br>".join(f"{text}{places(where)}" for text, where in told.items()) or "–"


def places(where: list[str]) -> str:
    named = list(dict.fromkeys(each for each in where if each))
    return f" ({' / '.join(named)})" if named else ""


def figure(name: str, value: object) -> str:
    """`p95_ms=12.34` is `p95 12.3 ms`."""
    words = name.split("_")
    unit = f" {UNITS[words.pop()]}" if words[-1] in UNITS and len(words) > 1 else ""
    return f"{' '.join(words)} {number(value)}{unit}"


def number(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value).replace("|", "/")


if __name__ == "__main__":
    sys.exit(main())
