"""One Bot API call from request to answer: token, method, parameters, failure rules, limits, effect, log."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from sandbox.api import METHODS
from sandbox.api.arguments import NAMES, Args, check_required, read
from sandbox.api.raw import Cut, raw_answer
from sandbox.errors import METHOD_NOT_FOUND, NOT_FOUND, UNAUTHORIZED, ApiError, Refused, bad, flooded
from sandbox.world import World
from sandbox.world.calls import Call
from sandbox.world.failures import Failure

encode = msgspec.json.Encoder().encode


async def call(world: World, token: str, name: str, request: Request) -> Response:
    """Answer one call as the real server would, or as a failure rule wants it."""
    started = time.perf_counter()
    world.run_due()
    try:
        if token != world.token:
            raise UNAUTHORIZED if ":" in token else NOT_FOUND
        method = NAMES.get(name.lower(), "")
        if method not in METHODS:
            raise METHOD_NOT_FOUND
    except ApiError as error:
        return refused(error)
    try:
        args = await read(request, method)
    except ApiError as error:
        empty = Args()
        empty.uploads = {}
        return finish(world, method, empty, error, started)
    return await performed(world, method, args, started)


async def performed(world: World, method: str, args: Args, started: float) -> Response:
    rule = world.failures.take(method, args)
    if rule is not None and rule.mode in ("error", "drop_before", "http_body", "delay"):
        if rule.mode in ("delay", "http_body") and not rule.slow:
            await asyncio.sleep(rule.seconds)
        if rule.mode != "delay":
            return failed(world, method, args, rule, started)
    outcome: Any
    try:
        await hold(world, method, args)
        check_required(method, args)
        outcome = await effect(world, method, args)
    except ApiError as error:
        outcome = error
    answer = finish(world, method, args, outcome, started, note=rule.mode if rule else "")
    return Cut() if rule is not None and rule.mode == "drop_answer" else answer


async def effect(world: World, method: str, args: Args) -> Any:
    """Do it. Parameters of a wrong shape are the caller's mistake."""
    try:
        outcome = METHODS[method](world, args)
        return await outcome if inspect.isawaitable(outcome) else outcome
    except (TypeError, ValueError, KeyError, AttributeError, IndexError, Refused) as error:
        raise bad(f"can't parse parameters: {type(error).__name__}: {error}") from error


def failed(world: World, method: str, args: Args, rule: Failure, started: float) -> Response:
    """A call that has no effect because a rule says so."""
    answer = finish(world, method, args, rule.error(), started, note=rule.mode)
    if rule.mode == "drop_before":
        return Cut()
    return raw_answer(rule) if rule.mode == "http_body" else answer


async def hold(world: World, method: str, args: Args) -> None:
    """Speech above the limits waits up to eight seconds of virtual time, then is refused."""
    if not world.limits.enabled:
        return
    chat_id = world.resolve(args.get("chat_id") or 0)
    messages = max(len(args.items_of("media") if method == "sendMediaGroup" else args.items_of("message_ids")), 1)
    moment, wait = world.limits.claim(method, chat_id, world.now(), messages)
    if wait or (moment > world.now() and world.clock.rate == 0):
        raise flooded(wait or max(1, round(moment - world.now())))
    await world.clock.sleep_until(moment)


def finish(world: World, method: str, args: Args, outcome: Any, started: float, *, note: str = "") -> Response:
    """Log the call and make its answer."""
    error = outcome if isinstance(outcome, ApiError) else None
    parameters = args.logged()
    if world.calls.worth_noting(method, parameters, error is None):
        line = Call(0, world.now(), method, parameters, note=note, latency=time.perf_counter() - started)
        if error is not None:
            line.ok, line.error_code, line.description = False, error.code, error.description
        elif method != "getUpdates":
            line.result = outcome
        world.calls.add(line)
        world.record("call", {"n": line.n, "method": method, "ok": line.ok})
        world.touch()
    return refused(error) if error is not None else json_answer({"ok": True, "result": outcome})


def refused(error: ApiError) -> Response:
    headers = {"retry-after": str(error.parameters["retry_after"])} if "retry_after" in error.parameters else None
    return json_answer(error.body(), error.code, headers)


def json_answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(encode(body), status, headers, "application/json")
