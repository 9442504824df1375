"""Many updates at once by webhook: gathered, in order within each chat, each counted once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text

from bot.intake.incoming import Incoming
from tests.app.stage import Stage, staged
from tests.bot.waiting import until

CHATS, EACH = 40, 50
RULES = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}


class Seen:
    """What the pump was handed, batch by batch; it is handed on unchanged."""

    def __init__(self, stage: Stage) -> None:
        self.batches: list[list[Incoming]] = []
        self._take, stage.app.pump.take = stage.app.pump.take, self.take  # type: ignore[method-assign]

    async def take(self, batch: Sequence[Incoming]) -> None:
        self.batches.append(list(batch))
        await self._take(batch)

    def by_chat(self) -> dict[int, list[int]]:
        """The numbers of the updates of each chat in the order in which they were first taken."""
        found: dict[int, dict[int, None]] = defaultdict(dict)
        for batch in self.batches:
            for each in sorted(batch, key=lambda one: one.update_id):
                if each.chat is not None:
                    found[each.chat.id][each.update_id] = None
        return {chat: list(numbers) for chat, numbers in found.items()}


async def crowd(stage: Stage, chats: int) -> dict[int, int]:
    """So many more groups, and the one person who speaks in each."""
    speakers = {}
    for number in range(chats):
        chat = await stage.people.chat_create("supergroup", f"{number:02}营", stage.owner)
        await stage.people.add_bot(chat, admin="all")
        speakers[chat] = await stage.people.user_create(f"学员{number}")
        await stage.people.join(chat, speakers[chat])
    return speakers


async def written(stage: Stage) -> Counter[int]:
    """How many messages were counted, by person."""
    async with stage.app.services.storage.reading() as unit:
        found = await unit.execute(text("SELECT user_id, messages FROM members WHERE messages > 0"))
    return Counter({row[0]: row[1] for row in found})


def posts(speakers: dict[int, int], each: int) -> list[dict[str, Any]]:
    """Everybody by turns, so that the chats lie side by side."""
    return [
        {"chat": chat, "user": user, "text": f"第{number}条"}
        for number in range(each)
        for chat, user in speakers.items()
    ]


async def test_forty_connections_keep_the_order_of_every_chat_and_duplicates_count_once(database_url: str) -> None:
    # U1 U2
    async with staged(database_url, RULES, intake="webhook") as stage:
        speakers = await crowd(stage, CHATS)
        await stage.all_taken()
        seen = Seen(stage)
        stage.world.updates.repeats = 2
        await stage.people.post_many(posts(speakers, 5))
        await stage.all_taken()
        for numbers in seen.by_chat().values():
            assert numbers == sorted(numbers)
        assert len(seen.by_chat()) == CHATS
        assert max(map(len, seen.batches)) > 1
        assert sum(map(len, seen.batches)) == 3 * 5 * CHATS
        assert await written(stage) == dict.fromkeys(speakers.values(), 5)


@pytest.mark.parametrize("intake", ["polling", "webhook"])
async def test_two_thousand_updates_at_once_are_each_counted_once(database_url: str, intake: str) -> None:
    async with staged(database_url, RULES, intake=intake) as stage:
        speakers = await crowd(stage, CHATS)
        await stage.all_taken()
        await stage.people.post_many(posts(speakers, EACH))
        await until(lambda: not stage.world.updates.waiting, "all taken", seconds=60)
        assert await written(stage) == dict.fromkeys(speakers.values(), EACH)
