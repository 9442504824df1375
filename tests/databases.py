"""Databases for tests: a template brought to the newest schema once a session, a clone of it for each test."""

import asyncio
import importlib
import inspect
import shutil
import uuid
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from tests import pg


def bring_to_head(url: str) -> None:
    """The one place where tests migrate; `url` as an operator writes it in config.toml."""
    outcome = importlib.import_module("bot.storage.migrate").migrate(url)
    if inspect.isawaitable(outcome):
        with loop_of_its_own() as runner:
            runner.run(finish(outcome))


async def finish(work: Awaitable[object]) -> None:
    await work


def loop_of_its_own() -> asyncio.Runner:
    """A loop beside the one of the test: it never becomes the current one."""
    return asyncio.Runner(loop_factory=asyncio.new_event_loop)


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path}"


class Sqlite:
    """Fresh SQLite files; the migrated one is a copy of a file made once."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.db"

    def fresh(self, folder: Path, *, migrated: bool) -> str:
        target = folder / "t.db"
        if migrated:
            if not self._template.exists():
                bring_to_head(sqlite_url(self._template))
            shutil.copyfile(self._template, target)
        return sqlite_url(target)


class Postgres:
    """Fresh PostgreSQL databases on one server; the migrated one is cloned from a template made once."""

    def __init__(self, which: str) -> None:
        self._server = pg.start(which)
        self._runner = loop_of_its_own()
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._template: str | None = None

    def execute(self, statement: str) -> None:
        self._runner.run(self._execute(statement))

    def version(self) -> str:
        self.execute("SELECT 1")
        assert self._connection is not None
        known = self._connection.get_server_version()
        return f"{known.major}.{known.minor}"

    async def _execute(self, statement: str) -> None:
        if self._connection is None:
            self._connection = await asyncpg.connect(self._server.url)
        await self._connection.execute(statement)

    @contextmanager
    def fresh(self, *, migrated: bool) -> Iterator[str]:
        name = self.create(self.template() if migrated else "template0")
        yield self.url(name)
        self.execute(f"drop database {name} with (force)")

    def template(self) -> str:
        if self._template is None:
            name = self.create("template0")
            bring_to_head(self.url(name))
            self._template = name
        return self._template

    def create(self, template: str) -> str:
        name = f"dengta_{uuid.uuid4().hex}"
        self.execute(f"create database {name} template {template} strategy file_copy")
        return name

    def url(self, name: str) -> str:
        return urlsplit(self._server.url)._replace(path=f"/{name}").geturl()

    def close(self) -> None:
        if self._template is not None:
            self.execute(f"drop database {self._template} with (force)")
        if self._connection is not None:
            self._runner.run(self._connection.close())
        self._runner.close()
        self._server.stop()
