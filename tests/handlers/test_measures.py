"""What leaders do about a person, by command and by a word in a reply."""

import pytest

from tests.handlers.camp import INSULT, Camp


async def test_a_leader_warns_by_a_reply_and_the_member_is_told_kindly(camp: Camp) -> None:  # R08
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "/warn 请到专门的话题里聊", reply_to=said)
    (decision,) = await camp.decisions(camp.lin)
    assert (decision.step, decision.issuer_kind, decision.issuer_id) == ("warn", "person", camp.leader)
    assert decision.reason == "请到专门的话题里聊"
    assert "罚" not in camp.said()
    (row,) = await camp.audited("warn")
    assert (row.actor_id, row.target_id, row.after["decision"]) == (camp.leader, camp.lin, decision.id)


@pytest.mark.parametrize("word", ["10m", "10分钟", "１０m", ""])
async def test_a_mute_ends_by_itself(camp: Camp, word: str) -> None:
    await camp.says(camp.leader, f"/mute {camp.lin} {word}".rstrip())
    assert camp.telegram.status(camp.lin) == "restricted"
    seconds = 600 if word else 3600
    assert abs(camp.telegram.until(camp.lin) - camp.clock.now() - seconds) < 5


@pytest.mark.parametrize("word", ["5s", "400d", "soon", "0m", "10"])
async def test_a_mute_of_no_sensible_length_is_answered_with_an_example(camp: Camp, word: str) -> None:  # A6
    await camp.says(camp.leader, f"/mute {camp.lin} {word}")
    assert camp.telegram.status(camp.lin) == "member"
    assert "/mute @linxiao 10m" in camp.last()


async def test_who_was_muted_may_write_again_when_a_leader_says_so(camp: Camp) -> None:
    await camp.says(camp.leader, f"/mute {camp.lin} 2h")
    await camp.says(camp.leader, f"/unmute {camp.lin}")
    assert camp.telegram.status(camp.lin) == "member"


async def test_who_was_removed_can_be_readmitted(camp: Camp) -> None:  # R10
    await camp.says(camp.leader, f"/remove {camp.lin} ban 反复发链接")
    assert camp.telegram.status(camp.lin) == "kicked"
    await camp.says(camp.leader, f"/readmit {camp.lin}")
    assert camp.telegram.status(camp.lin) == "left"


async def test_a_leaders_own_brake_asks_after_five_removals(camp: Camp) -> None:  # fairness 3
    people = [camp.telegram.member(f"学员{n}") for n in range(6)]
    await camp.go()
    for person in people:
        await camp.says(camp.leader, f"/remove {person}")
    assert [camp.telegram.status(person) for person in people] == ["left"] * 5 + ["member"]
    assert await camp.questions() == ["person_brake"]


async def test_whoever_removed_too_many_cannot_let_go_the_next_one_alone(camp: Camp) -> None:  # fairness 3
    people = [camp.telegram.member(f"小伙伴{n}") for n in range(6)]
    desk = camp.telegram.supergroup("管理员群")
    await camp.set_group(moderators_chat=desk)
    camp.telegram.do("join", chat=desk, user=camp.leader)
    await camp.go()
    for person in people:
        await camp.says(camp.leader, f"/remove {person}")
        camp.clock.advance(10)
    assert "另一位营主" in await camp.presses(camp.leader, "照此处理", desk)
    assert camp.telegram.status(people[-1]) == "member"
    await camp.presses(camp.telegram.owner, "照此处理", desk)
    assert camp.telegram.status(people[-1]) == "left"


async def test_a_pardon_lets_earlier_reminders_count_no_more(camp: Camp) -> None:  # R23
    await camp.says(camp.leader, f"/warn {camp.lin}")
    await camp.says(camp.leader, f"/pardon {camp.lin} 已经道歉")
    group = await camp.group()
    async with camp.storage.reading() as unit:
        case = await camp.services.moderator.case_of(unit, group, camp.lin, int(camp.clock.now()))
    assert case.member.standing.warnings == 0
    assert [row.step for row in await camp.decisions(camp.lin)] == ["pardon", "warn"]


@pytest.mark.parametrize("command", ["warn", "mute", "remove"])
async def test_nothing_is_done_to_who_is_protected(camp: Camp, command: str) -> None:  # A3
    bot = camp.services.me.username
    answers = {camp.telegram.owner: "管理员", camp.leader: "你自己", f"@{bot}": "放过我"}
    for person, words in answers.items():
        await camp.says(camp.leader, f"/{command} {person}")
        assert words in camp.last(), words
    assert await camp.audited(command) == []


@pytest.mark.parametrize("as_chat", ["group", "channel"])
async def test_who_speaks_as_a_chat_is_answered_kindly(camp: Camp, as_chat: str) -> None:  # A3
    if as_chat == "group":
        said = camp.telegram.post(camp.telegram.owner, "通知", as_chat=camp.chat)
    else:
        channel = camp.telegram.do("chat_create", kind="channel", title="频道", owner=camp.lin)["id"]
        said = camp.telegram.post(camp.lin, "通知", as_chat=channel)
    await camp.says(camp.leader, "/warn", reply_to=said)
    assert ("匿名管理员" if as_chat == "group" else "频道") in camp.last()
    assert await camp.audited("warn") == []


async def test_a_username_is_looked_up_among_who_was_seen_here(camp: Camp) -> None:
    camp.telegram.do("user_rename", user=camp.lin, first_name="林晓", username="linxiao")
    await camp.says(camp.lin, "大家好")
    await camp.says(camp.leader, "/warn @LinXiao 请注意")
    assert [row.step for row in await camp.decisions(camp.lin)] == ["warn"]
    await camp.says(camp.leader, "/warn @nobody_here")
    assert "@nobody_here" in camp.last()


async def test_a_username_that_two_people_carried_is_not_guessed(camp: Camp) -> None:
    other = camp.telegram.member("小林")
    for person in (camp.lin, other):
        camp.telegram.do("user_rename", user=person, first_name="x", username="linxiao")
        await camp.says(person, "大家好")
        camp.telegram.do("user_rename", user=person, first_name="x", username="")
    await camp.says(camp.leader, "/warn @linxiao")
    assert "不止一位" in camp.last()
    assert await camp.decisions(camp.lin) == await camp.decisions(other) == []


async def test_a_tapped_name_is_the_person(camp: Camp) -> None:
    user = {"id": camp.lin, "is_bot": False, "first_name": "林晓"}
    mention = {"type": "text_mention", "offset": 6, "length": 2, "user": user}
    await camp.says(camp.leader, "/warn 林晓 请注意", entities=[mention])
    (decision,) = await camp.decisions(camp.lin)
    assert decision.reason == "请注意"


async def test_without_a_person_one_line_of_help_with_an_example(camp: Camp) -> None:
    await camp.says(camp.leader, "/remove")
    assert "/remove @linxiao" in camp.last()


async def test_commands_and_answers_disappear_from_the_group_after_a_minute(camp: Camp) -> None:
    command = await camp.says(camp.leader, "/mute")
    assert camp.telegram.said()
    for _ in range(7):
        await camp.later(10)
    assert not camp.telegram.exists(command)
    assert camp.said() == ""


async def test_a_receipt_is_a_reaction_and_never_a_message(camp: Camp) -> None:
    before = len(camp.telegram.calls("sendMessage"))
    await camp.says(camp.leader, f"/fine pass {camp.lin}")
    assert len(camp.telegram.calls("sendMessage")) == before
    assert len(camp.telegram.calls("setMessageReaction")) == 1


async def test_in_a_topic_the_answer_comes_in_that_topic(camp: Camp) -> None:
    forum = camp.telegram.supergroup("论坛营", kind="forum")
    camp.telegram.do("join", chat=forum, user=camp.leader)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=forum, user=camp.leader, rights="all")
    await camp.go()
    topic = camp.telegram.do("topic_create", chat=forum, name="作业")["thread"]
    await camp.says(camp.leader, "/mute", forum, thread=topic)
    assert [post.get("message_thread_id") for post in camp.telegram.said(forum)] == [topic]
    assert "请回复" in camp.last(forum)


async def test_an_order_older_than_a_day_is_not_carried_out(camp: Camp) -> None:  # U3
    message = {
        "message_id": 9999, "date": int(camp.clock.now()) - 25 * 3600, "text": f"/remove {camp.lin}",
        "chat": {"id": camp.chat, "type": "supergroup", "title": "Camp 07"},
        "from": {"id": camp.leader, "is_bot": False, "first_name": "班长"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
    }  # fmt: skip
    camp.telegram.do("push_raw_update", json={"message": message})
    await camp.go()
    assert camp.telegram.status(camp.lin) == "member"


@pytest.mark.parametrize(
    "line", ["/warn {0} R3 推广先说一声", "/mute {0} 1h 第3条 推广先说一声", "/remove {0} #3 推广先说一声"]
)
async def test_a_leader_cites_a_point_of_the_rules(camp: Camp, line: str) -> None:  # R02
    await camp.starts(camp.lin)
    await camp.says(camp.leader, line.format(camp.lin))
    (decision,) = await camp.decisions(camp.lin)
    assert (decision.code, decision.reason) == ("R3", "推广先说一声")
    assert "约定 R3「广告带红包」" in camp.last(camp.lin)
    (row,) = await camp.audited(line[1:].split()[0])
    assert row.after["code"] == "R3"


async def test_a_rule_cites_its_point_by_itself(camp: Camp) -> None:  # R02
    await camp.says(camp.lin, INSULT)
    (decision,) = await camp.decisions(camp.lin)
    assert decision.code == "R4"


async def test_a_point_that_does_not_exist_is_told_and_nothing_is_done(camp: Camp) -> None:  # A6
    await camp.says(camp.leader, f"/warn {camp.lin} R9 推广先说一声")
    assert await camp.decisions(camp.lin) == []
    assert "没有 R9 这一条，现在是 R1 到 R6" in camp.last()


async def test_a_group_with_rules_of_its_own_cites_its_own_numbers(camp: Camp) -> None:  # R02
    await camp.starts(camp.lin)
    await camp.says(camp.leader, '/policy set rules_text ["【说话】", "不吵架", "【发布】", "不发广告"]')
    await camp.says(camp.leader, f"/warn {camp.lin} r2")
    assert "约定 R2「不发广告」" in camp.last(camp.lin)
