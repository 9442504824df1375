"""What the start need not wait for: Telegram learns what the bot can do, and the installation finds its owner."""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from functools import partial

from bot.arrival import claims
from bot.arrival.links import NEEDED, WANTED
from bot.gateway import CallRefused, Gateway, GatewayError, Shown
from bot.services import Services
from bot.texts import FALLBACK, Texts
from rules.conduct.effects import Phrase

# Telegram knows two letters: whoever reads Chinese, in whichever script, asks for zh. "" is for everybody else.
TELLS_IN = {"": FALLBACK, "zh": "zh_Hans", "en": "en"}
LONGEST_DESCRIPTION, LONGEST_SHORT = 512, 120

CommandList = tuple[str, str, tuple[tuple[str, str], ...]]
"""Telegram's words for whom and in which language; name and meaning of each command."""

log = logging.getLogger(__name__)


async def introduce(services: Services, lists: Iterable[CommandList]) -> None:
    await asyncio.gather(show_what_differs(services.gateway, shown(lists, services.texts)), offer_ownership(services))


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


async def show_what_differs(gateway: Gateway, all_of_it: Iterable[Shown]) -> None:
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
