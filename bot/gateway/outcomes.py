"""What became of an act, and what the shell may ask Telegram; values and protocols only, nothing is sent from here."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from bot.gateway.introduction import Shown
from rules.conduct.effects import Act, Phrase

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Done(NamedTuple):
    """Telegram did it, or it had been done before; `result` keeps what later acts need (`message_id`)."""

    result: Mapping[str, Any] = NOTHING


class Refused(NamedTuple):
    """Telegram will never do it. `reason` is one of the words of `refusals.py` or Telegram's own sentence."""

    reason: str


class Held(NamedTuple):
    """Not possible now: `inactive` (the bot is not in that chat) or `right:NAME` (the bot lacks that right)."""

    cause: str


class Later(NamedTuple):
    """A flood limit: the same chat may be called in this way after `seconds`."""

    seconds: float


class Migrated(NamedTuple):
    """The group has become a supergroup under another id."""

    new_chat_id: int


class Again(NamedTuple):
    """It did not work, surely or harmlessly; it may be tried again."""

    reason: str


class Unknown(NamedTuple):
    """The request left, no answer came, and a second one could do it twice."""

    reason: str


Outcome = Done | Refused | Held | Later | Migrated | Again | Unknown

EXPIRED = "expired"
# deleteMessages takes no more.
DELETED_AT_ONCE = 100


class Place(NamedTuple):
    """Where an act goes, what the act before it left behind, and the ids of the buttons of a post."""

    chat_id: int
    after: Mapping[str, Any] = NOTHING
    button_ids: Sequence[Sequence[str]] = ()


class Performable(Protocol):
    """The part of an errand of the outbox that sending needs."""

    @property
    def act(self) -> Act: ...

    @property
    def created_at(self) -> int: ...


class Renderer(Protocol):
    """Turns phrases into what Telegram shows: a post, an alert, the label of a button."""

    def html(self, words: Phrase | Sequence[Phrase], language: str) -> str: ...

    def plain(self, words: Phrase | Sequence[Phrase], language: str) -> str: ...

    def label(self, phrase: Phrase, language: str) -> str: ...


class BotInfo(NamedTuple):
    """The bot itself, as getMe tells it."""

    id: int
    username: str
    name: str
    reads_everything: bool = False


class MemberInfo(NamedTuple):
    """A person in a chat, as getChatMember tells it. `until` 0: no end; `rights` are names as Telegram has them."""

    user_id: int
    name: str
    username: str
    is_bot: bool
    status: str
    rights: frozenset[str] = frozenset()
    anonymous: bool = False
    tag: str | None = None
    until: int = 0
    may_send: bool = True


class ChatInfo(NamedTuple):
    """`permissions` are what everybody there may do, in Telegram's words; `pinned` is the newest pinned message."""

    id: int
    kind: str
    title: str
    username: str
    is_forum: bool
    linked_chat_id: int
    permissions: frozenset[str] = frozenset()
    pinned: int = 0


class WebhookInfo(NamedTuple):
    """What Telegram does for this bot, as getWebhookInfo tells it. `url` "": it waits to be polled."""

    url: str
    waiting: int = 0
    failed_at: int = 0
    failure: str = ""


class GatewayError(Exception):
    """Why a question to Telegram got no answer; never holds the token."""


class Unavailable(GatewayError):
    """Telegram cannot be reached or asks to wait `retry_after` seconds."""

    def __init__(self, reason: str, retry_after: float = 0.0) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class CallRefused(GatewayError):
    """Telegram answered no."""

    def __init__(self, code: int, reason: str, migrated_to: int = 0) -> None:
        super().__init__(f"{code} {reason}")
        self.code = code
        self.reason = reason
        self.migrated_to = migrated_to


class TooLarge(GatewayError):
    """A file has more bytes than were asked for; none of it was kept."""

    def __init__(self) -> None:
        super().__init__("the file is too large")


class TokenRefused(GatewayError):
    """getMe was refused twice: the token is unknown or revoked."""

    def __init__(self) -> None:
        super().__init__("Telegram refuses the token")


class Gateway(Protocol):
    """Everything the shell may do with Telegram. Reads raise `GatewayError`; `perform` raises only `TokenRefused`."""

    async def perform(self, errand: Performable, place: Place) -> Outcome: ...

    async def get_me(self) -> BotInfo: ...

    async def chat(self, chat_id: int) -> ChatInfo: ...

    async def administrators(self, chat_id: int) -> list[MemberInfo]: ...

    async def member(self, chat_id: int, user_id: int) -> MemberInfo: ...

    async def member_count(self, chat_id: int) -> int: ...

    async def download(self, file_id: str, most: int) -> bytes: ...

    async def updates(
        self,
        offset: int,
        limit: int,
        timeout: int,  # noqa: ASYNC109 - Telegram's own long poll
        allowed: Sequence[str],
    ) -> bytes: ...

    async def shows(self, one: Shown) -> bool: ...

    async def show(self, one: Shown) -> None: ...

    async def set_webhook(self, url: str, secret: str, connections: int, allowed: Sequence[str]) -> None: ...

    async def webhook_info(self) -> WebhookInfo: ...

    async def delete_webhook(self) -> None: ...
