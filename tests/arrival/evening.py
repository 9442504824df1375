"""A group of 200 that has lived a while, into which the bot comes in the evening; it is watched and nothing is set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import ManualClock
from bot.storage import letters
from rules.conduct.letter import Seen
from sandbox.control import VERBS
from sandbox.control.reading import invoke
from tests.app.stage import Stage, staged

EVENING = 1_741_000_800  # 2025-03-03 19:20 in Shanghai
HOUR, DAY = 3600, 86_400
AD = "加微信 abc12345 低价出售课程，日赚500，名额有限 https://t.me/some_shop"
SCAM = "USDT 跑分兼职 日结 刷单返利 加飞机 @moneyboss https://t.me/+abcdefgh 稳赚不赔"
INSULT = "你这个傻逼"


@asynccontextmanager
async def evening(
    database: str, policy: dict[str, Any] | None = None, *, people: int = 200, at: float = EVENING, started: bool = True
) -> AsyncIterator[Stage]:
    """`started`: whoever brings the bot has pressed Start before."""
    async with staged(database, policy or {}, clock=ManualClock(at)) as camp:
        await camp.calm()
        await camp.people.remove_bot(camp.chat)
        camp.chat = await camp.people.chat_create("supergroup", "21 天写作营", camp.owner)
        for number in range(people - 1):
            user = invoke(camp.world, VERBS["user_create"], {"first_name": f"老同学{number}"})["id"]
            invoke(camp.world, VERBS["join"], {"chat": camp.chat, "user": user})
        if started:
            await camp.people.start(camp.owner)
        await camp.people.add_bot(camp.chat, admin="all", by=camp.owner)
        await camp.calm()
        yield camp


def old_member(camp: Stage, number: int) -> int:
    """Somebody who was here before the bot."""
    return next(user.id for user in camp.world.users.values() if user.first_name == f"老同学{number}")


async def says(camp: Stage, user: int, text: str) -> int:
    said = await camp.people.post(camp.chat, user, text)
    await camp.calm()
    return int(said)


async def exists(camp: Stage, message_id: int) -> bool:
    found = await camp.people.message(camp.chat, message_id)
    return found is not None and not found["deleted"]


async def letter(camp: Stage, reader: int = 0) -> str:
    """The newest letter that stands in somebody's private chat, "" where none does."""
    return next(reversed(await camp.said("📮", reader or camp.owner)), "")


async def buttons(camp: Stage, reader: int = 0) -> list[str]:
    """Those under the newest post to that person."""
    posts = await camp.people.messages(reader or camp.owner)
    shown = [post for post in posts if post["from_bot"] and not post["deleted"] and post.get("reply_markup")]
    return [each["text"] for row in shown[-1]["reply_markup"]["inline_keyboard"] for each in row] if shown else []


async def seen(camp: Stage) -> list[Seen]:
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        return await letters.observed(unit, group.id, 0, int(camp.app.services.clock.now()))


async def modes(camp: Stage) -> dict[str, str]:
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        policy = await camp.app.services.moderator.policy_of(unit, group)
    names = ("ad_without_red_packet", "flooding", "insult", "blocked_text")
    return {name: getattr(policy, name).mode for name in names}
