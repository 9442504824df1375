"""The sandbox in a container: on loopback as ever, with a plain forwarder through which other containers reach it."""

import asyncio

from sandbox.__main__ import arguments, run

INSIDE, OUTSIDE = 8081, 8080
TOKEN = "100001:opens-only-our-sandbox"


async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection of somebody else, byte for byte."""
    try:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", INSIDE)
    except OSError:
        writer.close()
        return
    await asyncio.gather(copy(reader, inner_writer), copy(inner_reader, writer))


async def main() -> None:
    door = await asyncio.start_server(forward, "0.0.0.0", OUTSIDE)
    async with door:
        await run(arguments(["--listen", f"127.0.0.1:{INSIDE}", "--token", TOKEN]))


if __name__ == "__main__":
    asyncio.run(main())
