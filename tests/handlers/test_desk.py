"""Questions that wait for a leader: in the moderators' chat, in /inbox, behind one press; never among members."""

from tests.handlers.camp import ENFORCED, INSULT, Camp, camping

SCAM = "USDT稳赚项目，带单老师一对一，日赚3000，拉人返佣，点 https://t.me/+AbCdEf123 进群"
AD = "加微信 abc12345 低价出售课程,日赚500,名额有限 https://t.me/some_shop"


async def test_an_anonymous_administrators_order_waits_for_one_press_of_an_administrator(camp: Camp) -> None:
    said = await camp.says(camp.lin, "大家好")
    await camp.says(camp.telegram.owner, "/mute 2h 刷屏", as_chat=camp.chat, reply_to=said)
    assert camp.telegram.status(camp.lin) == "member"
    other = camp.telegram.member("小伙伴")
    assert "本群营主" in await camp.presses(other, "我是管理员，确认")
    assert camp.telegram.status(camp.lin) == "member"
    await camp.press_at_once("我是管理员，确认", camp.leader, camp.leader)
    assert camp.telegram.status(camp.lin) == "restricted"
    (decision,) = await camp.decisions(camp.lin)
    assert (decision.issuer_id, decision.reason) == (camp.leader, "刷屏")
    assert "我是管理员，确认" not in camp.said()
    assert "/mute" not in camp.said()


async def test_an_anonymous_word_in_a_reply_is_confirmed_too(camp: Camp) -> None:
    await camp.says(camp.lin, "/rules")
    await camp.presses(camp.lin, "我已阅读")
    ad = await camp.says(camp.lin, "我的课今晚开讲")
    await camp.says(camp.telegram.owner, "补发", as_chat=camp.chat, reply_to=ad)
    await camp.presses(camp.leader, "我是管理员，确认")
    assert not camp.telegram.exists(ad)
    await camp.presses(camp.leader, "已补发")
    await camp.later(10)
    assert "我的课今晚开讲" in camp.said()


async def test_nobody_to_write_to_and_the_question_waits_in_the_inbox(camp: Camp) -> None:
    await camp.says(camp.lin, AD)
    assert camp.said() == ""
    await camp.says(camp.leader, "/inbox")
    assert "1 件事" in camp.last()
    assert "abc12345" not in camp.said()
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/inbox")
    assert "abc12345" in camp.last(camp.leader)
    assert "已经办好" in await camp.presses(camp.leader, "没问题", camp.leader)
    assert await camp.questions() == []
    await camp.says(camp.leader, "/inbox")
    assert "没有等你决定的事" in camp.last()


async def test_who_answers_about_a_fraud_too_late_does_not_answer_for_somebody_in_distress(camp: Camp) -> None:  # F7
    desk, newcomer = await camp.desk(), camp.telegram.member("新来的")
    await camp.later(60)
    await camp.says(newcomer, f"我不想活了 {SCAM}")
    assert await camp.questions() == ["scam", "distress"]
    shown = await camp.press_at_once("移出并拉黑", camp.leader, camp.telegram.owner, chat=desk)
    assert "处理" in shown[1]
    assert await camp.questions() == ["distress"]


async def test_where_it_was_no_fraud_somebody_in_distress_still_waits_for_a_leader(camp: Camp) -> None:  # F7
    desk, newcomer = await camp.desk(), camp.telegram.member("新来的")
    await camp.later(60)
    await camp.says(newcomer, f"我不想活了 {SCAM}")
    await camp.presses(camp.leader, "没问题，放开", desk)
    assert camp.telegram.status(newcomer) == "member"
    assert await camp.questions() == ["distress"]
    await camp.later(10)
    await camp.presses(camp.telegram.owner, "我来跟进", desk)
    assert await camp.questions() == []


async def test_in_private_the_inbox_is_asked_for_by_group(camp: Camp) -> None:
    other = camp.telegram.supergroup("第二个营")
    camp.telegram.do("join", chat=other, user=camp.leader)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=other, user=camp.leader, rights="all")
    await camp.says(camp.lin, AD)
    await camp.starts(camp.leader)
    group = await camp.group()
    await camp.whispers(camp.leader, "/inbox")
    assert f"/inbox #{group.id}" in camp.last(camp.leader)
    assert camp.with_button("Camp 07", camp.leader)
    await camp.whispers(camp.leader, f"/inbox #{group.id}")
    await camp.later(5)
    assert "abc12345" in camp.last(camp.leader)


async def test_in_private_a_leader_acts_on_the_group_that_is_named(camp: Camp) -> None:
    group = await camp.group()
    await camp.starts(camp.leader)
    await camp.whispers(camp.leader, f"/mute #{group.id} {camp.lin} 2h")
    assert camp.telegram.status(camp.lin) == "restricted"
    assert "已经办好" in camp.last(camp.leader)


async def test_a_brake_is_let_go_with_one_press(camp: Camp) -> None:  # fairness 3
    people = [camp.telegram.member(f"学员{n}") for n in range(5)]
    await camp.go()
    said = [await camp.says(person, INSULT) for person in people]
    assert [camp.telegram.exists(each) for each in said] == [False, False, False, True, True]
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/inbox")
    assert await camp.questions() == ["brake"]
    await camp.presses(camp.leader, "继续处理", camp.leader)
    assert not any(camp.telegram.exists(each) for each in said)


async def test_a_brake_that_is_stopped_leaves_what_it_held(camp: Camp) -> None:  # fairness 3
    people = [camp.telegram.member(f"学员{n}") for n in range(5)]
    await camp.go()
    said = [await camp.says(person, INSULT) for person in people]
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/inbox")
    await camp.presses(camp.leader, "都不处理", camp.leader)
    assert [camp.telegram.exists(each) for each in said] == [False, False, False, True, True]
    assert [row.state for row in await camp.decisions(people[-1])] == ["dismissed"]


async def test_a_scam_is_for_a_person_to_remove(camp: Camp) -> None:  # R13
    newcomer = camp.telegram.member("客服")
    await camp.go()
    await camp.says(newcomer, "USDT 跑分兼职 日结 刷单返利 加飞机 @moneyboss https://t.me/+abcdefgh 稳赚不赔")
    assert await camp.questions() == ["scam"]
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/inbox")
    await camp.presses(camp.leader, "移出并拉黑", camp.leader)
    assert camp.telegram.status(newcomer) == "kicked"


async def test_a_step_that_needs_a_person_is_taken_by_one(database_url: str) -> None:  # R09
    async with camping(database_url, {**ENFORCED, "ladder": {"persuade_at": 1, "highest": "warn"}}) as camp:
        await camp.says(camp.leader, f"/warn {camp.lin}")
        assert await camp.questions() == ["ladder_ask"]
        await camp.starts(camp.leader)
        await camp.says(camp.leader, "/inbox")
        await camp.presses(camp.leader, "请对方选择去留", camp.leader)
        assert [row.step for row in await camp.decisions(camp.lin)] == ["ask_to_leave", "warn"]
        assert camp.telegram.status(camp.lin) == "restricted"


async def test_an_observed_message_is_deleted_by_one_press(database_url: str) -> None:
    async with camping(database_url, {"insult": {"mode": "observe"}}) as camp:
        said = await camp.says(camp.lin, INSULT)
        assert camp.telegram.exists(said)
        await camp.starts(camp.leader)
        await camp.says(camp.leader, "/inbox")
        await camp.presses(camp.leader, "删除", camp.leader)
        assert not camp.telegram.exists(said)


async def test_what_leaders_only_have_to_know_is_put_away(camp: Camp) -> None:  # A1
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights=["can_pin_messages"])
    await camp.go()
    assert await camp.questions() == ["right_lost"]
    await camp.starts(camp.leader)
    await camp.says(camp.leader, "/inbox")
    await camp.presses(camp.leader, "知道了", camp.leader)
    assert await camp.questions() == []


async def test_an_operator_leads_every_group(database_url: str) -> None:
    async with camping(database_url, operators=(10003,)) as camp:
        assert camp.lin == 10003
        await camp.says(camp.lin, "/policy set ladder.persuade_at 3")
        assert (await camp.group()).policy_version > 0
