"""Each test gets a stage of its own, and all that happens on it is held to the official description."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, Update
from telegram.request import HTTPXRequest

from sandbox.client import NO_TLS, SandboxClient
from sandbox.serve import serve
from sandbox.world import World
from sandbox.world.updates import Updates
from tests.sandbox.schema import answer_problems, update_problems
from tests.sandbox.stage import START, TOKEN, Stage


@pytest.fixture
def watched_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every update that any test causes follows the official description and parses."""
    append = Updates._append

    def checked(self: Updates, update_id: int, kind: str, raw: bytes, queue: str) -> None:
        if kind != "raw":
            update = json.loads(raw)
            assert update_problems(update) == []
            assert Update.de_json(update, None) is not None
        append(self, update_id, kind, raw, queue)

    monkeypatch.setattr(Updates, "_append", checked)


@pytest.fixture
async def stage(watched_updates: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    world = World(token=TOKEN, start=START)
    async with serve(world) as url, SandboxClient(url) as people:
        request, polling = (HTTPXRequest(connection_pool_size=size, httpx_kwargs={"verify": NO_TLS}) for size in (8, 1))
        bot = Bot(TOKEN, f"{url}/bot", f"{url}/file/bot", request=request, get_updates_request=polling)
        async with bot:
            yield Stage(world, url, people, bot)
    for call in world.calls.log:
        if call.ok and call.method != "getUpdates":
            assert answer_problems(call.method, json.loads(json.dumps(call.result))) == []
