"""What people say: a message is built from a plain description, after the checks their client would make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.errors import Refused
from sandbox.world import entities, media, messages, polls, threads
from sandbox.world.origins import external_reply, forward_origin, reply
from sandbox.world.records import ANONYMOUS_BOT, CHANNEL_BOT, SERVICE_USER, Chat, Json, Member, Message
from sandbox.world.rights import allowed
from sandbox.world.views import chat_json, user_json

if TYPE_CHECKING:
    from sandbox.world.world import World

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024


@dataclass(slots=True)
class Post:
    """One thing a person says; see the README for the fields."""

    chat: int | str
    user: int | str
    text: str | None = None
    entities: list[Json] | None = None
    caption: str | None = None
    media: Json | str | None = None
    reply_to: int | None = None
    quote: str | None = None
    external_reply: Json | None = None
    forward_from: Json | None = None
    via_bot: str | None = None
    buttons: list[list[Json]] | None = None
    thread: int | None = None
    as_chat: int | str | None = None
    media_group: str | bool | None = None
    spoiler: bool = False
    count: int = 1
    extra: Json = field(default_factory=dict)


def post(world: World, wanted: Post) -> list[Message]:
    """Post it `count` times (or as an album of `count`); refuse what Telegram would refuse."""
    chat, user = world.chat(wanted.chat), world.user(wanted.user)
    kind = wanted.media if isinstance(wanted.media, str) else (wanted.media or {}).get("kind", "text")
    check(world, chat, user.id, kind, wanted)
    sender = sender_of(world, chat, user.id, wanted.as_chat)
    group = world.random.getrandbits(60) if wanted.media_group is True else wanted.media_group
    sent = []
    for _ in range(wanted.count):
        content = content_of(world, chat, user.id, kind, wanted)
        if group:
            content["media_group_id"] = str(group)
        message = messages.create(world, chat, user.id, content, sender=sender)
        if "poll" in content:
            polls.register(world, chat, message)
        sent.append(message)
    world.member(chat, user.id).last_post = world.now()
    if chat.kind == "channel" and chat.linked:
        forward_to_group(world, chat, sent)
    return sent


def check(world: World, chat: Chat, user_id: int, kind: str, wanted: Post) -> None:
    if chat.kind == "private":
        private_check(world, chat, user_id)
        return
    member = world.member(chat, user_id)
    if chat.migrated_to:
        raise Refused(f"the group has become a supergroup: {chat.migrated_to}")
    if not member.inside and not (wanted.as_chat and chat.kind == "channel"):
        raise Refused(f"{user_id} is not in the chat ({member.status})")
    if chat.kind == "channel" and not member.is_admin:
        raise Refused("only administrators post in a channel")
    needed = media.permission(kind)
    if chat.is_group and needed not in allowed(chat, member):
        raise Refused(f"{user_id} may not post this: {needed} ({member.status})")
    slow(world, chat, member)
    threads.check_open(chat, wanted.thread, member)


def private_check(world: World, chat: Chat, user_id: int) -> None:
    user = world.users[user_id]
    if chat.id != user_id:
        raise Refused("a private chat is between one person and the bot")
    if user.blocked:
        raise Refused(f"{user_id} has blocked the bot")
    user.started = True


def slow(world: World, chat: Chat, member: Member) -> None:
    wait = member.last_post + chat.slow_mode - world.now()
    if chat.slow_mode and wait > 0 and not member.is_admin:
        raise Refused(f"slow mode: wait {wait:.0f} s")


def content_of(world: World, chat: Chat, user_id: int, kind: str, wanted: Post) -> Json:
    content = words(kind, wanted)
    if kind == "poll":
        given = described(wanted.media)
        question, options = given.pop("question", wanted.text or "?"), given.pop("options", ["yes", "no"])
        content = {"poll": polls.make(world, question, options, given)}
    elif kind != "text":
        content = media.made_up(world, kind, described(wanted.media), user_id) | content
        if wanted.spoiler:
            content["has_media_spoiler"] = True
    if wanted.reply_to is not None:
        content |= reply(world, chat, wanted.reply_to, wanted.quote)
    if wanted.external_reply is not None:
        content |= external_reply(world, wanted.external_reply, wanted.quote)
    if wanted.forward_from is not None:
        content["forward_origin"] = forward_origin(world, wanted.forward_from)
    if wanted.via_bot is not None:
        content["via_bot"] = user_json(world.user(wanted.via_bot))
    if wanted.buttons:
        content["reply_markup"] = {"inline_keyboard": wanted.buttons}
    content |= threads.placed(chat, wanted.thread, content.get("reply_to_message"))
    return content | wanted.extra


def described(given: Json | str | None) -> Json:
    return {} if given is None or isinstance(given, str) else {k: v for k, v in given.items() if k != "kind"}


def words(kind: str, wanted: Post) -> Json:
    """Text or caption with the entities Telegram finds; trimmed, counted in code points."""
    if kind == "poll":
        return {}
    name, limit = ("text", TEXT_LIMIT) if kind == "text" else ("caption", CAPTION_LIMIT)
    given = wanted.text if kind == "text" or wanted.caption is None else wanted.caption
    said = (given or "").replace("\x00", "")
    said = said if wanted.entities else said.strip()
    if kind == "text" and not said.strip():
        raise Refused("an empty message cannot be sent")
    if len(said) > limit:
        raise Refused(f"the {name} is too long: {len(said)} > {limit}")
    if not said or (kind != "text" and kind not in media.CAPTIONED):
        return {}
    marks = entities.merge(wanted.entities or (), said)
    return {name: said, ("entities" if kind == "text" else "caption_entities"): marks} if marks else {name: said}


def sender_of(world: World, chat: Chat, user_id: int, as_chat: int | str | None) -> Json | None:
    """Who the message seems to come from, when not from the person: the group (anonymous) or a channel."""
    member = world.member(chat, user_id)
    if chat.kind in ("private", "channel") or (as_chat is None and not member.anonymous):
        return None
    mask = chat if as_chat is None else world.chat(as_chat)
    if mask.id == chat.id:
        if not member.is_admin:
            raise Refused("only administrators can be anonymous")
        sender: Json = {"from": user_json(world.users[ANONYMOUS_BOT]), "sender_chat": chat_json(world, chat)}
        return sender | ({"author_signature": member.title} if member.title else {})
    if mask.id in chat.banned_chats or any(world.chats[c].owner == mask.owner for c in chat.banned_chats):
        raise Refused("channels of this owner are banned in the chat")
    if mask.kind != "channel" or not world.member(mask, user_id).is_admin:
        raise Refused(f"{user_id} does not run the channel {as_chat}")
    return {"from": user_json(world.users[CHANNEL_BOT]), "sender_chat": chat_json(world, mask)}


def forward_to_group(world: World, channel: Chat, sent: list[Message]) -> None:
    """The discussion group gets each post of its channel, from Telegram itself."""
    group = world.chats[channel.linked]
    for message in sent:
        source = chat_json(world, channel)
        origin: dict[str, Any] = {"type": "channel", "date": message.date, "chat": source, "message_id": message.id}
        skip = ("message_id", "date", "chat", "sender_chat", "reply_to_message")
        content = {key: value for key, value in message.body.items() if key not in skip}
        content |= {"forward_origin": origin, "is_automatic_forward": True}
        sender = {"from": user_json(world.users[SERVICE_USER]), "sender_chat": source}
        messages.create(world, group, SERVICE_USER, content, sender=sender)
