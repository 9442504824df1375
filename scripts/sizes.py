"""Fails when a function has more than 40 lines or a file more than 250: then it is split by subject."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("bot", "handlers", "rules", "sandbox", "scripts", "benchmarks")
FILE_LINES, FUNCTION_LINES = 250, 40


def main() -> int:
    found = [line for folder in FOLDERS for file in sorted(Path(folder).rglob("*.py")) for line in too_long(file)]
    for line in found:
        print(line)
    return 1 if found else 0


def too_long(file: Path) -> Iterator[str]:
    source = file.read_text(encoding="utf-8")
    if (lines := len(source.splitlines())) > FILE_LINES:
        yield f"{file}: {lines} lines, at most {FILE_LINES}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            lines = node.end_lineno - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{file}:{node.lineno} {node.name}: {lines} lines, at most {FUNCTION_LINES}"


if __name__ == "__main__":
    sys.exit(main())
