"""Updates pushed to a webhook: secret, order, redelivery, and no polling meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import BadRequest, Conflict

from tests.sandbox.stage import Stage

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\n\r\n"


class Receiver:
    """A bare HTTP server that notes what is pushed to it and answers as told."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.secrets: list[str] = []
        self.bodies: list[bytes] = []
        self.changed = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                headers = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:] if line)
                self.bodies.append(await reader.readexactly(int(headers["content-length"])))
                self.secrets.append(headers.get("x-telegram-bot-api-secret-token", ""))
                writer.write(self.answers.pop(0) if self.answers else OK)
                self.changed.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def got(self, count: int) -> list[bytes]:
        async with asyncio.timeout(10):
            while len(self.bodies) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.bodies


@asynccontextmanager
async def receiving() -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    async with server:
        yield receiver, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"


async def settled(stage: Stage) -> None:
    await stage.people.wait_for(lambda: nothing_pending(stage), "nothing is pending")


async def nothing_pending(stage: Stage) -> bool:
    await asyncio.sleep(0.01)
    return not (await stage.bot.get_webhook_info()).pending_update_count


async def failed(stage: Stage) -> bool:
    await asyncio.sleep(0.01)
    return (await stage.bot.get_webhook_info()).last_error_date is not None


async def test_updates_are_pushed_with_the_secret_in_order(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    async with receiving() as (receiver, url):
        await stage.bot.set_webhook(url, secret_token="open_sesame", max_connections=4)
        for number in range(20):
            await stage.people.post(chat, "owner", f"number {number}")
        bodies = await receiver.got(20)
        assert [f'"text":"number {n}"'.encode() in body for n, body in enumerate(bodies)] == [True] * 20
        assert set(receiver.secrets) == {"open_sesame"}
        await settled(stage)
        info = await stage.bot.get_webhook_info()
        assert (info.url, info.max_connections) == (url, 4)
        await stage.bot.delete_webhook()


async def test_what_is_not_taken_comes_again_the_same(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    async with receiving() as (receiver, url):
        receiver.answers = [BUSY, BUSY]
        await stage.bot.set_webhook(url)
        await stage.people.clock(rate=100)
        await stage.people.post(chat, "owner", "again")
        first, second, third = await receiver.got(3)
        assert first == second == third
        await settled(stage)
        info = await stage.bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
        await stage.bot.delete_webhook()


async def test_while_a_webhook_is_set_nobody_polls(stage: Stage) -> None:
    async with receiving() as (_, url):
        polling = asyncio.create_task(stage.bot.get_updates(timeout=20))
        await asyncio.sleep(0.1)
        await stage.bot.set_webhook(url)
        with pytest.raises(Conflict, match=r"(?i)terminated by setWebhook request"):
            await polling
        reason = await stage.refusal("getUpdates")
        assert reason == (
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first"
        )
        await stage.bot.delete_webhook()
        assert list(await stage.bot.get_updates()) == []


async def test_a_receiver_that_is_away_is_waited_for(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    async with receiving() as (_, url):
        gone = url
    await stage.people.clock(rate=100)
    await stage.bot.set_webhook(gone)
    await stage.people.post(chat, "owner", "anyone?")
    await stage.people.wait_for(lambda: failed(stage), "the webhook fails")
    assert (await stage.bot.get_webhook_info()).pending_update_count == 1
    await stage.bot.delete_webhook(drop_pending_updates=True)
    assert (await stage.bot.get_webhook_info()).pending_update_count == 0


async def test_set_anew_it_is_called_at_once_however_often_it_failed(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    async with receiving() as (receiver, url):
        receiver.answers = [BUSY.replace(b"retry-after: 5", b"retry-after: 3600")]
        await stage.bot.set_webhook(url)
        await stage.people.post(chat, "owner", "anyone?")
        await receiver.got(1)
        await stage.people.wait_for(lambda: failed(stage), "the webhook fails")
        await stage.bot.set_webhook(f"{url}/2")
        await receiver.got(2)
        await settled(stage)
        await stage.bot.delete_webhook()


async def test_a_receiver_may_answer_with_a_call(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    async with receiving() as (receiver, url):
        body = b'{"method": "sendMessage", "chat_id": %d, "text": "at once"}' % chat
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(body)
        receiver.answers = [head + body]
        await stage.bot.set_webhook(url)
        await stage.people.post(chat, "owner", "hello")
        await stage.people.bot_message(chat, "at once")
        await stage.bot.delete_webhook()


async def test_only_this_machine_is_pushed_to(stage: Stage) -> None:
    with pytest.raises(BadRequest, match=r"(?i)bad webhook"):
        await stage.bot.set_webhook("https://example.com/hook")
    with pytest.raises(BadRequest, match=r"(?i)unallowed characters"):
        await stage.bot.set_webhook("http://127.0.0.1:1/hook", secret_token="with blanks")
