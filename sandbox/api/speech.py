"""What every sending method shares: the chat, its permissions, the reply, the topic and the keyboard."""

from __future__ import annotations

from typing import Any

from sandbox import errors
from sandbox.api.access import find_chat, writable
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, media, messages
from sandbox.world.entities import utf16
from sandbox.world.keyboards import inline_keyboard
from sandbox.world.records import Chat, Json, Message
from sandbox.world.rights import allowed, can
from sandbox.world.text import caption, message_text
from sandbox.world.threads import GENERAL, placed
from sandbox.world.views import chat_json, user_json


def say(world: World, args: Args, kind: str, content: Json) -> Message:
    """Put the bot's message into the chat the call names."""
    chat = writable(world, args)
    check_permission(world, chat, kind)
    markup = inline_keyboard(args.object("reply_markup"))
    content = dict(content) | reply_fields(world, chat, args.object("reply_parameters"))
    content |= thread_fields(world, chat, args.integer("message_thread_id"), content.get("reply_to_message"))
    if markup is not None:
        content["reply_markup"] = markup
    if args.flag("protect_content"):
        content["has_protected_content"] = True
    message = messages.create(world, chat, world.bot_id, content)
    message.keyboard = args.object("reply_markup") if markup is None else None
    return message


def check_permission(world: World, chat: Chat, kind: str) -> None:
    bot = world.bot_member(chat)
    noun = media.NOUN.get(kind, "messages")
    if chat.kind == "channel" and not can(bot, "can_post_messages"):
        raise bad("need administrator rights in the channel chat")
    if chat.is_group and media.permission(kind) not in allowed(chat, bot):
        raise bad(f"not enough rights to send {noun} to the chat")


def reply_fields(world: World, chat: Chat, given: Json | None) -> Json:
    if not given or not given.get("message_id"):
        return {}
    target = chat
    if given.get("chat_id") not in (None, ""):
        target = find_chat(world, as_args(chat_id=given["chat_id"]), "chat_id")
    original = messages.quoted(world, target, int(given["message_id"]))
    if original is None:
        if given.get("allow_sending_without_reply"):
            return {}
        raise bad(errors.REPLY_NOT_FOUND)
    if target is not chat:
        origin = {"type": "chat", "date": original["date"], "sender_chat": chat_json(world, target)}
        return {"external_reply": {"origin": origin, "chat": original["chat"], "message_id": original["message_id"]}}
    return {"reply_to_message": original} | quote_fields(original, str(given.get("quote") or ""))


def quote_fields(original: Json, quote: str) -> Json:
    if not quote:
        return {}
    said = original.get("text") or original.get("caption") or ""
    place = said.find(quote)
    if place < 0:
        raise bad("QUOTE_TEXT_INVALID")
    return {"quote": {"text": quote, "position": utf16(said[:place]), "is_manual": True}}


def thread_fields(world: World, chat: Chat, thread: int, replied: Json | None) -> Json:
    """General is named by no number; in a closed topic only who manages topics may write."""
    if thread and (not chat.is_forum or thread == GENERAL or thread not in chat.topics):
        raise bad(errors.THREAD_NOT_FOUND)
    fields = placed(chat, thread or None, replied)
    topic = chat.topics.get(fields.get("message_thread_id", GENERAL)) if chat.is_forum else None
    if topic is not None and topic.closed and not can(world.bot_member(chat), "can_manage_topics"):
        raise bad("TOPIC_CLOSED")
    return fields


def as_args(**values: Any) -> Args:
    args = Args(values)
    args.uploads = {}
    return args


def text_content(world: World, args: Args, *, too_long: str = errors.TEXT_TOO_LONG) -> Json:
    content = message_text(args.text("text"), args.text("parse_mode"), args.get("entities"), too_long=too_long)
    content = with_people(world, content, "entities")
    options = args.object("link_preview_options")
    return content | ({"link_preview_options": options} if options else {})


def caption_content(world: World, given: Json) -> Json:
    content = caption(given.get("caption") or "", given.get("parse_mode") or "", given.get("caption_entities"))
    content = with_people(world, content, "caption_entities")
    if content and given.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def with_people(world: World, content: Json, name: str) -> Json:
    """A mention by id carries the whole person; one of a stranger is no mention."""
    entities = [named(world, entity) for entity in content.pop(name, ())]
    kept = [entity for entity in entities if entity is not None]
    return content | ({name: kept} if kept else {})


def named(world: World, entity: Json) -> Json | None:
    if entity["type"] != "text_mention":
        return entity
    user = world.users.get(entity.pop("user_id", None) or entity.get("user", {}).get("id"))
    return entity | {"user": user_json(user)} if user else None
