"""A sandbox in the test's own process, on its own clock, with one supergroup in which the bot may do everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import ManualClock
from sandbox.control import VERBS
from sandbox.control.reading import invoke
from sandbox.serve import serve
from sandbox.world import World
from sandbox.world.clock import Clock

TOKEN = "4242:canary_token_canary_token_canary_t"
NOW = 1_700_000_000


class Telegram:
    """The people's side by verbs (`do`), and what the bot has asked for."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.world = World(token=TOKEN, clock=Clock(clock.now(), real=clock.now))
        self.url = ""
        self.owner = self.person("Owner")
        self.group = self.supergroup("Camp 07")

    def do(self, verb: str, **given: Any) -> Any:
        result = invoke(self.world, VERBS[verb], given)
        self.world.touch()
        return result

    def person(self, name: str, **more: Any) -> int:
        return int(self.do("user_create", first_name=name, **more)["id"])

    def member(self, name: str, chat: int = 0) -> int:
        person = self.person(name)
        self.do("join", chat=chat or self.group, user=person)
        return person

    def supergroup(self, title: str, kind: str = "supergroup", rights: Any = "all", **more: Any) -> int:
        chat = int(self.do("chat_create", kind=kind, title=title, owner=self.owner, **more)["id"])
        self.do("add_bot", chat=chat, admin=rights)
        return chat

    def post(self, user: int, text: str, chat: int = 0, **more: Any) -> int:
        return int(self.do("post", chat=chat or self.group, user=user, text=text, **more)["message_id"])

    def calls(self, *methods: str) -> list[dict[str, Any]]:
        """What the bot asked for by these methods (all, where none is named), in order."""
        return [call for call in self.world.calls.after(0) if not methods or call["method"] in methods]

    def said(self, chat: int = 0) -> list[dict[str, Any]]:
        """The bot's posts in a chat that still stand."""
        messages = self.world.chat(chat or self.group).messages.values()
        return [each.body for each in messages if each.exists and each.by_bot and not each.service]

    def exists(self, message_id: int, chat: int = 0) -> bool:
        return self.world.message(self.world.chat(chat or self.group), message_id) is not None

    def status(self, user: int, chat: int = 0) -> str:
        return self.world.member(self.world.chat(chat or self.group), user).status

    def until(self, user: int, chat: int = 0) -> int:
        return self.world.member(self.world.chat(chat or self.group), user).until


@asynccontextmanager
async def running(clock: ManualClock) -> AsyncIterator[Telegram]:
    telegram = Telegram(clock)
    async with serve(telegram.world) as telegram.url:
        yield telegram
