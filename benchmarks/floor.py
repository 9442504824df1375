"""The floor: what python-telegram-bot alone costs for a message that nothing is done about."""

import json
from typing import Any

from telegram import Update, User
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes, ExtBot, MessageHandler, filters
from telegram.request import BaseRequest, RequestData

COMMANDS = ("rules", "help", "record", "points", "privacy", "warn", "mute", "undo", "why")


class NoNetwork(BaseRequest):
    """The floor calls nobody."""

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    @property
    def read_timeout(self) -> float | None:
        return None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> Any:
        raise AssertionError(f"the floor called {url}")


class Named(ExtBot[None]):
    """Knows who it is without asking."""

    def __init__(self) -> None:
        super().__init__("1:x", request=NoNetwork(), get_updates_request=NoNetwork())
        self._bot_user = User(1, "Floor", is_bot=True, username="floor_bot")

    async def initialize(self) -> None: ...


async def nothing(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Ten handlers, and the one that fits does nothing."""


async def application() -> "Application[Any, Any, Any, Any, Any, Any]":
    built = ApplicationBuilder().bot(Named()).updater(None).job_queue(None).build()
    for name in COMMANDS:
        built.add_handler(CommandHandler(name, nothing))
    built.add_handler(MessageHandler(filters.TEXT, nothing))
    await built.initialize()
    return built


async def take(built: "Application[Any, Any, Any, Any, Any, Any]", body: bytes) -> None:
    for each in json.loads(body)["result"]:
        await built.process_update(Update.de_json(each, built.bot))
