"""Somebody is forgotten: at once what can go, the number when nothing in force names it any more."""

import logging
from functools import partial
from typing import NamedTuple

from bot import audit
from bot.roles import Actor
from bot.storage import Storage, Unit, erasures, holds
from bot.storage.erasures import ErasureRow
from bot.storage.holds import Hold

log = logging.getLogger(__name__)


class Forgotten(NamedTuple):
    """`holds`: what still needs the number; empty where it is gone as well."""

    rows: int
    holds: tuple[Hold, ...]


async def forget(unit: Unit, user_id: int, by: int, at: int) -> Forgotten:
    """`by` is the person themselves, or 0 for whoever runs the program."""
    row = await erasures.ask(unit, user_id, by, at)
    rows = await erasures.blank(unit, user_id, at)
    await audit.done(unit, Actor(by), "privacy.forget", at, target_id=user_id)
    return Forgotten(rows, await end(unit, row, at))


async def end(unit: Unit, row: ErasureRow, now: int) -> tuple[Hold, ...]:
    """What waited for a leader is blanked once they have answered, too."""
    await erasures.blank_books(unit, row.user_id, row.asked_at)
    left = await holds.of(unit, row.user_id, now, row.asked_at)
    if not left:
        await erasures.finish(unit, row, now)
    return left


async def finish_due(storage: Storage, now: int) -> int:
    """Of all who asked, those whose number nothing needs any more; how many."""
    async with storage.reading() as unit:
        waiting = await erasures.unfinished(unit)
    done = 0
    for row in waiting:
        done += not await storage.write(partial(end, row=row, now=now))
    log.debug("forgotten", extra={"waiting": len(waiting), "finished": done})
    return done
