"""Keeps what a fault test measured, so that docs/reliability.md is made from runs and never by hand."""

import json
import os
import platform
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / ".reliability"
DATABASES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}

Figure = int | float | str | bool
# `figures("C10", kills=50, lost=0)`; `database` and `intake` where the test's parameters do not say them.
Figures = Callable[..., None]


def recorder(request: pytest.FixtureRequest) -> Figures:
    """Writes one line; database and intake are read from the parameters `engine_name` and `intake` of the test."""
    told = dict(getattr(getattr(request.node, "callspec", None), "params", {}))
    usual = DATABASES.get(told.get("engine_name", ""), "–")
    version = engine(request, usual)
    test = f"{request.node.path.relative_to(FOLDER.parent).as_posix()}::{request.node.originalname}"

    def record(id_: str, *, database: str = "", intake: str = "", **figures: Figure) -> None:
        way_in = intake or str(told.get("intake", "–"))
        line = {
            "id": id_, "database": database or usual, "intake": way_in, "figures": figures,
            "test": test, "at": datetime.now(UTC).isoformat(timespec="seconds"), **machine(),
            "engine": version,
        }  # fmt: skip
        FOLDER.mkdir(exist_ok=True)
        with (FOLDER / "figures.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    return record


def machine() -> dict[str, Figure]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def engine(request: pytest.FixtureRequest, database: str) -> str:
    """Name and version of the database that takes part."""
    if database == "PostgreSQL":
        return f"PostgreSQL {request.getfixturevalue('postgres').version()}"
    return f"SQLite {sqlite3.sqlite_version}" if database == "SQLite" else ""
