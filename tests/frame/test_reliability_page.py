"""docs/reliability.md: every fault of docs/guarantees.md stands there, and what it measured is the newest that was."""

import re

from scripts.promises import faults
from scripts.reliability import PAGE, Line, figure, newest, page
from tests.frame.test_features import ROOT, functions

HERE = "tests/frame/test_reliability_page.py::test_the_newest_run_of_each_variant_is_told"


def rows() -> dict[str, str]:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    return {line.split("|")[1].strip(): line for line in lines if re.match(r"\| [A-Z]\d+ \|", line)}


def test_every_fault_stands_in_the_page() -> None:
    assert set(rows()) == {fault.id for fault in faults()}


def test_every_test_that_the_page_names_exists() -> None:
    named = [test.partition("::") for row in rows().values() for test in re.findall(r"`([^`]+::[^`]+)`", row)]
    assert named
    assert [f"{file}::{name}" for file, _, name in named if name not in functions(ROOT / file)] == []


def line(lost: int, at: str, database: str = "SQLite") -> Line:
    return Line("C10", HERE, database, "polling", {"lost": lost}, at, "2 cores", database)


def test_the_newest_run_of_each_variant_is_told() -> None:
    lines = newest([line(1, "2026-01-01"), line(0, "2026-01-02"), line(3, "2026-01-02", "PostgreSQL")])
    assert [(each.database, each.figures["lost"]) for each in lines] == [("PostgreSQL", 3), ("SQLite", 0)]
    told = page(lines, faults())
    assert "lost 3 (PostgreSQL, polling)<br>lost 0 (SQLite, polling)" in told
    assert "Measured 2026-01-02 on 2 cores, PostgreSQL, SQLite." in told


def test_what_a_test_that_is_gone_measured_is_left_out() -> None:
    assert newest([line(1, "2026-01-01")._replace(test="tests/gone.py::test_gone")]) == []


def test_a_figure_has_its_unit() -> None:
    assert [figure("p95_ms", 12.345), figure("updates", 10_000), figure("within_s", 3), figure("met", False)] == [
        "p95 12.3 ms", "updates 10,000", "within 3 s", "met no",
    ]  # fmt: skip
