"""Messages come to be, are shown to the bot or not, change and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.world.entities import commands
from sandbox.world.records import ANONYMOUS_BOT, CHANNEL_BOT, Chat, Json, Message
from sandbox.world.views import chat_json, user_json, without_reply

if TYPE_CHECKING:
    from sandbox.world.world import World

TWO_DAYS = 172_800
FAKE_BOTS = frozenset({ANONYMOUS_BOT, CHANNEL_BOT})
UNDELETABLE = frozenset(
    {"supergroup_chat_created", "channel_chat_created", "migrate_from_chat_id", "forum_topic_created"}
)


def create(
    world: World,
    chat: Chat,
    author: int,
    content: Json,
    *,
    service: str = "",
    sender: Json | None = None,
) -> Message:
    """Add a message to a chat and show it to the bot if it may see it. `sender` replaces the usual from/sender_chat."""
    now = world.now()
    message_id = world.new_message_id(chat)
    body: Json = {"message_id": message_id, "date": int(now), "chat": chat_json(world, chat)}
    body |= sender if sender is not None else usual_sender(world, chat, author)
    body |= content
    by_bot = author == world.bot_id
    message = Message(chat.id, message_id, int(now), body, author, by_bot, service)
    chat.messages[message_id] = message
    show(world, chat, message, "message")
    if not service and world.users[author].is_bot:
        chat.bot_spoke_last = by_bot
    world.record("message", {"chat": chat.id, "message": body, "author": author})
    world.touch()
    return message


def usual_sender(world: World, chat: Chat, author: int) -> Json:
    if chat.kind == "channel":
        return {"sender_chat": chat_json(world, chat)}
    sender: Json = {"from": user_json(world.users[author])}
    member = chat.members.get(author)
    if member is not None and member.tag and not member.is_admin:
        sender["sender_tag"] = member.tag
    return sender


def service(world: World, chat: Chat, actor: int, content: Json) -> Message:
    return create(world, chat, actor, content, service=next(iter(content)))


def show(world: World, chat: Chat, message: Message, kind: str) -> None:
    if not visible(world, chat, message):
        return
    name = kind.replace("message", "channel_post") if chat.kind == "channel" else kind
    if world.updates.emit(name, message.body, f"chat{chat.id}"):
        message.shown = True


def visible(world: World, chat: Chat, message: Message) -> bool:
    """May the bot see it: its own never, as an admin or without privacy everything but other bots' messages."""
    if message.by_bot and not message.service:
        return False
    if chat.kind == "private":
        return not world.users[chat.id].blocked
    bot = world.bot_member(chat)
    if not bot.inside:
        return False
    if message.service:
        return True
    author = world.users.get(message.author)
    if author is not None and author.is_bot and author.id not in FAKE_BOTS:
        return False
    return bot.is_admin or not chat.privacy or meant_for_bot(world, chat, message)


def meant_for_bot(world: World, chat: Chat, message: Message) -> bool:
    """What privacy mode lets through: its commands, replies to it, what came through it."""
    body = message.body
    if body.get("via_bot", {}).get("id") == world.bot_id:
        return True
    if body.get("reply_to_message", {}).get("from", {}).get("id") == world.bot_id:
        return True
    own = f"@{world.bot_username}".lower()
    for command in commands(body.get("text", ""), body.get("entities", ())):
        _, at, target = command.lower().partition("@")
        if at + target == own or (not at and chat.bot_spoke_last):
            return True
    return False


def edit(world: World, chat: Chat, message: Message, content: Json, *, silent: bool = False) -> None:
    """Replace parts of a message (None takes a part out); `silent` for a change of buttons only."""
    message.history.append(message.body)
    body = {key: value for key, value in (message.body | content).items() if value is not None}
    if not silent:
        body["edit_date"] = world.date()
    message.body = body
    show(world, chat, message, "edited_message")
    world.record("edited", {"chat": chat.id, "message": body})
    world.touch()


def delete(world: World, chat: Chat, message: Message, by: int) -> None:
    """Nobody is told of a deletion but the page that watches."""
    message.deleted_by, message.deleted_at = by, world.now()
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.record("deleted", {"chat": chat.id, "message_id": message.id, "by": by})
    world.touch()


def too_old(world: World, message: Message) -> bool:
    return world.now() >= message.date + TWO_DAYS


def undeletable(message: Message) -> bool:
    return message.service in UNDELETABLE


def quoted(world: World, chat: Chat, message_id: int) -> Json | None:
    """A message as it stands inside another one, None when it is gone."""
    message = world.message(chat, message_id)
    return None if message is None else without_reply(message.body)


def inaccessible(world: World, chat: Chat, message_id: int) -> Json:
    return {"chat": chat_json(world, chat), "message_id": message_id, "date": 0}


def accessible(world: World, chat: Chat, message_id: int) -> Json:
    """MaybeInaccessibleMessage."""
    return quoted(world, chat, message_id) or inaccessible(world, chat, message_id)
