"""/doctor: fresh from Telegram, what does not work and how to mend it, to leaders alone."""

from bot.storage import groups
from tests.arrival.setting_up import added, tap, write
from tests.handlers.camp import Camp


async def test_all_is_well(camp: Camp) -> None:
    await camp.starts(camp.telegram.owner)
    assert "一切正常" in await write(camp, camp.telegram.owner, "/doctor")


async def test_who_leads_several_groups_chooses_one_by_a_press(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await added(camp, "08营")
    for command, shown in (("/doctor", "检查一遍"), ("/inbox", "等你决定的事")):
        assert "是哪个群" in await write(camp, owner, command)
        await tap(camp, owner, "08营")
        assert camp.last(owner).startswith("08营")
        assert shown in camp.last(owner)


async def test_each_missing_right_says_what_stops_and_where_it_is_given(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights=["can_delete_messages"])
    await camp.go()
    said = await write(camp, owner, "/doctor #1")
    assert "缺「封禁用户」：禁言和移出会先等着。打开：群资料 → 管理员 → 我 → 封禁用户" in said
    assert "缺「置顶消息」" in said
    assert "缺「删除消息」" not in said


async def test_it_asks_telegram_now_and_not_what_was_told_last(camp: Camp) -> None:
    """News of a lost right may be lost itself: the look finds it."""
    owner = camp.telegram.owner
    await camp.starts(owner)
    await camp.set_group(bot_rights=frozenset({"can_delete_messages"}))
    assert "一切正常" in await write(camp, owner, "/doctor")
    assert "can_restrict_members" in (await camp.group()).bot_rights


async def test_it_asks_telegram_now_also_where_the_group_was_chosen_by_a_press(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await added(camp, "08营")
    await write(camp, owner, "/doctor")
    await camp.set_group(bot_rights=frozenset({"can_delete_messages"}))
    await tap(camp, owner, "Camp 07")
    assert "一切正常" in camp.last(owner)


async def test_where_telegram_does_not_answer_it_says_what_it_knew(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    camp.telegram.do("fail_next", method="getChatAdministrators", n=5, code=502)
    assert "没有问到 Telegram" in await write(camp, owner, "/doctor")
    assert (await camp.group()).state == "active"


async def test_privacy_matters_where_the_bot_is_no_administrator(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await camp.set_group(bot_status="member")
    camp.telegram.do("privacy", enabled=True)
    camp.telegram.do("demote", chat=camp.chat, user=camp.services.me.id)
    await camp.go()
    said = await write(camp, owner, "/doctor")
    assert "我还不是管理员" in said
    assert "隐私模式开着" in said


async def test_a_group_the_bot_was_put_out_of_is_one_clear_sentence(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    number = (await camp.group()).id
    camp.telegram.do("remove_bot", chat=camp.chat)
    await camp.go()
    said = await write(camp, owner, f"/doctor #{number}")
    assert "我已经不在这个群里了" in said
    assert said.count("○") == 1


async def test_a_group_whose_end_nobody_told_of_is_found_out(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    camp.telegram.do("remove_bot", chat=camp.chat)
    await camp.go()
    await camp.set_group(state="active", bot_status="administrator")
    said = await write(camp, owner, "/doctor #1")
    assert "我已经不在这个群里了" in said
    async with camp.storage.reading() as unit:
        assert (await groups.by_ids(unit, [1]))[1].state == "inactive"


async def test_in_a_group_the_answer_comes_in_private_and_members_get_none(camp: Camp) -> None:
    await camp.starts(camp.leader)
    before = camp.said()
    await camp.says(camp.leader, "/doctor")
    assert camp.said() == before
    assert "检查一遍" in camp.last(camp.leader)
    await camp.starts(camp.lin)
    await camp.asks(camp.lin, "/doctor")
    assert "检查一遍" not in camp.said(camp.lin)
    assert "检查一遍" not in camp.said()


async def test_a_leader_of_one_group_is_told_nothing_of_another(camp: Camp) -> None:  # S8
    other = await added(camp, "别人的群")
    await camp.starts(camp.leader)
    before = len(camp.telegram.calls("getChatAdministrators"))
    said = await write(camp, camp.leader, f"/doctor #{(await camp.group(other)).id}")
    assert "别人的群" not in said
    assert len(camp.telegram.calls("getChatAdministrators")) == before


async def test_looking_again_mends_the_answer_in_place(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights=["can_delete_messages"])
    await camp.go()
    await write(camp, owner, "/doctor")
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights="all")
    await camp.go()
    post = camp.telegram.said(owner)[-1]["message_id"]
    await tap(camp, owner, "再看一遍")
    assert camp.telegram.said(owner)[-1]["message_id"] == post
    assert "一切正常" in camp.last(owner)


async def test_a_basic_group_is_told_how_to_become_one_where_muting_works(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    chat = await added(camp, "小群", kind="group")
    said = await write(camp, owner, f"/doctor #{(await camp.group(chat)).id}")
    assert "这还是普通群" in said
    assert "封禁用户" not in said
