"""The log of Bot API calls, linked to messages both ways, and the list of events."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import address


async def test_a_call_is_logged_with_parameters_result_and_time_and_leads_to_its_message(stage: Stage) -> None:
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="欢迎")
    window = await stage.window(address(stage.chat, panel="calls"))
    call = window.find(method="sendMessage")
    await call.get_by_role("button").first.click()
    await expect(call.locator('[data-part="parameters"]')).to_contain_text("欢迎")
    await expect(call.locator('[data-part="result"]')).to_contain_text(f'"message_id": {sent["message_id"]}')
    await expect(call.locator(".call-time")).to_contain_text("ms")
    assert f"message={stage.chat}:{sent['message_id']}" in window.page.url
    await expect(window.find(message=sent["message_id"]).first).to_be_in_viewport()


async def test_a_refused_call_shows_the_error_in_the_words_of_telegram(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="calls"))
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=999)
    await stage.bot("sendMessage", chat_id=stage.chat, text="好")
    await expect(window.find(ok="no")).to_contain_text("400 Bad Request: message to delete not found")
    await window.pick(call_errors=True)
    await expect(window.find(call="")).to_have_count(1)


async def test_calls_are_found_by_method_by_chat_and_by_what_is_in_them(stage: Stage) -> None:
    other = await stage.people.chat_create("supergroup", "二群", stage.owner)
    await stage.people.add_bot(other, admin="all")
    await stage.bot("sendMessage", chat_id=stage.chat, text="甲")
    await stage.bot("sendMessage", chat_id=other, text="乙")
    await stage.bot("getMe")
    window = await stage.window(address(stage.chat, panel="calls"))
    await expect(window.find(call="")).to_have_count(3)
    await window.pick(call_method="send")
    await expect(window.find(call="")).to_have_count(2)
    await window.pick(call_chat=other)
    await expect(window.find(call="")).to_have_count(1)
    await window.pick(call_chat=0, call_text="甲")
    await expect(window.find(call="")).to_have_count(1)


async def test_a_message_leads_to_the_calls_that_concern_it(stage: Stage) -> None:
    user = await stage.member()
    bad = await stage.people.post(stage.chat, user, "加我微信")
    await stage.bot("sendMessage", chat_id=stage.chat, text="早")
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=bad)
    window = await stage.window(address(stage.chat, panel=f"calls:{stage.chat}:{bad}"))
    await expect(window.find(call="")).to_have_count(1)
    await expect(window.find(method="deleteMessage")).to_be_visible()


async def test_an_answer_to_a_press_is_linked_to_the_message_with_the_button(stage: Stage) -> None:
    user = await stage.member()
    button = {"inline_keyboard": [[{"text": "同意", "callback_data": "yes"}]]}
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="规则", reply_markup=button)
    press = await stage.people.press(stage.chat, sent["message_id"], user, "同意")
    await stage.bot("answerCallbackQuery", callback_query_id=press, text="谢谢")
    window = await stage.window(address(stage.chat, panel=f"calls:{stage.chat}:{sent['message_id']}"))
    await expect(window.find(method="answerCallbackQuery")).to_contain_text(f"#{sent['message_id']}")


async def test_new_calls_and_events_appear_by_themselves(stage: Stage) -> None:
    window = await stage.window(address(stage.chat, panel="calls"))
    await stage.bot("getMe")
    await expect(window.find(method="getMe")).to_be_visible()
    await window.open(address(stage.chat, panel="events"))
    await window.page.reload()
    user = await stage.member("周敏")
    await expect(window.find(kind="member").first).to_contain_text("周敏: not in the chat → member")
    await stage.people.ban(stage.chat, user)
    await expect(window.find(kind="member").first).to_contain_text("member → banned")


async def test_events_show_requests_and_presses_and_lead_to_them(stage: Stage) -> None:
    user = await stage.member("周敏")
    button = {"inline_keyboard": [[{"text": "同意", "callback_data": "rules:yes"}]]}
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="规则", reply_markup=button)
    await stage.people.press(stage.chat, sent["message_id"], user, "同意")
    asking = await stage.people.user_create("乙")
    await stage.people.join_request(stage.chat, asking)
    window = await stage.window(address(stage.chat, panel="events:requests"))
    await expect(window.find(event="")).to_have_count(1)
    await expect(window.find(kind="join_request")).to_contain_text("乙 asks to join")
    await window.pick(event_kind="presses")
    await expect(window.find(kind="press")).to_contain_text("周敏 pressed “同意”")
    await window.act("open-event").click()
    await expect(window.find(message=sent["message_id"]).first).to_be_visible()
