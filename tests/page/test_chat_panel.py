"""The chat's panel and the panel People: who is in, who comes in, the bot's rights, what members may do."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import Window, address


async def opened(stage: Stage, part: str = "", chat: int = 0) -> Window:
    window = await stage.window(address(chat or stage.chat, panel=f"chat:{chat or stage.chat}"))
    if part:
        await window.unfold(part)
    return window


async def test_members_are_listed_searched_and_opened(stage: Stage) -> None:
    user = await stage.member("周敏")
    await stage.member("林晓")
    window = await opened(stage)
    members = window.find(panel="chat").get_by_role("list", name="Members")
    await expect(members.get_by_role("listitem")).to_have_count(4)
    await window.pick(member_search="周")
    await expect(members.get_by_role("listitem")).to_have_count(1)
    await members.locator(f'[data-member="{user}"]').click()
    await expect(window.find(panel="member")).to_contain_text("周敏")


async def test_a_new_person_is_made_and_comes_in(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="people"))
    await window.pick(new_first_name="苏禾", new_username="suhe", new_joins=stage.chat)
    await window.press("create-user")
    await expect(window.find(toast="told")).to_contain_text("苏禾")
    await stage.people.member_status(stage.chat, "suhe", "member")


async def test_chats_of_each_kind_are_made_with_the_bot_in_them(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="people"))
    for kind in ("group", "supergroup", "forum", "channel"):
        await window.pick(new_kind=kind, new_title=f"新{kind}", new_owner=stage.owner)
        await window.press("create-chat")
        await expect(window.find(column="").last).to_contain_text(f"新{kind}")
        await window.page.goto(f"{stage.url}/{address(stage.chat, panel='people')}")
    made = {chat["title"]: chat for chat in (await stage.people.state())["chats"]}
    assert made["新forum"]["is_forum"]
    assert [made[f"新{kind}"]["type"] for kind in ("group", "supergroup", "channel")] == [
        "group",
        "supergroup",
        "channel",
    ]
    for chat in made.values():
        assert (await stage.people.member(chat["id"], stage.world.bot_id))["status"] == "administrator"


async def test_somebody_is_added_by_a_member_or_asks_and_is_let_in(stage: Stage) -> None:
    added, asking = await stage.people.user_create("甲"), await stage.people.user_create("乙")
    window = await opened(stage, "coming")
    await window.pick(outsider=added, added_by=stage.owner)
    await window.press("chat-join")
    await stage.people.member_status(stage.chat, added, "member")
    await window.pick(outsider=asking)
    await window.press("chat-ask")
    await window.find(request=asking).get_by_role("button", name="Let in").click()
    await stage.people.member_status(stage.chat, asking, "member")


async def test_the_bot_loses_a_right_is_removed_and_added_again(stage: Stage) -> None:
    window = await opened(stage, "bot")
    await window.find(rights="bot").get_by_label("delete messages").uncheck()
    await window.press("set-bot-rights")

    async def lost() -> bool:
        return (await stage.people.member(stage.chat, stage.world.bot_id))["can_delete_messages"] is False

    await stage.people.wait_for(lost, "the right is gone")
    await window.press("demote-bot")
    await expect(window.find(part="bot")).to_contain_text("The bot: member")
    await window.press("remove-bot")
    await stage.people.member_status(stage.chat, stage.world.bot_id, "kicked")
    await window.press("add-bot-admin")
    await stage.people.member_status(stage.chat, stage.world.bot_id, "administrator")


async def test_privacy_mode_is_switched(stage: Stage) -> None:
    window = await opened(stage, "bot")
    await window.act("privacy").uncheck()
    await expect(window.act("privacy")).not_to_be_checked()

    async def off() -> bool:
        return (await stage.people.state())["privacy"] is False

    await stage.people.wait_for(off, "privacy is off")


async def test_what_members_may_do_slow_mode_title_and_links_are_set(stage: Stage) -> None:
    window = await opened(stage, "permissions")
    await window.page.get_by_label("stickers and GIFs").uncheck()
    await window.press("set-permissions")
    await window.pick(slow_mode=30)
    await window.press("set-slow-mode")
    await window.unfold("title")
    await window.pick(chat_title="08营 学习群")
    await window.press("set-title")
    await expect(window.find(panel="chat").locator(".who-name")).to_have_text("08营 学习群")
    await window.unfold("links")
    await window.pick(member_limit=5)
    await window.press("make-link")
    await expect(window.find(link="")).to_contain_text("https://t.me/+")
    (chat,) = (await stage.people.state(stage.chat))["chats"]
    assert "can_send_other_messages" not in chat["permissions"]
    assert (chat["slow_mode"], chat["links"][0]["member_limit"]) == (30, 5)


async def test_a_topic_is_made_and_opened(stage: Stage) -> None:
    forum = await stage.people.chat_create("forum", "论坛", stage.owner)
    window = await opened(stage, "topics", forum)
    await window.pick(topic="打卡")
    await window.press("create-topic")
    # In the list: the service message in the chat carries the topic's name as well.
    await window.page.locator(".topics").get_by_text("打卡").click()
    await expect(window.find(column="")).to_contain_text("打卡")


async def test_a_basic_group_becomes_a_supergroup_and_the_page_follows(stage: Stage) -> None:
    group = await stage.people.chat_create("group", "小群", stage.owner)
    window = await opened(stage, "upgrade", group)
    await window.press("upgrade")

    async def moved() -> int | None:
        (chat,) = (await stage.people.state(group))["chats"]
        return chat["migrated_to"] or None

    new = await stage.people.wait_for(moved, "the group has moved")
    await expect(window.find(column="", chat=new)).to_be_visible()


async def test_what_somebody_is_typing_stays_when_the_chat_changes_meanwhile(stage: Stage) -> None:
    window = await opened(stage, "title")
    await window.pick(chat_title="一半")
    await stage.people.set_slow_mode(stage.chat, 60)
    await expect(window.field("slow-mode")).to_have_value("60")
    await expect(window.field("chat-title")).to_have_value("一半")
