"""The member panel: what a person is in a chat, until when, and everything that can be done with them."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import Window, address

DAY = 86_400


async def opened(stage: Stage, user: int) -> Window:
    return await stage.window(address(stage.chat, panel=f"member:{stage.chat}:{user}"))


async def test_a_restriction_is_shown_with_what_is_left_and_counts_down_to_its_end(stage: Stage) -> None:
    user = await stage.member("周敏", language="zh-hans")
    window = await opened(stage, user)
    await expect(window.find(status="member").first).to_be_visible()
    until = int(stage.world.now()) + DAY
    await stage.bot("restrictChatMember", chat_id=stage.chat, user_id=user, permissions={}, until_date=until)
    end = window.find(until=until)
    await expect(end).to_contain_text("ends in 23 h 59 min")
    await expect(window.find(rights="restricted").locator('[data-right="can_send_messages"]')).to_have_attribute(
        "data-has", "no"
    )
    await stage.people.clock(jump_seconds=DAY - 1800)
    await expect(end).to_contain_text("ends in 29 min")
    await stage.people.clock(jump_seconds=1800)
    await expect(window.find(panel="member").locator(".standing")).to_have_attribute("data-status", "member")


async def test_who_was_restricted_by_the_bot_sees_that_call_beside_them(stage: Stage) -> None:
    user = await stage.member("周敏")
    await stage.bot("restrictChatMember", chat_id=stage.chat, user_id=user, permissions={})
    window = await opened(stage, user)
    await window.act("open-call").click()
    await expect(window.find(method="restrictChatMember").locator("pre").first).to_contain_text(str(user))


async def test_a_person_is_restricted_and_the_restriction_is_lifted(stage: Stage) -> None:
    user = await stage.member()
    window = await opened(stage, user)
    await window.unfold("restrict")
    await window.pick(restrict_span=3600)
    await window.press("restrict")
    left = (await stage.people.member_status(stage.chat, user, "restricted"))["until_date"]
    assert left == int(stage.world.now()) + 3600 or abs(left - stage.world.now() - 3600) < 5
    await window.press("lift")
    await stage.people.member_status(stage.chat, user, "member")


async def test_a_person_is_promoted_with_a_title_and_rights_and_demoted(stage: Stage) -> None:
    user = await stage.member()
    window = await opened(stage, user)
    await window.unfold("promote")
    await window.pick(title="班长")
    await window.page.get_by_label("appoint administrators").check()
    await window.press("promote")
    member = await stage.people.member_status(stage.chat, user, "administrator")
    assert (member["custom_title"], member["can_promote_members"]) == ("班长", True)
    await window.press("demote")
    await stage.people.member_status(stage.chat, user, "member")


async def test_a_person_is_banned_comes_back_by_grace_joins_and_leaves(stage: Stage) -> None:
    user = await stage.member()
    window = await opened(stage, user)
    await window.unfold("remove")
    await window.press("ban")
    await stage.people.member_status(stage.chat, user, "kicked")
    await window.press("unban")
    await stage.people.member_status(stage.chat, user, "left")
    await window.press("join")
    await stage.people.member_status(stage.chat, user, "member")
    await window.press("leave")
    await stage.people.member_status(stage.chat, user, "left")


async def test_a_person_is_renamed_and_gets_a_tag(stage: Stage) -> None:
    user = await stage.member()
    window = await opened(stage, user)
    await window.unfold("tag")
    await window.pick(tag="值日生")
    await window.press("set-tag")
    await expect(window.find(tag="值日生")).to_be_visible()
    await window.unfold("rename")
    await window.pick(first_name="07营-林晓", last_name="上海")
    await window.press("rename")
    await expect(window.find(panel="member").locator(".who-name")).to_have_text("07营-林晓 上海")
    assert (await stage.people.member(stage.chat, user))["tag"] == "值日生"


async def test_a_person_blocks_the_bot_and_their_private_chat_opens_beside(stage: Stage) -> None:
    user = await stage.member()
    window = await opened(stage, user)
    await window.unfold("private")
    await window.press("start")
    await expect(window.find(panel="member")).to_contain_text("started it")
    await window.press("block")
    await expect(window.find(panel="member")).to_contain_text("blocked it")
    await window.press("unblock", "open-private")
    await expect(window.find(column="", chat=user)).to_be_visible()


async def test_a_refusal_is_said_in_a_sentence(stage: Stage) -> None:
    user = await stage.member()
    await stage.people.user_create("别人", username="taken")
    window = await opened(stage, user)
    await window.unfold("tag")
    await stage.people.leave(stage.chat, user)
    await stage.people.ban(stage.chat, user)
    await window.press("join")
    await expect(window.find(toast="refused")).to_contain_text("is banned in the chat")


async def test_what_the_bot_deleted_of_somebody_and_said_to_them_is_listed(stage: Stage) -> None:
    user, other = await stage.member("周敏"), await stage.member("林晓")
    theirs = await stage.people.post(stage.chat, user, "加我微信")
    others = await stage.people.post(stage.chat, other, "加我微信")
    await stage.people.start(user)
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=theirs)
    await stage.bot("sendMessage", chat_id=user, text="广告已删除")
    await stage.bot("deleteMessages", chat_id=stage.chat, message_ids=[others])
    await stage.bot("getChatMember", chat_id=stage.chat, user_id=user)
    window = await opened(stage, user)
    await expect(window.act("open-call")).to_have_text(["sendMessage", "deleteMessage"])
    await expect(window.find(panel="member")).to_contain_text("广告已删除")
