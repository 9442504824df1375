"""kill -9 while acts are being sent, on both databases: sanctions are done and do not move, posts are never doubled."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.storage import Storage, acts, groups, open_storage
from bot.storage.acts import ActRow
from bot.texts import OWN
from rules.conduct.effects import Act, Delete, Phrase, Planned, Restrict, Say
from sandbox.control import VERBS
from sandbox.serve import serve
from sandbox.world import World
from tests.bot.waiting import until_async

ROOT = Path(__file__).parents[2]
TOKEN = "4242:canary_token_canary_token_canary_t"
KILLED = -signal.SIGKILL
SETTLED = {"done", "unknown", "refused", "expired"}

# Failpoint, what becomes of the post that was in hand, how often it may be read in the group then.
ENDINGS = (
    ("outbox.before_send", "done", 1),  # C6
    ("outbox.claimed", "done", 1),  # C4
    ("outbox.sending", "unknown", 0),  # C7
    ("gateway.requested", "unknown", 1),  # C8
    ("gateway.answered", "unknown", 1),  # C9
)


class Stage:
    """A group with a loud member, a database with acts, and a process that sends them."""

    def __init__(self, world: World, url: str, database: str, storage: Storage) -> None:
        self.world, self.url, self.database, self.storage = world, url, database, storage
        self.now = int(time.time())
        owner = VERBS["user_create"](world, first_name="Owner")["id"]
        self.member = VERBS["user_create"](world, first_name="Ann")["id"]
        self.group = VERBS["chat_create"](world, kind="supergroup", title="Camp 07", owner=owner)["id"]
        VERBS["add_bot"](world, chat=self.group, admin="all")
        VERBS["join"](world, chat=self.group, user=self.member)
        self.message = VERBS["post"](world, chat=self.group, user=self.member, text="spam")["message_id"]

    async def write(self, *wanted: Act) -> list[int]:
        async with self.storage.unit() as unit:
            group = await groups.ensure(unit, self.group, title="Camp 07", kind="supergroup", owner_id=1, at=self.now)
            return await acts.write(
                unit, key="case", decision_id=None, group_id=group.id, chat_id=self.group, user_id=self.member,
                planned=[Planned(act) for act in wanted], at=self.now,
            )  # fmt: skip

    @asynccontextmanager
    async def sending(self, failpoint: str = "") -> AsyncIterator[asyncio.subprocess.Process]:
        environment = {**os.environ, "DENGTA_FAILPOINT": failpoint}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.faults.sender", self.database, self.url, TOKEN,
            cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def rows(self, ids: list[int]) -> list[ActRow]:
        async with self.storage.reading() as unit:
            return [row for each in ids if (row := await acts.get(unit, each)) is not None]

    async def settled(self, ids: list[int]) -> None:
        async def all_are() -> bool:
            return all(row.state in SETTLED for row in await self.rows(ids))

        await until_async(all_are, "everything settled", seconds=30)

    def said(self) -> int:
        return sum(message.by_bot and not message.service for message in self.world.chat(self.group).messages.values())

    def ends(self) -> list[int]:
        calls = [call for call in self.world.calls.after(0) if call["method"] == "restrictChatMember"]
        return [call["parameters"]["until_date"] for call in calls]


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    world = World(token=TOKEN)
    storage = await open_storage(database_url)
    try:
        async with serve(world) as url:
            yield Stage(world, url, database_url, storage)
    finally:
        await storage.close()


@pytest.mark.parametrize(("failpoint", "ending", "posts"), ENDINGS)
async def test_a_post_in_hand_when_the_process_is_killed_is_never_doubled(
    stage: Stage, failpoint: str, ending: str, posts: int
) -> None:
    words = Phrase(OWN, (("template", "once"),))
    ids = await stage.write(Say(words=(words,), language="en"))
    async with stage.sending(f"{failpoint}:kill") as process:
        assert await asyncio.wait_for(process.wait(), 30) == KILLED
    async with stage.sending():
        await stage.settled(ids)
    assert [row.state for row in await stage.rows(ids)] == [ending]
    assert stage.said() == posts


@pytest.mark.parametrize("failpoint", [each[0] for each in ENDINGS])
async def test_sanctions_in_hand_when_the_process_is_killed_are_done_and_do_not_move(
    stage: Stage, failpoint: str
) -> None:
    until = stage.now + 3_000
    ids = await stage.write(Restrict(user_id=stage.member, until=until), Delete(message_ids=(stage.message,)))
    async with stage.sending(f"{failpoint}:kill") as process:
        assert await asyncio.wait_for(process.wait(), 30) == KILLED
    async with stage.sending():
        await stage.settled(ids)
    assert [row.state for row in await stage.rows(ids)] == ["done", "done"]
    chat = stage.world.chat(stage.group)
    assert stage.world.message(chat, stage.message) is None
    assert stage.world.member(chat, stage.member).until == until
    assert set(stage.ends()) == {until}
    assert len(stage.ends()) <= 2
