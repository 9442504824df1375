"""The control API for tests and players: one method per verb, and asserts that wait until a deadline."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self, TypeVar, cast

import httpx

from sandbox.client_verbs import Json, Key, VerbRefused, Verbs

__all__ = ["NO_TLS", "SandboxClient", "Unfulfilled", "VerbRefused"]
PATIENCE = 10.0
GLANCE = 0.05
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used: loopback speaks plain HTTP
T = TypeVar("T")


class Unfulfilled(AssertionError):
    """What a test waited for did not happen in time."""


class SandboxClient(Verbs):
    """Talks to a running sandbox; use as `async with SandboxClient(url) as telegram:`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(base_url=url, timeout=60.0, trust_env=False, verify=NO_TLS)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.http.aclose()

    async def get(self, name: str, **parameters: Any) -> Any:
        given = {key: value for key, value in parameters.items() if value is not None}
        answer = await self.http.get(f"/sandbox/{name}", params=given)
        if answer.status_code != 200:
            raise ValueError(answer.text)
        return answer.text if name == "transcript" else answer.json()

    async def state(self, chat: Key | None = None) -> Json:
        return cast(Json, await self.get("state", chat=chat))

    async def calls(self, after: int = 0, method: str | None = None) -> list[Json]:
        """The call log from number `after` on, of one method if named."""
        log = cast("list[Json]", await self.get("calls", after=after))
        return log if method is None else [call for call in log if call["method"] == method]

    async def last_call(self) -> int:
        log = cast("list[Json]", await self.get("calls", tail=1))
        return int(log[-1]["n"]) if log else 0

    async def messages(self, chat: Key, after: int = 0) -> list[Json]:
        return cast("list[Json]", await self.get("messages", chat=chat, after=after))

    async def message(self, chat: Key, message_id: int) -> Json | None:
        return cast("Json | None", await self.get("message", chat=chat, message_id=message_id))

    async def member(self, chat: Key, user: Key) -> Json:
        return cast(Json, await self.get("member", chat=chat, user=user))

    async def now(self) -> float:
        return cast(float, (await self.get("clock"))["now"])

    async def transcript(self, chat: Key) -> str:
        return cast(str, await self.get("transcript", chat=chat))

    async def wait_for(self, look: Callable[[], Awaitable[T | None]], what: str, seconds: float = PATIENCE) -> T:
        """Look again whenever something happens until it is there (not None, not False)."""
        end = time.monotonic() + seconds
        version = -1
        while True:
            seen = await look()
            if seen is not None and seen is not False:
                return seen
            left = end - time.monotonic()
            if left <= 0:
                raise Unfulfilled(f"{what}: not within {seconds} s")
            version = (await self.get("changed", after=version, seconds=min(left, 1.0)))["version"]

    async def untaken(self, seconds: float = 0) -> int:
        """How many updates the bot has not taken; up to that long is waited until there are none."""
        waiting = int((await self.get("waiting"))["waiting"])
        for _ in range(int(seconds / GLANCE)):
            if not waiting:
                break
            await asyncio.sleep(GLANCE)
            waiting = int((await self.get("waiting"))["waiting"])
        return waiting

    async def message_deleted(self, chat: Key, message_id: int, seconds: float = PATIENCE) -> Json:
        async def look() -> Json | None:
            message = await self.message(chat, message_id)
            return message if message is not None and message["deleted"] else None

        return await self.wait_for(look, f"message {message_id} in {chat} deleted", seconds)

    async def member_status(self, chat: Key, user: Key, status: str, seconds: float = PATIENCE) -> Json:
        """Wait until the person is creator, administrator, member, restricted, left or kicked there."""

        async def look() -> Json | None:
            member = await self.member(chat, user)
            return member if member["status"] == status else None

        return await self.wait_for(look, f"{user} {status} in {chat}", seconds)

    async def call_made(self, method: str, **parameters: Any) -> Json:
        """Wait for a call of the method whose parameters contain these (a compiled pattern is searched)."""

        async def look() -> Json | None:
            for call in await self.calls(method=method):
                if all(fits(call["parameters"].get(name), wanted) for name, wanted in parameters.items()):
                    return call
            return None

        return await self.wait_for(look, f"{method} {parameters}")

    async def bot_message(
        self, chat: Key, text: str = "", *, after: int = 0, seconds: float = PATIENCE, button: str = ""
    ) -> Json:
        """Wait for a standing message of the bot that matches the pattern (and carries such a button)."""

        async def look() -> Json | None:
            for message in reversed(await self.messages(chat, after)):
                said = message.get("text") or message.get("caption") or ""
                shown = message["from_bot"] and not message["service"] and not message["deleted"]
                if shown and re.search(text, said) and has_button(message, button):
                    return message
            return None

        return await self.wait_for(look, f"the bot says /{text}/ in {chat}", seconds)

    async def alert(self, user: Key, text: str = "") -> Json:
        """Wait for an answer to one of the person's presses that matches the pattern."""

        async def look() -> Json | None:
            told = [answer for answer in await self.alerts(user) if re.search(text, answer["text"])]
            return told[-1] if told else None

        return await self.wait_for(look, f"{user} is told /{text}/")

    async def quiet(self, seconds: float = 0.5, *, after: int | None = None) -> None:
        """Assert that the bot calls nothing but getUpdates for that long."""
        before = await self.last_call() if after is None else after
        await asyncio.sleep(seconds)
        made = [call["method"] for call in await self.calls(before) if call["method"] != "getUpdates"]
        if made:
            raise Unfulfilled(f"quiet was expected, but the bot called {made}")


def fits(value: object, wanted: object) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(str(value)) is not None
    return value == wanted


def has_button(message: Json, text: str) -> bool:
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return not text or any(text in button["text"] for row in rows for button in row)
