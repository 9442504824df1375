"""Forgets in time what need not be kept, in the database and in memory; decides nothing."""

import gc
import logging
from functools import partial

from bot.clock import Clock
from bot.conduct import reversing
from bot.process import forgetting
from bot.storage import Storage, StorageUnavailable, Unit, lookups, retention, tickets
from rules.conduct.effects import DAY

COLLECT_AFTER = 50_000
SWEEP_EVERY = 6 * 3600.0
ANSWER_DAYS = 7

log = logging.getLogger(__name__)


def settle_memory() -> None:
    """What was made at the start lives to the end: the collector need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 50)


def unsettle_memory() -> None:
    gc.unfreeze()
    gc.set_threshold(700, 10, 10)


async def sweep(storage: Storage, clock: Clock, text_days: int) -> None:
    """Now and every few hours, until cancelled; however long one takes, the next begins in time."""
    while True:
        begun = clock.monotonic()
        try:
            swept = await retention.sweep(storage, int(clock.now()), text_days)
            await storage.write(partial(close_questions, now=int(clock.now())))
            await forgetting.finish_due(storage, int(clock.now()))
        except StorageUnavailable as error:
            log.warning("what is old stays for now: %s", error)
        else:
            log.debug("swept", extra=swept._asdict())
        await clock.sleep(begun + SWEEP_EVERY - clock.monotonic())


async def close_questions(unit: Unit, now: int) -> None:
    """What nobody answered comes to nothing, so that it may be asked again when there is new cause."""
    before = now - ANSWER_DAYS * DAY
    for decision_id in await lookups.held_before(unit, before, retention.AT_ONCE):
        await reversing.lapse(unit, decision_id, now)
    await tickets.expire(unit, before)
