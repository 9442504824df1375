"""/chats and /about: all of one's groups and nobody else's; what a group says of itself."""

from tests.arrival.setting_up import added, buttons, cards, policy_of, tap, versions, write
from tests.handlers.camp import Camp


async def test_all_groups_are_listed_page_by_page_with_their_state(camp: Camp) -> None:  # N03
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "就用默认的")
    for number in range(8, 18):
        await added(camp, f"{number:02}营")
    await write(camp, owner, "/chats")
    assert "1 个都好，一共 11 个" in camp.last(owner)
    assert "● Camp 07" in buttons(camp, owner)
    assert "○ 08营" in buttons(camp, owner)
    await tap(camp, owner, "下一页 ›")
    assert "○ 17营" in buttons(camp, owner)
    assert "● Camp 07" not in buttons(camp, owner)
    await tap(camp, owner, "○ 17营")
    assert "17营 的设置" in camp.last(owner)


async def test_a_leader_of_one_group_never_sees_another(camp: Camp) -> None:  # N03, S8
    other = await added(camp, "别人的群")
    await camp.starts(camp.leader)
    await write(camp, camp.leader, "/chats")
    assert buttons(camp, camp.leader) == ["○ Camp 07"]
    assert "别人的群" not in camp.said(camp.leader)
    await camp.starts(camp.telegram.owner)
    await write(camp, camp.telegram.owner, "/chats")
    post = camp.telegram.said(camp.telegram.owner)[-1]
    rows = post["reply_markup"]["inline_keyboard"]
    data = next(row[0]["callback_data"] for row in rows if "别人的群" in row[0]["text"])
    mine = camp.telegram.said(camp.leader)[-1]["message_id"]
    assert await camp.forges(camp.leader, mine, data, camp.leader)
    assert "别人的群" not in camp.said(camp.leader)
    assert (await camp.group(other)).policy_version == 0


async def test_whoever_lost_the_lead_meanwhile_opens_nothing(camp: Camp) -> None:
    await camp.starts(camp.leader)
    await write(camp, camp.leader, "/chats")
    camp.telegram.do("demote", chat=camp.chat, user=camp.leader)
    await camp.go()
    await tap(camp, camp.leader, "○ Camp 07")
    assert "还没有归你带的" in camp.last(camp.leader)
    assert cards(camp, camp.leader) == []


async def test_a_group_the_bot_was_put_out_of_says_so(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    camp.telegram.do("remove_bot", chat=camp.chat)
    await camp.go()
    await write(camp, owner, "/chats")
    await tap(camp, owner, "○ Camp 07")
    assert "我已经不在这个群里了" in camp.last(owner)


async def test_a_member_has_none(camp: Camp) -> None:
    await camp.starts(camp.lin)
    assert "还没有归你带的" in await write(camp, camp.lin, "/chats")


async def test_a_group_says_what_it_is_about(camp: Camp) -> None:  # N17
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "群的介绍", "写主题")
    await write(camp, owner, "21 天  早起\n打卡 <b>")
    await tap(camp, owner, "写适合谁")
    await write(camp, owner, "想早起的上班族")
    await tap(camp, owner, "写目标")
    await write(camp, owner, "一起早起")
    about = (await policy_of(camp)).about
    assert (about.theme, about.for_whom) == ("21 天 早起 打卡 <b>", "想早起的上班族")
    await camp.says(camp.lin, "/about")
    said = camp.last()
    assert "主题：21 天 早起 打卡 <b>" in said
    assert "适合：想早起的上班族" in said
    assert "我们在这里：一起早起" in said
    await camp.later(61)
    assert "主题" not in camp.said()
    await camp.starts(camp.lin)
    assert "一起早起" in await write(camp, camp.lin, "/about")


async def test_what_is_too_long_is_asked_for_again_and_changes_nothing(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await tap(camp, owner, "群的介绍", "写主题")
    assert "写了 201 个字" in await write(camp, owner, "长" * 201)
    assert await versions(camp) == []
    await write(camp, owner, "早起")
    assert (await policy_of(camp)).about.theme == "早起"


async def test_a_group_that_wrote_nothing_still_says_its_goal(camp: Camp) -> None:
    await camp.says(camp.lin, "/about")
    assert "我们在这里：一起学习、一起成长" in camp.last()
    assert "主题" not in camp.last()
