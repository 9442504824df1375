"""The database is away when the bot starts, or goes away in the middle of its start: it waits, says so and comes up."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from bot.outbox import Outbox
from bot.storage import StorageUnavailable, acts
from bot.storage.engine import WRITER_PRAGMAS
from rules.conduct.effects import Delete, Planned
from sandbox.client import NO_TLS
from sandbox.processes import TOKEN
from tests import pg
from tests.app.stage import staged
from tests.bot.away import away
from tests.bot.waiting import until, until_async
from tests.databases import bring_to_head
from tests.faults.process import Camp, camp
from tests.figures import Figures

AWAY = "the database is away"


async def ready(stage: Camp) -> tuple[int, str]:
    told = (json.loads(line) for line in stage.bot.log.read_text().splitlines())
    port = [line["port"] for line in told if line["event"] == "web listens"][-1]
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as web:
        answer = await web.get(f"http://127.0.0.1:{port}/readyz")
    return answer.status_code, answer.text


def attempts(stage: Camp) -> int:
    return stage.bot.last_words(1000).count(AWAY)


@pytest.mark.parametrize("engine_name", ["postgres"])
async def test_a_bot_that_starts_before_its_database_waits_for_it_and_tells_no_secret(
    engine_name: str, tmp_path: Path, pytestconfig: pytest.Config, intake: str, figures: Figures
) -> None:
    # D1
    with pg.own_server(pytestconfig.getoption("--postgres")) as server:
        await asyncio.to_thread(bring_to_head, server.url)
        async with camp(tmp_path, server.url, intake=intake) as stage:
            server.down()
            starting = asyncio.create_task(stage.bot.start())
            await until(lambda: stage.bot.log.exists() and attempts(stage) >= 2, "it tries again", seconds=20)
            status, why = await ready(stage)
            tried = attempts(stage)
            server.up()
            await starting
            await until_async(lambda: is_ready(stage), "it is ready")
            said = stage.bot.last_words(1000)
            assert await stage.bot.stop() == 0
    figures("D1", tries_before_it_was_there=tried, readyz_meanwhile=status, restarts=0, secrets_told=said.count(TOKEN))
    assert status == 503
    assert "database" in why
    assert TOKEN.partition(":")[2] not in said
    assert "Traceback" not in said


async def is_ready(stage: Camp) -> bool:
    return (await ready(stage))[0] == 200


async def test_a_database_that_goes_away_while_the_outbox_recovers_only_delays_the_start(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # D1 C4
    short = ("PRAGMA busy_timeout=20", *WRITER_PRAGMAS[1:])
    monkeypatch.setattr("bot.storage.engine.WRITER_PRAGMAS", short)
    recover = Outbox.recover
    failures: list[StorageUnavailable] = []

    async def struck(outbox: Outbox) -> None:
        if failures:
            await recover(outbox)
            return
        async with away(database_url):
            with pytest.raises(StorageUnavailable) as caught:
                await recover(outbox)
        failures.append(caught.value)
        raise caught.value

    async with staged(database_url) as stage:
        lin = await stage.member()
        message = await stage.people.post(stage.chat, lin, "早上好")
        await stage.all_taken()
        group, now = await stage.group(), int(stage.app.services.clock.now())
        await stage.app.stop()
        monkeypatch.setattr(Outbox, "recover", struck)
        await stage.app.start()
        async with stage.app.services.storage.unit() as unit:
            await acts.write(
                unit, key="x", decision_id=None, group_id=group.id, chat_id=group.chat_id, user_id=lin,
                planned=[Planned(Delete(message_ids=(message,)))], at=now,
            )  # fmt: skip
        stage.app.services.outbox.wake()
        await stage.people.message_deleted(stage.chat, message)
    assert len(failures) == 1
