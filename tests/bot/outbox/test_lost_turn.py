"""Another instance has taken over: nothing more is sent, whatever was already claimed."""

import asyncio
import gc
from contextlib import suppress

import pytest

from bot.storage import LeaseLost
from rules.conduct.effects import Delete, Restrict
from tests.bot.outbox.conftest import Post, say
from tests.bot.telegram import NOW


async def test_what_was_claimed_is_not_sent_by_one_that_has_lost_its_turn(still: Post) -> None:
    # I2
    member = still.telegram.member("Ann")
    ids = await still.write(say("late"), Restrict(user_id=member, until=NOW + 3_000), Delete(message_ids=(1,)))
    before = len(still.telegram.world.calls.after(0))

    async def lost() -> None:
        raise LeaseLost

    still.proven = lost
    await still.begin()
    assert isinstance(await still.died(), LeaseLost)
    assert len(still.telegram.world.calls.after(0)) == before
    assert set(await still.states(*ids)) <= {"pending", "sending"}


@pytest.mark.parametrize("acts", [1, 40])
async def test_it_is_asked_before_each_act_is_sent(still: Post, acts: int) -> None:
    asked = 0

    async def proven() -> None:
        nonlocal asked
        asked += 1

    still.proven = proven
    await still.write(*(Delete(message_ids=(number,)) for number in range(1, acts + 1)))
    await still.begin()
    await still.drained()
    assert asked >= 1


@pytest.mark.parametrize("later", range(8))
async def test_told_to_stop_while_it_ends_by_that_it_leaves_nothing_to_complain_of(still: Post, later: int) -> None:
    # I2: complaints that come when the program is gone stand after the line that says why it ended.
    member = still.telegram.member("Ann")
    await still.write(say("late"), Restrict(user_id=member, until=NOW + 3_000), Delete(message_ids=(1,)))
    complaints: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context["message"]))

    async def lost() -> None:
        raise LeaseLost

    still.proven = lost
    await still.begin()
    lanes = {task for task in asyncio.all_tasks() if task.get_name().startswith("lane-")}
    while not lanes:
        await asyncio.sleep(0)
        lanes = {task for task in asyncio.all_tasks() if task.get_name().startswith("lane-")}
    await asyncio.wait(lanes, return_when=asyncio.FIRST_EXCEPTION, timeout=10)
    for _ in range(later):
        await asyncio.sleep(0)
    with suppress(LeaseLost):
        await still.end()
    assert all(task.done() for task in lanes), "nothing goes on after the end"
    del lanes
    gc.collect()
    assert complaints == []
