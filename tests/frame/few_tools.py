"""A machine that has only the programs a test gives it: a folder `bin` for a script's PATH."""

import shutil
from collections.abc import Iterable
from pathlib import Path


def with_tools(machine: Path, tools: Iterable[str]) -> Path:
    """The machine, with the shell's own tools of those names."""
    (machine / "bin").mkdir()
    for tool in tools:
        found = shutil.which(tool)
        assert found is not None
        (machine / "bin" / tool).symlink_to(found)
    return machine


def program(machine: Path, name: str, text: str) -> None:
    """A program of the test's own, in the shell's language."""
    path = machine / "bin" / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
