"""Forgets in time what need not be kept, and tells Telegram once what the bot can do; decides nothing."""

import asyncio
import gc
import logging
from collections.abc import Iterable, Iterator
from functools import partial

from bot.arrival import claims
from bot.arrival.links import NEEDED, WANTED
from bot.clock import Clock
from bot.conduct import reversing
from bot.gateway import CallRefused, Gateway, GatewayError, Shown
from bot.services import Services
from bot.storage import Storage, StorageUnavailable, Unit, lookups, retention, tickets
from bot.texts import FALLBACK, Texts
from rules.conduct.effects import Phrase

COLLECT_AFTER = 50_000
SWEEP_EVERY = 6 * 3600.0
ANSWER_DAYS = 7
# Telegram knows two letters: whoever reads Chinese, in whichever script, asks for zh. "" is for everybody else.
TELLS_IN = {"": FALLBACK, "zh": "zh_Hans", "en": "en"}
LONGEST_DESCRIPTION, LONGEST_SHORT = 512, 120

CommandList = tuple[str, str, tuple[tuple[str, str], ...]]
"""Telegram's words for whom and in which language; name and meaning of each command."""

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
        except StorageUnavailable as error:
            log.warning("what is old stays for now: %s", error)
        else:
            log.debug("swept", extra=swept._asdict())
        await clock.sleep(begun + SWEEP_EVERY - clock.monotonic())


async def close_questions(unit: Unit, now: int) -> None:
    """What nobody answered comes to nothing, so that it may be asked again when there is new cause."""
    before = now - ANSWER_DAYS * retention.DAY
    for decision_id in await lookups.held_before(unit, before, retention.AT_ONCE):
        await reversing.lapse(unit, decision_id, now)
    await tickets.expire(unit, before)


async def greet(services: Services, lists: Iterable[CommandList]) -> None:
    """What the start need not wait for: Telegram learns what the bot can do, and the installation finds its owner."""
    await asyncio.gather(introduce(services.gateway, shown(lists, services.texts)), offer_ownership(services))


async def offer_ownership(services: Services) -> None:
    configured, name = services.settings.operators.user_ids, services.me.username
    try:
        await claims.offering(services.storage, services.clock, configured, name, partial(print, flush=True))
    except Exception:
        log.exception("no link to claim this installation can be made; put your user id into operators.user_ids")


def shown(lists: Iterable[CommandList], texts: Texts) -> Iterator[Shown]:
    """All that Telegram shows of the bot before anybody has spoken with it, in the reader's language."""
    for scope, code, commands in lists:
        yield Shown("commands", commands, code, scope)
    for code, language in TELLS_IN.items():
        yield Shown("description", texts.plain(Phrase("talk.description_long"), language, LONGEST_DESCRIPTION), code)
        yield Shown("short_description", texts.plain(Phrase("talk.description"), language, LONGEST_SHORT), code)
    yield Shown("rights", frozenset((*NEEDED, *WANTED)))


async def introduce(gateway: Gateway, all_of_it: Iterable[Shown]) -> None:
    """Only what differs is said again: who starts often is not to be kept waiting. Without all this the bot works as
    well, so a refusal is only written down."""
    for one in all_of_it:
        try:
            if not await gateway.shows(one):
                await gateway.show(one)
        except CallRefused as error:
            log.warning("what Telegram shows of the bot (%s) could not be set: %s", one.kind, error)
        except GatewayError as error:
            log.warning("what Telegram shows of the bot is told at the next start: %s", error)
            return
