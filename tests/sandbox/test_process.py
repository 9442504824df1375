"""`python -m sandbox` as its own process: one line when ready, a quick end, loopback only."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


async def started(*arguments: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--token", "1:a", *arguments, cwd=ROOT, stdout=pipe, stderr=pipe
    )


async def test_it_says_one_line_serves_and_ends_with_open_polls(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    process = await started("--start", "2025-03-03T06:00:00+08:00", "--port-file", str(port_file))
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
    assert line.startswith("sandbox ready http://127.0.0.1:")
    url = line.split()[-1]
    assert url.endswith(":" + port_file.read_text())
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        assert (await http.get("/sandbox/clock")).json()["now"] - 1_740_952_800 < 30
        polling = asyncio.create_task(http.get("/bot1:a/getUpdates", params={"timeout": 50}))
        await asyncio.sleep(0.1)
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
        assert time.monotonic() - begin < 3
        assert isinstance((await asyncio.gather(polling, return_exceptions=True))[0], httpx.TransportError)
    rest = await process.communicate()
    assert rest == (b"", b"")


async def test_it_listens_on_this_machine_only() -> None:
    process = await started("--listen", "0.0.0.0:0")
    _, complaint = await asyncio.wait_for(process.communicate(), 20)
    assert process.returncode == 1
    assert b"listens on 127.0.0.1 only" in complaint
