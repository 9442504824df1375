"""A gateway for benchmarks that need no Telegram: it hands out prepared updates and takes every act."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from bot.gateway import BotInfo, ChatInfo, Done, MemberInfo, WebhookInfo

NOTHING_NEW = b'{"ok":true,"result":[]}'


class CannedGateway:
    """`empty` is set once the last prepared answer was confirmed."""

    def __init__(self, bodies: Iterable[bytes]) -> None:
        self._bodies = iter(bodies)
        self.empty = asyncio.Event()

    async def get_me(self) -> BotInfo:
        return BotInfo(77, "bench_bot", "Bench")

    async def updates(self, offset: int, limit: int, timeout: int, allowed: Sequence[str]) -> bytes:  # noqa: ASYNC109
        body = next(self._bodies, None)
        if body is not None:
            return body
        self.empty.set()
        await asyncio.sleep(3600)
        return NOTHING_NEW

    async def chat(self, chat_id: int) -> ChatInfo:
        return ChatInfo(chat_id, "supergroup", "学习成长营", "", False, 0)

    async def administrators(self, chat_id: int) -> list[MemberInfo]:
        return [MemberInfo(1, "群主", "owner", False, "creator")]

    async def member_count(self, chat_id: int) -> int:
        return 200

    async def download(self, *_: Any) -> bytes:
        return b""

    async def perform(self, *_: Any) -> Done:
        return Done({})

    async def member(self, chat_id: int, user_id: int) -> MemberInfo:
        return MemberInfo(user_id, "学员", "", False, "member")

    async def shows(self, *_: Any) -> bool:
        return True

    async def show(self, *_: Any) -> None: ...

    async def set_webhook(self, *_: Any) -> None: ...

    async def webhook_info(self) -> WebhookInfo:
        return WebhookInfo("")

    async def delete_webhook(self) -> None: ...
