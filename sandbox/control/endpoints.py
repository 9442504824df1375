"""The control API over HTTP: verbs by POST, looking by GET, waiting by long polls and server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.control import VERBS, live, looks, state
from sandbox.control.reading import invoke
from sandbox.errors import Refused
from sandbox.world import World

LONGEST_WAIT = 25.0
OWN_NAMES = ("127.0.0.1", "localhost", "::1")
encode = msgspec.json.Encoder().encode
Endpoint = Callable[[Request], Awaitable[Response]]


def answered(result: Any) -> Response:
    return Response(encode({"ok": True, "result": result}), media_type="application/json")


def plain(value: Any) -> Response:
    return Response(encode(value), media_type="application/json")


def refused(reason: str, status: int = 400) -> Response:
    return Response(encode({"ok": False, "error": reason}), status, media_type="application/json")


def foreign(request: Request) -> bool:
    """A browser sends along which site asks; a name that only leads here (DNS rebinding) is no name of ours."""
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    return urlsplit(f"//{host}").hostname not in OWN_NAMES or origin not in (None, f"http://{host}")


def routes(world: World) -> list[Route]:
    async def do(request: Request) -> Response:
        verb = VERBS.get(request.path_params["verb"])
        if verb is None:
            return refused(f"no such verb: {request.path_params['verb']}; known: {', '.join(sorted(VERBS))}")
        body = await request.body()
        try:
            given = msgspec.json.decode(body) if body.strip() else {}
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return refused(f"not JSON: {error}")
        if not isinstance(given, dict):
            return refused("a JSON object is expected")
        world.run_due()
        result = invoke(world, verb, given)
        world.touch()
        return answered(result)

    gets: dict[str, Endpoint] = {
        "clock": lambda request: clock(world, request),
        "changed": lambda request: changed(world, request),
        "events": lambda request: events(world, request),
        "story": lambda request: story(world, request),
        **{name: looking(world, look) for name, look in LOOKS.items()},
    }
    made = [Route(f"/sandbox/{name}", guarded(get), methods=["GET"]) for name, get in gets.items()]
    return [*made, Route("/sandbox/{verb}", guarded(do), methods=["POST"])]


def guarded(endpoint: Endpoint) -> Endpoint:
    async def call(request: Request) -> Response:
        if foreign(request):
            return refused("another site, or another name than this machine's own, has no business here", 403)
        try:
            return await endpoint(request)
        except Refused as error:
            return refused(str(error))
        except (KeyError, ValueError) as error:
            return refused(f"{type(error).__name__}: {error}")

    return call


def looking(world: World, look: Callable[[World, Request], Any]) -> Endpoint:
    async def get(request: Request) -> Response:
        world.run_due()
        result = look(world, request)
        return result if isinstance(result, Response) else plain(result)

    return get


def _transcript(world: World, request: Request) -> Response:
    return PlainTextResponse(state.transcript(world, world.chat(request.query_params["chat"])))


def _state(world: World, request: Request) -> Any:
    newest = _number(request, "messages") if "messages" in request.query_params else None
    return state.whole(world, request.query_params.get("chat"), newest=newest)


def _messages(world: World, request: Request) -> Any:
    bounds = {name: _number(request, name) for name in ("after", "before", "limit", "thread")}
    return live.messages(world, world.chat(request.query_params["chat"]), **bounds)


def _happened(world: World, request: Request) -> Any:
    kinds = frozenset(filter(None, request.query_params.get("kinds", "").split(",")))
    return looks.happened(world, kinds, _number(request, "tail") or 200)


def _number(request: Request, name: str) -> int:
    return int(request.query_params.get(name, 0))


LOOKS: dict[str, Callable[[World, Request], Any]] = {
    "state": _state,
    "waiting": lambda world, _: {"waiting": len(world.updates.waiting), "polls": world.updates.poll},
    "calls": lambda world, r: world.calls.after(_number(r, "after"), _number(r, "tail")),
    "transcript": _transcript,
    "member": lambda world, r: state.member_of(world, r.query_params["chat"], r.query_params["user"]),
    "message": lambda world, r: state.one_message(world, r.query_params["chat"], _number(r, "message_id")),
    "messages": _messages,
    "happened": _happened,
    "armed": lambda world, _: looks.armed(world),
    "snapshots": lambda world, _: sorted(world.snapshots),
}


async def clock(world: World, request: Request) -> Response:
    """The clock's face; with `after=VERSION` only once it has another version (25 s at most)."""
    if "after" in request.query_params and _number(request, "after") == world.clock.changed.version:
        await world.clock.changed.wait(_number(request, "after"), LONGEST_WAIT)
    return plain(world.clock.face())


async def story(world: World, request: Request) -> Response:
    """The story that is told; with `after=VERSION` only once it has another version (25 s at most)."""
    if "after" in request.query_params:
        seconds = min(float(request.query_params.get("seconds", LONGEST_WAIT)), LONGEST_WAIT)
        await world.telling.changed.wait(_number(request, "after"), seconds)
    return plain(world.telling.whole())


async def changed(world: World, request: Request) -> Response:
    """Wait until anything has happened after `after`, `seconds` at most."""
    seconds = min(float(request.query_params.get("seconds", LONGEST_WAIT)), LONGEST_WAIT)
    await world.changed.wait(_number(request, "after"), seconds)
    return plain({"version": world.changed.version})


async def events(world: World, request: Request) -> Response:
    """What happens, as server-sent events, from `after` (or Last-Event-ID) on; `hello` first says whose they are."""
    last = request.headers.get("last-event-id") or request.query_params.get("after") or "0"
    return StreamingResponse(stream(world, int(last)), media_type="text/event-stream")


async def stream(world: World, after: int) -> AsyncIterator[bytes]:
    """A number from another run of the sandbox, above all there are, means from the beginning."""
    after = after if after <= world.last_event else 0
    yield b"event: hello\ndata: %s\n\n" % encode({"run": world.run, "last": world.last_event})
    while True:
        version = world.changed.version
        for number, at, kind, data in world.events_after(after):
            after, told = number, {"at": at} | live.event(world, kind, data)
            yield b"id: %d\nevent: %s\ndata: %s\n\n" % (number, kind.encode(), encode(told))
        if not await world.changed.wait(version, LONGEST_WAIT):
            yield b": still here\n\n"
