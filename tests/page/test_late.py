"""Answers that come late: nothing heard meanwhile is lost, nothing typed meanwhile is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Request, Route, expect

from tests.page.stage import Stage
from tests.page.window import Window, address


@asynccontextmanager
async def held(opened: Window, path: str) -> AsyncIterator[asyncio.Event]:
    """The answer to that path, given at once, arrives only when this is left; the event says that it was asked for."""
    asked, free = asyncio.Event(), asyncio.Event()

    async def late(route: Route, request: Request) -> None:
        answer = await route.fetch()
        asked.set()
        await free.wait()
        await route.fulfill(response=answer)

    await opened.page.route(path, late)
    try:
        yield asked
    finally:
        free.set()


async def test_what_is_heard_while_people_are_fetched_is_not_undone_by_the_older_answer(stage: Stage) -> None:
    user = await stage.member("周敏")
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all", panel=f"chat:{stage.chat}"))
    message = await stage.people.post(stage.chat, user, "早安")
    await expect(opened.find(message=message)).to_be_visible()
    async with held(opened, "**/sandbox/state?*") as asked:
        await stage.people.do("invite_link", chat=stage.chat)
        await asked.wait()
        await stage.people.promote(stage.chat, user, "all", title="班长")
    await expect(opened.page.locator("[data-link]")).to_have_count(1)
    await expect(opened.find(message=message)).to_contain_text("班长")


async def test_what_is_heard_after_a_reset_is_not_lost_to_the_state_before_it(stage: Stage) -> None:
    opened = await stage.window()
    async with held(opened, "**/sandbox/state?*") as asked:
        await stage.people.do("reset")
        await asked.wait()
        owner = await stage.people.user_create("新群主")
        await stage.people.chat_create("supergroup", "新的营", owner)
    await expect(opened.page.locator("#chats")).to_contain_text("新的营")
    await expect(opened.page.locator("#chats")).not_to_contain_text("07营")


async def test_an_edit_heard_while_the_message_is_on_its_way_is_what_is_shown(stage: Stage) -> None:
    sent = await stage.people.post(stage.chat, stage.owner, "之前")
    opened = await stage.window()
    async with held(opened, "**/sandbox/messages?*") as asked:
        row = opened.page.locator(f'#chats .chat-row[data-chat="{stage.chat}"]')
        await row.locator('[data-act="open-chat"]').click()
        await asked.wait()
        await stage.people.do("edit", chat=stage.chat, user=stage.owner, message_id=sent, text="之后")
        await expect(row).to_contain_text("之后")
    await expect(opened.find(column=0).locator(f'[data-message="{sent}"]')).to_contain_text("之后")


async def test_what_is_typed_while_a_message_is_sent_stays_and_nothing_is_sent_twice(stage: Stage) -> None:
    opened = await stage.window(address(f"{stage.chat}:{stage.owner}:all"))
    field = opened.act("compose")
    async with held(opened, "**/sandbox/post") as asked:
        await field.fill("第一句")
        await field.press("Enter")
        await field.press("Enter")
        await asked.wait()
        await field.press_sequentially("第二句")
    await expect(opened.find(column=0)).to_contain_text("第一句")
    await expect(field).to_have_value("第二句")
    texts = [message.body.get("text") for message in stage.world.chats[stage.chat].messages.values()]
    assert texts.count("第一句") == 1


async def test_what_was_refused_stands_in_the_field_again(stage: Stage) -> None:
    user = await stage.member("周敏")
    opened = await stage.window(address(f"{stage.chat}:{user}:all"))
    await stage.people.ban(stage.chat, user)
    field = opened.act("compose")
    await field.fill("还在吗")
    await field.press("Enter")
    await expect(opened.find(column=0).get_by_role("alert")).to_contain_text("banned")
    await expect(field).to_have_value("还在吗")
