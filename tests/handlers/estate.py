"""Two groups of one owner, one of another, an officer over the first two: for what holds over all groups."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot import due
from bot.storage import blacklist, deadlines, groups, roles
from bot.storage.blacklist import BlacklistRow
from tests.handlers.camp import Camp, camping

MINE, ANOTHERS = 5_001, 5_002


class Estate:
    """`officer` may be written to; `other` is the second group of the same owner, `foreign` somebody else's."""

    def __init__(self, camp: Camp) -> None:
        self.camp, self.telegram = camp, camp.telegram
        self.other = self.foreign = self.officer = 0

    async def settle(self) -> None:
        camp = self.camp
        self.other, self.foreign = self.telegram.supergroup("08营"), self.telegram.supergroup("别家的营")
        self.officer = self.telegram.person("总管")
        for chat in (camp.chat, self.other, self.foreign):
            self.telegram.do("join", chat=chat, user=self.officer)
        for chat in (self.other, self.foreign):
            self.telegram.do("join", chat=chat, user=camp.lin)
        await camp.go()
        for chat, owner in ((camp.chat, MINE), (self.other, MINE), (self.foreign, ANOTHERS)):
            await self.owned(chat, owner)
        async with camp.storage.unit() as unit:
            await roles.grant_all(unit, MINE, self.officer, "officer", MINE, 0)
        await camp.starts(self.officer)
        await camp.starts(camp.leader)

    async def owned(self, chat: int, owner: int) -> None:
        group = await self.camp.group(chat)
        async with self.camp.storage.unit() as unit:
            await groups.update(unit, group.id, owner_id=owner, admins_at=int(self.camp.clock.now()))

    async def says(self, words: str, user: int = 0) -> str:
        """To the bot alone, about the first group; what it said last."""
        self.camp.clock.advance(5)
        group, who = await self.camp.group(), user or self.officer
        command, _, rest = words.partition(" ")
        await self.camp.whispers(who, f"{command} #{group.id} {rest}".strip())
        return self.camp.last(who)

    async def sends(self, content: str | None = None, user: int = 0, **media: Any) -> str:
        """A file, in private."""
        who = user or self.officer
        given = {"kind": "document", "file_name": "list.csv", **({"content": content} if content else {}), **media}
        self.camp.clock.advance(5)
        self.telegram.do("post", chat=who, user=who, media=given)
        await self.camp.go()
        return self.camp.last(who)

    async def taps(self, button: str, user: int = 0) -> str:
        who = user or self.officer
        await self.camp.taps(who, button)
        return self.camp.last(who)

    async def adds(self, words: str = "") -> None:
        """林晓 is put on the list."""
        await self.says(f"/blacklist add {words or f'{self.camp.lin} 30d 私下发诈骗链接'}")
        await self.taps("确认，放进黑名单")

    async def entries(self, state: str = "active", owner: int = MINE) -> list[BlacklistRow]:
        async with self.camp.storage.reading() as unit:
            return await blacklist.listed(unit, owner, state)

    async def due(self) -> None:
        """What the calendar would do by now."""
        camp, now = self.camp, int(self.camp.clock.now())
        while True:
            async with camp.storage.unit() as unit:
                waiting = await deadlines.due(unit, now, 50)
                for row in waiting:
                    await due.settle(unit, camp.services.moderator, row, now)
            if not waiting:
                break
        await camp.go()

    def status(self, chat: int = 0, user: int = 0) -> str:
        return self.telegram.status(user or self.camp.lin, chat or self.camp.chat)


@asynccontextmanager
async def on_an_estate(url: str, **policy: Any) -> AsyncIterator[Estate]:
    async with camping(url, policy) as camp:
        estate = Estate(camp)
        await estate.settle()
        yield estate
