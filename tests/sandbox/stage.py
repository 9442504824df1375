"""A stage for a test: a served world, a client for the people, an unmodified python-telegram-bot for the bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from sandbox.client import SandboxClient
from sandbox.world import World

TOKEN = "424242:sandbox"
START = 1_740_952_800.0
EVERYTHING = list(Update.ALL_TYPES)


@dataclass
class Stage:
    """`people` act over the control API, `bot` is a real telegram.Bot over HTTP, `world` may be looked into."""

    world: World
    url: str
    people: SandboxClient
    bot: Bot

    async def group(self, kind: str = "supergroup", *, admin: Any = "all", bot: bool = True, **given: Any) -> int:
        """A group with an owner @owner and, unless told otherwise, the bot as a full administrator."""
        owner = self.world.names.get("owner") or await self.people.user_create("Owner", username="owner")
        chat = await self.people.chat_create(kind, "Camp 07", owner, **given)
        if bot:
            await self.people.add_bot(chat, admin=admin)
        return chat

    async def member(self, chat: int, name: str = "Lin", **given: Any) -> int:
        user = await self.people.user_create(name, **given)
        await self.people.join(chat, user)
        return user

    async def updates(self, *, every: bool = True) -> list[Update]:
        """What waits for the bot now, as python-telegram-bot reads it; it is confirmed by asking again."""
        allowed = EVERYTHING if every else None
        found = await self.bot.get_updates(allowed_updates=allowed, timeout=0)
        if found:
            await self.bot.get_updates(offset=found[-1].update_id + 1, timeout=0)
        return list(found)

    async def opt_in(self) -> None:
        """Ask for every kind of update, and clear what is there."""
        while await self.updates():
            pass

    async def call(self, method: str, **parameters: Any) -> tuple[int, Any]:
        """A raw call: HTTP status and body."""
        answer = await self.people.http.post(f"/bot{TOKEN}/{method}", json=parameters)
        return answer.status_code, answer.json()

    async def refusal(self, method: str, **parameters: Any) -> str:
        """The description of the error that the call must end in."""
        status, body = await self.call(method, **parameters)
        assert not body["ok"], body
        assert status == body["error_code"]
        return str(body["description"])


def keyboard(*texts: str) -> InlineKeyboardMarkup:
    """One button a row; the data is the text."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=text)] for text in texts])


def kind_of(update: Update) -> str:
    return next(name for name in update.to_dict() if name != "update_id")
