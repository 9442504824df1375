"""Telegram through python-telegram-bot: acts are performed, questions answered; no other module calls the Bot API."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from types import TracebackType
from typing import Any, Self, cast
from urllib.parse import quote

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.clock import Clock
from bot.gateway.acts import Performer
from bot.gateway.introduction import Shown, is_shown, set_shown
from bot.gateway.outcomes import (
    BotInfo,
    CallRefused,
    ChatInfo,
    MemberInfo,
    Outcome,
    Performable,
    Place,
    Renderer,
    TokenRefused,
    TooLarge,
    Unavailable,
    WebhookInfo,
)
from bot.gateway.permissions import permissions_of
from bot.gateway.refusals import flood_seconds
from bot.gateway.wire import READ, Answer, Silence, Wire, fly, redact

# What all lanes together may have out, and the questions beside them.
CONNECTIONS = 256
AFTER_POLL = 10.0
BETWEEN_PROOFS = 1.0
# The token is a part of the address, so an unknown one may also read as no such place.
TOKEN_CODES = frozenset({401, 404})


class TelegramGateway:
    """`async with TelegramGateway(token, base_url, proxy, clock=…, render=…) as gateway`."""

    def __init__(
        self,
        token: str,
        base_url: str = "https://api.telegram.org",
        proxy: str = "",
        *,
        clock: Clock,
        render: Renderer,
        patience: float = READ,
        between_proofs: float = BETWEEN_PROOFS,
    ) -> None:
        address = base_url.rstrip("/")
        self._wire = Wire(address, proxy, CONNECTIONS, patience)
        # Its own: a poll must never wait for connections that acts are using.
        self._polling = Wire(address, proxy, 2, patience)
        self._bot = Bot(
            token,
            base_url=f"{address}/bot",
            base_file_url=f"{address}/file/bot",
            request=self._wire,
            get_updates_request=self._polling,
        )
        self._between_proofs = between_proofs
        self._performer = Performer(self._bot, int(token.partition(":")[0]), render, self._send, clock.now)

    def __repr__(self) -> str:
        return "TelegramGateway()"

    async def __aenter__(self) -> Self:
        await self._wire.initialize()
        await self._polling.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._wire.shutdown()
        await self._polling.shutdown()

    async def perform(self, errand: Performable, place: Place) -> Outcome:
        return await self._performer.perform(errand, place)

    async def get_me(self) -> BotInfo:
        me = await self._ask(self._bot.get_me)
        return BotInfo(me["id"], me.get("username", ""), me["first_name"], me.get("can_read_all_group_messages", False))

    async def chat(self, chat_id: int) -> ChatInfo:
        chat = await self._ask(lambda: self._bot.get_chat(chat_id))
        forum, linked = chat.get("is_forum", False), chat.get("linked_chat_id", 0)
        names = chat.get("title", ""), chat.get("username", "")
        pinned = (chat.get("pinned_message") or {}).get("message_id", 0)
        return ChatInfo(chat["id"], chat["type"], *names, forum, linked, permissions_of(chat), pinned)

    async def administrators(self, chat_id: int) -> list[MemberInfo]:
        """Other bots as well."""
        found = await self._ask(lambda: self._bot.get_chat_administrators(chat_id, return_bots=True))
        return [member_of(each) for each in found]

    async def member(self, chat_id: int, user_id: int) -> MemberInfo:
        return member_of(await self._ask(lambda: self._bot.get_chat_member(chat_id, user_id)))

    async def member_count(self, chat_id: int) -> int:
        return int(await self._ask(lambda: self._bot.get_chat_member_count(chat_id)))

    async def download(self, file_id: str, most: int) -> bytes:
        """What a file holds; `TooLarge` as soon as it is known to have more than `most` bytes."""
        told = await self._ask(lambda: self._bot.get_file(file_id))
        if told.get("file_size", 0) > most:
            raise TooLarge
        return await self._wire.download(f"{self._bot.base_file_url}/{quote(str(told.get('file_path', '')))}", most)

    async def shows(self, one: Shown) -> bool:
        return await is_shown(self._bot, self._ask, one)

    async def show(self, one: Shown) -> None:
        await set_shown(self._bot, self._ask, one)

    async def updates(
        self,
        offset: int,
        limit: int,
        timeout: int,  # noqa: ASYNC109 - Telegram's own long poll
        allowed: Sequence[str],
    ) -> bytes:
        """The answer of getUpdates as it came, decoded by whoever needs it; asking confirms all before `offset`."""
        asked = {"offset": offset, "limit": limit, "timeout": timeout, "allowed_updates": list(allowed)}
        # By hand, for the library's own method makes objects of everything.
        data = RequestData([RequestParameter.from_input(name, value) for name, value in asked.items()])
        url, patience = f"{self._bot.base_url}/getUpdates", timeout + AFTER_POLL
        asking = self._polling.do_request(url, "POST", data, read_timeout=patience)
        return cast(bytes, self._answered(await self._confirmed(await fly(asking, raw=True))))

    async def set_webhook(self, url: str, secret: str, connections: int, allowed: Sequence[str]) -> None:
        """Telegram calls `url` from now on; what waits is kept and comes that way."""
        await self._ask(lambda: self._bot.set_webhook(url, None, connections, list(allowed), secret_token=secret))

    async def webhook_info(self) -> WebhookInfo:
        told = await self._ask(self._bot.get_webhook_info)
        failed_at, failure = told.get("last_error_date", 0), redact(told.get("last_error_message", ""))
        return WebhookInfo(told["url"], told["pending_update_count"], failed_at, failure)

    async def delete_webhook(self) -> None:
        """What waits is kept for polling."""
        await self._ask(lambda: self._bot.delete_webhook(drop_pending_updates=False))

    async def _ask(self, question: Callable[[], Awaitable[object]]) -> Any:
        return self._answered(await self._confirmed(await fly(question())))

    def _answered(self, reply: Answer | Silence) -> Any:
        if isinstance(reply, Silence):
            raise Unavailable(reply.reason)
        if reply.ok:
            return reply.result
        if reply.code == 429:
            raise Unavailable("flood limit", flood_seconds(reply))
        if reply.code >= 500:
            raise Unavailable(f"{reply.code} {reply.description}")
        raise CallRefused(reply.code, reply.description, reply.parameters.get("migrate_to_chat_id", 0))

    async def _send(self, call: Callable[[], Awaitable[object]]) -> Answer | Silence:
        return await self._confirmed(await fly(call(), act=True))

    async def _confirmed(self, reply: Answer | Silence) -> Answer | Silence:
        """An unknown method reads like an unknown token, so only getMe, twice, says that the token is refused."""
        if not isinstance(reply, Answer) or reply.ok or reply.code not in TOKEN_CODES:
            return reply
        for proof in range(2):
            if proof:
                await asyncio.sleep(self._between_proofs)
            said = await fly(self._bot.get_me())
            if isinstance(said, Silence) or said.ok or said.code not in TOKEN_CODES:
                return reply
        raise TokenRefused


def member_of(raw: dict[str, Any]) -> MemberInfo:
    user, status = raw["user"], raw["status"]
    rights = frozenset(name for name, value in raw.items() if name.startswith("can_") and value is True)
    return MemberInfo(
        user_id=user["id"],
        name=" ".join(part for part in (user.get("first_name"), user.get("last_name")) if part),
        username=user.get("username", ""),
        is_bot=user.get("is_bot", False),
        status=status,
        rights=rights if status == "administrator" else frozenset(),
        anonymous=raw.get("is_anonymous", False),
        tag=raw.get("tag"),
        until=raw.get("until_date", 0),
        may_send=status not in {"kicked", "left"} and (status != "restricted" or raw.get("can_send_messages", False)),
    )
