"""getUpdates: what is confirmed, what is kept, who may ask, what is asked for."""

from __future__ import annotations

import asyncio
import time

import pytest
from telegram.error import Conflict

from tests.sandbox.stage import Stage, keyboard, kind_of


async def test_an_update_stays_until_the_next_offset_confirms_it(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    await stage.people.post(chat, "owner", "one")
    await stage.people.post(chat, "owner", "two")
    first, second = await stage.bot.get_updates()
    assert [first, second] == list(await stage.bot.get_updates())
    assert list(await stage.bot.get_updates(offset=second.update_id)) == [second]
    assert list(await stage.bot.get_updates(offset=second.update_id + 1)) == []


async def test_a_redelivered_update_is_the_same_to_the_byte(stage: Stage) -> None:
    chat = await stage.group()
    await stage.people.post(chat, "owner", "one")
    url = f"/bot{stage.world.token}/getUpdates"
    first, again = [(await stage.people.http.get(url)).content for _ in range(2)]
    assert first == again


async def test_update_ids_follow_one_another(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    for number in range(5):
        await stage.people.post(chat, "owner", f"number {number}")
    ids = [update.update_id for update in await stage.bot.get_updates()]
    assert ids == list(range(ids[0], ids[0] + 5))


async def test_the_limit_holds_and_a_negative_offset_counts_from_the_end(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    for number in range(5):
        await stage.people.post(chat, "owner", f"number {number}")
    assert len(await stage.bot.get_updates(limit=2)) == 2
    last = await stage.bot.get_updates(offset=-1)
    assert [update.message.text for update in last if update.message] == ["number 4"]
    assert len(await stage.bot.get_updates()) == 1


async def test_a_long_poll_ends_as_soon_as_something_arrives(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    polling = asyncio.create_task(stage.bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    started = time.monotonic()
    await stage.people.post(chat, "owner", "hello")
    (update,) = await polling
    assert update.message is not None
    assert update.message.text == "hello"
    assert time.monotonic() - started < 2


async def test_of_two_pollers_the_older_is_sent_away(stage: Stage) -> None:
    older = asyncio.create_task(stage.call("getUpdates", timeout=20))
    await asyncio.sleep(0.1)
    newer = asyncio.create_task(stage.call("getUpdates", timeout=1))
    status, body = await older
    assert status == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request; make sure that only one")
    assert (await newer)[1] == {"ok": True, "result": []}


async def test_python_telegram_bot_reads_the_conflict(stage: Stage) -> None:
    older = asyncio.create_task(stage.bot.get_updates(timeout=20))
    await asyncio.sleep(0.1)
    await stage.call("getUpdates", timeout=0)
    with pytest.raises(Conflict):
        await older


async def test_unasked_kinds_are_never_made_and_asking_is_remembered(stage: Stage) -> None:
    chat = await stage.group()
    await stage.member(chat, "Before")
    assert not [update for update in await stage.updates(every=False) if update.chat_member]
    await stage.bot.get_updates(allowed_updates=["chat_member"])
    await stage.member(chat, "After")
    found = await stage.bot.get_updates()
    assert [bool(update.chat_member) for update in found] == [True]
    assert (await stage.bot.get_webhook_info()).allowed_updates == ("chat_member",)


async def test_an_empty_list_asks_for_the_usual_kinds(stage: Stage) -> None:
    await stage.bot.get_updates(allowed_updates=["message"])
    await stage.bot.get_updates(allowed_updates=[])
    chat = await stage.group()
    kinds = {name for update in await stage.updates(every=False) for name in update.to_dict() if name != "update_id"}
    assert kinds == {"my_chat_member", "message"}
    assert chat < 0


async def test_updates_are_kept_a_day_and_presses_150_seconds(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    posted = await stage.bot.send_message(chat, "press", reply_markup=keyboard("ok"))
    await stage.people.press(chat, posted.message_id, "owner", "ok")
    await stage.people.post(chat, "owner", "text")
    await stage.people.clock(jump_seconds=149)
    assert [kind_of(update) for update in await stage.bot.get_updates()] == ["callback_query", "message"]
    await stage.people.clock(jump_seconds=2)
    assert [kind_of(update) for update in await stage.bot.get_updates()] == ["message"]
    await stage.people.clock(jump_seconds=86_400)
    assert list(await stage.bot.get_updates()) == []


async def test_duplicates_are_delivered_as_often_as_asked(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    await stage.people.duplicate_updates(3)
    await stage.people.post(chat, "owner", "thrice")
    seen = []
    offset = None
    for _ in range(4):
        batch = await stage.bot.get_updates(offset=offset, timeout=0)
        seen += [update.update_id for update in batch]
        offset = batch[-1].update_id + 1 if batch else offset
    assert len(seen) == 3
    assert len(set(seen)) == 1


async def test_strict_polling_slows_a_crash_loop_down(stage: Stage) -> None:
    chat = await stage.group()
    await stage.opt_in()
    await stage.people.do("strict_polling", enabled=True)
    await stage.people.post(chat, "owner", "one")
    await stage.people.post(chat, "owner", "two")
    offset = (await stage.bot.get_updates())[0].update_id
    assert len(await stage.bot.get_updates(offset=offset)) == 2
    assert len(await stage.bot.get_updates(offset=offset)) == 1


async def test_a_raw_update_comes_as_it_is(stage: Stage) -> None:
    await stage.people.push_raw_update({"message": {"message_id": "not a number"}, "novelty": 1})
    _, body = await stage.call("getUpdates")
    (update,) = body["result"]
    assert update["novelty"] == 1
    assert isinstance(update["update_id"], int)


async def test_after_a_reset_a_running_poll_still_gets_what_comes(stage: Stage) -> None:
    chat = await stage.group()
    before = await stage.bot.get_updates()
    polling = asyncio.create_task(stage.bot.get_updates(offset=before[-1].update_id + 1, timeout=20))
    await asyncio.sleep(0.1)
    await stage.people.reset()
    await stage.group()
    assert (await polling)[0].my_chat_member is not None
    assert chat < 0
