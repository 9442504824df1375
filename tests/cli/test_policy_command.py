"""What operators ask about a group's settings: its own as a file, all with their layers, and its versions."""

from bot.conduct.policyfile import parse
from bot.storage import policies
from rules.conduct.policy_layers import keys
from tests.app.stage import Stage
from tests.cli.command import bot


async def decided(stage: Stage) -> int:
    """The number of the group, which has made two versions."""
    await stage.people.post(stage.chat, await stage.member(), "大家早上好")
    await stage.all_taken()
    services, group = stage.app.services, await stage.group()
    at = int(services.clock.now())
    async with services.storage.unit() as unit:
        await policies.put(unit, "group", group.id, {"flooding.messages": 6, "welcome.text": "你好"}, 7, at, "太吵了")
        await policies.put(unit, "group", group.id, {"welcome.text": None}, 8, at)
    return group.id


async def test_a_groups_own_settings_are_printed_as_a_file(stage: Stage) -> None:
    ran = await bot(stage.settings, "policy", str(await decided(stage)))
    assert (ran.code, ran.err) == (0, "")
    assert parse(ran.out.encode()).values == {"flooding.messages": 6}


async def test_all_of_them_with_where_each_comes_from(stage: Stage) -> None:
    ran = await bot(stage.settings, "policy", str(await decided(stage)), "--all")
    assert tuple(parse(ran.out.encode()).values) == keys()
    assert "# group\nmessages = 6" in ran.out
    assert "# defaults\n" in ran.out


async def test_its_versions_say_who_what_and_why(stage: Stage) -> None:
    ran = await bot(stage.settings, "policy", str(await decided(stage)), "--history")
    newest, first = ran.out.splitlines()
    assert newest.endswith("by 8: welcome.text = null")
    assert first.endswith('by 7: flooding.messages = 6, welcome.text = "你好" (太吵了)')


async def test_a_group_that_is_not_there_is_said(stage: Stage) -> None:
    ran = await bot(stage.settings, "policy", "999")
    assert (ran.code, ran.out, ran.err) == (1, "", "There is no group 999.\n")
