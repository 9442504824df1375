"""The things a Telegram consists of, as plain records; they hold state and do nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

ANONYMOUS_BOT = 1087968824
CHANNEL_BOT = 136817688
SERVICE_USER = 777000
INSIDE = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True)
class User:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    bio: str = ""
    is_bot: bool = False
    is_premium: bool = False
    deactivated: bool = False
    started: bool = False
    blocked: bool = False
    photos: list[list[Json]] = field(default_factory=list)


@dataclass(slots=True)
class Member:
    """One person in one chat. `permissions` are those left to a restricted member, `rights` those of an admin."""

    user_id: int
    status: str = "left"
    rights: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    is_member: bool = False
    until: int = 0
    title: str = ""
    tag: str = ""
    anonymous: bool = False
    appointed_by: int = 0
    joined_at: float = 0.0
    last_post: float = 0.0

    @property
    def inside(self) -> bool:
        return self.status in INSIDE or (self.status == "restricted" and self.is_member)

    @property
    def is_admin(self) -> bool:
        return self.status in ("administrator", "creator")


@dataclass(slots=True)
class Message:
    """A message as the Bot API shows it (`body`) and what only the sandbox knows beside it."""

    chat_id: int
    id: int
    date: int
    body: Json
    author: int = 0
    by_bot: bool = False
    service: str = ""
    shown: bool = False
    history: list[Json] = field(default_factory=list)
    keyboard: Json | None = None
    deleted_by: int | None = None
    deleted_at: float = 0.0
    reactions: dict[int, list[Json]] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return self.deleted_by is None


@dataclass(slots=True)
class Link:
    url: str
    creator: int
    name: str = ""
    expires: int = 0
    member_limit: int = 0
    by_request: bool = False
    primary: bool = False
    revoked: bool = False
    used: int = 0


@dataclass(slots=True)
class JoinRequest:
    user_id: int
    date: int
    link: str = ""


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    icon: str = ""
    closed: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Chat:
    id: int
    kind: str
    title: str = ""
    username: str = ""
    owner: int = 0
    is_forum: bool = False
    big: bool = False
    uses_tags: bool = False
    hidden_members: bool = False
    join_by_request: bool = False
    privacy: bool = True
    bot_spoke_last: bool = False
    description: str = ""
    permissions: frozenset[str] = frozenset()
    slow_mode: int = 0
    linked: int = 0
    migrated_to: int = 0
    last_id: int = 0
    photo: list[Json] = field(default_factory=list)
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    links: dict[str, Link] = field(default_factory=dict)
    requests: dict[int, JoinRequest] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    banned_chats: set[int] = field(default_factory=set)

    @property
    def is_group(self) -> bool:
        return self.kind in ("group", "supergroup")


@dataclass(slots=True)
class Press:
    """A pressed button and what the bot answered to it."""

    id: str
    user: int
    chat: int
    message_id: int
    data: str
    at: float
    answer: Json | None = None


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to, and how it last went wrong."""

    url: str
    secret: str
    connections: int
    failed_at: int = 0
    failure: str = ""


@dataclass(slots=True)
class File:
    id: str
    unique_id: str
    name: str
    mime: str
    data: bytes
    path: str


@dataclass(slots=True)
class Ballot:
    """A poll and who voted for what (option numbers by user)."""

    body: Json
    chat: int
    message_id: int
    by_bot: bool = False
    votes: dict[int, list[int]] = field(default_factory=dict)
