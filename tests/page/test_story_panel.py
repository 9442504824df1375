"""The story on the page: what happens, what the bot decided and why; held up, stepped, paced, leading to messages."""

from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import Window, address

STEPS = [
    {"number": 1, "at": 1_740_952_800, "tell": "06:00 早安"},
    {"number": 2, "at": 1_740_953_400, "tell": "06:10 广告"},
]


async def told(stage: Stage, *, paused: bool = False) -> int:
    """A story in its second step; the message it is about."""
    message = await stage.people.post(stage.chat, stage.owner, "加我微信")
    await stage.people.do("story_open", title="One day in camp 07", steps=STEPS, paused=paused)
    await stage.people.do("story_state", state="playing", step=1)
    await stage.people.do("story_tell", kind="happens", text="06:00 群主 says good morning")
    await stage.people.do("story_state", state="playing", step=2)
    await stage.people.do("story_tell", kind="decided", text="delete, mute 1 h", chat=stage.chat, message_id=message)
    return message


async def opened(stage: Stage) -> Window:
    return await stage.window(address(stage.chat, panel="story"))


async def test_what_is_told_stands_by_its_step_and_leads_to_the_message(stage: Stage) -> None:
    message = await told(stage)
    window = await opened(stage)
    await expect(window.find(step=1)).to_contain_text("says good morning")
    await expect(window.find(step=2).locator('[data-kind="decided"]')).to_contain_text("delete, mute 1 h")
    await expect(window.find(panel="story")).to_contain_text("step 2 of 2")
    await window.act("show-line").click()
    assert f"message={stage.chat}:{message}" in window.page.url
    await expect(window.find(message=message).first).to_be_in_viewport()


async def test_a_new_line_appears_by_itself_in_order(stage: Stage) -> None:
    await told(stage)
    window = await opened(stage)
    await expect(window.find(line="")).to_have_count(2)
    await stage.people.do("story_tell", kind="why", text="a newcomer who advertises")
    await expect(window.find(step=2).locator("[data-line]").last).to_contain_text("a newcomer who advertises")


async def test_the_story_is_held_up_stepped_and_goes_on_at_another_pace(stage: Stage) -> None:
    await told(stage)
    window = await opened(stage)
    await window.press("story-pause")
    await expect(window.act("story-resume")).to_be_visible()
    assert (await stage.people.get("story"))["paused"]
    await window.press("story-next")

    async def asked_for() -> bool:
        return bool((await stage.people.get("story"))["go"] == 3)

    await stage.people.wait_for(asked_for, "the next step is asked for")
    await window.pick(pace=4)
    await window.press("story-resume")
    await expect(window.act("story-pause")).to_be_visible()
    assert (await stage.people.get("story"))["pace"] == 4


async def test_an_ended_story_says_that_one_can_go_on_by_hand(stage: Stage) -> None:
    await told(stage)
    window = await opened(stage)
    await stage.people.do("story_state", state="done")
    await expect(window.find(panel="story")).to_contain_text("go on by hand")
    await expect(window.act("story-next")).to_be_hidden()


async def test_the_story_can_be_held_up_however_far_it_is_told(stage: Stage) -> None:
    await told(stage)
    for n in range(40):
        await stage.people.do("story_tell", kind="why", text=f"reason {n}")
    window = await opened(stage)
    await expect(window.find(line="").last).to_be_in_viewport()
    await expect(window.act("story-pause")).to_be_in_viewport()
