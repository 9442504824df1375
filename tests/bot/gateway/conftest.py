"""A gateway onto a server that misbehaves."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.clock import ManualClock
from bot.gateway import TelegramGateway
from bot.texts import OWN, Texts
from rules.conduct.effects import Act, Phrase
from tests.bot.gateway.rawserver import TOKEN, RawServer, misbehaving

NOW = 1_700_000_000


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
    async with TelegramGateway(
        TOKEN, server.address, clock=ManualClock(NOW), render=texts, between_proofs=0.0
    ) as gateway:
        yield gateway
