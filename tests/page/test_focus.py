"""The focus: it stays where somebody is, comes back where they were, and an address cannot lose it."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import PHONE, address


async def test_a_tool_opened_by_a_key_keeps_the_focus_and_escape_gives_it_back(stage: Stage) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    tool = opened.act("open-panel-clock")
    await tool.focus()
    await opened.page.keyboard.press("Enter")
    await expect(opened.find(panel="clock")).to_be_visible()
    await expect(tool).to_be_focused()
    await expect(tool).to_have_attribute("aria-pressed", "true")
    await opened.act("set-clock").focus()
    await opened.page.keyboard.press("Escape")
    await expect(opened.page.locator("#panel")).to_be_hidden()
    await expect(tool).to_be_focused()


async def test_a_menu_gives_the_focus_back_also_when_something_was_chosen(stage: Stage) -> None:
    other = f"{stage.chat}:{await stage.member()}:all"
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", other))
    menu = opened.find(column=0).locator('[data-act="column-menu"]')
    await menu.focus()
    await opened.page.keyboard.press("Enter")
    await opened.page.keyboard.press("Escape")
    await expect(menu).to_be_focused()
    sent = await stage.people.post(stage.chat, stage.owner, "早安")
    row = opened.find(column=0).locator(f'[data-message="{sent}"]')
    await row.focus()
    await opened.page.keyboard.press("Enter")
    await opened.act("menu-pin").press("Enter")
    await expect(opened.find(column=0).locator('[data-act="jump-pinned"]')).to_be_visible()
    await expect(row).to_be_focused()


async def test_an_address_with_a_focus_that_is_not_there_shows_the_last_column(stage: Stage) -> None:
    for focus in ("7", "-3", "x", "0.5"):
        shown = address(f"{stage.chat}:{stage.owner}:all", focus=focus)
        opened = await stage.window(shown, size=PHONE, touch=True)
        await expect(opened.find(column=0)).to_be_visible()


async def test_a_member_panel_outlives_the_world_it_was_opened_in(stage: Stage) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", panel=f"member:{stage.chat}:{stage.owner}"))
    await expect(opened.find(panel="member")).to_contain_text("群主")
    await stage.people.do("reset")
    await expect(opened.find(column=0)).to_contain_text("not there")
    owner = await stage.people.user_create("新群主")
    await stage.people.chat_create("supergroup", "新的营", owner)
    await expect(opened.page.locator("#chats")).to_contain_text("新的营")
