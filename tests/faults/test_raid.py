"""Five hundred join within half a minute: all are known, one post greets them, nobody is removed by the bot alone."""

import time

import pytest

from bot.storage import members
from tests.app.stage import ENFORCED, Stage, staged
from tests.bot.waiting import until
from tests.figures import Figures

RAIDERS, SECONDS = 500, 30.0
REMOVING = ("banChatMember", "restrictChatMember", "declineChatJoinRequest")


async def known(stage: Stage, users: list[int]) -> int:
    group = await stage.group()
    async with stage.app.services.storage.reading() as unit:
        found = await members.load(unit, [(group.id, user) for user in users])
    return sum(row.status == "member" for row in found.values())


@pytest.mark.timeout(180)
async def test_five_hundred_who_join_at_once_are_greeted_by_one_post(database_url: str, figures: Figures) -> None:
    # L2
    policy = ENFORCED | {"welcome": {"merge_seconds": 5}}
    async with staged(database_url, policy) as stage:
        users = await stage.people.raid(stage.chat, RAIDERS, seconds=SECONDS)
        begun = time.monotonic()
        await until(lambda: len(stage.world.chat(stage.chat).members) == RAIDERS + 2, "all joined", seconds=60)
        await stage.all_taken()
        taken = time.monotonic() - begun
        await stage.people.bot_message(stage.chat, "Raider", seconds=60)
        here, calls = await known(stage, users), await stage.people.calls()
        posts = await stage.posts()
    removed = sum(call["method"] in REMOVING for call in calls)
    figures("L2", intake="polling", joins=RAIDERS, taken_in_s=taken, known=here, posts=posts, removed_unasked=removed)
    assert here == RAIDERS
    assert removed == 0
    assert posts <= 2
