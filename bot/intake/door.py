"""The door Telegram knocks at: who does not know the secret is sent away before a byte of the body is read.

Nothing of a secret, a path or a body is logged.
"""

import asyncio
import hmac
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

from starlette.types import Receive, Scope, Send

from bot.failpoints import failpoint

SECRET_HEADER = b"x-telegram-bot-api-secret-token"
# The largest update Telegram makes is far below; a proxy in front usually lets 1 MiB through.
LARGEST = 1 << 20
BODY_SECONDS = 10.0
# A connection closed on somebody who still sends takes the answer away with it.
LINGER_SECONDS = 1.0
RETRY_AFTER = b"5"

NOT_FOUND, NOT_ALLOWED, FORBIDDEN, NOT_JSON, TOO_LARGE, TOO_SLOW = 404, 405, 403, 415, 413, 408
REASONS = {
    NOT_FOUND: "it is not for the address Telegram calls",
    NOT_ALLOWED: "it is no POST",
    FORBIDDEN: "it does not have the secret",
    NOT_JSON: "it is not JSON",
    TOO_LARGE: "it is too large",
    TOO_SLOW: "its body did not come in time",
}

log = logging.getLogger(__name__)


class Turned(Exception):
    """A request that is not taken, with the status that says why; 0 where nobody is there any more."""

    def __init__(self, status: int) -> None:
        self.status = status


class Door:
    """An ASGI application. `take` tells whether an update is committed; only then is it answered with 200."""

    def __init__(self, path: str, secret: str, take: Callable[[bytes], Awaitable[bool]]) -> None:
        self._path = path.encode()
        self._secret = secret.encode()
        self._take = take
        self.refused: Counter[int] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            self._examine(scope)
            body = await read(receive)
        except Turned as turned:
            if turned.status:
                self._note(turned.status)
                await refuse(turned.status, receive, send)
        else:
            await self._serve(body, send)

    async def _serve(self, body: bytes, send: Send) -> None:
        if not await self._take(body):
            await answer(send, 503, [(b"retry-after", RETRY_AFTER)])
            return
        await answer(send, 200)
        failpoint("intake.confirmed")

    def _examine(self, scope: Scope) -> None:
        """By what a request says of itself; nobody without the secret learns more than that."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if scope["raw_path"] != self._path:
            raise Turned(NOT_FOUND)
        if scope["method"] != "POST":
            raise Turned(NOT_ALLOWED)
        given = values(headers, SECRET_HEADER)
        if len(given) != 1 or not hmac.compare_digest(given[0], self._secret):
            raise Turned(FORBIDDEN)
        kinds = values(headers, b"content-type")
        if len(kinds) != 1 or kinds[0].partition(b";")[0].strip().lower() != b"application/json":
            raise Turned(NOT_JSON)
        if any(int(length) > LARGEST for length in values(headers, b"content-length")):
            raise Turned(TOO_LARGE)

    def _note(self, status: int) -> None:
        """The first of its kind at once, the others as a number (`told`)."""
        if not self.refused[status]:
            log.warning("a request to the webhook was refused: %s", REASONS[status], extra={"status": status})
        self.refused[status] += 1

    def told(self) -> None:
        """Say how many more were refused since the last time, and begin anew."""
        if more := {status: count - 1 for status, count in self.refused.items() if count > 1}:
            log.warning("more requests to the webhook were refused", extra={"by_status": more})
        self.refused.clear()


def values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for each, value in headers if each == name]


async def read(receive: Receive) -> bytes:
    """The whole body, within its limits."""
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Turned(0)
                body += message.get("body", b"")
                if len(body) > LARGEST:
                    raise Turned(TOO_LARGE)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        raise Turned(TOO_SLOW) from None


async def answer(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]] = ()) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0"), *headers]})
    await send({"type": "http.response.body"})


async def refuse(status: int, receive: Receive, send: Send) -> None:
    """Said at once; then what is still being sent is passed over for a moment, and the connection is closed."""
    headers = [(b"content-length", b"0"), (b"connection", b"close")]
    headers += [(b"allow", b"POST")] if status == NOT_ALLOWED else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    try:
        async with asyncio.timeout(LINGER_SECONDS):
            while (await receive()).get("more_body", False):
                pass
    except TimeoutError:
        pass
    await send({"type": "http.response.body"})
