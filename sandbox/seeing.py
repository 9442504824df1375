"""What a story expects, looked for in what Telegram shows: each look says whether it is true and what was seen."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox import inwords, posts
from sandbox.client import SandboxClient
from sandbox.story import EXPECTATIONS, Story, Table


class Untrue(AssertionError):
    """Something that the story says must happen did not happen in time."""


@dataclass
class Cast:
    """Names of the story → ids of the sandbox."""

    people: dict[str, int] = field(default_factory=dict)
    chats: dict[str, int] = field(default_factory=dict)
    messages: dict[str, tuple[int, int]] = field(default_factory=dict)

    def person(self, name: str) -> int:
        if name not in self.people:
            raise Untrue(f"the story has nobody called {name}")
        return self.people[name]

    def chat(self, name: str) -> int:
        """A group, or the chat of a person with the bot."""
        return self.people[name] if name in self.people else self.chats[name]

    def message(self, label: str) -> tuple[int, int]:
        if label not in self.messages:
            raise Untrue(f"no message is called {label}")
        return self.messages[label]


class Seer:
    """`mark` is the last call before the step, `told` how many alerts somebody had seen by then."""

    def __init__(self, telegram: SandboxClient, story: Story, cast: Cast) -> None:
        self._telegram, self._story, self._cast = telegram, story, cast
        self.mark = 0
        self.told: dict[str, int] = {}

    async def look(self, expectation: Table) -> tuple[bool, str]:
        kind = next(k for k in EXPECTATIONS if k in expectation)
        look: Callable[[Table], Awaitable[tuple[bool, str]]] = getattr(self, f"_see_{kind}")
        return await look(expectation)

    async def _posts(self, chat: str) -> list[dict[str, Any]]:
        """What stands in a chat now, oldest first: the messages as Telegram shows them."""
        shown = await self._telegram.messages(self._cast.chat(chat))
        return [m for m in shown if not m["deleted"]]

    async def bot_posts(self, chat: str) -> list[dict[str, Any]]:
        return [m for m in await self._posts(chat) if m["from_bot"] and not m["service"]]

    async def _gone(self, label: str) -> bool:
        chat, message_id = self._cast.message(label)
        message = await self._telegram.message(chat, message_id)
        return message is None or bool(message["deleted"])

    async def _see_deleted(self, expectation: Table) -> tuple[bool, str]:
        return await self._gone(expectation["deleted"]), "it still stands"

    async def _see_kept(self, expectation: Table) -> tuple[bool, str]:
        return not await self._gone(expectation["kept"]), "it is gone"

    async def _see_member(self, expectation: Table) -> tuple[bool, str]:
        user, chat = self._cast.person(expectation["member"]), self._cast.chat(expectation["chat"])
        member = await self._telegram.member(chat, user)
        asked = {key: expectation[key] for key in ("status", "tag", "until_date") if key in expectation}
        return all(member.get(key) == value for key, value in asked.items()), inwords.facts(member)

    async def _see_said(self, expectation: Table) -> tuple[bool, str]:
        """A post of the bot that matches; with `as` it gets a name, with `button` it must carry that button."""
        standing = await self.bot_posts(expectation["chat"])
        for post in reversed(standing):
            text = post.get("text") or post.get("caption") or ""
            if re.search(expectation["said"], text) and posts.has_button(post, expectation.get("button", "")):
                if "as" in expectation:
                    self._cast.messages[expectation["as"]] = (self._cast.chat(expectation["chat"]), post["message_id"])
                return True, text
        return False, posts.listed(standing[-3:])

    async def alerts(self, name: str) -> list[str]:
        return [a.get("text") or "" for a in await self._telegram.do("alerts", user=self._cast.person(name))]

    async def _see_alert(self, expectation: Table) -> tuple[bool, str]:
        """What a person was told since the step began."""
        texts = (await self.alerts(expectation["user"]))[self.told.get(expectation["user"], 0) :]
        return bool(texts) and re.search(expectation["alert"], texts[-1]) is not None, inwords.listed(texts)

    async def _see_call(self, expectation: Table) -> tuple[bool, str]:
        calls = await self._telegram.calls(self.mark)
        methods = [c["method"] for c in calls if c["ok"]]
        return expectation["call"] in methods, inwords.listed(methods[-5:])

    async def _see_shown(self, expectation: Table) -> tuple[bool, str]:
        """How many posts of anybody match and still stand."""
        texts = [m.get("text") or m.get("caption") or "" for m in await self._posts(expectation["chat"])]
        found = [t for t in texts if re.search(expectation["shown"], t)]
        return len(found) == int(expectation.get("times", 1)), f"{len(found)} times"

    async def _see_at_most(self, expectation: Table) -> tuple[bool, str]:
        """On no day did the bot post more than that there, whether or not it took them away again."""
        every = await self._telegram.messages(self._cast.chat(expectation["chat"]))
        most = posts.most_a_day(every, self._story.start.tzinfo)
        return most <= int(expectation["at_most"]), f"{most} on one day"
