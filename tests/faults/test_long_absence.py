"""The whole bot away for hours while people go on: what it finds is written down, and nobody is shouted at too late."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from sandbox.client import SandboxClient
from tests.bot.waiting import until
from tests.faults.process import ENFORCED, INSULT, Camp, camp

HOUR = 3600
AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"
SPEECH = ("sendMessage", "sendPhoto", "sendMediaGroup", "copyMessage")
MEASURES = ("restrictChatMember", "banChatMember", "unbanChatMember")


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Camp]:
    async with camp(tmp_path, database_url, ENFORCED) as made:
        yield made


async def pass_time(people: SandboxClient, seconds: float) -> None:
    await people.clock(jump_seconds=seconds)


def made(stage: Camp, methods: tuple[str, ...]) -> list[dict[str, Any]]:
    return [call for call in stage.world.calls.after(0) if call["method"] in methods]


async def test_after_three_hours_books_are_written_and_nobody_is_told_or_muted(stage: Camp) -> None:
    # F5
    lin, wang, zhao, qian = [await stage.member(name) for name in ("林晓", "王敏", "赵", "钱")]
    await stage.start()
    await stage.say(lin, "早上好")
    await stage.settled()
    await stage.bot.kill()
    already = len(made(stage, SPEECH))

    await stage.say(wang, *["快来看快来看"] * 8)
    (insult,) = await stage.say(lin, INSULT)
    await stage.say(qian, AD)
    for _ in range(9):
        await pass_time(stage.people, HOUR / 3)
        await stage.say(zhao, "今天的打卡")
    await pass_time(stage.people, HOUR)
    await stage.start()
    await until(lambda: not stage.world.updates.waiting, "all confirmed")
    await pass_time(stage.people, 60)
    await stage.settled()

    decided = {each.user_id: each.rule for each in await stage.decided()}
    assert decided[wang] == "flooding"
    assert decided[lin] == "insult"
    assert qian in decided
    assert zhao not in decided
    assert (await stage.written())[zhao] == 9
    assert made(stage, MEASURES) == []
    assert made(stage, SPEECH)[already:] == []
    assert (await stage.posts())["expired"] == 2
    assert not stage.stands(insult)
    assert await stage.bot.stop() == 0
