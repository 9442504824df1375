"""Answers that are no answers: a cut connection, a body that is not what the Bot API sends."""

from __future__ import annotations

from starlette.responses import Response
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
    return Response(rule.body, rule.code or 200, media_type=rule.content_type)
