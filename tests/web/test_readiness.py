"""The table of readiness: each name says why not, and no check can break or delay the others."""

import asyncio
import time

from bot.web import Health, Readiness
from tests.web.asking import ask

ANY = "127.0.0.1:0"


async def fine() -> str:
    return ""


async def broken() -> str:
    raise RuntimeError("a canary")


async def slow() -> str:
    await asyncio.sleep(30)
    return ""


async def test_before_anything_is_there_it_says_what_is_missing() -> None:
    # D1 H1
    async with Health(ANY) as health:
        health.readiness.set("database", "the connection to the database broke: see to it")
        said = await ask(health.port, "/readyz")
    assert said.status == 503
    assert said.json()["failing"] == ["database", "schema", "lease", "telegram", "work"]
    assert said.json()["checks"]["database"] == "the connection to the database broke: see to it"
    assert said.json()["checks"]["work"] == "not there yet, the bot is starting"


async def test_when_every_check_holds_it_is_ready() -> None:
    async with Health(ANY) as health:
        for name in ("database", "schema", "lease", "telegram", "work"):
            health.readiness.set(name, fine)
        said = await ask(health.port, "/readyz")
        assert (said.status, said.json()["ready"], said.json()["failing"]) == (200, True, [])
        health.stopping()
        said = await ask(health.port, "/readyz")
        assert (said.status, said.json()["failing"]) == (503, ["stopping"])
        assert (await ask(health.port, "/healthz")).status == 200


async def test_a_check_that_breaks_or_hangs_is_named_within_its_bound_and_asked_only_once() -> None:
    readiness = Readiness(("database", "telegram", "work"), bound=0.2)
    asked = 0

    async def hanging() -> str:
        nonlocal asked
        asked += 1
        return await slow()

    readiness.set("database", hanging)
    readiness.set("telegram", broken)
    readiness.set("work", fine)
    began = time.perf_counter()
    for _ in range(3):
        assert await readiness.report() == {
            "database": "no answer within 0.2 s",
            "telegram": "the check itself fails (RuntimeError)",
            "work": "",
        }
    assert time.perf_counter() - began < 2
    assert asked == 1
    await readiness.close()


async def test_an_end_while_a_check_hangs_leaves_nothing_behind() -> None:
    async with Health(ANY) as health:
        health.readiness.set("database", slow)
        assert (await ask(health.port, "/readyz")).json()["checks"]["database"] == "no answer within 1.5 s"
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("check-")]
