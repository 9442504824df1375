"""`python -m bot run` as a process: it refuses what it cannot use, and leaves nothing half done when told to stop."""

import asyncio
import sys
from pathlib import Path

from sandbox.processes import ROOT, TOKEN, BotProcess, environment
from sandbox.serve import serve
from sandbox.world import World
from tests.bot.waiting import until
from tests.faults.process import INSULT, camp


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:  # D8
    diary = tmp_path / "diary.db"
    diary.write_bytes(b"not a database, but somebody's diary" * 300)
    async with serve(World(token=TOKEN)) as address:
        bot = BotProcess(tmp_path / "bot", address, f"sqlite:///{diary}", {})
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(bot.config), cwd=ROOT, env=environment({}),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        said = (await asyncio.wait_for(process.communicate(), 30))[0].decode()
    assert process.returncode == 1
    assert "storage.url:" in said
    assert "Traceback" not in said
    assert diary.read_bytes().startswith(b"not a database")


async def test_told_to_stop_it_finishes_what_it_has_and_ends_with_0(tmp_path: Path, database_url: str) -> None:  # C11
    policy = {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}
    async with camp(tmp_path, database_url, policy) as stage:
        lin = await stage.member("林晓")
        await stage.start()
        await stage.say(lin, *[f"第{number}条" for number in range(40)], INSULT)
        await until(lambda: len(stage.world.updates.waiting) < 40, "it began")
        assert await asyncio.wait_for(stage.bot.stop(), 20) == 0
        await stage.start()
        await stage.settled()
        assert (await stage.written())[lin] == 41
        assert [row.rule for row in await stage.decided()] == ["insult"]
