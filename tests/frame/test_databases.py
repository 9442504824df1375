"""The databases of the tests themselves: real, fresh and apart from each other."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import asyncpg

from tests import pg

ROOT = Path(__file__).parents[2]


async def test_an_empty_database_is_a_real_one_without_tables(engine_name: str, empty_database_url: str) -> None:
    if engine_name == "sqlite":
        with sqlite3.connect(empty_database_url.removeprefix("sqlite:///")) as file:
            assert file.execute("select count(*) from sqlite_master").fetchone() == (0,)
        file.close()
    else:
        connection = await asyncpg.connect(empty_database_url)
        tables = await connection.fetchval("select count(*) from pg_tables where schemaname = 'public'")
        await connection.close()
        assert tables == 0


def test_a_server_whose_test_run_was_killed_is_removed_by_the_next_run() -> None:
    script = "import os, sys; from tests import pg; print(pg.start().url, flush=True); os.kill(os.getpid(), 9)"
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE_URL"}
    killed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    base = Path(killed.stdout.strip().partition("host=")[2])
    assert (base / "data" / "postmaster.pid").exists()
    pg.sweep()
    assert not base.exists()


def test_sqlite_only_is_refused_in_ci() -> None:
    done = run_pytest("--sqlite-only", "--collect-only", CI="true")
    assert done.returncode == 4
    assert "refused" in done.stderr


def test_ci_fails_when_too_few_tests_ran_on_postgres() -> None:
    done = run_pytest("-k", "empty_database and sqlite", CI="true")
    assert done.returncode == 1
    assert "0 tests passed on PostgreSQL" in done.stdout


def test_a_skipped_test_fails_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "test_s.py").write_text("import pytest\n\ndef test_s():\n    pytest.skip('not today')\n")
    done = run_pytest("-p", "tests.conftest", str(folder))
    assert done.returncode == 1
    assert "not today" in done.stdout


def run_pytest(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    target = [] if any("/" in argument for argument in arguments) else ["tests/frame/test_databases.py"]
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments, *target]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
