"""The page over HTTP: its files and nothing else, a strict policy, messages in portions, whole messages in events."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox import pages
from tests.sandbox.stage import Stage

FILES = sorted(path for path in pages.FOLDER.rglob("*") if path.suffix in pages.KINDS)
CODE = [path for path in FILES if path.suffix in (".js", ".css", ".html")]
CONTENT = {path: path.read_bytes() for path in FILES}
LINES = 250
FOREIGN = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]", re.IGNORECASE)
DANGEROUS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|\son[a-z]+=\"")


async def test_the_page_is_served_with_a_policy_that_lets_nothing_else_in(stage: Stage) -> None:
    answer = await stage.people.http.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(pages.FOLDER).as_posix())
async def test_every_file_of_the_page_comes_with_its_kind(stage: Stage, path: Path) -> None:
    answer = await stage.people.http.get(f"/page/{path.relative_to(pages.FOLDER).as_posix()}")
    assert (answer.status_code, answer.content) == (200, CONTENT[path])
    assert answer.headers["content-type"] == pages.KINDS[path.suffix]
    assert "script-src 'self'" in answer.headers["content-security-policy"]


async def test_what_the_page_names_is_there(stage: Stage) -> None:
    named = re.findall(r'(?:src|href)="(/[^"]*)"', (await stage.people.http.get("/")).text)
    for path in CODE:
        folder = path.relative_to(pages.FOLDER).parent
        for name in re.findall(r"(?:from|import\(?) '(\.[^']+)'", path.read_text(encoding="utf-8")):
            named.append(f"/page/{(folder / name).as_posix()}")
    for name in named:
        assert (await stage.people.http.get(name)).status_code == 200, name


async def test_a_browser_asks_again_and_is_told_that_nothing_changed(stage: Stage) -> None:
    first = await stage.people.http.get("/page/store.js")
    assert first.headers["cache-control"] == "no-cache"
    again = await stage.people.http.get("/page/store.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = await stage.people.http.get("/page/store.js", headers={"If-None-Match": '"older"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/page/../pages.py",
        "/page/..%2fpages.py",
        "/page/%2e%2e/%2e%2e/config.example.toml",
        "/page/css/../../serve.py",
        "/page//etc/passwd",
        "/page/%2fetc%2fpasswd",
        "/page/..%5cpages.py",
        "/page/store.js%00.html",
        "/page/panels",
        "/page/",
        "/page/nothing.js",
    ],
)
async def test_a_way_out_of_the_folder_leads_nowhere(stage: Stage, path: str) -> None:
    host, port = stage.url.removeprefix("http://").split(":")
    raw = httpx.URL(scheme="http", host=host, port=int(port), raw_path=path.encode())
    answer = await stage.people.http.get(raw)
    assert answer.status_code == 404
    assert answer.json()["ok"] is False


async def test_the_bot_api_and_the_control_api_stay_where_they_are(stage: Stage) -> None:
    assert (await stage.call("getMe"))[0] == 200
    assert (await stage.people.http.get("/sandbox/clock")).status_code == 200
    assert (await stage.people.http.post("/")).status_code == 404


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(pages.FOLDER).as_posix())
def test_a_file_is_short_fetches_nothing_from_elsewhere_and_takes_no_text_for_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES
    assert not FOREIGN.search(text)
    assert not DANGEROUS.search(text)
    if path.suffix != ".html":
        assert text.startswith(("//", "/*", "@scope"))


async def test_messages_come_in_portions_of_any_part_of_the_chat(stage: Stage) -> None:
    chat = await stage.group()
    ids = [await stage.people.post(chat, "owner", f"number {n}") for n in range(9)]

    async def numbers(**bounds: int) -> list[int]:
        return [message["message_id"] for message in await stage.people.get("messages", chat=chat, **bounds)]

    assert await numbers(limit=2) == ids[-2:]
    assert await numbers(before=ids[4], limit=3) == ids[1:4]
    assert await numbers(after=ids[2], before=ids[6]) == ids[3:6]
    assert await numbers(after=ids[-1]) == []


async def test_a_topic_comes_by_itself(stage: Stage) -> None:
    chat = await stage.group("forum")
    thread = (await stage.people.do("topic_create", chat=chat, name="Homework", by="owner"))["thread"]
    general = await stage.people.post(chat, "owner", "in general")
    inside = await stage.people.post(chat, "owner", "in the topic", thread=thread)
    assert [m["message_id"] for m in await stage.people.get("messages", chat=chat, thread=thread)][-1] == inside
    in_general = [m["message_id"] for m in await stage.people.get("messages", chat=chat, thread=1)]
    assert general in in_general
    assert inside not in in_general


async def test_the_state_can_bring_only_the_newest_messages(stage: Stage) -> None:
    chat = await stage.group()
    last = [await stage.people.post(chat, "owner", str(n)) for n in range(5)][-1]
    brief = await stage.people.get("state", messages=1)
    assert [[m["message_id"] for m in c["messages"]] for c in brief["chats"]] == [[last]]
    assert brief["last_event"] > 0


async def heard(stage: Stage, kinds: list[str]) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The next event of each of these kinds, in this order."""
    kind = ""
    async with stage.people.http.stream("GET", "/sandbox/events?after=0") as stream:
        async for line in stream.aiter_lines():
            kind = line.removeprefix("event: ") if line.startswith("event: ") else kind
            if kinds and kind == kinds[0] and line.startswith("data: "):
                yield kinds.pop(0), json.loads(line.removeprefix("data: "))
            if not kinds:
                return


async def test_an_event_brings_its_message_whole(stage: Stage) -> None:
    chat = await stage.group()
    user = await stage.member(chat)
    asked = await stage.people.do("post", chat=chat, user=user, media={"kind": "poll", "question": "?"})
    poll = asked["message_id"]
    said = await stage.people.post(chat, user, "first")
    await stage.people.do("edit", chat=chat, message_id=said, user=user, text="second")
    await stage.people.do("react", chat=chat, message_id=said, user=user, emoji="👍")
    await stage.people.do("vote", chat=chat, message_id=poll, user=user, options=1)
    await stage.people.do("delete", chat=chat, message_id=said, by="owner")
    told = {kind: event async for kind, event in heard(stage, ["edited", "reaction", "vote", "deleted"])}
    assert told["edited"]["message"]["text"] == "second"
    assert told["edited"]["message"]["history"][0]["text"] == "first"
    assert told["reaction"]["message"]["reactions"] == {str(user): [{"type": "emoji", "emoji": "👍"}]}
    assert told["vote"]["message"]["votes"] == {str(user): [1]}
    assert told["deleted"]["message"]["deleted_by"] == stage.world.names["owner"]


async def test_a_page_hears_that_a_poll_was_closed_and_that_the_world_was_emptied(stage: Stage) -> None:
    chat = await stage.group()
    poll = (await stage.bot.send_poll(chat, "?", ["a", "b"])).message_id
    await stage.bot.stop_poll(chat, poll)
    told = {kind: event async for kind, event in heard(stage, ["poll"])}
    assert told["poll"]["message"]["poll"]["is_closed"] is True
    await stage.people.do("reset")
    assert [kind async for kind, _ in heard(stage, ["reset"])] == ["reset"]
