"""getUpdates: the long poll, as the real server holds, confirms, throttles and interrupts it."""

from __future__ import annotations

import time

import msgspec

from sandbox import errors
from sandbox.api.arguments import Args
from sandbox.errors import conflict
from sandbox.world import World

MOST, LONGEST = 100, 50


async def get_updates(world: World, args: Args) -> list[msgspec.Raw]:
    """Confirm below `offset`, then wait up to `timeout` real seconds for at least one update."""
    if world.webhook is not None:
        raise conflict(errors.WEBHOOK_ACTIVE)
    updates = world.updates
    offset = args.integer("offset")
    if "allowed_updates" in args:
        updates.allow(args.items_of("allowed_updates"))
    updates.confirm(offset)
    limit, timeout = limits(world, args, offset)
    updates.poll += 1
    mine = updates.poll
    updates.arrived.bump()
    end = time.monotonic() + timeout
    while not (batch := updates.take(limit)):
        left = end - time.monotonic()
        if left <= 0:
            break
        await updates.arrived.wait(updates.arrived.version, left)
        interrupted(world, mine)
    return [msgspec.Raw(raw) for raw in batch]


def interrupted(world: World, mine: int) -> None:
    """The older of two polls is sent away; so is one that a webhook replaces."""
    if world.webhook is not None:
        raise conflict(errors.WEBHOOK_SET)
    if world.updates.poll != mine:
        raise conflict(errors.OTHER_POLLER)


def limits(world: World, args: Args, offset: int) -> tuple[int, int]:
    """Limit and timeout in their bounds; asking again for the same at once is slowed down when polling is strict."""
    limit = args.integer("limit", MOST)
    limit = limit if 1 <= limit <= MOST else MOST
    timeout = max(0, min(args.integer("timeout"), LONGEST))
    before, at = world.last_poll
    now = time.monotonic()
    world.last_poll = (offset, now)
    if world.strict_polling and before == offset:
        limit = 1 if now < at + 0.5 else limit
        timeout = 3 if timeout < 3 and now < at + 3.0 else timeout
    return limit, timeout
