"""A burst through real polling: 2,000 messages wait in a sandbox of its own process; when is all of it written down?"""

import asyncio
import time
from random import Random
from typing import Any, NamedTuple

from pydantic import SecretStr
from sqlalchemy import text

from benchmarks.messages import ENDINGS, MIDDLES, OPENINGS
from benchmarks.moderated import ENFORCED
from bot.app import App
from bot.settings import Operators, Sandbox, Settings, Storage, Telegram, Web
from bot.storage import Unit
from sandbox.client import SandboxClient
from sandbox.processes import TOKEN, SandboxProcess
from tests.bot.waiting import until

GROUPS, MEMBERS, MESSAGES = 10, 40, 2000
BAD = ("日结500，加微信 wx8888 详聊，轻松赚钱", "你这个傻逼", "看这里 https://t.me/+spam 免费领U，加我", "哈哈哈哈哈哈")


class Burst(NamedTuple):
    """Seconds from the last arrival until everything was committed, and what was written."""

    seconds: float
    decided: int
    decisions: int
    acts: int


async def burst(url: str) -> Burst:
    sandbox = SandboxProcess("2030-03-04T12:00:00+08:00")
    address = await sandbox.start()
    settings = Settings(
        telegram=Telegram(token=SecretStr(TOKEN), api_base_url=address), storage=Storage(url=url),
        sandbox=Sandbox(clock_url=address, loud=True), web=Web(listen="127.0.0.1:0"), policy=dict(ENFORCED),
        operators=Operators(user_ids=(1,), who_may_add="anyone"),
    )  # fmt: skip
    app = App(settings)
    try:
        async with SandboxClient(address) as telegram:
            await app.start()
            posts = await staged(telegram)
            await settled(app)
            return await measured(telegram, app, posts)
    finally:
        await app.stop()
        await sandbox.stop()


async def staged(telegram: SandboxClient) -> list[dict[str, Any]]:
    """Groups full of people, and what they are about to say; one message in twenty breaks a rule."""
    random, owner = Random(5), await telegram.user_create("群主", username="owner")
    posts: list[dict[str, Any]] = []
    for number in range(GROUPS):
        chat = await telegram.chat_create("supergroup", f"{number:02d}营 学习成长营", owner)
        await telegram.add_bot(chat, admin="all")
        for member in range(MEMBERS):
            user = await telegram.user_create(f"{number:02d}营-学员{member}-上海")
            await telegram.join(chat, user)
            posts += [
                {"chat": chat, "user": user, "text": sentence(random)} for _ in range(MESSAGES // GROUPS // MEMBERS)
            ]
    random.shuffle(posts)
    return posts


def sentence(random: Random) -> str:
    if random.random() < 0.05:
        return random.choice(BAD)
    return f"{random.choice(OPENINGS)}，{random.choice(MIDDLES)}{random.choice(ENDINGS)} {random.randrange(10_000)}"


async def settled(app: App) -> None:
    """Until nothing new has come for a moment."""
    before = -1
    while before != app.pump.counts.total():
        before = app.pump.counts.total()
        await asyncio.sleep(0.5)


async def measured(telegram: SandboxClient, app: App, posts: list[dict[str, Any]]) -> Burst:
    before = app.pump.counts["ordinary"]
    await telegram.post_many(posts)
    arrived = time.perf_counter()
    await until(lambda: app.pump.counts["ordinary"] >= before + len(posts), "everything decided", seconds=60)
    done = time.perf_counter()
    async with app.services.storage.reading() as unit:
        decisions, acts = await counted(unit, "decisions"), await counted(unit, "acts")
    return Burst(done - arrived, len(posts), decisions, acts)


async def counted(unit: Unit, table: str) -> int:
    return int(await unit.scalar(text(f"SELECT count(*) FROM {table}")))
