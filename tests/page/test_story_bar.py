"""On a phone the story goes on above the chat, and can be held up from there."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.test_story_panel import told
from tests.page.window import PHONE

# the address as a story prints it: columns and panel, but not where one looks first


async def test_on_a_phone_the_newest_line_stands_above_the_first_column(stage: Stage) -> None:
    await told(stage)
    opened = await stage.window(f"#columns={stage.chat}:{stage.owner}:all&panel=story", PHONE, touch=True)
    await expect(opened.find(column=0)).to_be_in_viewport()
    await expect(opened.act("story-bar")).to_contain_text("delete, mute 1 h")
    await stage.people.do("story_tell", kind="why", text="a newcomer who advertises")
    await expect(opened.act("story-bar")).to_contain_text("a newcomer who advertises")
    await opened.act("story-bar-hold").tap()
    await expect(opened.page.get_by_role("button", name="Go on")).to_be_visible()
    assert (await stage.people.get("story"))["paused"]


async def test_the_bar_leads_to_the_whole_story_whose_buttons_stay_in_sight(stage: Stage) -> None:
    await told(stage)
    for n in range(40):
        await stage.people.do("story_tell", kind="why", text=f"reason {n}")
    opened = await stage.window(f"#columns={stage.chat}:{stage.owner}:all&panel=story", PHONE, touch=True)
    await expect(opened.find(line="").last).to_be_attached()
    await opened.act("story-bar").tap()
    await expect(opened.find(line="").last).to_be_in_viewport()
    await expect(opened.act("story-pause")).to_be_in_viewport()
    await expect(opened.act("story-bar")).to_be_hidden()


async def test_without_a_chat_a_phone_shows_the_list(stage: Stage) -> None:
    opened = await stage.window("#at=column", PHONE, touch=True)
    await expect(opened.act("open-chat").first).to_be_in_viewport()
