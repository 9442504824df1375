"""One request to the Bot API as it really went: whether it left, what came back; it judges no refusal."""

import asyncio
import json
import re
from collections.abc import Awaitable, Mapping
from contextvars import ContextVar
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import HTTPXRequest, RequestData

from bot import metrics
from bot.failpoints import failpoint
from bot.gateway.outcomes import TooLarge, Unavailable
from bot.gateway.proxy import REFUSED, STRANGE, asks_for_a_name, blame, lost_behind
from bot.logs import Redaction

CONNECT, WRITE, POOL = 5.0, 10.0, 5.0
# Telegram holds a flooded send up to 8 s before it answers.
READ = 10.0
# A server that drips resets every other clock with each byte; a large file may take this long.
SPARE = 60.0
GATEWAY_TIMEOUT = 504
# What is said of a refusal is written down, and a server in between may name the address it was asked at.
redact = Redaction()
SUCCESS = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\b')


class Answer(NamedTuple):
    """What the Bot API said, in its own words."""

    ok: bool
    code: int
    result: Any
    description: str
    parameters: Mapping[str, int]


class Silence(NamedTuple):
    """No answer of the Bot API came; `doubtful` where it may have done what it was asked."""

    reason: str
    doubtful: bool


class NotSentError(Exception):
    """The request could not even be made; a mistake of the program, named by its kind."""


class Flight:
    """What one request went through. The library's exceptions blur this, so it is watched from below."""

    def __init__(self, *, act: bool, raw: bool) -> None:
        self.left = False
        self.status = 0
        self.body = b""
        self.failure = ""
        self.blamed = ""
        self._act = act
        self._raw = raw

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event.endswith("send_request_body.started"):
            # A CONNECT to a proxy is not yet the request.
            self.left = self.left or info["request"].method == b"POST"
        elif event.endswith("send_request_body.complete") and self.left and self._act:
            failpoint("gateway.requested")

    def landed(self, status: int, body: bytes) -> None:
        self.status, self.body = status, body
        if self._act:
            failpoint("gateway.answered")

    def answer(self) -> Answer | Silence:
        if not self.status:
            return Silence(self.blamed or self.failure or "no answer", doubtful=self.left)
        if self.blamed and self.status == REFUSED:
            return Silence(self.blamed, doubtful=False)
        if self._raw and self.status == 200 and SUCCESS.match(self.body):
            return Answer(True, 200, self.body, "", {})
        said = decoded(self.body)
        if said is not None and self.status != GATEWAY_TIMEOUT:
            return answer_of(said, self.status)
        # An error page says that it failed; a 504 or an unreadable success leaves it open.
        doubtful = self.status < 400 or self.status == GATEWAY_TIMEOUT
        return Silence(f"HTTP {self.status} without an answer of the Bot API", doubtful=doubtful)


FLIGHT: ContextVar[Flight | None] = ContextVar("flight", default=None)


def decoded(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) and isinstance(said.get("ok"), bool) else None


def answer_of(said: Mapping[str, Any], status: int) -> Answer:
    code, parameters = said.get("error_code", status), said.get("parameters")
    numbers = {name: n for name, n in parameters.items() if isinstance(n, int)} if isinstance(parameters, dict) else {}
    if "retry_after" in numbers:
        metrics.telegram_retry_after.observe(numbers["retry_after"])
    return Answer(
        said["ok"] and "result" in said,
        code if isinstance(code, int) else status,
        said.get("result"),
        redact(str(said.get("description", ""))),
        numbers,
    )


async def fly(work: Awaitable[object], *, act: bool = False, raw: bool = False) -> Answer | Silence:
    """Await a call of the library's Bot and tell what came of it; its own exceptions carry less and are dropped.

    `raw`: the result of a success is the whole body, not decoded.
    """
    flight = Flight(act=act, raw=raw)
    before = FLIGHT.set(flight)
    try:
        await work
    except TelegramError as error:
        flight.failure = type(error.__cause__ or error).__name__
    except Exception as error:
        # An answer the library cannot read is still an answer; a mistake before sending is ours.
        if not flight.left:
            raise NotSentError(type(error).__name__) from error
        flight.failure = type(error).__name__
    finally:
        FLIGHT.reset(before)
    return flight.answer()


async def watch(request: httpx.Request) -> None:
    flight = FLIGHT.get()
    if flight is not None:
        request.extensions = {**request.extensions, "trace": flight.trace}


class Wire(HTTPXRequest):
    """The library's HTTP client, watched."""

    def __init__(self, address: str, proxy: str, connections: int, patience: float) -> None:
        self._proxy = proxy
        super().__init__(
            connection_pool_size=connections,
            read_timeout=patience,
            write_timeout=WRITE,
            connect_timeout=CONNECT,
            pool_timeout=POOL,
            proxy=proxy or None,
            # A proxy of the environment does not reach what runs on this machine.
            httpx_kwargs={"event_hooks": {"request": [watch]}, "trust_env": not on_this_machine(address)},
        )

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **named: Any
    ) -> tuple[int, bytes]:
        patience = named.get("read_timeout")
        most = (patience if isinstance(patience, int | float) else READ) + SPARE
        try:
            async with asyncio.timeout(most):
                status, body = await super().do_request(url, method, request_data, *timeouts, **named)
        except TimeoutError as error:
            count(url, "no_answer")
            self._blame(error)
            raise TimedOut from error
        except TelegramError as error:
            count(url, "no_answer")
            self._blame(error.__cause__)
            raise
        except STRANGE as error:
            self._blame(error)
            if not self._proxy:
                raise
            count(url, "no_answer")
            raise NetworkError(type(error).__name__) from error
        count(url, "ok" if status == 200 else str(status))
        if (flight := FLIGHT.get()) is not None:
            flight.landed(status, body)
            if self._proxy and status == REFUSED:
                flight.blamed = asks_for_a_name(self._proxy)
        return status, body

    async def download(self, url: str, most: int) -> bytes:
        """The bytes at an address that holds the token, so no error tells more of it than its kind."""
        # As it stands on the server: what is packed could unfold into any size.
        asked = self._client.stream("GET", url, headers={"Accept-Encoding": "identity"})
        data = bytearray()
        try:
            async with asyncio.timeout(SPARE), asked as answer:
                if answer.status_code != httpx.codes.OK:
                    raise Unavailable(f"HTTP {answer.status_code} in place of a file")
                async for part in answer.aiter_raw():
                    data += part
                    if len(data) > most:
                        raise TooLarge
        except (TimeoutError, httpx.HTTPError) as error:
            raise Unavailable(type(error).__name__) from None
        except STRANGE as error:
            raise Unavailable(type(error).__name__) from None
        return bytes(data)

    def _blame(self, error: BaseException | None) -> None:
        """Once the request has left it may be Telegram, or the way behind the proxy."""
        flight = FLIGHT.get()
        if self._proxy and flight is not None:
            flight.blamed = lost_behind(self._proxy, error) if flight.left else blame(self._proxy, error)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Without the library's log of the whole body."""
        said = decoded(payload)
        if said is None:
            raise TelegramError("not an answer of the Bot API")
        return {"result": None, **said} if said["ok"] else said


def count(url: str, result: str) -> None:
    """By the method's name alone: the rest of an address holds the token, or the name of a file."""
    asked = url.rpartition("/")[2]
    metrics.telegram_requests.labels(asked if asked.isalpha() else "file", result).inc()


def on_this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
