"""Acting as any member: writing, pressing, answering, several columns, seeing as a member does."""

import re
from pathlib import Path

from playwright.async_api import Browser, Locator, expect

from tests.app.stage import INSULT
from tests.app.stage import staged as with_the_bot
from tests.page.stage import Stage
from tests.page.window import Window, address, window

BUTTONS = {"inline_keyboard": [[{"text": "同意", "callback_data": "rules:yes"}, {"text": "不", "callback_data": "no"}]]}


def column(opened: Window, at: int = 0) -> Locator:
    return opened.find(column=at)


async def say(place: Locator, text: str) -> None:
    await place.locator('[data-act="compose"]').fill(text)
    await place.locator('[data-act="send"]').click()


async def test_anybody_is_chosen_to_act_as_and_speaks(stage: Stage) -> None:
    user = await stage.member("周敏")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await column(opened).locator('[data-act="act-as"]').click()
    await opened.find(act="pick-person", member=user).click()
    await say(column(opened), "大家早")
    said = opened.find(**{"from": user}).last
    await expect(said).to_contain_text("大家早")
    await opened.page.keyboard.type("回车也行")
    await opened.page.keyboard.press("Enter")
    await expect(opened.find(**{"from": user}).last).to_contain_text("回车也行")
    assert f"columns={stage.chat}:{user}:all" in opened.page.url


async def test_who_is_restricted_is_refused_in_words_and_sees_until_when(stage: Stage) -> None:
    user = await stage.member("周敏")
    opened = await stage.window(address(f"{stage.chat}:{user}:all"))
    until = int(stage.world.now()) + 3600
    await stage.bot("restrictChatMember", chat_id=stage.chat, user_id=user, permissions={}, until_date=until)
    await expect(column(opened)).to_contain_text("周敏 is restricted until")
    await say(column(opened), "我不服")
    await expect(column(opened).get_by_role("alert")).to_contain_text("周敏 is restricted until")
    await expect(opened.find(toast="refused")).to_have_count(0)
    await stage.people.clock(jump_seconds=3601)
    await say(column(opened), "我回来了")
    await expect(opened.find(**{"from": user}).last).to_contain_text("我回来了")


async def test_a_button_is_pressed_and_the_answer_is_shown_to_who_pressed(stage: Stage) -> None:
    user = await stage.member("周敏")
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="规则", reply_markup=BUTTONS)
    opened = await stage.window(address(f"{stage.chat}:{user}:all"))
    await opened.find(message=sent["message_id"]).locator('[data-button="同意"]').click()

    async def pressed() -> str | None:
        found = [press for press in stage.world.presses.values() if press.user == user and press.data == "rules:yes"]
        return found[0].id if found else None

    press = await stage.people.wait_for(pressed, "the press")
    await stage.bot("answerCallbackQuery", callback_query_id=press, text="谢谢你")
    await expect(column(opened)).to_contain_text("谢谢你")


async def test_an_answer_that_alerts_stands_in_a_dialog(stage: Stage) -> None:
    user = await stage.member("周敏")
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="规则", reply_markup=BUTTONS)
    opened = await stage.window(address(f"{stage.chat}:{user}:all"))
    await opened.find(message=sent["message_id"]).locator('[data-button="不"]').click()

    async def pressed() -> str | None:
        return next(iter(stage.world.presses), None)

    press = await stage.people.wait_for(pressed, "the press")
    await stage.bot("answerCallbackQuery", callback_query_id=press, text="请先读规则", show_alert=True)
    await expect(opened.find(dialog="alert")).to_contain_text("请先读规则")
    await opened.page.keyboard.press("Escape")
    await expect(opened.find(dialog="alert")).to_have_count(0)


async def test_the_keyboard_below_the_field_says_its_word(stage: Stage) -> None:
    user = await stage.member("周敏")
    await stage.people.start(user)
    keyboard = {"keyboard": [[{"text": "打卡"}, {"text": "请假"}]], "resize_keyboard": True}
    await stage.bot("sendMessage", chat_id=user, text="做什么？", reply_markup=keyboard)
    opened = await stage.window(address(f"{user}:{user}:all"))
    await column(opened).locator('[data-button="请假"]').click()
    await expect(opened.find(**{"from": user}).last).to_contain_text("请假")


async def test_a_message_is_answered_edited_and_deleted_from_its_menu(stage: Stage) -> None:
    message = await stage.people.post(stage.chat, stage.owner, "六点跑步")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    shown = opened.find(message=message)
    for act, text in (("menu-reply", "我来"), ("menu-edit", "七点跑步")):
        await shown.locator(".bubble").click(button="right")
        await opened.act(act).click()
        await say(column(opened), text)
    await expect(opened.find(message=message, state="edited")).to_contain_text("七点跑步")
    await expect(opened.find(**{"from": stage.owner}).last).to_contain_text("我来")
    await shown.locator(".bubble").click(button="right")
    await opened.act("menu-delete").click()
    await expect(opened.find(message=message, state="deleted")).to_be_visible()


async def test_the_menu_of_a_message_leads_to_its_calls(stage: Stage) -> None:
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="欢迎")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await opened.find(message=sent["message_id"]).locator(".bubble").click(button="right")
    await opened.act("menu-calls").click()
    await expect(opened.find(panel="calls").locator("[data-call]")).to_have_count(1)


async def test_as_a_member_sees_it_what_was_deleted_is_gone(stage: Stage) -> None:
    user = await stage.member("周敏")
    message = await stage.people.post(stage.chat, user, "广告")
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=message)
    opened = await stage.window(address(f"{stage.chat}:{user}:all"))
    await expect(opened.find(message=message, state="deleted")).to_be_visible()
    await column(opened).locator('[data-act="view"]').click()
    await expect(opened.find(message=message)).to_have_count(0)
    assert f"{stage.chat}:{user}:as" in opened.page.url
    await stage.people.ban(stage.chat, user)
    await expect(column(opened)).to_contain_text("was removed from this chat and sees nothing of it")


async def test_media_and_a_poll_are_sent_from_the_field(stage: Stage) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await opened.press("attach")
    await opened.page.get_by_role("menuitem", name="Photo", exact=True).click()
    await expect(opened.find(media="photo")).to_be_visible()


async def test_a_file_from_this_machine_is_sent_with_its_bytes(stage: Stage) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await opened.press("attach")
    async with opened.page.expect_file_chooser() as choosing:
        await opened.press("attach-file")
    await (await choosing.value).set_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": b"user_id\n77001\n"})
    await expect(opened.find(media="document")).to_contain_text("名单.csv")
    assert [file.data for file in stage.world.files.values() if file.name == "名单.csv"] == [b"user_id\n77001\n"]


async def test_member_leader_and_private_chat_stand_side_by_side_before_the_real_bot(
    browser: Browser, sqlite_url: str
) -> None:
    """The whole bot answers in each of the columns."""
    async with with_the_bot(sqlite_url) as camp:
        user = await camp.member("周敏")
        url = camp.settings.telegram.api_base_url
        columns = (f"{camp.chat}:{user}:as", f"{camp.chat}:{camp.owner}:all", f"{user}:{user}:all")
        async with window(browser, url, (1600, 900)) as opened:
            await opened.open(address(*columns))
            await expect(opened.find(column="")).to_have_count(3)
            await say(column(opened, 2), "/start")
            await expect(column(opened, 2).locator(f'[data-from="{camp.world.bot_id}"]').last).to_be_visible()
            await say(column(opened, 0), INSULT)
            gone = column(opened, 1).locator('[data-state="deleted"]')
            await expect(gone).to_contain_text("(the bot)", timeout=15_000)
            await expect(column(opened, 0).get_by_text(INSULT)).to_have_count(0)
            await expect(column(opened, 2).locator('[data-button="申诉"]')).to_be_visible()


def test_the_page_is_served_without_a_build_step() -> None:
    page = Path(__file__).parents[2] / "sandbox" / "page"
    kinds = {path.suffix for path in page.rglob("*") if path.is_file()}
    assert kinds == {".html", ".js", ".css", ".svg"}
    assert not re.search(r"https?://(?!www\.w3\.org)", "".join(p.read_text() for p in page.rglob("*.html")))


async def test_what_one_says_is_shown_though_the_column_was_scrolled_up(stage: Stage) -> None:
    await stage.people.post_many([{"chat": stage.chat, "user": stage.owner, "text": f"第{n}条"} for n in range(80)])
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await expect(column(opened)).to_contain_text("第79条")
    await opened.page.locator(".messages").hover()
    await opened.page.mouse.wheel(0, -3000)
    await expect(opened.page.locator(".to-bottom")).to_be_visible()
    await say(column(opened), "我说一句")
    await expect(opened.page.get_by_text("我说一句", exact=False).last).to_be_in_viewport()
    await expect(opened.page.locator(".to-bottom")).to_be_hidden()


async def test_a_link_that_adds_the_bot_asks_which_group_and_brings_word_and_rights(stage: Stage) -> None:
    user = await stage.member("周敏")
    other = await stage.people.chat_create("supergroup", "新开的营", user)
    link = f"https://t.me/{stage.world.bot_username}?startgroup=t_camp&admin=delete_messages+pin_messages"
    rows = {"inline_keyboard": [[{"text": "加到群里", "url": link}]]}
    await stage.people.start(user)
    sent = await stage.bot("sendMessage", chat_id=user, text="加我进群", reply_markup=rows)
    opened = await stage.window(address(f"{user}:{user}:as"))
    await opened.find(message=sent["message_id"]).locator('[data-button="加到群里"]').click()
    asked = opened.find(dialog="add-bot")
    await expect(asked).to_contain_text("as administrator: delete_messages, pin_messages")
    await asked.locator('[data-field="group"]').select_option(label="新开的营")
    await asked.get_by_role("button", name="Add").click()
    await expect(opened.find(column=1)).to_contain_text("t_camp")
    bot = stage.world.bot_member(stage.world.chat(other))
    assert bot.status == "administrator"
    assert {"can_delete_messages", "can_pin_messages"} <= bot.rights
    assert "can_restrict_members" not in bot.rights
