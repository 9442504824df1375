"""The link by which an installation without an operator finds its owner: made, shown in the terminal, used once.

Whoever holds it becomes the owner, so it is written nowhere: the database has its hash, the log that there is one.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Collection
from functools import partial
from typing import Literal

from bot import audit
from bot.clock import Clock
from bot.roles import Actor
from bot.storage import Storage, StorageUnavailable, Unit, claims, roles

GOOD_FOR_SECONDS = 15 * 60
AGAIN_SECONDS = 5.0
RANDOM_BYTES = 24
CLAIMED = "installation.claimed"

Answer = Literal["yours", "yours_already", "owned", "over"]

log = logging.getLogger("dengta")


async def owners(unit: Unit, configured: Collection[int]) -> frozenset[int]:
    """Who owns the installation, by the configuration or by a link."""
    return frozenset(configured) | await roles.operators(unit)


async def offering(
    storage: Storage, clock: Clock, configured: Collection[int], bot_username: str, show: Callable[[str], None]
) -> None:
    """Shows a link, and a new one whenever the last has run out, until somebody owns the installation."""
    while not configured:
        try:
            word = await storage.write(partial(offer, at=int(clock.now())))
        except StorageUnavailable as error:
            log.warning("a link to claim this installation has to wait: %s", error)
            await clock.sleep(AGAIN_SECONDS)
            continue
        if not word:
            return
        show(told(bot_username, word))
        log.info("nobody owns this installation yet; the link that makes you its owner is on standard output")
        await clock.sleep(GOOD_FOR_SECONDS)


async def offer(unit: Unit, at: int) -> str:
    """The word behind `claim_`, "" where somebody owns the installation already."""
    if await roles.operators(unit):
        return ""
    # Only its hash is kept: whoever reads the database can claim nothing.
    word = secrets.token_urlsafe(RANDOM_BYTES)
    await claims.offer(unit, hashed(word), at, at + GOOD_FOR_SECONDS)
    return word


def told(bot_username: str, word: str) -> str:
    link = f"https://t.me/{bot_username}?start=claim_{word}"
    return (
        "Nobody owns this installation yet. Open this link in Telegram and press Start; the first who does owns it:\n"
        f"  {link}\n"
        f"It is good for {GOOD_FOR_SECONDS // 60} minutes; then a new one is printed here. Keep it to yourself."
    )


async def opened(unit: Unit, configured: Collection[int], word: str, actor: Actor, at: int) -> Answer:
    """Somebody pressed Start behind a link: the first in time owns the installation; the others change nothing."""
    known = await owners(unit, configured)
    if actor.user_id in known:
        return "yours_already"
    if known:
        return "owned"
    if not await claims.take(unit, hashed(word), actor.user_id, at):
        row = await claims.get(unit, hashed(word))
        return "owned" if row is not None and row.used_at else "over"
    await roles.grant(unit, roles.EVERYWHERE, actor.user_id, roles.OPERATOR, by=actor.user_id, at=at)
    await audit.done(unit, actor, CLAIMED, at, target_id=actor.user_id)
    return "yours"


def hashed(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()
