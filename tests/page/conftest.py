"""One browser for all stories of the page, one fresh window for each; whatever goes wrong in it fails the test."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.databases import Sqlite
from tests.page.browser import NoBrowserError, chromium, where
from tests.page.stage import Stage, staged

HERE = Path(__file__).parent
FOUND = pytest.StashKey[str | NoBrowserError]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser lives in the loop of the session, so its stories do as well."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """A browser is looked for, and installed if need be, before any test's time runs."""
    wanted = any(HERE in item.path.parents for item in session.items)
    if not wanted or session.config.option.collectonly:
        return
    try:
        session.config.stash[FOUND] = asyncio.run(where())
    except NoBrowserError as error:
        session.config.stash[FOUND] = error


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(pytestconfig: pytest.Config) -> AsyncIterator[Browser]:
    found = pytestconfig.stash[FOUND]
    if isinstance(found, NoBrowserError):
        raise found
    async with chromium(found) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    async with staged(browser) as stage:
        yield stage


@pytest.fixture
def sqlite_url(sqlite: Sqlite, tmp_path: Path) -> str:
    """A fresh database for the whole bot."""
    return sqlite.fresh(tmp_path, migrated=True)
