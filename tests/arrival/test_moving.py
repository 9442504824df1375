"""Moving in from another bot: paste, look, press; nothing is kept before."""

import pytest

from tests.handlers.camp import INSULT, Camp, labels

ROSE = "The following blocklist filters are currently active in 07营:\n- `加微信`\n- `free money`\n- `bit*`"


async def write(camp: Camp, user: int, text: str) -> str:
    camp.clock.advance(3)
    await camp.whispers(user, text)
    return camp.last(user)


@pytest.fixture
async def moving(camp: Camp) -> Camp:
    """A leader in private, before the choice of what to import."""
    await camp.starts(camp.leader)
    await write(camp, camp.leader, f"/import #{(await camp.group()).id}")
    assert labels(camp.telegram.said(camp.leader)[-1])[:3] == ["词表", "群规", "欢迎语"]
    return camp


async def policy(camp: Camp) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    async with camp.storage.reading() as unit:
        found = await camp.services.moderator.policy_of(unit, await camp.group())
    return found.blocked_text.words, found.rules_text, found.welcome.text


async def test_a_word_list_is_shown_as_it_was_read_and_added_by_one_press(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    await camp.taps(boss, "词表")
    shown = await write(camp, boss, ROSE)
    assert "识别到 2 个词：加微信、free money" in shown
    assert "没有算进来" in shown
    assert "bit*" in shown
    assert await policy(camp) == ((), (), "")
    await camp.taps(boss, "导入")
    assert "现在有 2 个词" in camp.last(boss)
    assert (await policy(camp))[0] == ("加微信", "free money")
    camp.clock.advance(5)
    gone = await camp.says(camp.lin, "大家可以加微信聊")
    assert not camp.telegram.exists(gone)


async def test_the_commands_that_made_a_list_elsewhere_are_read_and_obeyed_by_nobody(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    await camp.taps(boss, "词表")
    shown = await write(camp, boss, '/addblocklist "free money" Not here! {ban}\n/addblocklist 刷单 reason')
    assert "识别到 2 个词：free money、刷单" in shown
    assert "/menu" in await write(camp, boss, '/addblocklist "free money" again')


async def test_a_second_list_adds_to_the_first_and_pressing_twice_changes_nothing(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    number = (await camp.group()).id
    await write(camp, boss, f"/import #{number} words 加微信，刷单")
    await camp.taps(boss, "导入")
    shown = await write(camp, boss, f"/import #{number} 词表 刷单，兼职")
    assert "1 个词表里已经有了" in shown
    await camp.taps(boss, "导入")
    assert (await policy(camp))[0] == ("加微信", "刷单", "兼职")


async def test_rules_are_numbered_anew_and_replace_the_old_ones_only_after_the_press(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    for text, said in (("1. 不发广告\n2. 好好说话", "识别到 2 条群规"), ("一、准时交作业", "换掉现在的 2 条")):
        await write(camp, boss, f"/import #{(await camp.group()).id}")
        await camp.taps(boss, "群规")
        before = (await policy(camp))[1]
        assert said in await write(camp, boss, text)
        assert (await policy(camp))[1] == before
        await camp.taps(boss, "导入")
    assert (await policy(camp))[1] == ("准时交作业",)
    assert "约定有更新" in camp.said()
    assert "R1 准时交作业" in await camp.asks(camp.lin, "/rules")


async def test_a_welcome_comes_with_our_placeholders_and_names_what_it_does_not_know(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    await camp.taps(boss, "欢迎语")
    shown = await write(camp, boss, "Hi {first} {last}, welcome to {chatname}! You are number {count}.")
    assert "Hi 班长, welcome to Camp 07!" in shown
    assert "{count}" in shown
    assert "欢迎 班长" not in shown
    await camp.taps(boss, "导入")
    assert (await policy(camp))[2] == "Hi {names}, welcome to {title}! You are number ."
    assert "Hi 班长, welcome to Camp 07!" in await camp.asks(boss, "/welcome test")


async def test_what_cannot_be_read_is_asked_for_again_and_never_mind_keeps_nothing(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    await camp.taps(boss, "词表")
    assert "没有认出词" in await write(camp, boss, "…… !! ??")
    assert "识别到 1 个词" in await write(camp, boss, "加微信")
    await camp.taps(boss, "算了")
    assert await policy(camp) == ((), (), "")
    assert labels(camp.telegram.said(boss)[-1])[:3] == ["词表", "群规", "欢迎语"]


async def test_who_is_leader_no_more_imports_nothing(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    await camp.taps(boss, "词表")
    await write(camp, boss, "加微信")
    camp.telegram.do("demote", chat=camp.chat, user=boss)
    await camp.go()
    await camp.taps(boss, "导入")
    assert await policy(camp) == ((), (), "")


async def test_markup_and_hostile_names_in_what_is_pasted_are_only_text(moving: Camp) -> None:
    camp, boss = moving, moving.leader
    await camp.taps(boss, "群规")
    shown = await write(camp, boss, f"1. <b>不要</b> {{user.__class__}} \u202e反\n2. {INSULT}{'长' * 900}")
    assert "<b>不要</b> {user.__class__}" in shown
    await camp.taps(boss, "导入")
    assert "<b>不要</b>" in (await policy(camp))[1][0]
