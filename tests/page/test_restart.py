"""While the sandbox restarts the page says so, and goes on by itself with what the new one knows."""

from playwright.async_api import Browser, expect

from sandbox.client import SandboxClient
from sandbox.serve import serve
from sandbox.world import World
from tests.page.stage import START
from tests.page.window import address, window


async def group(people: SandboxClient, text: str) -> int:
    owner = await people.user_create("群主")
    chat = await people.chat_create("supergroup", "07营", owner)
    await people.post(chat, owner, text)
    return chat


# W2
async def test_a_page_open_over_a_restart_says_so_and_reconnects_by_itself(browser: Browser) -> None:
    async with serve(World(start=START)) as url, SandboxClient(url) as people:
        chat = await group(people, "重启之前")
        context = window(browser, url)
        opened = await context.__aenter__()
        await opened.open(address(chat))
        await expect(opened.find(column=0)).to_contain_text("重启之前")
        opened.away = True
    app = opened.page.locator("#app")
    await expect(app).to_have_attribute("data-online", "no")
    said = await app.evaluate("e => getComputedStyle(e, '::before').content + e.innerText")
    assert "away" in said
    port = int(url.rpartition(":")[2])
    async with serve(World(start=START), port), SandboxClient(url) as people:
        assert await group(people, "重启之后") == chat
        await expect(app).to_have_attribute("data-online", "yes")
        await expect(opened.find(column=0)).to_contain_text("重启之后")
        await expect(opened.find(column=0)).not_to_contain_text("重启之前")
        opened.away = False
        await people.post(chat, 10_001, "又在了")
        await expect(opened.find(column=0)).to_contain_text("又在了")
        await context.__aexit__(None, None, None)
