"""Plays a story on a running sandbox over its control API and says what came true; knows nothing of the bot inside."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox import inwords, posts
from sandbox.client import SandboxClient, VerbRefused
from sandbox.story import EXPECTATIONS, OWN_ACTIONS, Scene, Step, Story, Table

PATIENCE = 15.0
GLANCE = 0.05

Own = Mapping[str, Callable[[], Awaitable[Any]]]
NOT_TOLD = {"called"}


class Untrue(AssertionError):
    """Something that the story says must happen did not happen in time."""


@dataclass
class Cast:
    """Names of the story → ids of the sandbox."""

    people: dict[str, int] = field(default_factory=dict)
    chats: dict[str, int] = field(default_factory=dict)
    messages: dict[str, tuple[int, int]] = field(default_factory=dict)


class Player:
    """`own` are the actions on the bot's process (kill_bot, start_bot, stop_bot; claim: the word it printed)."""

    def __init__(self, url: str, story: Story, own: Own) -> None:
        self._telegram = SandboxClient(url)
        self._story, self._own = story, own
        self.cast = Cast()
        self.checked = 0
        self._mark = 0
        self._running = True
        self._told: dict[str, int] = {}

    async def close(self) -> None:
        await self._telegram.http.aclose()

    async def verb(self, name: str, **arguments: object) -> Any:
        """One call of the control API. Raises Untrue where the sandbox refuses it."""
        try:
            return await self._telegram.do(name, **arguments)
        except VerbRefused as error:
            by = arguments.get("user")
            who = f" by {self.called(by)}" if isinstance(by, int) else ""
            raise Untrue(f"{name}{who} was refused: {error}") from error

    async def set_stage(self) -> None:
        """The people and the chats, before the bot is started."""
        await self.verb("clock", set=int(self._story.start.timestamp()))
        for name, person in self._story.people.items():
            known = {key: value for key, value in person.items() if key not in NOT_TOLD}
            made = await self.verb("user_create", **{"username": name, **known})
            self.cast.people[name] = made["id"]
        for name, chat in self._story.chats.items():
            made = await self.verb("chat_create", **self._resolved(chat))
            self.cast.chats[name] = made["id"]

    async def play(self, scene: Scene) -> None:
        """All that a scene says must happen; a clock that somebody stopped by hand runs again."""
        if (await self._telegram.get("clock"))["rate"] == 0:
            await self.verb("clock", freeze=False)
        for step in scene.steps:
            await self._step(step)

    async def check_end(self) -> None:
        """What must be true when all has been played."""
        for expectation in self._story.final:
            await self._wait_for(expectation, "final")

    def called(self, user_id: int) -> str:
        """A person as the story calls them; the number of a stranger."""
        name = next((n for n, known in self.cast.people.items() if known == user_id), "")
        person = self._story.people.get(name, {})
        return str(person.get("called") or person.get("first_name") or user_id)

    def _said_name(self, name: str) -> str:
        if name in self.cast.people:
            return self.called(self.cast.people[name])
        return str(self._story.chats.get(name, {}).get("title", name))

    async def _step(self, step: Step) -> None:
        if step.at:
            await self._jump(step.at)
        self._mark = await self._telegram.last_call()
        self._told = {e["user"]: len(await self._alerts(e["user"])) for e in step.expect if "alert" in e}
        if step.do in OWN_ACTIONS:
            await self._own_action(step)
        elif step.do:
            result = await self.verb(step.do, **await self._arguments(step))
            self._remember(step, result)
        for expectation in step.expect:
            await self._wait_for(expectation, f"step {step.number}")

    async def _jump(self, at: int) -> None:
        if at > await self._telegram.now():
            if self._running:
                await self._telegram.untaken(PATIENCE)
            await self.verb("clock", set=at)

    async def _own_action(self, step: Step) -> None:
        if step.do == "wait":
            await asyncio.sleep(float(step.arguments.get("seconds", 1)))
        elif step.do == "claim":
            await self.verb("start", payload=await self._own["claim"](), **self._resolved(step.arguments))
        else:
            self._running = step.do == "start_bot"
            await self._own[step.do]()

    async def _arguments(self, step: Step) -> dict[str, Any]:
        arguments = self._resolved(step.arguments)
        if isinstance(on := step.arguments.get("on"), str):
            del arguments["on"]
            arguments["chat"], arguments["message_id"] = await self._message(on)
        return arguments

    def _resolved(self, arguments: Table) -> dict[str, Any]:
        """Names of people and chats → ids, `reply_to` a label → a message id."""
        result = dict(arguments)
        for key in ("user", "by", "owner", "added_by"):
            if isinstance(result.get(key), str):
                result[key] = self._person(result[key])
        for key in ("chat", "channel"):
            if isinstance(result.get(key), str):
                result[key] = self._chat(result[key])
        if isinstance(result.get("reply_to"), str):
            result["reply_to"] = self.cast.messages[result["reply_to"]][1]
        if isinstance(result.get("text"), str):
            result["text"] = re.sub(r"\{id:(\w+)\}", lambda m: str(self.cast.people[m[1]]), result["text"])
        return result

    def _person(self, name: str) -> int:
        if name not in self.cast.people:
            raise Untrue(f"the story has nobody called {name}")
        return self.cast.people[name]

    def _chat(self, name: str) -> int:
        return self.cast.people[name] if name in self.cast.people else self.cast.chats[name]

    def _remember(self, step: Step, result: Any) -> None:
        if step.do == "upgrade":
            self.cast.chats[step.arguments["chat"]] = result["id"]
        if step.label and step.do == "post":
            self.cast.messages[step.label] = (self._resolved(step.arguments)["chat"], result["message_id"])

    async def _message(self, label: str) -> tuple[int, int]:
        if label not in self.cast.messages:
            raise Untrue(f"no message is called {label}")
        return self.cast.messages[label]

    async def _wait_for(self, expectation: Table, place: str) -> None:
        """Look until it is true; `silent` must stay true for its seconds."""
        if "silent" in expectation:
            await self._stay_silent(expectation, place)
            return
        deadline = time.monotonic() + float(expectation.get("within", PATIENCE))
        seen = "nothing"
        while True:
            true, seen = await self._look(expectation)
            if true:
                self.checked += 1
                return
            if time.monotonic() > deadline:
                raise Untrue(f"{place}: {inwords.expected(expectation, self._said_name)}; seen was: {seen}")
            await asyncio.sleep(GLANCE)

    async def _stay_silent(self, expectation: Table, place: str) -> None:
        before = await self._bot_posts(expectation["silent"])
        await asyncio.sleep(float(expectation.get("seconds", 0.5)))
        after = await self._bot_posts(expectation["silent"])
        if len(after) != len(before):
            raise Untrue(f"{place}: the bot should have said nothing, it said {posts.listed(after[len(before) :])}")
        self.checked += 1

    async def _look(self, expectation: Table) -> tuple[bool, str]:
        kind = next(k for k in EXPECTATIONS if k in expectation)
        look: Callable[[Table], Awaitable[tuple[bool, str]]] = getattr(self, f"_see_{kind}")
        return await look(expectation)

    async def _posts(self, chat: str) -> list[dict[str, Any]]:
        """What stands in a chat now, oldest first: the messages as Telegram shows them."""
        shown = await self._telegram.messages(self._chat(chat))
        return [m for m in shown if not m["deleted"]]

    async def _bot_posts(self, chat: str) -> list[dict[str, Any]]:
        return [m for m in await self._posts(chat) if m["from_bot"] and not m["service"]]

    async def _gone(self, label: str) -> bool:
        chat, message_id = await self._message(label)
        message = await self._telegram.message(chat, message_id)
        return message is None or bool(message["deleted"])

    async def _see_deleted(self, expectation: Table) -> tuple[bool, str]:
        return await self._gone(expectation["deleted"]), "it still stands"

    async def _see_kept(self, expectation: Table) -> tuple[bool, str]:
        return not await self._gone(expectation["kept"]), "it is gone"

    async def _see_member(self, expectation: Table) -> tuple[bool, str]:
        user, chat = self._person(expectation["member"]), self._chat(expectation["chat"])
        member = await self._telegram.member(chat, user)
        asked = {key: expectation[key] for key in ("status", "tag", "until_date") if key in expectation}
        return all(member.get(key) == value for key, value in asked.items()), inwords.facts(member)

    async def _see_said(self, expectation: Table) -> tuple[bool, str]:
        """A post of the bot that matches; with `as` it gets a name, with `button` it must carry that button."""
        standing = await self._bot_posts(expectation["chat"])
        for post in reversed(standing):
            text = post.get("text") or post.get("caption") or ""
            if re.search(expectation["said"], text) and posts.has_button(post, expectation.get("button", "")):
                if "as" in expectation:
                    self.cast.messages[expectation["as"]] = (self._chat(expectation["chat"]), post["message_id"])
                return True, text
        return False, posts.listed(standing[-3:])

    async def _alerts(self, name: str) -> list[str]:
        return [a.get("text") or "" for a in await self.verb("alerts", user=self._person(name))]

    async def _see_alert(self, expectation: Table) -> tuple[bool, str]:
        """What a person was told since the step began."""
        texts = (await self._alerts(expectation["user"]))[self._told.get(expectation["user"], 0) :]
        return bool(texts) and re.search(expectation["alert"], texts[-1]) is not None, inwords.listed(texts)

    async def _see_call(self, expectation: Table) -> tuple[bool, str]:
        calls = await self._telegram.calls(self._mark)
        methods = [c["method"] for c in calls if c["ok"]]
        return expectation["call"] in methods, inwords.listed(methods[-5:])

    async def _see_shown(self, expectation: Table) -> tuple[bool, str]:
        """How many posts of anybody match and still stand."""
        texts = [m.get("text") or m.get("caption") or "" for m in await self._posts(expectation["chat"])]
        found = [t for t in texts if re.search(expectation["shown"], t)]
        return len(found) == int(expectation.get("times", 1)), f"{len(found)} times"

    async def _see_at_most(self, expectation: Table) -> tuple[bool, str]:
        """On no day did the bot post more than that there, whether or not it took them away again."""
        every = await self._telegram.messages(self._chat(expectation["chat"]))
        most = posts.most_a_day(every, self._story.start.tzinfo)
        return most <= int(expectation["at_most"]), f"{most} on one day"
