"""The world as JSON and as readable text, for pages, tests and eyes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sandbox.world import World
from sandbox.world.records import Chat, Json, Message, User
from sandbox.world.views import chat_json, link_json, member_json, user_json


def whole(world: World, chat: str | None = None, *, newest: int | None = None) -> Json:
    """Everything (or one chat): bot, clock, people, chats with members and messages (the `newest`), what waits."""
    chosen = [world.chat(chat)] if chat else list(world.chats.values())
    return {
        "run": world.run,
        "last_event": world.last_event,
        "bot": user_json(world.bot),
        "clock": world.clock.face(),
        "version": world.changed.version,
        "users": [of_user(user) for user in world.users.values()],
        "chats": [of_chat(world, place, newest=newest) for place in chosen],
        "updates": {"waiting": len(world.updates.waiting), "allowed": sorted(world.updates.allowed)},
        "settings": dict(world.settings),
        "privacy": world.privacy,
        "flood": world.limits.enabled,
        "calls": world.calls.count,
    }


def of_user(user: User) -> Json:
    return user_json(user) | {"bio": user.bio, "started": user.started, "blocked": user.blocked}


def of_chat(world: World, chat: Chat, *, newest: int | None = None) -> Json:
    """The chat with all its messages, or only the `newest` so many, which keeps a long chat small."""
    shown = list(chat.messages.values())[0 if newest is None else max(0, len(chat.messages) - newest) :]
    return chat_json(world, chat) | {
        "owner": chat.owner,
        "members": [of_member(world, chat, user_id) for user_id in list(chat.members)],
        "messages": [of_message(world, message) for message in shown],
        "last_id": max(chat.messages, default=0),
        "permissions": sorted(chat.permissions),
        "slow_mode": chat.slow_mode,
        "pinned": chat.pinned,
        "links": [link_json(world, chat, link) for link in chat.links.values()],
        "requests": sorted(chat.requests),
        "topics": {str(topic.id): topic.name for topic in chat.topics.values()},
        "banned_chats": sorted(chat.banned_chats),
        "uses_tags": chat.uses_tags,
        "linked": chat.linked,
        "migrated_to": chat.migrated_to,
    }


def of_member(world: World, chat: Chat, user_id: int) -> Json:
    member = world.member(chat, user_id)
    kept = {"inside": member.inside, "tag": member.tag, "joined_at": member.joined_at}
    return {"user_id": user_id} | member_json(world, chat, member) | kept


def of_message(world: World, message: Message) -> Json:
    """The message as the Bot API has it, and what only the sandbox knows beside it."""
    shown = message.body | {
        "author": message.author,
        "from_bot": message.by_bot,
        "service": message.service,
        "seen_by_bot": message.shown,
        "deleted": not message.exists,
    }
    if message.deleted_by is not None:
        shown |= {"deleted_by": message.deleted_by, "deleted_at": message.deleted_at}
    if message.keyboard:
        shown["keyboard"] = message.keyboard
    if message.history:
        shown["history"] = message.history
    if (poll := message.body.get("poll")) and poll["id"] in world.polls:
        shown["votes"] = {str(user): options for user, options in world.polls[poll["id"]].votes.items()}
    if message.reactions:
        shown["reactions"] = {str(user): given for user, given in message.reactions.items()}
    return shown


def one_message(world: World, chat: str, message_id: int) -> Json | None:
    message = world.chat(chat).messages.get(message_id)
    return None if message is None else of_message(world, message)


def transcript(world: World, chat: Chat) -> str:
    """One line a message, times in UTC; deleted ones are struck through with who deleted them."""
    return "".join(line(world, message) + "\n" for message in chat.messages.values())


def line(world: World, message: Message) -> str:
    at = datetime.fromtimestamp(message.date, UTC).strftime("%m-%d %H:%M:%S")
    said = spoken(message.body) if not message.service else f"({message.service})"
    if message.history:
        said += " (edited)"
    for row in message.body.get("reply_markup", {}).get("inline_keyboard", ()):
        said += " " + "".join(f"[{button['text']}]" for button in row)
    if not message.exists:
        said = f"~~{said}~~ deleted by {name(world, message.deleted_by)}"
    return f"{at} #{message.id} {speaker(message.body)}: {said}"


def spoken(body: Json) -> str:
    text: Any = body.get("text") or body.get("caption") or ""
    return str(text) if "text" in body else f"<{kind_of(body)}> {text}".rstrip()


def kind_of(body: Json) -> str:
    usual = ("message_id", "date", "chat", "from", "sender_chat", "caption", "caption_entities", "reply_markup")
    return next((key for key in body if key not in usual), "?")


def speaker(body: Json) -> str:
    if "sender_chat" in body:
        return str(body["sender_chat"].get("title", "?"))
    who = body.get("from", {})
    return " ".join(filter(None, (who.get("first_name"), who.get("last_name")))) or "?"


def name(world: World, user_id: int | None) -> str:
    user = world.users.get(user_id or 0)
    return user.first_name if user else str(user_id)


def member_of(world: World, chat: str, user: str) -> Json:
    place = world.chat(chat)
    return of_member(world, place, world.user(user).id)
