"""Holds the code to its sizes: nothing above the limits, the middle of all functions and files below theirs.

`--table` prints the figures that docs/architecture.md shows beside those of other projects.
"""

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

PRODUCT = ("bot", "handlers", "rules")
FOLDERS = (*PRODUCT, "sandbox", "scripts", "benchmarks")
CHECKS = "rules/conduct/checks"
FILE_LINES, FUNCTION_LINES = 250, 40
FILE_MEDIAN, FUNCTION_MEDIAN, FUNCTION_P90, CHECK_MEDIAN = 80, 8, 20, 15


@dataclass(frozen=True)
class Function:
    file: Path
    line: int
    name: str
    lines: int


@dataclass(frozen=True)
class Sizes:
    """Lines of each file and function; `comments` is the share of lines that are nothing but a comment."""

    files: dict[Path, int]
    functions: list[Function]
    comments: float

    def files_median(self) -> float:
        return median(self.files.values())

    def functions_median(self) -> float:
        return median(each.lines for each in self.functions)

    def functions_p90(self) -> int:
        return sorted(each.lines for each in self.functions)[int(len(self.functions) * 0.9)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.sizes", description=__doc__)
    parser.add_argument("--table", action="store_true", help="print the figures")
    if parser.parse_args().table:
        print("\n".join(table()))
    found = [*too_long(measured(FOLDERS)), *too_much(measured(PRODUCT), measured((CHECKS,)))]
    for line in found:
        print(line)
    return 1 if found else 0


def measured(folders: Sequence[str]) -> Sizes:
    sources = {file: file.read_text(encoding="utf-8") for each in folders for file in sorted(Path(each).rglob("*.py"))}
    written = [line.strip() for source in sources.values() for line in source.splitlines() if line.strip()]
    return Sizes(
        # An empty __init__.py is no file that anybody reads.
        {file: len(source.splitlines()) for file, source in sources.items() if source},
        [function for file, source in sources.items() for function in functions_in(file, source)],
        sum(line.startswith("#") for line in written) / len(written),
    )


def functions_in(file: Path, source: str) -> Iterator[Function]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield Function(file, node.lineno, node.name, node.end_lineno - node.lineno + 1)


def too_long(sizes: Sizes) -> Iterator[str]:
    for file, lines in sizes.files.items():
        if lines > FILE_LINES:
            yield f"{file}: {lines} lines, at most {FILE_LINES}"
    for each in sizes.functions:
        if each.lines > FUNCTION_LINES:
            yield f"{each.file}:{each.line} {each.name}: {each.lines} lines, at most {FUNCTION_LINES}"


def too_much(product: Sizes, checks: Sizes) -> Iterator[str]:
    """What no single place shows: the whole has grown."""
    figures = (
        ("half of all functions", product.functions_median(), FUNCTION_MEDIAN),
        ("nine functions of ten", product.functions_p90(), FUNCTION_P90),
        ("half of all files", product.files_median(), FILE_MEDIAN),
        ("half of all checks", checks.functions_median(), CHECK_MEDIAN),
    )
    for what, lines, most in figures:
        if lines > most:
            yield f"{what} have up to {lines:g} lines, at most {most} are meant"


def table() -> Iterator[str]:
    product, checks, tests = measured(PRODUCT), measured((CHECKS,)), measured(("tests",))
    longest = max(product.functions, key=lambda each: each.lines)
    code = sum(product.files.values())
    yield f"tests : code | {sum(tests.files.values()) / code:.2f} ({sum(tests.files.values()):,} : {code:,})"
    yield f"median function | {product.functions_median():g}"
    yield f"p90 function | {product.functions_p90()}"
    yield f"longest function | {longest.lines} ({longest.file} {longest.name})"
    yield f"median / max file | {product.files_median():g} / {max(product.files.values())}"
    yield f"one rule, median lines | {checks.functions_median():g}"
    yield f"comment lines | {product.comments:.1%}"


if __name__ == "__main__":
    sys.exit(main())
