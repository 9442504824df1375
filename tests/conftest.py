"""What every test may ask for: fresh databases on both engines; nothing is ever skipped silently."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests import pg
from tests.databases import Postgres, Sqlite
from tests.figures import Figures, recorder

ENGINES = ("sqlite", "postgres")
POSTGRES_TESTS: set[str] = set()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--sqlite-only", action="store_true", help="leave PostgreSQL out; refused when CI is set")
    parser.addoption("--postgres", choices=("any", "wheel", "system"), default="any", help="which PostgreSQL to run on")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: runs on PostgreSQL (set by itself)")
    if config.getoption("--sqlite-only") and os.environ.get("CI"):
        raise pytest.UsageError("--sqlite-only is refused where CI is set")
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(pg.temporary_folder()))
    for name in [name for name in os.environ if name.upper().startswith("DENGTA_")]:
        del os.environ[name]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    on_postgres = [item for item in items if wants_postgres(item)]
    for item in on_postgres:
        item.add_marker(pytest.mark.postgres)
    if config.getoption("--sqlite-only") and on_postgres:
        config.hook.pytest_deselected(items=on_postgres)
        items[:] = [item for item in items if not wants_postgres(item)]


def wants_postgres(item: pytest.Item) -> bool:
    if isinstance(item, pytest.Function) and hasattr(item, "callspec"):
        return bool(item.callspec.params.get("engine_name") == "postgres")
    return "postgres" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} did not run: {report.longrepr}. What cannot run is an error."
    elif report.passed and report.when == "call" and wants_postgres(item):
        POSTGRES_TESTS.add(item.nodeid)
    return report


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    expected = int(os.environ.get("EXPECT_MIN_PG", "1"))
    if os.environ.get("CI") and exitstatus == pytest.ExitCode.OK and len(POSTGRES_TESTS) < expected:
        print(f"\nERROR: {len(POSTGRES_TESTS)} tests passed on PostgreSQL, expected at least {expected}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    return Sqlite(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Postgres]:
    server = Postgres(pytestconfig.getoption("--postgres"))
    yield server
    server.close()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """`figures("C10", kills=50, lost=0)` keeps what was measured for docs/reliability.md (`make reliability`)."""
    return recorder(request)


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address, as in config.toml, of a fresh database with the newest schema; the test runs once on each engine."""
    yield from fresh_database(engine_name, request, tmp_path, migrated=True)


@pytest.fixture
def empty_database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The same without any table."""
    yield from fresh_database(engine_name, request, tmp_path, migrated=False)


def fresh_database(engine_name: str, request: pytest.FixtureRequest, folder: Path, *, migrated: bool) -> Iterator[str]:
    if engine_name == "sqlite":
        yield request.getfixturevalue("sqlite").fresh(folder, migrated=migrated)
    else:
        with request.getfixturevalue("postgres").fresh(migrated=migrated) as url:
            yield url
