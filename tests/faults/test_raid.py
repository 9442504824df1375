"""Five hundred join within half a minute: one card asks, nobody is greeted; two leaders remove them all at once."""

import time

import pytest

from bot.storage import members
from tests.app.stage import ENFORCED, Stage, staged
from tests.bot.waiting import until
from tests.figures import Figures

RAIDERS, SECONDS = 500, 30.0
# What twenty a minute would take.
BOUND_SECONDS = RAIDERS / 20 * 60


async def known(stage: Stage, users: list[int]) -> int:
    group = await stage.group()
    async with stage.app.services.storage.reading() as unit:
        found = await members.load(unit, [(group.id, user) for user in users])
    return sum(row.status == "member" for row in found.values())


def gone(stage: Stage) -> int:
    return sum(member.status == "kicked" for member in stage.world.chat(stage.chat).members.values())


async def answer(stage: Stage, user: int, button: str) -> None:
    post = await stage.people.bot_message(user, button=button, seconds=30)
    await stage.people.press(user, post["message_id"], user, button)


async def another_leader(stage: Stage) -> int:
    """So many are not removed by one alone."""
    other = await stage.member("副班长")
    await stage.people.promote(stage.chat, other)
    await stage.people.start(other)
    return other


@pytest.mark.timeout(240)
async def test_five_hundred_who_join_at_once_are_asked_about_once_and_removed_by_two_leaders(
    database_url: str, figures: Figures
) -> None:
    # L2
    async with staged(database_url, ENFORCED | {"welcome": {"merge_seconds": 5}}) as stage:
        await stage.people.start(stage.owner)
        other = await another_leader(stage)
        await stage.all_taken()
        users, begun = await stage.people.raid(stage.chat, RAIDERS, seconds=SECONDS), time.monotonic()
        await until(lambda: len(stage.world.chat(stage.chat).members) == RAIDERS + 3, "all joined", seconds=60)
        await stage.all_taken()
        taken, here = time.monotonic() - begun, await known(stage, users)
        unasked = [call for call in await stage.people.calls() if call["method"] == "banChatMember"]
        sure = f"确认移出 {RAIDERS} 人"
        await answer(stage, stage.owner, "移出这一批…")
        await answer(stage, stage.owner, sure)
        await stage.people.open_private_text(other, "/inbox")
        await answer(stage, other, "移出这一批…")
        pressed = stage.world.now()
        await answer(stage, other, sure)
        await until(lambda: gone(stage) == RAIDERS, "all removed", seconds=120)
        removal, cards = stage.world.now() - pressed, await stage.said("秒内有", stage.owner)
        calls, said = await stage.people.calls(), await stage.said()
    banned = {call["parameters"]["user_id"] for call in calls if call["method"] == "banChatMember"}
    figures(
        "L2", intake="polling", joins=RAIDERS, taken_in_s=round(taken, 1), known=here, cards=len(cards),
        removed_unasked=len(unasked), removed=len(banned), removed_in_s=round(removal, 1), posts_in_the_group=len(said),
    )  # fmt: skip
    assert (here, unasked, len(cards), said) == (RAIDERS, [], 1, [])
    assert banned == set(users)
    assert removal < BOUND_SECONDS / 10
