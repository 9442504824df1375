"""Polling while another program polls or a webhook is set: said in plain words, never fought over, nothing is lost."""

import asyncio
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.cli import USAGE
from bot.intake import polling
from sandbox.processes import ROOT, TOKEN, ProcessError, environment, free_port
from tests.app import stage as app
from tests.bot.waiting import until
from tests.faults.process import INSULT, Camp, camp
from tests.figures import Figures

RULES: dict[str, Any] = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}
ELSEWHERE = "http://127.0.0.1:{}/hook"


def warnings(stage: Camp) -> list[str]:
    lines = [json.loads(line) for line in stage.bot.log.read_text(encoding="utf-8").splitlines() if line[:1] == "{"]
    return [line["event"] for line in lines if line["logger"] == polling.__name__ and line["level"] == "warning"]


async def test_a_webhook_that_is_set_stays_until_it_is_told_to_go(tmp_path: Path, database_url: str) -> None:
    # T6
    async with camp(tmp_path, database_url, RULES) as stage:
        lin = await stage.member("林晓")
        await call(stage.people.url, TOKEN, "setWebhook", url=ELSEWHERE.format(free_port()))
        insult = (await stage.say(lin, "早上好", INSULT))[-1]
        starting = asyncio.create_task(stage.bot.start())
        await until(lambda: stage.bot.log.exists() and len(warnings(stage)) >= 3, "three refusals", seconds=30)
        assert await stage.bot.stop() == 0
        with suppress(ProcessError):
            await starting
        assert all("a webhook is set for this bot, so nothing can be polled" in each for each in warnings(stage))
        assert all("--delete-webhook" in each for each in warnings(stage))
        assert stage.world.webhook is not None
        assert stage.calls("deleteWebhook") == []

        await stage.bot.start({}, "--delete-webhook")
        await stage.settled()
        assert stage.world.webhook is None
        assert (await stage.written())[lin] == 2
        assert not stage.stands(insult)


async def call(address: str, token: str, method: str, **given: Any) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        return await http.post(f"{address}/bot{token}/{method}", json=given)


async def test_a_webhook_of_our_own_and_the_flag_exclude_each_other(tmp_path: Path, database_url: str) -> None:
    # T6
    async with camp(tmp_path, database_url, RULES, "webhook") as stage:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(stage.bot.config), "--delete-webhook",
            cwd=ROOT, env=environment({}), stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, said = await process.communicate()
        assert process.returncode == USAGE
        assert "--delete-webhook: telegram.intake is" in said.decode()
        assert stage.calls("deleteWebhook") == []


async def rival(address: str, met: list[int]) -> None:
    """Another program with the token of the bot: it asks again as soon as it is sent away, and confirms nothing."""
    while True:
        answer = await call(address, app.TOKEN, "getUpdates", timeout=50)
        met.append(answer.status_code)
        await asyncio.sleep(0.05)


async def test_of_two_that_poll_ours_gives_way_in_growing_pauses(
    database_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, figures: Figures
) -> None:
    # T6
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.2)
    async with app.staged(database_url, RULES) as stage:
        lin, met = await stage.member(), list[int]()
        other = asyncio.create_task(rival(stage.people.url, met))

        def pauses() -> list[float]:
            return [getattr(each, "seconds") for each in caplog.records if each.name == polling.__name__]  # noqa: B009

        for number in range(5):
            await stage.people.post(stage.chat, lin, "早上好")
            await until(lambda number=number: len(pauses()) > number, "sent away")  # type: ignore[misc]
        other.cancel()
        await asyncio.gather(other, return_exceptions=True)
        insult = await stage.people.post(stage.chat, lin, INSULT)
        await stage.people.message_deleted(stage.chat, insult)
        await stage.all_taken()
        assert (await stage.known(lin)).messages == 6
    figures("T6", intake="polling", conflicts=len(pauses()), last_pause_seconds=pauses()[4], lost=0)
    assert pauses()[:5] == sorted(pauses()[:5])
    assert pauses()[4] >= 1.6
    assert {each.getMessage().partition(":")[0] for each in caplog.records if each.name == polling.__name__} == {
        "another program polls with the same token; stop one of the two"
    }
