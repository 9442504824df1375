"""What a Unit decided about a policy is in force once it is committed, and never where it was rolled back."""

from typing import Any

import pytest

from bot.clock import ManualClock
from bot.conduct.moderator import Moderator
from bot.storage import Storage, Unit, groups, policies
from bot.storage.groups import GroupRow
from bot.textscan import Scanner

AT, LEADER = 1_741_000_000, 77


async def put(unit: Unit, group: GroupRow, word: str) -> GroupRow:
    await policies.put(unit, "group", group.id, {"blocked_text": {"words": [word]}}, LEADER, AT)
    return (await groups.by_ids(unit, [group.id]))[group.id]


async def test_a_change_that_was_rolled_back_is_never_in_force(storage: Storage) -> None:
    moderator = Moderator(scanner=Scanner.build(), clock=ManualClock(AT), bot_id=1)

    async def words(unit: Unit, group: GroupRow) -> Any:
        return (await moderator.policy_of(unit, group)).blocked_text.words

    async with storage.unit() as unit:
        group = await groups.ensure(unit, -5, title="g", kind="supergroup", owner_id=1, at=AT)
        await put(unit, group, "first")

    async def failing(unit: Unit) -> None:
        assert list(await words(unit, await put(unit, group, "rolled back"))) == ["rolled back"]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.write(failing)
    async with storage.unit() as unit:
        await put(unit, group, "second")
    async with storage.reading() as unit:
        group = (await groups.by_ids(unit, [group.id]))[group.id]
        assert list(await words(unit, group)) == ["second"]
