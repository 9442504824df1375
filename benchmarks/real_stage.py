"""Groups and people of the sandbox who say what real people said; knows nothing of what the bot should do about it."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from sandbox.client import SandboxClient

GROUPS, MEMBERS = 6, 200
WAVE, WAVE_SECONDS = 60, 1800
BREATH = 1.5

Row = tuple[str, str]

CONTROLS = {
    "nickname_format": "join",
    "ad_without_red_packet": "亲们,自家面膜特价99元一盒,加微信 mianmo_2025 下单包邮",
    "flooding": "flood",
    "insult": "你这个傻逼,滚出去",
    "blocked_text": "这里有禁词控制样本",
    "scam_newcomer": "USDT稳赚项目,带单老师一对一,日赚3000,拉人返佣,点 https://t.me/+AbCdEf123 进群",
}


@dataclass
class Sent:
    """What was posted, by (chat, message): `chat` is ordinary talk, `ad` a labelled ad, `control` a scripted one."""

    kinds: dict[tuple[int, int], str] = field(default_factory=dict)
    sources: dict[tuple[int, int], str] = field(default_factory=dict)


class Stage:
    """Groups and people of the sandbox, and what they were made to say."""

    def __init__(self, url: str, chance: random.Random) -> None:
        self._telegram = SandboxClient(url)
        self._chance = chance
        self.groups: list[int] = []
        self.people: list[list[int]] = []
        self.sent = Sent()

    async def close(self) -> None:
        await self._telegram.http.aclose()

    async def set(self) -> None:
        await self._telegram.do("user_create", id=1001, first_name="苏禾", username="suhe")
        for n in range(GROUPS):
            made = await self._telegram.do("chat_create", kind="supergroup", title=f"{n + 1:02}营", owner=1001)
            self.groups.append(made["id"])

    async def fill(self) -> None:
        """The bot is added first, so that everybody is new to it; names are as agreed but for one in fifty."""
        await self._telegram.do("start", user=1001)
        for group in self.groups:
            await self._telegram.do("add_bot", chat=group, by=1001, admin="all")
        await self.caught_up()
        for n, group in enumerate(self.groups):
            people = []
            for m in range(MEMBERS):
                user = 200_000 + n * MEMBERS + m
                name = f"学员{m}" if m % 50 == 49 else f"{n + 1:02}营-学员{m}-上海"
                await self._telegram.do("user_create", id=user, first_name=name)
                await self._telegram.do("join", chat=group, user=user)
                people.append(user)
            self.people.append(people)
            await self.caught_up()

    async def feed(self, chat: list[Row], ads: list[Row]) -> None:
        """Waves of mixed messages, half an hour of the sandbox's clock apart, so that brakes count by the hour."""
        mixed = [("chat", row) for row in chat] + [("ad", row) for row in ads]
        self._chance.shuffle(mixed)
        await self.controls()
        for first in range(0, len(mixed), WAVE * GROUPS):
            await self.wave(mixed[first : first + WAVE * GROUPS])
            await self.let_pass(WAVE_SECONDS, BREATH)

    async def wave(self, part: Sequence[tuple[str, Row]]) -> None:
        """One message of each person at the most; whoever may not write has lost the turn."""
        for n, group in enumerate(self.groups):
            mine = part[n::GROUPS]
            authors = self._chance.sample(self.people[n], len(mine))
            posts = [
                {"chat": group, "user": u, "text": text[:4096]} for u, (_, (_, text)) in zip(authors, mine, strict=True)
            ]
            answers = await self._telegram.do("post_many", posts=posts)
            for answer, (kind, (source, _)) in zip(answers, mine, strict=True):
                if "message_id" in answer:
                    self.sent.kinds[group, answer["message_id"]] = kind
                    self.sent.sources[group, answer["message_id"]] = source
        await self.caught_up()

    async def let_pass(self, seconds: int, real_seconds: float) -> None:
        """The clock runs fast for a moment, as an evening does."""
        await self._telegram.do("clock", rate=seconds / real_seconds)
        await asyncio.sleep(real_seconds)
        await self._telegram.do("clock", rate=1)

    async def controls(self) -> None:
        """Each rule gets something it must answer; a newcomer each, so that one control does not hide another."""
        group = self.groups[0]
        for n, (rule, text) in enumerate(CONTROLS.items()):
            user = 300_000 + n
            name = "随便起的名字" if rule == "nickname_format" else f"01营-样本{n}-上海"
            await self._telegram.do("user_create", id=user, first_name=name)
            await self._telegram.do("join", chat=group, user=user)
            if rule == "flooding":
                posts = [{"chat": group, "user": user, "text": f"刷{i}"} for i in range(12)]
            else:
                posts = [{"chat": group, "user": user, "text": text if text != "join" else "大家好"}]
            for answer in await self._telegram.do("post_many", posts=posts):
                if "message_id" in answer:
                    self.sent.kinds[group, answer["message_id"]] = "control"
            await self.caught_up()
            await self._telegram.do("clock", jump_seconds=3600)

    async def caught_up(self) -> None:
        """Until the bot has confirmed every update."""
        deadline = time.monotonic() + 120
        while True:
            state = await self._telegram.get("waiting")
            if not state["waiting"]:
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"the bot does not catch up: {state}")
            await asyncio.sleep(0.02)

    async def settle(self) -> None:
        """Time for the last acts, and for the notices that take themselves down after an hour or a day."""
        for hours in (1, 3, 24, 24):
            await self.let_pass(hours * 3600, 3)
