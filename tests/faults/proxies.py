"""An HTTP and a SOCKS5 proxy on loopback, with a password or without, and the far end of TLS."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

CERTIFICATE = Path(__file__).with_name("telegram.example.pem")
TLS_NAME = "telegram.example"
NAME, PASSWORD = "lin", "p@ss:w/rd"
CHUNK = 1 << 16
REFUSAL = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter


class Proxy:
    """`asked` is what it was asked to reach, in order; every name leads to `target`, as names are looked up here."""

    def __init__(self, target: str, *, secured: bool) -> None:
        where = urlsplit(target)
        self.host, self.port = where.hostname or "", where.port or 0
        self.secured = secured
        self.asked: list[str] = []
        self.refused = 0
        self.listens = 0

    async def http(self, reader: Reader, writer: Writer) -> None:
        """Requests with a whole address, and CONNECT."""
        head = await reader.readuntil(b"\r\n\r\n")
        method, address, _ = head.split(b" ", 2)
        if self.secured and not known(head):
            self.refused += 1
            writer.write(REFUSAL)
            return
        self.asked.append(address.decode())
        there, back = await asyncio.open_connection(self.host, self.port)
        if method == b"CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            back.write(local(head))
        await joined((reader, writer), (there, back))

    async def socks(self, reader: Reader, writer: Writer) -> None:
        version, count = await reader.readexactly(2)
        if version != 5:
            return
        offered = await reader.readexactly(count)
        method = 2 if self.secured else 0
        writer.write(bytes([5, method if method in offered else 255]))
        if method not in offered or (self.secured and not await self._named(reader, writer)):
            self.refused += 1
            return
        self.asked.append(await wanted(reader))
        there, back = await asyncio.open_connection(self.host, self.port)
        writer.write(bytes([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
        await joined((reader, writer), (there, back))

    async def _named(self, reader: Reader, writer: Writer) -> bool:
        _, length = await reader.readexactly(2)
        name = await reader.readexactly(length)
        password = await reader.readexactly((await reader.readexactly(1))[0])
        right = (name.decode(), password.decode()) == (NAME, PASSWORD)
        writer.write(bytes([1, 0 if right else 1]))
        return right

    async def onward(self, reader: Reader, writer: Writer) -> None:
        """The far end of TLS: what comes out of it goes on in the clear."""
        await joined((reader, writer), await asyncio.open_connection(self.host, self.port))


def known(head: bytes) -> bool:
    token = base64.b64encode(f"{NAME}:{PASSWORD}".encode())
    return b"proxy-authorization: basic " + token.lower() in head.lower() and token in head


def local(head: bytes) -> bytes:
    """The same request as the server behind is asked: by its path, once for a connection."""
    first, _, rest = head.partition(b"\r\n")
    method, address, version = first.split(b" ")
    path = urlsplit(address.decode())._replace(scheme="", netloc="").geturl()
    lines = [line for line in rest.split(b"\r\n") if not line.lower().startswith((b"proxy-", b"connection:"))]
    return b"\r\n".join([b" ".join([method, path.encode(), version]), b"Connection: close", *lines])


async def wanted(reader: Reader) -> str:
    _, _, _, kind = await reader.readexactly(4)
    length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
    raw = await reader.readexactly(length)
    port = int.from_bytes(await reader.readexactly(2), "big")
    return f"{raw.decode() if kind == 3 else '.'.join(map(str, raw))}:{port}"


async def joined(near: tuple[Reader, Writer], far: tuple[Reader, Writer]) -> None:
    try:
        await asyncio.gather(carry(near[0], far[1]), carry(far[0], near[1]))
    finally:
        far[1].close()


async def carry(source: Reader, target: Writer) -> None:
    try:
        while data := await source.read(CHUNK):
            target.write(data)
            await target.drain()
    finally:
        target.close()


@asynccontextmanager
async def serving(
    answer: Callable[[Reader, Writer], Awaitable[None]], tls: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """The port; whatever is still open at the end is closed."""
    tasks: set[asyncio.Task[None]] = set()

    async def accepted(reader: Reader, writer: Writer) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await answer(reader, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            tasks.discard(task)

    server = await asyncio.start_server(accepted, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


@asynccontextmanager
async def proxy_to(target: str, kind: str, *, secured: bool, tls: bool) -> AsyncIterator[Proxy]:
    """`kind` is http or socks; with `tls` there is a TLS server between it and `target`."""
    async with AsyncExitStack() as stack:
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(CERTIFICATE)
            port = await stack.enter_async_context(serving(Proxy(target, secured=False).onward, context))
            target = f"http://127.0.0.1:{port}"
        proxy = Proxy(target, secured=secured)
        proxy.listens = await stack.enter_async_context(serving(proxy.http if kind == "http" else proxy.socks))
        yield proxy
