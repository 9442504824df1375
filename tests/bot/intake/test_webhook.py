"""Being called by Telegram: asked for until it agrees, looked after, never fought over, and told when it fails."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr

from bot.clock import ManualClock
from bot.gateway import CallRefused, TokenRefused, Unavailable, WebhookInfo
from bot.intake import webhook
from bot.intake.incoming import Incoming
from bot.intake.webhook import Webhook
from bot.intake.wire import ALLOWED_UPDATES
from bot.settings import Webhook as Given
from bot.web.listening import CannotListen
from sandbox.processes import WEBHOOK_SECRET, free_port
from tests.bot.intake.knocking import knock, post
from tests.bot.intake.updates import NOW
from tests.bot.waiting import until

ROUND = 0.05
# A timer may go off by the resolution of its clock too soon.
ALMOST = 0.99


class Telegram:
    """Answers from lists and notes what is set; `info` is what it tells of itself."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.set: list[tuple[str, str, int, tuple[str, ...]]] = []
        self.set_at: list[float] = []
        self.info = WebhookInfo("")
        self.looks = 0
        self.keeps = True

    async def set_webhook(self, url: str, secret: str, connections: int, allowed: Sequence[str]) -> None:
        self.set.append((url, secret, connections, tuple(allowed)))
        self.set_at.append(asyncio.get_running_loop().time())
        if self.troubles:
            raise self.troubles.pop(0)
        if self.keeps:
            self.info = WebhookInfo(url)

    async def webhook_info(self) -> WebhookInfo:
        self.looks += 1
        return self.info


class Taker:
    away = False

    def __init__(self) -> None:
        self.taken: list[int] = []

    async def take(self, batch: Sequence[Incoming]) -> None:
        self.taken += [each.update_id for each in batch]


class Line:
    """A webhook with both its ends."""

    def __init__(self, telegram: Telegram, port: int = 0) -> None:
        self.telegram, self.pump, self.clock = telegram, Taker(), ManualClock(NOW)
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}/telegram"
        given = Given(
            listen=f"127.0.0.1:{self.port}",
            public_url=f"http://127.0.0.1:{self.port}",
            secret=SecretStr(WEBHOOK_SECRET),
            max_connections=7,
        )
        self.webhook = Webhook(telegram, self.pump, self.clock, given)

    async def looked(self, times: int) -> None:
        await until(lambda: self.telegram.looks >= times, f"{times} looks")


@asynccontextmanager
async def running(telegram: Telegram) -> AsyncIterator[Line]:
    line = Line(telegram)
    work = asyncio.create_task(line.webhook.run())
    yield line
    line.webhook.stop()
    await work


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(webhook, "LOOK_SECONDS", ROUND)


async def test_telegram_is_asked_to_call_once_we_listen() -> None:
    telegram = Telegram()
    async with running(telegram) as line:
        await until(lambda: bool(telegram.set), "asked")
        assert telegram.set == [(line.url, WEBHOOK_SECRET, 7, ALLOWED_UPDATES)]
        assert (await knock(line.port, post(b'{"update_id": 5}'))).status == 200
        assert line.pump.taken == [5]
        assert line.webhook.heard_at == NOW
    assert (await said_nothing(line.port)) is True


async def said_nothing(port: int) -> bool:
    with pytest.raises(ConnectionError):
        await asyncio.open_connection("127.0.0.1", port)
    return True


async def test_it_is_asked_until_it_agrees(caplog: pytest.LogCaptureFixture) -> None:  # T2
    refusal = CallRefused(400, "Bad Request: bad webhook: IP address is reserved")
    telegram = Telegram(Unavailable("no answer"), Unavailable("flood limit", 0.05), refusal)
    async with running(telegram) as line:
        assert line.webhook.heard_at == 0.0
        await until(lambda: len(telegram.set) == 4, "agreed")
        await until(lambda: line.webhook.heard_at == NOW, "heard")
    assert "Telegram cannot be reached: no answer" in caplog.text
    assert f"Telegram refuses webhook.public_url {line.url}: 400 Bad Request: bad webhook" in caplog.text
    assert WEBHOOK_SECRET not in caplog.text


async def test_a_refused_token_ends_it() -> None:  # T5
    with pytest.raises(TokenRefused):
        await Line(Telegram(TokenRefused())).webhook.run()


async def test_an_address_that_is_taken_is_told_with_the_way_out() -> None:
    port = free_port()
    async with await asyncio.start_server(lambda *_: None, "127.0.0.1", port):
        with pytest.raises(CannotListen) as refused:
            await Line(Telegram(), port).webhook.run()
    way_out = "stop what listens there, or choose another address"
    assert str(refused.value) == f"webhook.listen = 127.0.0.1:{port}: Address already in use; {way_out}"


async def test_what_telegram_cannot_deliver_is_told_once_and_is_no_sign_of_life(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    telegram = Telegram()
    async with running(telegram) as line:
        await line.looked(1)
        line.clock.advance(100)
        heard = line.webhook.heard_at
        for failed_at in (NOW + 1, NOW + 1, NOW + 2):
            telegram.info = WebhookInfo(line.url, 4, failed_at, "Wrong response from the webhook: 502 Bad Gateway")
            await line.looked(telegram.looks + 2)
        assert heard == NOW == line.webhook.heard_at
        assert (await knock(line.port, post(b'{"update_id": 5}'))).status == 200
        await line.looked(telegram.looks + 2)
        assert line.webhook.heard_at == NOW + 100
    assert [record.getMessage() for record in caplog.records if "deliver" in record.getMessage()] == [
        "Telegram cannot deliver: Wrong response from the webhook: 502 Bad Gateway",
        "Telegram delivers again",
    ]


@pytest.mark.parametrize("waiting", [0, 4])
async def test_a_failure_from_before_the_start_is_none_of_today(waiting: int, caplog: pytest.LogCaptureFixture) -> None:
    telegram = Telegram()
    telegram.keeps = False
    async with running(telegram) as line:
        telegram.info = WebhookInfo(line.url, waiting, NOW - 5, "Connection refused")
        line.clock.advance(100)
        await line.looked(3)
        assert line.webhook.heard_at == NOW + 100
    assert "cannot deliver" not in caplog.text


async def test_what_another_program_takes_away_is_taken_back_in_growing_pauses(
    caplog: pytest.LogCaptureFixture,
) -> None:  # T6
    telegram = Telegram()
    async with running(telegram) as line:
        await line.looked(1)
        telegram.keeps = False
        telegram.info = WebhookInfo("https://elsewhere.example.org/hook")
        await until(lambda: len(telegram.set) == 4, "taken back three times")
    first, second, third = telegram.set_at[1:]
    assert second - first >= 2 * ROUND * ALMOST
    assert third - second >= 4 * ROUND * ALMOST
    pauses = [getattr(each, "seconds") for each in caplog.records if "not ours any more" in each.getMessage()]  # noqa: B009
    assert pauses[:3] == pytest.approx([0, ROUND, 3 * ROUND])
    assert "another program with this token has given it another address; stop that program" in caplog.text
