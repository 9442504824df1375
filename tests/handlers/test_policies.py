"""/policy: shows where each value comes from, and changes one at a time."""

import pytest

from bot.storage import policies
from rules.conduct.policy_layers import keys
from tests.handlers.camp import Camp


async def test_every_value_is_shown_with_its_layer(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/policy set ladder.persuade_at 3")
    await camp.says(camp.leader, "/policy")
    shown = camp.last(camp.leader)
    assert all(key in shown for key in keys())
    assert "ladder.persuade_at = 3 · 本群" in shown
    assert "insult.mode = enforce · config.toml" in shown
    assert "ladder.valid_days = 21 · 默认" in shown


async def test_a_change_is_a_version_with_its_author(camp: Camp) -> None:
    await camp.says(camp.leader, "/policy set ladder.persuade_at 3")
    await camp.says(camp.leader, "/policy set ladder.persuade_at 4")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        versions = await policies.history(unit, "group", group.id)
        policy = (await camp.services.moderator.policy_of(unit, group)).policy
    assert [(row.changes, row.author) for row in versions] == [
        ({"ladder.persuade_at": 4}, camp.leader),
        ({"ladder.persuade_at": 3}, camp.leader),
    ]
    assert policy.ladder.persuade_at == 4
    assert [(row.before, row.after["ladder.persuade_at"]) for row in await camp.audited("policy.set")] == [
        ({"ladder.persuade_at": "3"}, "4"),
        ({"ladder.persuade_at": "2"}, "3"),
    ]


async def test_a_value_can_be_given_back_to_the_layer_below(camp: Camp) -> None:
    await camp.says(camp.leader, "/policy set insult.mode off")
    await camp.says(camp.leader, "/policy reset insult.mode")
    await camp.says(camp.leader, "/policy insult.mode")
    assert "insult.mode = enforce · config.toml" in camp.last()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("set ladder.persuad_at 3", "ladder.persuade_at"),
        ("laddr", "是不是想写"),
        ("set ladder.persuade_at many", "可以是"),
        ("set ladder.persuade_at 0", "可以是"),
        ("set insult.mode enforced", "是不是想写 enforce"),
        ("set blocked_text.patterns [\"ok\", \"(a\"]", "第 "),
        ("set nickname_format.pattern [a", "第 "),
        ("set nickname_format.remind_hours 48", "deadline_hours"),
        ("set ladder.persuade_at", "例如 /policy set"),
        ("set", "例如 /policy set"),
        ("reset nothing.here", "没有"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_refused_in_words_and_changes_nothing(camp: Camp, words: str, answer: str) -> None:
    await camp.says(camp.leader, f"/policy {words}")
    assert answer in camp.last()
    assert (await camp.group()).policy_version == 0


async def test_a_rule_that_is_turned_on_begins_now(camp: Camp) -> None:  # fairness 2
    await camp.says(camp.leader, "/policy set nickname_format.mode enforce")
    assert (await camp.group()).rule_began["nickname_format"] == int(camp.clock.now())
    began = (await camp.group()).rule_began
    camp.clock.advance(3600)
    await camp.says(camp.leader, "/policy set nickname_format.mode enforce")
    assert (await camp.group()).rule_began == began


async def test_a_section_is_shown_alone(camp: Camp) -> None:
    await camp.says(camp.leader, "/policy ladder")
    assert "ladder.highest" in camp.last()
    assert "insult.mode" not in camp.last()


async def test_a_list_of_words_takes_chinese_commas(camp: Camp) -> None:
    await camp.says(camp.leader, "/policy set insult.words 笨蛋、傻瓜，呆子")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        policy = (await camp.services.moderator.policy_of(unit, group)).policy
    assert policy.insult.words == ("笨蛋", "傻瓜", "呆子")


async def test_the_welcome_is_written_tried_and_switched_off(camp: Camp) -> None:  # J01
    await camp.says(camp.leader, "/welcome set 很高兴你来到 {title}!\n先看群规哦")
    await camp.says(camp.leader, "/welcome test")
    assert "班长" in camp.last()
    assert "很高兴你来到 Camp 07!\n先看群规哦" in camp.last()
    await camp.says(camp.leader, "/welcome off")
    await camp.later(20)
    await camp.says(camp.leader, "/welcome")
    assert "已关闭" in camp.last()
    assert "/welcome set" in camp.last()
