"""Everything that is written can be read: 4.5 to 1 at least, in light and dark, on whatever it stands."""

import pytest
from playwright.async_api import expect

from tests.page.stage import Stage
from tests.page.window import Scheme, address

PANELS = ("", "story", "chat", "member", "people", "calls", "events", "clock", "failures", "raid", "world")
TOO_FAINT = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const parts = (css) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], under) => [...[r, g, b].map((one, at) => one * a + under[at] * (1 - a)), 1];
  const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const filled = (style) => {
    const ends = style.backgroundImage.match(/(?:rgba?|color|oklab)\\([^()]*\\)/g);
    return parts(ends && style.backgroundSize === 'auto' ? ends.at(-1) : style.backgroundColor);
  };
  const contrast = (element) => {
    const styles = [];
    for (let one = element; one; one = one.parentElement) styles.unshift(getComputedStyle(one));
    const ground = styles.reduce((under, style) => over(filled(style), under), [255, 255, 255, 1]);
    const ink = parts(styles.at(-1).color);
    ink[3] *= styles.reduce((all, style) => all * Number(style.opacity), 1);
    const [a, b] = [light(over(ink, ground)), light(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const found = [];
  const texts = document.createTreeWalker(document.getElementById('app'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: element } = texts.currentNode;
    if (!data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (element.closest('.avatar, .picture, .gone, :disabled, option')) continue;
    const ratio = contrast(element);
    const where = element.className || element.parentElement.className;
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} .${where} ${data.trim().slice(0, 20)}`);
  }
  return [...new Set(found)];
}"""


async def furnished(stage: Stage) -> int:
    """One of everything that is written in a colour of its own; the last message is an answer by the owner."""
    user = await stage.member("周敏")
    await stage.people.promote(stage.chat, user, "all", title="班长")
    for name in "甲乙丙丁戊己庚":
        await stage.people.post(stage.chat, await stage.member(f"{name}同学"), "早安")
    key = {"inline_keyboard": [[{"text": "查看", "callback_data": "a"}]]}
    kept = await stage.bot("sendMessage", chat_id=stage.chat, text="规则 https://example.org /help", reply_markup=key)
    await stage.bot("editMessageText", chat_id=stage.chat, message_id=kept["message_id"], text="新的规则")
    for author in (user, stage.owner):
        gone = await stage.people.post(stage.chat, author, "广告")
        await stage.bot("deleteMessage", chat_id=stage.chat, message_id=gone)
    said = await stage.bot("sendMessage", chat_id=stage.chat, text="一会儿就没有了")
    await stage.bot("deleteMessage", chat_id=stage.chat, message_id=said["message_id"])
    await stage.people.react(stage.chat, kept["message_id"], stage.owner, "👍")
    return int(await stage.people.post(stage.chat, stage.owner, "收到", reply_to=kept["message_id"]))


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_of_the_page_stands_out_from_its_ground(stage: Stage, scheme: Scheme) -> None:
    last = await furnished(stage)
    faint: dict[str, list[str]] = {}
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"), size=(1280, 2000), scheme=scheme)
    await expect(opened.find(message=last)).to_be_visible()
    for panel in PANELS:
        if panel:
            await opened.act(f"open-panel-{panel}").click()
            await expect(opened.find(panel=panel)).to_be_visible()
        if found := await opened.page.evaluate(TOO_FAINT):
            faint[panel or "chats"] = found
    assert faint == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_page_without_a_chat_can_be_read(stage: Stage, scheme: Scheme) -> None:
    opened = await stage.window(scheme=scheme)
    await expect(opened.page.locator(".welcome")).to_be_visible()
    assert await opened.page.evaluate(TOO_FAINT) == []
