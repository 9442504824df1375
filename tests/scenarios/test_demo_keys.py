"""The demo as a person sees it in a terminal: keys, pauses, leaving, Ctrl-C, and a bot that dies."""

import asyncio
import os
import re
import signal
import socket
from pathlib import Path

import httpx
import pytest

from sandbox.client import NO_TLS
from tests.bot.waiting import until_async
from tests.scenarios.terminal import PATIENCE, Terminal, terminal

SCENE = re.compile(r"^(\d+)/\d+ ", re.MULTILINE)
LONG_POLL = 60.0
OF_THE_BOT = (" bot run ", " bot why ")
pytestmark = pytest.mark.timeout(150)


def scenes(shown: str) -> list[int]:
    return [int(number) for number in SCENE.findall(shown)]


async def page(shown: Terminal) -> httpx.AsyncClient:
    """What the printed address leads to."""
    text = await shown.until(r"Watch it here: http://127\.0\.0\.1:\d+/#columns=-100\d+:\d+:as,")
    url = re.findall(r"http://127\.0\.0\.1:\d+", text)[0]
    return httpx.AsyncClient(base_url=url, verify=NO_TLS, trust_env=False, timeout=LONG_POLL)


async def standing(there: httpx.AsyncClient, step: int) -> None:
    """Until that step is over and the story stands still."""
    story, version = {"busy": True, "step": 0}, -1
    while story["busy"] or story["step"] < step:
        story = (await there.get("/sandbox/story", params={"after": version})).json()
        version = int(story["version"])


async def test_keys_step_pause_and_leave_the_story_and_the_terminal_is_as_before(tmp_path: Path) -> None:
    async with terminal(tmp_path / "demo", "--paused", "--pace", "4") as shown:
        async with await page(shown) as there:
            await shown.until("Keys: space pauses")
            await shown.until("Paused: the clock of the story stands still")
            assert scenes(shown.shown) == []
            shown.press("n")
            await shown.until("wrote in the private chat with 苏禾")
            await standing(there, step=1)
            held = (await there.get("/sandbox/clock")).json()
            await asyncio.sleep(0.5)
            now = (await there.get("/sandbox/clock")).json()
            assert (held["rate"], now["now"]) == (0.0, held["now"]), "a story that is paused holds its clock"
            assert scenes(shown.shown) == [1], "one key, one step"
            shown.press("f")
            await shown.until("Pace 8")
            shown.press(" ")
            await shown.until("Going on")
            await shown.until(r"(?m)^2/\d+ ")
            assert (await there.get("/sandbox/clock")).json()["rate"] == 1.0
            shown.press("q")
            await shown.until("Now go on by hand:")
            assert (await there.get("/sandbox/story")).json()["state"] == "done"
            assert (await there.get("/")).status_code == 200
            shown.press("v")
            await shown.until("Decisions are told with all that was looked at")
            camp = int(re.findall(r"columns=(-\d+)", shown.shown)[0])
            lin = {"chat": camp, "user": "linxiao"}
            await there.post("/sandbox/join", json=lin)
            said = await there.post("/sandbox/post", json={**lin, "text": "你这个傻逼,滚出去"})
            assert said.json()["ok"]
            await shown.until(r"→ +Decision \d+ about [^\n]*林晓")
            await shown.until(r"why +Hurtful words [^\n]*\n?[^\n]*\(rule\s+insult,\s+step\s+remind\)")
            await shown.until(r"why +Record before: ")
            kinds = {line["kind"] for line in (await there.get("/sandbox/story")).json()["lines"][-6:]}
            assert {"did", "decided", "why"} <= kinds, "the page tells it too"
        shown.press("\x03")
        assert await shown.ended() == "0"
        assert "Traceback" not in shown.shown


async def test_ctrl_c_in_the_story_ends_all_at_once_and_cleanly(tmp_path: Path) -> None:
    async with terminal(tmp_path / "demo", "--paused") as shown:
        await shown.until("Paused: the clock")
        shown.press("\x03")
        assert await shown.ended() == "130"
        assert "Stopped before the end of the story. Bot and sandbox are stopped." in shown.shown
        assert "Traceback" not in shown.shown
    assert await processes(tmp_path) == []


async def test_a_story_that_somebody_spoils_says_so_stays_up_and_ends_with_one(tmp_path: Path) -> None:
    async with terminal(tmp_path / "demo", "--paused", "--pace", "8") as shown:
        async with await page(shown) as there:
            await shown.until("Paused: the clock")
            for step in (1, 2):
                shown.press("n")
                await standing(there, step)
            camp = int(re.findall(r"columns=(-\d+)", shown.shown)[0])
            await there.post("/sandbox/ban", json={"chat": camp, "user": "wangmin"})
            await there.post("/sandbox/clock", json={"freeze": True})
            shown.press("n")
            text = await shown.until("✘ +press by 王敏 was refused: ")
            assert "{" not in text, "told in words"
            await shown.until("Ctrl-C ends it all")
            assert (await there.get("/sandbox/story")).json()["state"] == "failed"
        shown.press("\x03")
        assert await shown.ended() == "1"
        assert "Traceback" not in shown.shown


async def test_a_bot_that_dies_unexpectedly_ends_the_demo_with_one_clear_line(tmp_path: Path) -> None:
    async with terminal(tmp_path / "demo", "--paused") as shown:
        await shown.until("Paused: the clock")
        (bot,) = [number for number, line in await processes(tmp_path) if " run " in line]
        os.kill(bot, signal.SIGKILL)
        assert await shown.ended() == "1"
        (line,) = [line for line in shown.shown.splitlines() if line.startswith("✘")]
        assert re.fullmatch(r"✘ The bot ended by itself with exit code -9; its log is \S+/bot\.log", line)
        assert "Traceback" not in shown.shown
    assert await processes(tmp_path) == []


async def test_a_demo_that_is_killed_leaves_neither_sandbox_nor_bot_behind(tmp_path: Path) -> None:
    async with terminal(tmp_path / "demo", "--paused") as shown:
        text = await shown.until("Paused: the clock")
        port = int(re.findall(r"http://127\.0\.0\.1:(\d+)", text)[0])
        (demo,) = [number for number, line in await processes(tmp_path, " sandbox.demo ")]
        os.kill(demo, signal.SIGKILL)
        await shown.until(f"code {128 + signal.SIGKILL}")

        async def nothing_runs() -> bool:
            with socket.socket() as probe:
                closed = probe.connect_ex(("127.0.0.1", port)) != 0
            return closed and await processes(tmp_path) == []

        await until_async(nothing_runs, "the end of sandbox and bot", PATIENCE)


async def processes(folder: Path, *kinds: str) -> list[tuple[int, str]]:
    """(number, command line) of what works in that folder."""
    listing = await asyncio.create_subprocess_exec("ps", "-wweo", "pid,args", stdout=asyncio.subprocess.PIPE)
    lines = (await listing.communicate())[0].decode(errors="replace").splitlines()
    found = [line.split(maxsplit=1) for line in lines if f"{folder}/" in line]
    return [(int(number), line) for number, line in found if any(kind in line for kind in kinds or OF_THE_BOT)]
