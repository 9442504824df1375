"""On a phone of 390 pixels every view and every tool fits, and one leads to the next by touch."""

import pytest
from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import PHONE, Window, address

PANELS = ("chat", "people", "calls", "events", "clock", "failures", "raid", "story", "world")
BEYOND = """() => [...document.querySelectorAll('#app *')].filter((e) => {
  const box = e.getBoundingClientRect();
  if (!box.width || !box.height || getComputedStyle(e).visibility === 'hidden') return false;
  for (let p = e.parentElement; p; p = p.parentElement) {
    if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(p).overflowX)) {
      if (p.scrollWidth > p.clientWidth + 1 && getComputedStyle(p).overflowX !== 'hidden') return true;
      return false;
    }
  }
  return box.right > innerWidth + 1 || box.left < -1;
}).map((e) => `${e.tagName}.${e.className}`).slice(0, 5)"""

SMALL = """() => [...document.querySelectorAll('#panel :is(button, input, select)')].filter((e) =>
  e.offsetParent && e.getBoundingClientRect().height < 40 && !e.closest('label')).map((e) => e.outerHTML)"""


async def busy(stage: Stage) -> int:
    """A chat with everything that could be too wide."""
    user = await stage.member("周敏" * 20, username="zhoumin_" * 3)
    button = {
        "inline_keyboard": [[{"text": "同意" * 20, "callback_data": "a"}, {"text": "不" * 30, "callback_data": "b"}]]
    }
    await stage.bot("sendMessage", chat_id=stage.chat, text="很长" * 300, reply_markup=button)
    await stage.bot("sendMessage", chat_id=stage.chat, text=f"<pre>{'x' * 200}</pre>", parse_mode="HTML")
    for media in ("photo", "document", "location", "video"):
        await stage.people.post(stage.chat, user, "https://example.org/" + "a" * 200, media=media)
    await stage.bot("restrictChatMember", chat_id=stage.chat, user_id=user, permissions={})
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=999)
    return user


async def fits(opened: Window) -> None:
    assert not await opened.wide()
    assert await opened.page.evaluate(BEYOND) == []


async def test_no_view_scrolls_sideways(stage: Stage) -> None:
    user = await busy(stage)
    forum = await stage.people.chat_create("forum", "论坛" * 30, stage.owner)
    for where in ("", address(stage.chat), address(forum), address(f"{user}:{user}:all"), address(stage.chat, forum)):
        opened = await stage.window(where, PHONE, touch=True)
        await expect(opened.page.locator("#app[data-ready]")).to_be_visible()
        await fits(opened)
        await opened.page.close()


@pytest.mark.parametrize("panel", [*PANELS, "member"])
async def test_every_tool_fits_with_all_its_parts_unfolded(stage: Stage, panel: str) -> None:
    user = await busy(stage)
    params = {"member": f"member:{stage.chat}:{user}", "chat": f"chat:{stage.chat}"}.get(panel, panel)
    opened = await stage.window(address(stage.chat, panel=params), PHONE, "dark", touch=True)
    await expect(opened.find(panel=panel)).to_be_visible()
    for summary in await opened.page.locator("details > summary").all():
        await summary.click()
    if panel == "calls":
        await opened.act("call-details").first.click()
    await fits(opened)


async def test_by_touch_from_the_chats_to_a_chat_to_a_tool_and_back(stage: Stage) -> None:
    message = await stage.people.post(stage.chat, stage.owner, "早安")
    opened = await stage.window("", PHONE, touch=True)
    await opened.find(act="open-chat").tap()
    await expect(opened.find(message=message)).to_be_visible()
    await opened.act("open-chat-panel").tap()
    await expect(opened.find(panel="chat")).to_be_visible()
    await opened.act("panel-back").tap()
    await expect(opened.find(message=message)).to_be_visible()
    await opened.act("back").tap()
    await opened.act("tools").tap()
    await opened.page.get_by_role("menuitem", name="Clock").tap()
    await opened.act("jump-3600").tap()
    await expect(opened.page.get_by_label("The sandbox’s time")).to_contain_text("07:00")


async def test_a_finger_finds_what_it_aims_at(stage: Stage) -> None:
    opened = await stage.window(address(stage.chat, panel="clock"), PHONE, touch=True)
    await expect(opened.act("jump-600")).to_be_visible()
    small = await opened.page.evaluate(SMALL)
    assert small == []
