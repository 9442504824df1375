"""The set-up card: to whoever set the group up, in place, one for many; never in the members' group."""

from bot.storage import groups, members
from tests.arrival.setting_up import added, cards, tap
from tests.handlers.camp import Camp, labels

HOSTILE = "<b>07</b>营 & \u202e反\u200f " + "长" * 100


async def test_whoever_had_not_started_sees_the_card_when_they_start(camp: Camp) -> None:
    owner = camp.telegram.owner
    assert camp.telegram.said(owner) == []
    await camp.starts(owner)
    (card,) = cards(camp, owner)
    assert "Camp 07" in str(card["text"])
    assert "选预设" in labels(card)
    await camp.starts(owner)
    assert len(cards(camp, owner)) == 1
    assert "的设置" not in camp.said()


async def test_a_group_added_by_somebody_who_started_gets_its_card_at_once(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    chat = await added(camp, "08营", rights=["can_delete_messages"])
    card = cards(camp, owner)[-1]
    assert "08营" in str(card["text"])
    assert "缺「封禁用户」" in str(card["text"])
    assert "给我权限" in labels(card)
    assert camp.said(chat) == ""


async def test_the_card_follows_the_rights_in_place(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    (card,) = cards(camp, owner)
    assert "需要的权限都有了" in str(card["text"])
    camp.clock.advance(4)
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights=["can_restrict_members"])
    await camp.go()
    (card,) = cards(camp, owner)
    assert "缺「删除消息」" in str(card["text"])
    assert "需要的权限都有了" not in str(card["text"])
    camp.clock.advance(4)
    camp.telegram.do("set_bot_rights", chat=camp.chat, rights="all")
    await camp.go()
    (card,) = cards(camp, owner)
    assert "需要的权限都有了" in str(card["text"])


async def test_the_defaults_are_accepted_with_one_press_and_it_is_on_record(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    (card,) = cards(camp, owner)
    assert "只差一步" in str(card["text"])
    assert "补上权限" not in str(card["text"])
    await tap(camp, owner, "就用默认的")
    (card,) = cards(camp, owner)
    assert "都好了" in str(card["text"])
    assert "就用默认的" not in labels(card)
    (row,) = await camp.audited("setup.accept")
    assert row.actor_id == owner
    assert (await camp.group()).policy_version == 0


async def test_a_hostile_title_stays_a_title(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await added(camp, HOSTILE[:128])
    text = str(cards(camp, owner)[-1]["text"])
    assert "<b>07</b>营 & " in text
    assert "\u202e" not in text


async def test_many_groups_share_one_post_that_counts(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    for number in range(8, 14):
        await added(camp, f"{number:02}营", rights="all" if number % 2 else ["can_delete_messages"])
    posts = [post for post in camp.telegram.said(owner) if "✓ " in str(post["text"]) and " / " in str(post["text"])]
    assert len(posts) == 1
    assert str(posts[0]["text"]).startswith("13营 ✓ 0 / 7")
    assert "○ 12营：缺权限，还没选预设" in str(posts[0]["text"])
    assert len(cards(camp, owner)) == 2
    await tap(camp, owner, "全部用同一套")
    await tap(camp, owner, "训练营")
    assert "这 7 个群" in camp.said(owner)
    await tap(camp, owner, "就这样")
    summary = next(post for post in camp.telegram.said(owner) if post["message_id"] == posts[0]["message_id"])
    assert "✓ 4 / 7" in str(summary["text"])
    assert "○ 12营：缺权限" in str(summary["text"])
    assert "还没选预设" not in str(summary["text"])


async def test_fifty_groups_wait_together_for_somebody_who_starts_a_day_later(camp: Camp) -> None:
    owner = camp.telegram.owner
    for number in range(10):
        await added(camp, f"{number:02}营")
    await camp.later(86_400)
    await camp.starts(owner)
    assert cards(camp, owner) == []
    assert "✓ 0 / 11" in camp.said(owner)


async def test_the_card_goes_to_the_moderators_chat_where_one_is_set(camp: Camp) -> None:
    owner, leader = camp.telegram.owner, camp.leader
    await camp.starts(owner)
    desk = await added(camp, "营主群")
    await camp.starts(leader)
    camp.telegram.do("join", chat=desk, user=leader)
    camp.telegram.do("promote", chat=desk, user=leader, rights="all")
    await camp.go()
    await camp.says(leader, f"/policy set moderators #{(await camp.group(desk)).id}")
    camp.clock.advance(4)
    camp.telegram.do("remove_bot", chat=camp.chat)
    await camp.go()
    camp.telegram.do("add_bot", chat=camp.chat, admin="all", by=owner)
    camp.clock.advance(4)
    await camp.go()
    assert "Camp 07 的设置" in camp.said(desk)
    assert "的设置" not in camp.said()
    await tap(camp, leader, "就用默认的", chat=desk)
    assert "都好了" in camp.said(desk)


async def test_a_stranger_cannot_press_the_card(camp: Camp) -> None:  # S3
    owner = camp.telegram.owner
    await camp.starts(owner)
    await camp.starts(camp.lin)
    (card,) = cards(camp, owner)
    data = card["reply_markup"]["inline_keyboard"][-1][0]["callback_data"]
    shown = await camp.forges(camp.lin, camp.telegram.said(camp.lin)[-1]["message_id"], data, camp.lin)
    assert shown
    assert await camp.audited("setup.accept") == []


async def test_a_card_of_a_group_the_bot_was_put_out_of_sets_nothing(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    camp.telegram.do("remove_bot", chat=camp.chat)
    await camp.go()
    assert "我已经不在这个群里了" in await tap(camp, owner, "就用默认的")
    assert await camp.audited("setup.accept") == []
    await tap(camp, owner, "选预设")
    assert "选一套适合" not in camp.said(owner)


async def test_the_first_press_asks_telegram_who_leads(camp: Camp) -> None:
    """A group that was just added has told nobody's rank yet: whoever added the bot is not turned away."""
    owner = camp.telegram.owner
    await camp.starts(owner)
    group = await camp.group()
    async with camp.storage.unit() as unit:
        await members.set_status(unit, group.id, owner, "member", at=int(camp.clock.now()))
        await groups.update(unit, group.id, admins_at=0)
    await tap(camp, owner, "就用默认的")
    assert "都好了" in str(cards(camp, owner)[0]["text"])


async def test_a_title_of_three_hundred_characters_fits_card_list_and_summary(camp: Camp) -> None:
    owner = camp.telegram.owner
    await camp.starts(owner)
    await camp.set_group(title=HOSTILE * 3)
    camp.clock.advance(4)
    await camp.whispers(owner, "/setup")
    assert "的设置" in camp.last(owner)
    camp.clock.advance(4)
    await camp.whispers(owner, "/chats")
    assert "个都好" in camp.last(owner)
    for number in range(3):
        await added(camp, f"{number}营")
    assert "/ 4" in camp.said(owner)
