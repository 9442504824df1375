"""However many acts were settled, a look at what waits reads only what waits."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.storage import Storage, Unit, acts, open_storage
from tests.bot.storage.making import AT
from tests.databases import Sqlite

LOOKS: dict[str, Callable[[Unit], Awaitable[Any]]] = {
    "horizon": lambda unit: acts.horizon(unit, AT),
    "due": lambda unit: acts.due(unit, AT, 1, 9, [-5]),
    "expire": lambda unit: acts.expire(unit, AT),
    "resume": lambda unit: acts.resume(unit, cause="inactive"),
    "hasten": lambda unit: acts.hasten(unit, 9),
}


@pytest.fixture
def address(sqlite: Sqlite, tmp_path: Path) -> str:
    return sqlite.fresh(tmp_path, migrated=True)


@pytest.fixture
async def storage(address: str) -> AsyncIterator[Storage]:
    opened = await open_storage(address, migrate=False)
    yield opened
    await opened.close()


@pytest.mark.parametrize("look", LOOKS)
async def test_a_look_at_what_waits_uses_the_index_of_what_waits(storage: Storage, look: str) -> None:
    asked: list[str] = []
    async with storage.unit() as unit:
        await unit.driver.set_trace_callback(asked.append)
        await LOOKS[look](unit)
        await unit.driver.set_trace_callback(None)
        steps = [step for sql in asked if " acts" in sql for step in await plan_of(unit, sql)]
    about_acts = [step for step in steps if step.split()[1] == "acts"]
    assert about_acts
    assert all("ix_acts_waiting" in step or "PRIMARY KEY" in step for step in about_acts), about_acts


async def plan_of(unit: Unit, sql: str) -> list[str]:
    return [row[3] for row in await unit.driver.execute_fetchall(f"EXPLAIN QUERY PLAN {sql}")]
