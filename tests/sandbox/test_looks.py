"""What the browser page asks for: pages of messages, the last events, what is armed, whose events these are."""

import json
from typing import Any

from sandbox.client import SandboxClient
from sandbox.serve import serve
from sandbox.world import World
from tests.sandbox.stage import Stage


async def hello(people: SandboxClient, after: int) -> list[dict[str, Any]]:
    """The greeting and the first event after it."""
    heard = []
    async with people.http.stream("GET", f"/sandbox/events?after={after}") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line.removeprefix("data: ")))
            if len(heard) == 2:
                break
    return heard


async def test_messages_come_in_pages_from_the_newest_back(stage: Stage) -> None:
    owner = await stage.people.user_create("群主")
    chat = await stage.people.chat_create("supergroup", "群", owner)
    ids = [await stage.people.post(chat, owner, f"第{n}条") for n in range(7)]
    newest = await stage.people.get("messages", chat=chat, limit=3)
    assert [message["message_id"] for message in newest] == ids[-3:]
    older = await stage.people.get("messages", chat=chat, before=ids[-3], limit=3)
    assert [message["message_id"] for message in older] == ids[-6:-3]


async def test_a_long_chat_does_not_make_the_state_long(stage: Stage) -> None:
    owner = await stage.people.user_create("群主")
    chat = await stage.people.chat_create("supergroup", "群", owner)
    last = await stage.people.post(chat, owner, "第一条")
    brief = (await stage.people.get("state", messages=0))["chats"][0]
    assert (brief["messages"], brief["last_id"]) == ([], last)
    assert (await stage.people.state())["chats"][0]["messages"]


async def test_the_last_events_can_be_asked_for_by_kind(stage: Stage) -> None:
    owner = await stage.people.user_create("群主")
    chat = await stage.people.chat_create("supergroup", "群", owner)
    for name in ("甲", "乙"):
        await stage.people.join(chat, await stage.people.user_create(name))
    events = await stage.people.get("happened", kinds="member", tail=1)
    assert [(event["kind"], event["to"]["user"]["first_name"]) for event in events] == [("member", "乙")]


async def test_what_is_armed_is_told_and_gone_when_it_is_used_up_or_cleared(stage: Stage) -> None:
    await stage.people.fail_next("getMe", 2, code=500)
    await stage.people.flood(True)
    await stage.people.duplicate_updates(2)
    armed = await stage.people.get("armed")
    assert [(rule["method"], rule["n"], rule["code"]) for rule in armed["rules"]] == [("getMe", 2, 500)]
    assert (armed["flood"], armed["times"]) == (True, 2)
    await stage.people.do("fail_clear")
    assert (await stage.people.get("armed"))["rules"] == []


async def test_what_was_put_aside_is_named(stage: Stage) -> None:
    await stage.people.do("snapshot", name="before")
    assert await stage.people.get("snapshots") == ["before"]


async def test_the_events_of_a_sandbox_that_was_started_anew_are_not_taken_for_the_old_ones() -> None:
    runs = []
    for _ in range(2):
        async with serve(World()) as url, SandboxClient(url) as people:
            await people.user_create("林晓")
            greeting, first = await hello(people, after=5_000)
            assert first["first_name"] == "林晓"
            assert greeting["run"] == (await people.state())["run"]
            runs.append(greeting["run"])
    assert runs[0] != runs[1]
