"""What a handler knows of the update before it: the Unit, the services, the group, who asks, and in which language."""

from contextvars import ContextVar
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

from telegram import Message, Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.conduct.policies import zone_of
from bot.roles import Actor, Place
from bot.services import Services
from bot.storage import Unit, groups, users
from bot.storage.groups import GroupRow
from bot.texts import FALLBACK, language_of
from rules.conduct.policy import DEFAULTS, Policy
from rules.conduct.policy_layers import Loaded

GROUP_TYPES, PRIVATE = frozenset({"group", "supergroup"}), "private"
GROUP_ANONYMOUS_BOT, CHANNEL_BOT = 1087968824, 136817688
# What looking at a group found: it is there, it is none of the bot's any more, nobody answered.
FRESH, GONE, SILENT = "fresh", "gone", "silent"


class Document(NamedTuple):
    """A file that somebody sent; `problem` says why there are no bytes."""

    file_name: str
    data: bytes = b""
    problem: Literal["", "too_large", "unreachable"] = ""


class Fetched(NamedTuple):
    """What had to be asked of Telegram before the Unit opened: the name a member carries now, what everybody may do.

    `looked` is FRESH, GONE, SILENT or "" where nobody asked; `members` how many there are where the bot was brought;
    `reads_all`: what getMe says of privacy; `document`: the file that was waited for.
    """

    user_id: int = 0
    name: str = ""
    tag: str = ""
    known: bool = False
    permissions: frozenset[str] | None = None
    members: int = 0
    looked: str = ""
    reads_all: bool = False
    document: Document | None = None


class Opened(NamedTuple):
    unit: Unit
    services: Services
    fetched: Fetched


opened: ContextVar[Opened] = ContextVar("opened")


class Talk(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """One update being answered. `at` is the event's time in Unix seconds; `thread` the topic it came from, or 0,
    `topic` its name where that is told; `numbered` how
    an order in private begins for whoever leads several groups."""

    unit: Unit
    services: Services
    fetched: Fetched
    group: GroupRow | None
    outside: GroupRow | None
    actor: Actor
    language: str
    at: int
    update_id: int
    chat_id: int
    message_id: int
    thread: int
    topic: str
    private: bool
    telegram_language: str
    query_id: str
    press_answered: bool
    numbered: str
    said: int

    @classmethod
    def from_update(cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]") -> "Talk":
        made = super().from_update(update, application)
        made.unit, made.services, made.fetched = opened.get()
        if isinstance(update, Update):
            made.read(update)
        return made

    def read(self, update: Update) -> None:
        message, query = update.effective_message, update.callback_query
        self.update_id = update.update_id
        self.query_id = query.id if query else ""
        self.chat_id = update.effective_chat.id if update.effective_chat else 0
        self.private = update.effective_chat is None or update.effective_chat.type == PRIVATE
        self.message_id = message.message_id if message else 0
        in_topic = isinstance(message, Message) and message.is_topic_message
        self.thread = (message.message_thread_id or 0) if isinstance(message, Message) and in_topic else 0
        self.topic = topic_of(message) if isinstance(message, Message) and in_topic else ""
        sent = int(message.date.timestamp()) if isinstance(message, Message) and not query else 0
        self.at = sent or int(self.services.clock.now())
        self.actor = actor_of(update, self.services)
        user = update.effective_user
        self.telegram_language = language_of((user.language_code if user else "") or "")
        self.said = 0
        self.press_answered = False
        self.numbered = ""

    async def refresh_data(self) -> None:
        """Called by the application before the handler: what the tables know."""
        self.group = None if self.private else (await groups.by_chats(self.unit, [self.chat_id])).get(self.chat_id)
        self.outside = self.group if self.group is not None and self.group.state in groups.OUTSIDE else None
        if self.outside is not None:
            # Nobody has let the bot in there: nothing that is said concerns it.
            self.group = None
        if self.group is not None:
            self.language = self.group.language
        else:
            known = (await users.get(self.unit, [self.actor.user_id])).get(self.actor.user_id)
            self.language = (known.language if known else "") or self.telegram_language or FALLBACK

    async def loaded(self) -> Loaded:
        """The policy of the group with the origin of each value; the defaults where no group is meant."""
        if self.group is None:
            return Loaded(DEFAULTS, {})
        return (await self.services.moderator.ruled(self.unit, self.group)).loaded

    async def policy(self) -> Policy:
        return (await self.loaded()).policy

    @property
    def place(self) -> Place:
        """Where something would be done: the group that is meant now, 0 for none."""
        return Place(self.group.id if self.group else 0, self.private)

    @property
    def public_language(self) -> str:
        """Of what everybody here reads; `language` is that of whoever is answered alone."""
        return self.language if self.private or self.group is None else self.group.language

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.group) if self.group else ZoneInfo("UTC")


def topic_of(message: Message) -> str:
    """The topic's first name: every message in it that answers no other answers the one that opened it."""
    opened_by = message.reply_to_message
    made = opened_by.forum_topic_created if opened_by is not None else None
    return made.name if made is not None else ""


def actor_of(update: Update, services: Services) -> Actor:
    """Who asks. A press always has a person behind it; a message may speak for the group or for a channel."""
    user = update.effective_user
    if user is None:
        return Actor(0)
    sender = update.message.sender_chat if update.message else None
    return Actor(
        user.id,
        user.full_name,
        user.username or "",
        operator=sender is None and user.id in services.settings.operators.user_ids,
        anonymous=sender is not None and update.message is not None and sender.id == update.message.chat.id,
        channel=sender is not None and update.message is not None and sender.id != update.message.chat.id,
        at=int(services.clock.now()),
    )


def actor_before(services: Services, user_id: int) -> Actor:
    """Who asks, where something is fetched before their Unit opens: power that lasts until later counts there too."""
    named = user_id in services.settings.operators.user_ids
    return Actor(user_id, operator=named, at=int(services.clock.now()))
