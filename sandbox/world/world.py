"""The whole of the sandbox's Telegram as one value: who is there, what was said, what time it is."""

from __future__ import annotations

import heapq
import random
import secrets
from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import Any

from sandbox.errors import Refused
from sandbox.world.calls import Calls
from sandbox.world.clock import Clock, Signal
from sandbox.world.failures import Failures
from sandbox.world.limits import Limits
from sandbox.world.records import (
    ANONYMOUS_BOT,
    CHANNEL_BOT,
    SERVICE_USER,
    Ballot,
    Chat,
    File,
    Json,
    Member,
    Message,
    Press,
    User,
    Webhook,
)
from sandbox.world.rights import settle
from sandbox.world.symbols import as_id
from sandbox.world.telling import Telling
from sandbox.world.updates import Updates

TOKEN = "424242:sandbox"  # noqa: S105 - opens nothing but the sandbox
EVENTS_KEPT = 20_000
FIRST_USER, FIRST_GROUP, FIRST_SUPERGROUP, FIRST_UPDATE = 10_001, -40_001, -1_002_000_000_001, 700_000_001


class World:
    """State with look-ups; what people and the bot do to it lives in the modules beside this one."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        bot_username: str = "dengta_bot",
        seed: int = 0,
        start: float | None = None,
        rate: float = 1.0,
        clock: Clock | None = None,
    ) -> None:
        self.token, self.bot_username, self.seed, self.start = token, bot_username, seed, start
        self.bot_id = as_id(token.partition(":")[0]) or 424242
        self.clock = clock or Clock(start, rate)
        self.changed = Signal()
        self.updates = Updates(self.clock.now, FIRST_UPDATE)
        self.calls = Calls()
        self.last_event = 0
        self.run = secrets.token_hex(8)
        self.snapshots: dict[str, Json] = {}
        self.telling = Telling()
        self.reset()

    def reset(self) -> None:
        """Empty the world; the clock, the bot and the numbers of updates, calls and events go on."""
        self.random = random.Random(self.seed)  # noqa: S311 - repeatable on purpose
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.names: dict[str, int] = {}
        self.updates.reset()
        self.calls.log.clear()
        self.failures = Failures()
        self.limits = Limits()
        self.presses: dict[str, Press] = {}
        self.files: dict[str, File] = {}
        self.polls: dict[str, Ballot] = {}
        self.inline_answers: dict[str, Json | None] = {}
        self.settings: dict[str, Any] = {}
        self.webhook: Webhook | None = None
        self.privacy = True
        self.strict_polling = False
        self.last_poll: tuple[int, float] = (-1, 0.0)
        self.events: deque[tuple[int, float, str, Json]] = deque(maxlen=EVENTS_KEPT)
        self._serial = self._private_messages = self._timer = 0
        self._users, self._groups, self._supergroups = FIRST_USER, FIRST_GROUP, FIRST_SUPERGROUP
        self._timers: list[tuple[float, int, Callable[[], None]]] = []
        self._settle_in()
        self.touch()

    def _settle_in(self) -> None:
        self.add_user(User(self.bot_id, "灯塔", username=self.bot_username, is_bot=True))
        self.add_user(User(ANONYMOUS_BOT, "Group", username="GroupAnonymousBot", is_bot=True))
        self.add_user(User(CHANNEL_BOT, "Channel", username="Channel_Bot", is_bot=True))
        self.add_user(User(SERVICE_USER, "Telegram"))

    @property
    def bot(self) -> User:
        return self.users[self.bot_id]

    def now(self) -> float:
        return self.clock.now()

    def date(self) -> int:
        return int(self.clock.now())

    def touch(self) -> None:
        self.changed.bump()

    def record(self, kind: str, data: Json) -> None:
        """Note an event for the pages that watch."""
        self.last_event += 1
        self.events.append((self.last_event, self.clock.now(), kind, data))

    def events_after(self, number: int) -> list[tuple[int, float, str, Json]]:
        """The events kept above that number, oldest first."""
        gone = self.last_event - len(self.events)
        return list(islice(self.events, max(0, number - gone), None))

    def serial(self) -> int:
        self._serial += 1
        return self._serial

    def new_user_id(self) -> int:
        while self._users in self.users:
            self._users += 1
        return self._users

    def new_chat_id(self, kind: str) -> int:
        if kind == "group":
            while self._groups in self.chats:
                self._groups -= 1
            return self._groups
        while self._supergroups in self.chats:
            self._supergroups -= 1
        return self._supergroups

    def new_message_id(self, chat: Chat) -> int:
        """Supergroups and channels count for themselves; private chats and basic groups share one row."""
        if chat.kind in ("supergroup", "channel"):
            chat.last_id += 1
            return chat.last_id
        self._private_messages += 1
        chat.last_id = self._private_messages
        return chat.last_id

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        if user.username:
            self.names[user.username.lower()] = user.id
        return user

    def rename(self, owner: User | Chat, username: str) -> None:
        self.names.pop(owner.username.lower(), None)
        owner.username = username
        if username:
            self.names[username.lower()] = owner.id

    def user(self, key: int | str) -> User:
        """A person by id or @username; refuses when there is none."""
        user = self.users.get(self.resolve(key))
        if user is None:
            raise Refused(f"no such user: {key}")
        return user

    def chat(self, key: int | str) -> Chat:
        """A chat by id or @username; a user's id is the private chat between them and the bot."""
        chat_id = self.resolve(key)
        if chat_id in self.users:
            return self.private(chat_id)
        chat = self.chats.get(chat_id)
        if chat is None:
            raise Refused(f"no such chat: {key}")
        return chat

    def resolve(self, key: int | str) -> int:
        if isinstance(key, int):
            return key
        number = as_id(key.strip())
        return self.names.get(key.strip().lstrip("@").lower(), 0) if number is None else number

    def private(self, user_id: int) -> Chat:
        chat = self.chats.get(user_id)
        if chat is None:
            chat = self.chats[user_id] = Chat(user_id, "private")
        return chat

    def member(self, chat: Chat, user_id: int) -> Member:
        """The person's standing in the chat as of now; a stranger's is `left` and is not kept."""
        member = chat.members.get(user_id)
        return Member(user_id) if member is None else settle(member, self.clock.now())

    def bot_member(self, chat: Chat) -> Member:
        return self.member(chat, self.bot_id)

    def message(self, chat: Chat, message_id: int) -> Message | None:
        """The message if it is there and has not been deleted."""
        found = chat.messages.get(message_id)
        return found if found is not None and found.exists else None

    def at(self, moment: float, action: Callable[[], None]) -> None:
        """Do something when the virtual clock gets there."""
        self._timer += 1
        heapq.heappush(self._timers, (moment, self._timer, action))
        self.clock.changed.bump()

    def next_due(self) -> float | None:
        return self._timers[0][0] if self._timers else None

    def run_due(self) -> None:
        """Do what is due by now, in order."""
        now = self.clock.now()
        while self._timers and self._timers[0][0] <= now:
            _, _, action = heapq.heappop(self._timers)
            action()
            self.touch()
