"""A whole python-telegram-bot application lives on the sandbox, and no parameters can break the server."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from sandbox.api import METHODS
from sandbox.api.shapes import FIELDS
from sandbox.app import build
from sandbox.client import NO_TLS
from sandbox.world import World
from sandbox.world.groups import create
from sandbox.world.membership import add_bot
from sandbox.world.records import User
from tests.sandbox.schema import METHODS as OFFICIAL
from tests.sandbox.schema import answer_problems
from tests.sandbox.stage import Stage, keyboard

Context = ContextTypes.DEFAULT_TYPE
SIMPLE = st.none() | st.booleans() | st.integers(-3, 10**12) | st.text(max_size=8)
ANYTHING = st.recursive(SIMPLE, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))


async def answer_rules(update: Update, context: Context) -> None:
    assert update.effective_message is not None
    await update.effective_message.reply_text("Be kind", reply_markup=keyboard("ok"))


async def answer_press(update: Update, context: Context) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer(f"Thanks, {update.callback_query.from_user.first_name}")
    await update.callback_query.edit_message_text("Agreed")


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBUserWarning")
async def test_an_application_polls_answers_and_stops(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    url, token = stage.url, stage.world.token
    app = Application.builder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    app.add_handler(CommandHandler("rules", answer_rules))
    app.add_handler(CallbackQueryHandler(answer_press))
    async with app:
        assert app.updater is not None
        await app.start()
        await app.updater.start_polling(drop_pending_updates=True)
        await stage.people.post(chat, user, "/rules")
        said = await stage.people.bot_message(chat, "Be kind", button="ok")
        await stage.people.press(chat, said["message_id"], user, "ok")
        await stage.people.alert(user, "Thanks, Lin")
        await stage.people.bot_message(chat, "Agreed")
        await app.updater.stop()
        await app.stop()


def test_every_method_is_an_official_one() -> None:
    assert set(METHODS) <= set(OFFICIAL)
    for method in METHODS:
        assert set(FIELDS[method]) == {field["name"] for field in OFFICIAL[method]["fields"]}


@pytest.fixture(scope="module")
def anywhere() -> World:
    world = World()
    owner = world.add_user(User(77, "Owner"))
    for kind in ("supergroup", "group", "channel", "forum"):
        add_bot(world, create(world, kind, kind, owner.id), owner.id, "all")
    return world


def answered(world: World, method: str, parameters: dict[str, Any]) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(build(world))
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox", verify=NO_TLS) as http:
            return await http.post(f"/bot{world.token}/{method}", json=parameters)

    return asyncio.run(ask())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_sent_the_answer_is_an_answer(anywhere: World, data: st.DataObject) -> None:
    world = anywhere
    method = data.draw(st.sampled_from(sorted(set(METHODS) - {"getUpdates", "setWebhook", "leaveChat"})))
    chats = st.sampled_from(sorted(world.chats))
    given_parameters: dict[str, Any] = {}
    for name in FIELDS[method]:
        if name in ("chat_id", "from_chat_id"):
            given_parameters[name] = data.draw(chats | SIMPLE)
        elif name in ("message_id", "user_id"):
            given_parameters[name] = data.draw(st.sampled_from([1, 2, 3, 77, world.bot_id]) | SIMPLE)
        elif data.draw(st.booleans()):
            given_parameters[name] = data.draw(ANYTHING)
    answer = answered(world, method, given_parameters)
    assert answer.status_code in (200, 400, 403)
    assert answer.json()["ok"] is (answer.status_code == 200)
    if answer.status_code == 200:
        assert answer_problems(method, answer.json()["result"]) == []
