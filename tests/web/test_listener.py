"""Health and metrics over a real connection: what is answered, to whom, and how fast a silent loop is told of."""

import asyncio
import errno
import re
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.configuration.webhookcheck import on_this_machine
from bot.settings import host_of
from bot.web import Health, listening
from bot.web.listener import MOST_CONNECTIONS, Listener
from bot.web.listening import CannotListen
from tests.web.asking import ask, exchange

ANY = "127.0.0.1:0"


@pytest.fixture
async def health() -> AsyncIterator[Health]:
    async with Health(ANY) as made:
        yield made


async def test_a_living_process_says_ok(health: Health) -> None:
    # H1
    said = await ask(health.port, "/healthz")
    assert (said.status, said.body) == (200, b"ok\n")
    assert said.headers["connection"] == "close"


async def test_head_is_answered_without_a_body(health: Health) -> None:
    said = await ask(health.port, "/metrics", "HEAD")
    assert said.status == 200
    assert int(said.headers["content-length"]) > 1000
    assert said.body == b""


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/healthz", 405),
        ("DELETE", "/metrics", 405),
        ("OPTIONS", "/readyz", 405),
        ("GET", "/", 404),
        ("POST", "/admin", 404),
        ("GET", "/../etc/passwd", 404),
        ("GET", "/healthz?verbose=1", 200),
    ],
)
async def test_only_three_things_can_be_read_and_nothing_written(
    health: Health, method: str, path: str, status: int
) -> None:
    assert (await ask(health.port, path, method)).status == status


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (b"nonsense\r\n\r\n", b"400"),
        (b"\xff\xfe\r\n\r\n", b"400"),
        (b"GET /healthz SPDY/3\r\n\r\n", b"400"),
        (b"get /healthz HTTP/1.1\r\n\r\n", b"400"),
    ],
)
async def test_what_is_no_request_is_told_so(health: Health, words: bytes, status: bytes) -> None:
    assert (await exchange(health.port, words)).split()[1] == status
    assert (await ask(health.port, "/healthz")).status == 200


async def test_a_head_without_end_is_cut(health: Health) -> None:
    with suppress(ConnectionError):
        assert await exchange(health.port, b"GET /healthz HTTP/1.1\r\nX: " + b"a" * 1_000_000) == b""
    assert (await ask(health.port, "/healthz")).status == 200


async def test_silent_connections_keep_nobody_out(health: Health) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", health.port) for _ in range(MOST_CONNECTIONS + 6)]
    assert (await ask(health.port, "/healthz")).status == 200
    for _, writer in silent:
        writer.close()
    await asyncio.gather(*(writer.wait_closed() for _, writer in silent), return_exceptions=True)


async def test_whoever_sends_half_a_request_is_hung_up_on_and_keeps_nobody_waiting(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "HEAD_SECONDS", 2.0)
    slow = [asyncio.create_task(exchange(health.port, b"GET /heal")) for _ in range(20)]
    began = time.perf_counter()
    assert (await ask(health.port, "/healthz")).status == 200
    assert time.perf_counter() - began < 1
    assert await asyncio.gather(*slow) == [b""] * 20


async def test_a_port_that_is_taken_is_told_in_one_line(health: Health) -> None:
    taken = f"127.0.0.1:{health.port}"
    with pytest.raises(CannotListen, match=rf"^web\.listen = {taken}: Address already in use; .*another address$"):
        async with Health(taken):
            pass


@pytest.mark.parametrize("host", ["nowhere.invalid", "x" * 70, "192.0.2.1"])
async def test_an_address_that_is_not_ours_is_told_in_one_line(host: str) -> None:
    with pytest.raises(CannotListen, match=r"^web\.listen = [^\n]+; stop what listens there") as told:
        async with Health(f"{host}:0"):
            pass
    assert "Unknown error" not in str(told.value)


async def test_a_thread_that_cannot_begin_ends_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(Listener, "_serve", full)
    with pytest.raises(OSError, match="Too many open files"):
        async with Health(ANY):
            pass


async def test_a_loop_that_stands_still_is_told_of_from_outside(
    health: Health, monkeypatch: pytest.MonkeyPatch
) -> None:
    # H1
    monkeypatch.setattr("bot.web.pulse.TOO_LATE", 0.5)
    asked = asyncio.create_task(asyncio.to_thread(asyncio.run, later(health.port)))
    await asyncio.sleep(0.1)
    freeze(3.5)
    alive, ready = await asked
    assert alive[0] == 503
    assert re.fullmatch(rb"the event loop has not moved for \d s\n", alive[1])
    assert ready[0] == 503
    assert b'"loop": "the bot has not come to answer within 2 s"' in ready[1]
    assert (await ask(health.port, "/healthz")).status == 200


def freeze(seconds: float) -> None:
    time.sleep(seconds)


async def later(port: int) -> tuple[tuple[int, bytes], tuple[int, bytes]]:
    await asyncio.sleep(1)
    alive = await ask(port, "/healthz")
    ready = await ask(port, "/readyz")
    return (alive.status, alive.body), (ready.status, ready.body)


async def test_a_main_task_that_ended_by_itself_is_named(health: Health) -> None:
    # H1
    ended = asyncio.create_task(asyncio.sleep(0), name="outbox")
    await ended
    health.watch([ended])
    said = await ask(health.port, "/healthz")
    assert (said.status, said.body) == (503, b"ended by itself: outbox\n")


async def test_after_its_end_nobody_answers() -> None:
    async with Health(ANY) as health:
        port = health.port
    with pytest.raises(ConnectionRefusedError):
        await ask(port, "/healthz")


@pytest.mark.parametrize(
    ("listen", "only_here"),
    [("127.0.0.1:1", True), ("[::1]:1", True), ("localhost:1", True), ("0.0.0.0:1", False), ("[::]:1", False),
     ("bot.example:1", False)],
)  # fmt: skip
def test_an_address_that_others_reach_is_known_as_such(listen: str, only_here: bool) -> None:
    assert on_this_machine(host_of(listen)) is only_here
