"""/policy: shows where each value comes from, and changes one at a time."""

import pytest

from bot.storage import policies
from rules.conduct.policy_layers import keys
from tests.handlers.camp import Camp, camping


async def test_every_value_is_shown_with_its_layer(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/policy set ladder.persuade_at 3")
    await camp.says(camp.leader, "/policy show")
    await camp.later(5)
    shown = camp.said(camp.leader)
    assert [key for key in keys() if key not in shown] == []
    assert "ladder.persuade_at = 3 · 本群" in shown
    assert "insult.mode = enforce · config.toml" in shown
    assert "ladder.valid_days = 21 · 默认" in shown
    lines = shown.splitlines()
    rooms = dict.fromkeys(key.partition(".")[0] for key in keys())
    named = [line for line in lines if line.startswith("▸ ")]
    assert len(rooms) <= len(named) <= len(rooms) + 2
    assert lines[lines.index("insult.mode = enforce · config.toml") - 1] == "▸ 伤人的话"


async def test_long_lists_of_words_hide_no_other_value(database_url: str) -> None:
    many = [f"不发的词{n:04}" for n in range(600)]
    async with camping(database_url, {"blocked_text": {"words": many}, "insult": {"words": many}}) as camp:
        await camp.starts(camp.leader)
        await camp.says(camp.leader, "/policy show")
        await camp.later(5)
        assert [key for key in keys() if key not in camp.said(camp.leader)] == []
        await camp.says(camp.leader, "/policy blocked_text.words")
        assert "不发的词0070" in camp.last(camp.leader)


async def test_a_change_is_a_version_with_its_author(camp: Camp) -> None:
    await camp.says(camp.leader, "/policy set ladder.persuade_at 3")
    await camp.says(camp.leader, "/policy set ladder.persuade_at 4")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        versions = await policies.history(unit, "group", group.id)
        policy = await camp.services.moderator.policy_of(unit, group)
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
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/policy insult.mode")
    assert "insult.mode = enforce · config.toml" in camp.last(camp.leader)


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
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/policy ladder")
    assert "ladder.highest" in camp.last(camp.leader)
    assert "insult.mode" not in camp.last(camp.leader)


@pytest.mark.parametrize("wanted", [" show", " blocked_text", " insult.words", " exempt.user_ids"])
async def test_the_group_never_reads_what_is_watched_for(camp: Camp, wanted: str) -> None:
    await camp.asks(camp.leader, "/policy set blocked_text.words 某某词")
    await camp.asks(camp.leader, "/policy set blocked_text.patterns 某某.*样")
    await camp.asks(camp.leader, "/policy set blocked_text.patterns (某某")
    answer = await camp.asks(camp.leader, f"/policy{wanted}")
    assert f"/policy #{(await camp.group()).id}" in answer
    sent = [str(call["parameters"].get("text")) for call in camp.telegram.calls("sendMessage")]
    assert len(sent) == 4
    assert not any("某某" in text or "blocked_text.mode" in text for text in sent)


async def test_a_leader_chooses_the_language_of_the_group(camp: Camp) -> None:
    assert "I speak English" in await camp.asks(camp.leader, "/policy set language en")
    assert (await camp.group()).language == "en"
    assert "The welcome is" in await camp.asks(camp.leader, "/welcome")
    assert "zh_Hans, zh_Hant, en" in await camp.asks(camp.leader, "/policy set language tlh")
    assert "说中文" in await camp.asks(camp.leader, "/policy set language 中文")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("ladder.persuade_at x", "1 到 100 之间的整数"),
        ("checkin.prompt_at noon", "06:30"),
        ("checkin.enabled perhaps", "true 或 false"),
        ("blocked_text.patterns (a", "没有配上右括号"),
        ("ladder.severe_rules insults", "是不是想写 insult"),
        ("nickname_format.remind_hours 48", "比 deadline_hours 小"),
        ("insult.words [1", "一串文字"),
    ],
)
async def test_what_is_allowed_is_said_in_the_readers_language(camp: Camp, words: str, answer: str) -> None:
    said = await camp.asks(camp.leader, f"/policy set {words}")
    assert answer in said
    assert "a whole number" not in said
    assert "missing" not in said


async def test_a_list_of_words_takes_chinese_commas(camp: Camp) -> None:
    await camp.says(camp.leader, "/policy set insult.words 笨蛋、傻瓜，呆子")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        policy = await camp.services.moderator.policy_of(unit, group)
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
