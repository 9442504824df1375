"""Plays a story on a running sandbox over its control API and says what came true; knows nothing of the bot inside."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox import inwords, posts
from sandbox.client import SandboxClient, VerbRefused
from sandbox.seeing import Cast, Seer, Untrue
from sandbox.story import OWN_ACTIONS, Scene, Step, Story, Table

PATIENCE = 15.0
GLANCE = 0.05

Own = Mapping[str, Callable[[], Awaitable[Any]]]
NOT_TOLD = {"called"}


class Player:
    """`own` are the actions on the bot's process (kill_bot, start_bot, stop_bot; claim: the word it printed)."""

    def __init__(self, url: str, story: Story, own: Own) -> None:
        self._telegram = SandboxClient(url)
        self._story, self._own = story, own
        self.cast = Cast()
        self.checked = 0
        self._seer = Seer(self._telegram, story, self.cast)
        self._running = True

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
        self._seer.mark = await self._telegram.last_call()
        self._seer.told = {e["user"]: len(await self._seer.alerts(e["user"])) for e in step.expect if "alert" in e}
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
        elif step.do == "follow":
            await self._follow(**await self._arguments(step))
        else:
            self._running = step.do == "start_bot"
            await self._own[step.do]()

    async def _follow(self, user: int, button: str, chat: int, message_id: int, into: str) -> None:
        """Open the invite link behind a button; `into` is the chat it leads to."""
        message = await self._telegram.message(chat, message_id)
        url = posts.url_of(message or {}, button)
        if not url:
            raise Untrue(f"no button {button} with a link")
        await self.verb("join", chat=self.cast.chat(into), user=user, via_link=url)

    async def _arguments(self, step: Step) -> dict[str, Any]:
        arguments = self._resolved(step.arguments)
        if isinstance(on := step.arguments.get("on"), str):
            del arguments["on"]
            arguments["chat"], arguments["message_id"] = self.cast.message(on)
        return arguments

    def _resolved(self, arguments: Table) -> dict[str, Any]:
        """Names of people and chats → ids, `reply_to` a label → a message id."""
        result = dict(arguments)
        for key in ("user", "by", "owner", "added_by"):
            if isinstance(result.get(key), str):
                result[key] = self.cast.person(result[key])
        for key in ("chat", "channel"):
            if isinstance(result.get(key), str):
                result[key] = self.cast.chat(result[key])
        if isinstance(result.get("reply_to"), str):
            result["reply_to"] = self.cast.messages[result["reply_to"]][1]
        if isinstance(result.get("text"), str):
            result["text"] = re.sub(r"\{id:(\w+)\}", lambda m: str(self.cast.people[m[1]]), result["text"])
        return result

    def _remember(self, step: Step, result: Any) -> None:
        if step.do == "upgrade":
            self.cast.chats[step.arguments["chat"]] = result["id"]
        if step.label and step.do == "post":
            self.cast.messages[step.label] = (self._resolved(step.arguments)["chat"], result["message_id"])

    async def _wait_for(self, expectation: Table, place: str) -> None:
        """Look until it is true; `silent` must stay true for its seconds."""
        if "silent" in expectation:
            await self._stay_silent(expectation, place)
            return
        deadline = time.monotonic() + float(expectation.get("within", PATIENCE))
        seen = "nothing"
        while True:
            true, seen = await self._seer.look(expectation)
            if true:
                self.checked += 1
                return
            if time.monotonic() > deadline:
                raise Untrue(f"{place}: {inwords.expected(expectation, self._said_name)}; seen was: {seen}")
            await asyncio.sleep(GLANCE)

    async def _stay_silent(self, expectation: Table, place: str) -> None:
        before = await self._seer.bot_posts(expectation["silent"])
        await asyncio.sleep(float(expectation.get("seconds", 0.5)))
        after = await self._seer.bot_posts(expectation["silent"])
        if len(after) != len(before):
            raise Untrue(f"{place}: the bot should have said nothing, it said {posts.listed(after[len(before) :])}")
        self.checked += 1
