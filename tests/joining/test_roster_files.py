"""A file is taken where it was spoken of; elsewhere it is said which command takes it."""

from tests.app.stage import Stage
from tests.joining.door import door, last, says

TABLE = "code,username,name\nA1,,一\nA2,,二\n"


async def sends(stage: Stage, content: str, name: str = "r.csv", **more: str) -> str:
    media = {"kind": "document", "file_name": name, "content": content}
    await stage.people.post(stage.owner, stage.owner, media=media, **more)
    await stage.later(3)
    return await last(stage, stage.owner)


async def test_a_roster_is_taken_as_soon_as_it_was_spoken_of_and_a_corrected_one_too(database_url: str) -> None:  # J06
    async with door(database_url, mode="roster") as stage:
        group = await stage.group()
        await says(stage, stage.owner, f"/roster #{group.id}")
        assert "要新加 2 行：一、二" in await sends(stage, TABLE)
        assert "要新加 1 行：三" in await sends(stage, "code,username,name\nA3,,三\n")
        await says(stage, stage.owner, "谢谢你")
        assert "第" not in await last(stage, stage.owner), "words are no table"


async def test_a_file_that_says_what_it_is_for_is_read_at_once(database_url: str) -> None:  # J06, N03
    async with door(database_url, mode="roster") as stage:
        group = await stage.group()
        assert "要新加 2 行" in await sends(stage, TABLE, text=f"/roster #{group.id} import")
        settings = "[flooding]\nmessages = 6\n"
        assert "会改 1 项" in await sends(stage, settings, "p.toml", text=f"/policy #{group.id} import")


async def test_a_file_that_nobody_asked_for_hears_which_command_takes_it(database_url: str) -> None:  # J06, N03
    async with door(database_url, mode="roster") as stage:
        group = await stage.group()
        assert f"/roster #{group.id}" in await sends(stage, TABLE)
        assert f"/policy #{group.id} import" in await sends(stage, "[flooding]\nmessages = 6\n", "p.toml")
