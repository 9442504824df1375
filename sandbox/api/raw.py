"""Answers that are no answers: a cut connection, a body that is not what the Bot API sends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from sandbox.world.failures import Failure

TRANSPORT = "sandbox.transport"


class Cut(Response):
    """Breaks the connection without a byte; the server puts its transport into the scope for this."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[TRANSPORT].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


def raw_answer(rule: Failure) -> Response:
    """The rule's body at once, or byte by byte over its seconds."""
    body, code = rule.body.encode(), rule.code or 200
    if not rule.slow:
        return Response(body, code, media_type=rule.content_type)
    headers = {"content-length": str(len(body))}
    return StreamingResponse(dripping(body, rule.seconds), code, headers, rule.content_type)


async def dripping(body: bytes, seconds: float) -> AsyncIterator[bytes]:
    for byte in body:
        await asyncio.sleep(seconds / len(body))
        yield bytes([byte])
