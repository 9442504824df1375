"""No Unit is open while Telegram is asked: whoever waits for a network would keep everybody else from writing."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

import pytest

from bot.clock import ManualClock
from bot.gateway.wire import Wire
from bot.storage.unit import Unit, begun
from tests.app.stage import ENFORCED, INSULT, Stage, staged

NINE = 1_740_963_600  # 2025-03-03 09:00 in Shanghai
AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"
NAMES = {"mode": "enforce", "pattern": r"\d{2}期-\S+", "words": "期数-昵称", "example": "07期-小林"}
POLICY = ENFORCED | {"nickname_format": NAMES}

inside: ContextVar[int] = ContextVar("inside", default=0)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[tuple[str, bool]]:
    """How often Telegram was asked by each method, and whether a Unit was open in the same task or around it."""
    counts: Counter[tuple[str, bool]] = Counter()
    do_request = Wire.do_request

    @asynccontextmanager
    async def noted(*arguments: Any, **named: Any) -> AsyncIterator[Unit]:
        async with begun(*arguments, **named) as unit:
            token = inside.set(inside.get() + 1)
            try:
                yield unit
            finally:
                inside.reset(token)

    async def counted(self: Wire, url: str, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        counts[url.rpartition("/")[2], inside.get() > 0] += 1
        return await do_request(self, url, *arguments, **named)

    monkeypatch.setattr("bot.storage.store.begun", noted)
    monkeypatch.setattr(Wire, "do_request", counted)
    return counts


async def a_morning(stage: Stage) -> None:
    """Joining, writing, offending, pressing, asking, ordering: whatever makes the bot ask Telegram something."""
    await stage.calm()
    lin, zhou = await stage.member("林晓"), await stage.member("07期-小周")
    await stage.calm()
    await stage.people.post(stage.chat, zhou, INSULT)
    await stage.people.post(stage.chat, zhou, AD)
    await stage.later(60)
    await stage.people.post(stage.chat, stage.owner, "/setup")
    await stage.people.post(stage.chat, stage.owner, "/lockdown 10m")
    await stage.later(900)
    await stage.people.start(stage.owner)
    await stage.later(60)
    await stage.press(lin, "改好了，帮我看看")
    await stage.later(3600)
    await stage.restart()
    await stage.later(24 * 3600)


async def test_no_unit_is_open_while_telegram_is_asked(database_url: str, asked: Counter[tuple[str, bool]]) -> None:
    async with staged(database_url, POLICY, clock=ManualClock(NINE)) as stage:
        await a_morning(stage)
    methods = {method for method, _ in asked}
    assert {"getMe", "getChat", "getChatAdministrators", "getChatMember", "getUpdates"} <= methods
    assert {"sendMessage", "deleteMessage", "answerCallbackQuery"} <= methods, methods
    assert [method for method, open_ in asked if open_] == []


async def test_a_question_inside_a_unit_would_be_seen(database_url: str, asked: Counter[tuple[str, bool]]) -> None:
    async with staged(database_url, clock=ManualClock(NINE)) as stage:
        await stage.calm()
        async with stage.app.services.storage.unit():
            await stage.app.services.gateway.get_me()
        assert asked["getMe", True] == 1
