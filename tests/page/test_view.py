"""The page as a page: its address, light and dark, attributes that stay, nothing fetched from elsewhere."""

import re

import pytest
from playwright.async_api import Browser, expect

from tests.bot.waiting import until_async
from tests.page.stage import Stage
from tests.page.window import Scheme, Window, address, window

CONTRAST = """([text, ground]) => {
  const light = (css) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d');
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const part = (v) => { const c = v / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const [a, b] = [light(getComputedStyle(text).color), light(getComputedStyle(ground).backgroundColor)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""

UNNAMED = """() => [...document.querySelectorAll('button, input, select, textarea')].filter((e) => e.offsetParent
  && !(e.ariaLabel || e.labels?.length || e.textContent.trim() || e.title)).map((e) => e.outerHTML)"""


async def what_is_open(opened: Window) -> list[str]:
    script = """() => [...document.querySelectorAll('[data-column]')].map((c) =>
        [c.dataset.chat, c.dataset.thread, c.dataset.actor, c.dataset.view].join('/'))"""
    return list(await opened.page.evaluate(script))


async def test_a_reload_shows_the_same_columns_actor_view_panel_and_message(stage: Stage) -> None:
    user = await stage.member("周敏")
    forum = await stage.people.chat_create("forum", "论坛", stage.owner)
    topic = (await stage.people.do("topic_create", chat=forum, name="打卡"))["thread"]
    message = await stage.people.post(stage.chat, stage.owner, "早安")
    opened = await stage.window()
    row = opened.page.locator(f'#chats .chat-row[data-chat="{stage.chat}"]')
    await row.locator('[data-act="open-chat"]').click()
    await opened.find(column=0).locator('[data-act="act-as"]').click()
    await opened.find(act="pick-person", member=user).click()
    await opened.find(column=0).locator('[data-act="view"]').click()
    await opened.find(chat=forum, topic=topic).click(modifiers=["ControlOrMeta"])
    await opened.find(message=message).locator('[data-act="open-member"]').first.click()
    await expect(opened.find(panel="member")).to_contain_text("群主")
    before = await what_is_open(opened)
    assert before == [f"{stage.chat}//{user}/as", f"{forum}/{topic}/{stage.owner}/all"]
    await opened.page.reload()
    await expect(opened.find(panel="member")).to_contain_text("群主")
    assert await what_is_open(opened) == before


async def test_an_address_leads_to_a_message_however_far_back(stage: Stage) -> None:
    posts = [{"chat": stage.chat, "user": stage.owner, "text": f"第{n}条"} for n in range(400)]
    sent = [answer["message_id"] for answer in await stage.people.post_many(posts)]
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", message=f"{stage.chat}:{sent[20]}"))
    await expect(opened.find(message=sent[20])).to_be_in_viewport()


async def test_going_back_closes_the_panel_again(stage: Stage) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    await opened.act("open-panel-clock").click()
    await expect(opened.find(panel="clock")).to_be_visible()
    await opened.page.go_back()
    await expect(opened.page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_light_and_dark_are_readable_and_can_be_chosen(stage: Stage, scheme: Scheme) -> None:
    message = await stage.people.post(stage.chat, stage.owner, "早安")
    other: Scheme = "dark" if scheme == "light" else "light"
    opened = await stage.window(address(stage.chat, panel="calls"), scheme=scheme)

    async def contrast() -> float:
        bubble = opened.find(message=message).locator(".bubble")
        handles = [await bubble.locator(".text").element_handle(), await bubble.element_handle()]
        return float(await opened.page.evaluate(CONTRAST, handles))

    async def ground() -> str:
        return str(await opened.page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor"))

    await expect(opened.find(message=message)).to_be_visible()
    assert await contrast() > 7
    system = await ground()
    while (await opened.act("theme").get_attribute("data-theme")) != other:
        await opened.press("theme")

    async def turned() -> bool:
        return await ground() != system and await contrast() > 7

    await until_async(turned, "the other look, readable")
    await opened.page.reload()
    await expect(opened.act("theme")).to_have_attribute("data-theme", other)


async def test_what_tests_and_people_hold_on_to_has_its_attributes(stage: Stage) -> None:
    user = await stage.member("周敏")
    button = {"inline_keyboard": [[{"text": "同意", "callback_data": "yes"}]]}
    sent = await stage.bot("sendMessage", chat_id=stage.chat, text="规则", reply_markup=button)
    gone = await stage.people.post(stage.chat, user, "广告")
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=gone)
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", panel="calls"))
    for data in (
        {"chat": stage.chat, "column": 0},
        {"message": sent["message_id"], "from": stage.world.bot_id},
        {"message": gone, "from": user, "state": "deleted"},
        {"button": "同意"},
        {"panel": "calls"},
        {"call": 1, "method": "sendMessage"},
        {"member": user, "act": "open-member"},
    ):
        await expect(opened.find(**data).first).to_be_visible()


async def test_the_page_may_fetch_nothing_from_elsewhere_and_runs_no_script_but_its_own(stage: Stage) -> None:
    answer = await stage.people.http.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert re.findall(r"(?:script|style|img|connect)-src ([^;]+)", policy) == ["'self'"] * 4
    assert (await stage.people.http.get("/page/../app.py")).status_code == 404
    assert (await stage.people.http.get("/page/%2e%2e/app.py")).status_code == 404
    opened = await stage.window(address(stage.chat, panel="calls"))
    asked: list[str] = await opened.page.evaluate("() => performance.getEntriesByType('resource').map((e) => e.name)")
    assert len(asked) > 20
    assert {name.split("/page/")[0].split("/sandbox/")[0] for name in asked} == {stage.url}


async def test_keys_alone_reach_a_chat_a_tool_and_a_member(stage: Stage) -> None:
    await stage.member("周敏")
    opened = await stage.window()
    keys = opened.page.keyboard

    async def reach(act: str) -> None:
        for _ in range(60):
            await keys.press("Tab")
            if await opened.page.evaluate("() => document.activeElement?.dataset?.act") == act:
                return await keys.press("Enter")
        raise AssertionError(f"{act} is not reached by Tab")

    await reach("open-chat")
    await expect(opened.find(column=0)).to_be_visible()
    await reach("open-panel-chat")
    await expect(opened.find(panel="chat")).to_be_visible()
    unnamed = await opened.page.evaluate(UNNAMED)
    assert unnamed == []


async def test_two_windows_of_one_sandbox_see_the_same(stage: Stage, browser: Browser) -> None:
    first = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    async with window(browser, stage.url) as second:
        await second.open(address(f"{stage.chat}:{stage.owner}:all"))
        await first.find(column=0).locator('[data-act="compose"]').fill("两边都看见")
        await first.press("send")
        await expect(second.find(column=0)).to_contain_text("两边都看见")


async def test_a_message_that_was_led_to_stands_out_for_a_moment_and_leaves_the_address(stage: Stage) -> None:
    sent = await stage.people.post(stage.chat, stage.owner, "看这里")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", message=f"{stage.chat}:{sent}"))
    row = opened.find(message=sent)
    await expect(row).to_have_class(re.compile("selected"))
    await expect(row).not_to_have_class(re.compile("selected"))
    await opened.page.wait_for_function("() => !location.hash.includes('message=')")
    assert f"columns={stage.chat}" in opened.page.url
