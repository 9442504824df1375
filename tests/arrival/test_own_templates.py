"""A link with a preset configures a group the moment the bot is brought there, whatever comes first, and once."""

import json
from typing import Any

import pytest

from bot.arrival.links import links
from rules.conduct.presets import PRESETS
from tests.arrival.owning import SUHE, Owned, owned

ADMIN = "delete_messages+restrict_members+pin_messages+invite_users+manage_tags"


async def preset(stage: Owned) -> list[str]:
    """What was chosen for the group, and that it holds."""
    group = await stage.group()
    async with stage.app.services.storage.reading() as unit:
        policy = await stage.app.services.moderator.policy_of(unit, group)
    chosen = [row[0] for row in await stage.rows("SELECT preset FROM setups") if row[0]]
    assert policy.checkin.enabled == (chosen == ["camp"])
    return chosen


async def applied(stage: Owned) -> int:
    return await stage.count("SELECT count(*) FROM audit WHERE action = 'preset.apply'")


async def brought(stage: Owned, by: int, payload: str, *, command_first: bool = False) -> int:
    """The bot is brought by a link while it is not running; what Telegram tells comes in this order."""
    await stage.app.stop()
    chat = stage.chat = await stage.people.chat_create("supergroup", "07营", by)
    await stage.people.add_bot(chat, by=by, admin="all", payload=payload)
    told: list[dict[str, Any]] = [json.loads(each.raw) for each in stage.world.updates.waiting]
    stage.world.updates.waiting.clear()
    for update in sorted(told, key=lambda each: ("message" in each) != command_first):
        await stage.people.push_raw_update({name: value for name, value in update.items() if name != "update_id"})
    await stage.restart()
    await stage.calm()
    return chat


@pytest.mark.parametrize("who", ["operators", "anyone"])
@pytest.mark.parametrize("command_first", [False, True], ids=["news first", "command first"])
async def test_the_group_has_the_preset_of_the_link(database_url: str, command_first: bool, who: str) -> None:
    async with owned(database_url, who=who) as stage:
        await brought(stage, SUHE, "t_camp", command_first=command_first)
        assert (await preset(stage), await applied(stage)) == (["camp"], 1)
        assert await stage.said() == [], "nothing is said in the group"


async def test_said_twice_it_is_done_once(database_url: str) -> None:
    async with owned(database_url) as stage:
        await stage.people.duplicate_updates(2)
        chat = await stage.add(SUHE, payload="t_camp")
        await stage.people.post(chat, SUHE, f"/start@{stage.world.bot_username} t_camp")
        await stage.calm()
        assert (await preset(stage), await applied(stage)) == (["camp"], 1)


@pytest.mark.parametrize("word", ["t_nonsense", "t_", "t_<b>x</b>"])
async def test_a_preset_nobody_knows_leaves_the_defaults_and_is_told_once(database_url: str, word: str) -> None:
    async with owned(database_url) as stage:
        await stage.people.duplicate_updates(2)
        chat = await stage.add(SUHE, payload=word)
        await stage.people.post(chat, SUHE, f"/start@{stage.world.bot_username} {word}")
        await stage.calm()
        assert await preset(stage) == []
        assert len(await stage.said("链接里写的预设我不认识", chat=SUHE)) == 1
        assert await stage.said() == []


async def test_a_bare_start_in_a_group_means_nothing(database_url: str) -> None:
    async with owned(database_url) as stage:
        chat = await stage.add(SUHE)
        before = await stage.posts()
        await stage.people.post(chat, SUHE, f"/start@{stage.world.bot_username}")
        await stage.calm()
        assert (await preset(stage), await stage.posts()) == ([], before)


async def test_what_others_say_in_the_group_chooses_nothing(database_url: str) -> None:
    async with owned(database_url) as stage:
        chat = await stage.add(SUHE)
        lin = await stage.member()
        await stage.people.post(chat, lin, f"/start@{stage.world.bot_username} t_camp")
        await stage.calm()
        assert await preset(stage) == []


async def test_nor_does_the_one_who_brought_it_by_a_link_days_later(database_url: str) -> None:
    async with owned(database_url) as stage:
        chat = await stage.add(SUHE)
        await stage.later(86_400)
        await stage.people.post(chat, SUHE, f"/start@{stage.world.bot_username} t_camp")
        await stage.calm()
        assert await preset(stage) == []


@pytest.mark.parametrize("command_first", [False, True], ids=["news first", "command first"])
async def test_where_an_operator_is_asked_the_preset_comes_with_the_yes(database_url: str, command_first: bool) -> None:
    async with owned(database_url) as stage:
        lin = await stage.people.user_create("林晓")
        await brought(stage, lin, "t_camp", command_first=command_first)
        assert (await stage.state(), await applied(stage)) == ("pending", 0)
        await stage.press(SUHE, "可以", chat=SUHE)
        assert (await preset(stage), await applied(stage)) == (["camp"], 1)


def test_there_is_a_link_for_each_preset_with_the_rights_the_bot_needs() -> None:
    found = {link.preset: link.address for link in links("dengta_bot")}
    assert found[""] == f"https://t.me/dengta_bot?startgroup&admin={ADMIN}"
    assert found["camp"] == f"https://t.me/dengta_bot?startgroup=t_camp&admin={ADMIN}"
    assert set(found) == {"", *PRESETS}
