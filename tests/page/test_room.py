"""Beside a tool every open column can be seen whole, and nothing lies over it."""

import re

import pytest
from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import Window, address

WHOLE = """() => {
  const edge = document.getElementById('columns').getBoundingClientRect();
  const panel = document.getElementById('panel').getBoundingClientRect();
  return [...document.querySelectorAll('.column')].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left >= edge.left - 1 && right <= Math.min(edge.right, panel.left || Infinity) + 1;
  }).length;
}"""


async def three(stage: Stage, width: int, panel: str = "") -> Window:
    user = await stage.member("周敏")
    columns = f"{stage.chat}:{user}:as", f"{stage.chat}:{stage.owner}:all", f"{user}:{user}:as"
    opened = await stage.window(address(*columns, panel=panel), size=(width, 900))
    await expect(opened.find(column=2)).to_be_attached()
    return opened


@pytest.mark.parametrize("width", [1440, 1680, 1920])
async def test_three_columns_and_a_tool_are_seen_whole_on_a_usual_screen(stage: Stage, width: int) -> None:
    opened = await three(stage, width, panel="clock")
    assert await opened.page.evaluate(WHOLE) == 3


@pytest.mark.parametrize("width", [768, 1024])
async def test_a_tool_lies_over_no_column_on_a_small_screen(stage: Stage, width: int) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", panel="clock"), size=(width, 900))
    await expect(opened.find(column=0)).to_be_visible()
    assert await opened.page.evaluate(WHOLE) == 1


async def test_a_list_of_faces_keeps_its_names_and_grows_again_with_room_or_ctrl_k(stage: Stage) -> None:
    opened = await three(stage, 1440, panel="clock")
    names = opened.page.locator("#chats [data-act=open-chat]")
    await expect(opened.page.locator("#app")).to_have_attribute("data-list", "narrow")
    await expect(names.first).to_have_accessible_name(re.compile("07营"))
    await opened.page.keyboard.press("Control+k")
    await expect(opened.page.locator("#app")).to_have_attribute("data-list", "wide")
    await expect(opened.act("search-chats")).to_be_focused()
