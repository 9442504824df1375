"""Where a message points to: a reply, a quote, a reply into another chat, the source of a forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.world import media, messages
from sandbox.world.entities import utf16
from sandbox.world.records import Chat, Json
from sandbox.world.views import chat_json, user_json

if TYPE_CHECKING:
    from sandbox.world.world import World


def reply(world: World, chat: Chat, message_id: int, quote: str | None) -> Json:
    original = messages.quoted(world, chat, message_id)
    if original is None:
        raise Refused(f"no message {message_id} to reply to")
    content: Json = {"reply_to_message": original}
    if quote is not None:
        said = original.get("text") or original.get("caption") or ""
        place = said.find(quote)
        content["quote"] = text_quote(quote, utf16(said[:place]) if place > 0 else 0)
    return content


def text_quote(text: str, position: int) -> Json:
    return {"text": text, "position": position, "is_manual": True}


def forward_origin(world: World, given: Json) -> Json:
    """{"user": id} | {"hidden": "name"} | {"channel": id, "message_id"?, "signature"?} | {"chat": id}, `date`?"""
    date = given.get("date", world.date() - 3600)
    if "user" in given:
        return {"type": "user", "date": date, "sender_user": user_json(world.user(given["user"]))}
    if "hidden" in given:
        return {"type": "hidden_user", "date": date, "sender_user_name": given["hidden"]}
    if "channel" in given:
        source = chat_json(world, world.chat(given["channel"]))
        origin = {"type": "channel", "date": date, "chat": source, "message_id": given.get("message_id", 1)}
    elif "chat" in given:
        origin = {"type": "chat", "date": date, "sender_chat": chat_json(world, world.chat(given["chat"]))}
    else:
        raise Refused("forward_from needs one of user, hidden, channel, chat")
    return origin | ({"author_signature": given["signature"]} if "signature" in given else {})


def external_reply(world: World, given: Json, quote: str | None) -> Json:
    """{"origin": <forward_from>, "chat"?: id, "message_id"?, "media"?: {kind…}} plus an optional quote."""
    shown: Json = {"origin": forward_origin(world, given["origin"])}
    if "chat" in given:
        shown |= {"chat": chat_json(world, world.chat(given["chat"])), "message_id": given.get("message_id", 1)}
    if "media" in given:
        kind = given["media"]["kind"]
        rest = {key: value for key, value in given["media"].items() if key != "kind"}
        shown |= media.made_up(world, kind, rest, world.bot_id)
    content: Json = {"external_reply": shown}
    if quote is not None:
        content["quote"] = text_quote(quote, 0)
    return content
