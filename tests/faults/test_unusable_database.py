"""A database that may not be written, is not there or is damaged: no start, one line with cause and way out."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from bot.storage import StorageError, open_storage
from sandbox.processes import TOKEN, BotProcess, ProcessError
from sandbox.serve import serve
from sandbox.world import World
from tests.databases import Sqlite
from tests.faults.process import INSULT, camp
from tests.figures import Figures

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"])
on_postgres = pytest.mark.parametrize("engine_name", ["postgres"])
NOBODY = 65534
PAGE = 4096


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def told(bot: BotProcess) -> list[str]:
    """What is meant for the operator: all that is no line of the log."""
    said = bot.log.read_text()
    assert "Traceback" not in said
    return [line for line in said.splitlines() if not line.startswith("{")]


async def refused(folder: Path, database: str) -> tuple[int, list[str]]:
    """Exit code and words of a bot that cannot start."""
    async with serve(World(token=TOKEN)) as address:
        bot = BotProcess(folder / "bot", address, database, {})
        with pytest.raises(ProcessError):
            await bot.start()
        return await bot.wait(), told(bot)


@on_sqlite
async def test_a_volume_that_is_not_there_ends_the_start_with_one_line(
    engine_name: str, tmp_path: Path, figures: Figures
) -> None:
    # D5
    code, (problem, way_out) = await refused(tmp_path, f"sqlite:///{tmp_path}/volume/dengta.db")
    figures("D5", case="the folder is not there", code=code, lines=2)
    assert code == 1
    assert problem == f"storage.url: the folder {tmp_path}/volume does not exist"
    assert way_out.strip() == "make it, or change storage.url"


@contextmanager
def of_another_owner(folder: Path) -> Iterator[None]:
    """Root may write everywhere, so it becomes somebody else for a while, before a folder that is not theirs."""
    folder.chmod(0o755)
    if os.geteuid() != 0:
        folder.chmod(0o555)
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@on_sqlite
async def test_a_folder_of_another_owner_is_refused_with_the_way_out(
    engine_name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # D5
    folder = tmp_path_factory.mktemp("volume")
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)
    with of_another_owner(folder), pytest.raises(StorageError) as caught:
        await open_storage(f"sqlite:///{folder}/dengta.db")
    assert "cannot be written" in caught.value.problem
    assert "bot's user" in caught.value.way_out


@on_postgres
async def test_a_role_that_may_not_write_ends_the_start_with_one_line(
    engine_name: str, tmp_path: Path, database_url: str, figures: Figures
) -> None:
    # D5
    keeper = await asyncpg.connect(database_url)
    try:
        role = f"reader_{os.getpid()}"
        await keeper.execute(f"CREATE ROLE {role} LOGIN")
        await keeper.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
        code, (problem, way_out) = await refused(tmp_path, database_url.replace("postgres@", f"{role}@"))
    finally:
        await keeper.execute(f"DROP OWNED BY {role}")
        await keeper.execute(f"DROP ROLE {role}")
        await keeper.close()
    figures("D5", case="a role that may not write", code=code, lines=2)
    assert code == 1
    assert "may not write" in problem
    assert "GRANT" in way_out


def flip(file: Path) -> None:
    """Every page but the first."""
    content = bytearray(file.read_bytes())
    for start in range(PAGE, len(content), PAGE):
        content[start : start + 200] = bytes(each ^ 0xFF for each in content[start : start + 200])
    file.write_bytes(content)


@on_sqlite
async def test_damage_found_while_it_runs_ends_it_and_acknowledges_nothing(
    engine_name: str, tmp_path: Path, sqlite: Sqlite, figures: Figures
) -> None:
    # D8
    url = sqlite.fresh(tmp_path, migrated=False)
    async with camp(tmp_path, url, {"insult": {"mode": "enforce"}, "flooding": {"mode": "off"}}) as stage:
        lin = await stage.member("林晓")
        await stage.start()
        await stage.say(lin, *(f"第{number}天打卡" for number in range(50)))
        await stage.settled()
        flip(file_of(url))
        await stage.say(lin, INSULT)
        code = await asyncio.wait_for(stage.bot.wait(), 60)
        problem, way_out = told(stage.bot)
        waiting, damaged = len(stage.world.updates.waiting), file_of(url).read_bytes()
        with pytest.raises(ProcessError):
            await stage.bot.start()
        again = told(stage.bot)[2:]
    figures("D8", code=code, updates_still_at_telegram=waiting, second_start_refused=bool(again))
    assert code == 1
    assert problem.startswith("storage.url: the database file is damaged")
    assert way_out.strip() == "restore a backup; the file was left as it is"
    assert waiting == 1
    assert [line.partition("(")[0] for line in again] == [line.partition("(")[0] for line in (problem, way_out)]
    assert file_of(url).read_bytes() == damaged
