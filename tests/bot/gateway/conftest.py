"""A gateway onto a server that misbehaves, and one onto a sandbox."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.clock import ManualClock
from bot.gateway import Outcome, Place, TelegramGateway
from bot.texts import OWN, Texts
from rules.conduct.effects import Act, Phrase
from tests.bot.gateway.rawserver import RawServer, misbehaving
from tests.bot.telegram import NOW, TOKEN, Telegram, running


class Row(NamedTuple):
    act: Act
    created_at: int = NOW


def own(text: str) -> Phrase:
    return Phrase(OWN, (("template", text),))


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load(Path(__file__).parents[3] / "locales", strict=True)


@pytest.fixture
async def server() -> AsyncIterator[RawServer]:
    async with misbehaving() as raw:
        yield raw


@pytest.fixture
async def gateway(server: RawServer, texts: Texts) -> AsyncIterator[TelegramGateway]:
    clock = ManualClock(NOW)
    async with TelegramGateway(TOKEN, server.address, clock=clock, render=texts, between_proofs=0.0) as gateway:
        yield gateway


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with running(ManualClock(NOW)) as telegram:
        yield telegram


class Acting:
    """Performs acts in the sandbox's group."""

    def __init__(self, gateway: TelegramGateway, telegram: Telegram) -> None:
        self.gateway = gateway
        self.telegram = telegram

    async def __call__(self, act: Act, chat: int = 0, place: Place | None = None, created_at: int = NOW) -> Outcome:
        return await self.gateway.perform(Row(act, created_at), place or Place(chat or self.telegram.group))


@pytest.fixture
async def act(telegram: Telegram, texts: Texts) -> AsyncIterator[Acting]:
    async with TelegramGateway(TOKEN, telegram.url, clock=telegram.clock, render=texts) as gateway:
        yield Acting(gateway, telegram)
