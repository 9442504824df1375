"""The people's side: wrong arguments, looking, waiting, events, determinism, the client's asserts."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from pathlib import Path

import httpx
import pytest

import sandbox
from sandbox.client import SandboxClient, Unfulfilled, VerbRefused
from sandbox.control import VERBS
from sandbox.control.reading import usage
from sandbox.serve import serve
from sandbox.world import World
from tests.sandbox.stage import Stage, keyboard


@pytest.mark.parametrize(
    ("verb", "given", "reason"),
    [
        ("juggle", {}, "no such verb: juggle"),
        ("join", {"chat": 1}, "missing a required argument: 'user'; takes chat, user, via_link"),
        ("leave", {"chat": 1, "user": 2, "colour": 3}, "unexpected keyword argument 'colour'"),
        ("leave", {"chat": 1, "user": 2}, "no such chat: 1"),
        ("user_rename", {"user": "@nobody", "first_name": "x"}, "no such user: @nobody"),
        ("post", {"chat": 1, "user": 1, "txt": "x"}, "post does not take txt"),
        ("clock", {"set": "2025-03-03T06:00:00"}, "needs its offset"),
        ("chat_create", {"kind": "club", "title": "x", "owner": 777000}, "kind is one of"),
        ("fail_next", {"mode": "explode"}, "mode is one of"),
        ("duplicate_updates", {"times": 9}, "1 to 3"),
    ],
)
async def test_a_mistake_is_answered_with_a_sentence(
    stage: Stage, verb: str, given: dict[str, object], reason: str
) -> None:
    answer = await stage.people.http.post(f"/sandbox/{verb}", json=given)
    assert answer.status_code == 400
    assert answer.json()["ok"] is False
    assert reason in answer.json()["error"]


async def test_what_is_not_json_is_refused(stage: Stage) -> None:
    for body in (b"{", b"[]", b'{"first_name": "\\ud800"}'):
        answer = await stage.people.http.post("/sandbox/user_create", content=body)
        assert answer.status_code == 400


async def test_the_state_is_the_whole_world(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "hello")
    await stage.bot.delete_message(chat, message)
    state = await stage.people.state()
    (shown,) = [place for place in state["chats"] if place["id"] == chat]
    assert {member["user_id"] for member in shown["members"]} >= {user, stage.world.bot_id}
    last = shown["messages"][-1]
    assert (last["text"], last["deleted"], last["deleted_by"]) == ("hello", True, stage.world.bot_id)
    assert json.dumps(state)


async def test_the_transcript_reads_like_the_chat(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "buy now")
    await stage.bot.send_message(chat, "Please don't", reply_markup=keyboard("ok"))
    await stage.bot.delete_message(chat, message)
    text = await stage.people.transcript(chat)
    assert re.search(r"Lin: ~~buy now~~ deleted by 灯塔\n.*灯塔: Please don't \[ok\]", text)


async def test_the_call_log_tells_everything(stage: Stage) -> None:
    chat = await stage.group()
    await stage.bot.send_message(chat, "hello")
    await stage.refusal("deleteMessage", chat_id=chat, message_id=99)
    mark = (await stage.people.calls())[-2]["n"]
    (failed,) = await stage.people.calls(mark)
    assert (failed["method"], failed["ok"], failed["error_code"]) == ("deleteMessage", False, 400)
    assert failed["description"] == "Bad Request: message to delete not found"
    assert failed["parameters"] == {"chat_id": chat, "message_id": 99}
    assert failed["latency"] >= 0


async def test_polls_are_noted_when_they_ask_differently(stage: Stage) -> None:
    for _ in range(3):
        await stage.bot.get_updates(timeout=0, allowed_updates=["message"])
    await stage.bot.get_updates(timeout=0, allowed_updates=["message", "chat_member"])
    polls = await stage.people.calls(method="getUpdates")
    assert [poll["parameters"]["allowed_updates"] for poll in polls] == [["message"], ["message", "chat_member"]]


async def test_events_are_pushed(stage: Stage) -> None:
    chat = await stage.group()
    seen = []
    async with stage.people.http.stream("GET", "/sandbox/events") as stream:
        lines = stream.aiter_lines()
        await stage.people.post(chat, "owner", "live")
        async for line in lines:
            seen.append(line)
            if '"text":"live"' in line:
                break
    assert "event: message" in seen
    assert any(line.startswith("id: ") for line in seen)


async def test_the_asserts_wait_and_give_up(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    message = await stage.people.post(chat, user, "spam")
    waiting = asyncio.create_task(stage.people.message_deleted(chat, message))
    await asyncio.sleep(0.05)
    await stage.bot.delete_message(chat, message)
    await waiting
    await stage.people.call_made("deleteMessage", chat_id=chat, message_id=message)
    with pytest.raises(Unfulfilled):
        await stage.people.member_status(chat, user, "kicked", seconds=0.2)
    await stage.people.quiet(0.1)
    mark = await stage.people.last_call()
    await stage.bot.send_message(chat, "not quiet")
    with pytest.raises(Unfulfilled, match="sendMessage"):
        await stage.people.quiet(0.05, after=mark)
    await stage.people.call_made("sendMessage", text=re.compile("not qu"))


async def test_many_posts_go_in_one_go(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.opt_in()
    posts = [{"chat": chat, "user": user, "text": f"number {n}"} for n in range(250)]
    results = await stage.people.post_many([*posts, {"chat": chat, "user": user, "text": " "}])
    assert "empty" in results[-1]["error"]
    assert len({result["message_id"] for result in results[:-1]}) == 250
    batches = [len(await stage.updates()) for _ in range(4)]
    assert batches == [100, 100, 50, 0]


async def played(seed: int) -> str:
    world = World(seed=seed, start=1_740_952_800.0, rate=0.0)
    async with serve(world) as url, SandboxClient(url) as people:
        owner = await people.user_create("Owner")
        chat = await people.chat_create("supergroup", "G", owner)
        await people.add_bot(chat, admin="all")
        await people.post(chat, owner, media="photo")
        await people.post(chat, owner, media="dice")
        await people.http.post(f"/bot{world.token}/createChatInviteLink", json={"chat_id": chat})
        updates = await people.http.get(f"/bot{world.token}/getUpdates")
        return updates.text + json.dumps((await people.state())["chats"])


async def test_the_same_seed_and_actions_give_the_same_world() -> None:
    assert re.sub(r"base_real.*", "", await played(7)) == re.sub(r"base_real.*", "", await played(7))
    assert await played(7) != await played(8)


def test_every_verb_stands_in_the_readme_and_in_the_client() -> None:
    readme = Path(str(sandbox.__file__)).with_name("README.md").read_text()
    for verb in VERBS:
        assert f"`{verb}`" in readme, verb
    methods = dict(inspect.getmembers(SandboxClient, inspect.isfunction))
    for name in ("post", "join", "press", "clock", "fail_next", "raid", "upgrade"):
        assert name in methods
    assert usage(VERBS["leave"]) == "chat, user"


async def test_served_twice_nothing_is_left_open() -> None:
    world = World()
    for _ in range(2):
        async with serve(world) as url, httpx.AsyncClient(base_url=url, trust_env=False) as http:
            polling = asyncio.create_task(http.get(f"/bot{world.token}/getUpdates", params={"timeout": 30}))
            await asyncio.sleep(0.05)
        with pytest.raises(httpx.TransportError):
            await polling


async def test_a_member_cannot_do_what_only_leaders_can(stage: Stage) -> None:
    chat = await stage.group()
    user, other = await stage.member(chat, "A"), await stage.member(chat, "B")
    message = await stage.people.post(chat, other, "mine")
    with pytest.raises(VerbRefused, match="lacks can_restrict_members"):
        await stage.people.kick(chat, other, by=user)
    with pytest.raises(VerbRefused, match="may not delete"):
        await stage.people.delete(chat, message, by=user)
    with pytest.raises(VerbRefused, match="only the author"):
        await stage.people.edit(chat, message, user, "hijacked")
    await stage.people.kick(chat, other)
    await stage.people.join(chat, other)


async def test_a_snapshot_brings_everything_back(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    await stage.people.do("snapshot", name="calm")
    await stage.people.raid(chat, 3, text="spam")
    await stage.bot.ban_chat_member(chat, user)
    await stage.people.do("restore", name="calm")
    assert (await stage.people.member(chat, user))["status"] == "member"
    assert not [message for message in await stage.people.messages(chat) if message.get("text") == "spam"]
    await stage.people.post(chat, user, "still here")
    with pytest.raises(VerbRefused, match="no snapshot"):
        await stage.people.do("restore", name="other")
