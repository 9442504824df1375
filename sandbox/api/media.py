"""The methods that send a file or an album, and those that copy or forward."""

from __future__ import annotations

from typing import Any

from sandbox import errors
from sandbox.api.access import chat_of, refuse, writable
from sandbox.api.arguments import Args
from sandbox.api.attachments import attached, input_media
from sandbox.api.speech import caption_content, check_permission, reply_fields, say, thread_fields
from sandbox.errors import bad
from sandbox.world import World, messages, polls
from sandbox.world.keyboards import inline_keyboard
from sandbox.world.media import CAPTIONED
from sandbox.world.origins import forward_origin
from sandbox.world.records import Chat, Json, Message

ALBUM = 10
PRIVATE_FIELDS = (
    "message_id", "date", "chat", "from", "sender_chat", "sender_tag", "edit_date", "reply_to_message", "via_bot",
    "message_thread_id", "is_topic_message", "forward_origin", "is_automatic_forward", "author_signature",
    "reply_markup", "media_group_id", "external_reply", "quote", "has_protected_content",
)  # fmt: skip


def sender(kind: str) -> Any:
    """The sending method of one kind of file."""

    def send(world: World, args: Args) -> Json:
        content: Json = {kind: attached(world, args, kind, kind, args)}
        if kind == "animation":
            content["document"] = {name: content[kind][name] for name in ("file_id", "file_unique_id", "file_size")}
        if kind in CAPTIONED:
            content |= caption_content(world, args)
        if args.flag("has_spoiler"):
            content["has_media_spoiler"] = True
        return say(world, args, kind, content).body

    return send


def send_media_group(world: World, args: Args) -> list[Json]:
    """Two to ten pieces under one media_group_id; all or none."""
    given = args.items_of("media")
    refuse(not given, bad(errors.ALBUM_EMPTY))
    refuse(len(given) > ALBUM, bad(errors.ALBUM_TOO_LONG))
    pieces = []
    for piece in given:
        kind, content = input_media(world, args, piece)
        pieces.append((kind, content | caption_content(world, piece)))
    kinds = {kind for kind, _ in pieces}
    refuse(len(kinds) > 1 and bool(kinds & {"document", "audio"}), bad("media of different types can't be mixed"))
    group = str(world.random.getrandbits(60))
    return [say(world, args, kind, content | {"media_group_id": group}).body for kind, content in pieces]


def source(world: World, args: Args, message_id: int) -> tuple[Chat, Message]:
    chat = chat_of(world, args, "from_chat_id")
    message = world.message(chat, message_id)
    if message is None or message.service:
        raise bad("message to copy not found" if message is None else "message can't be copied")
    return chat, message


def content_of(message: Message) -> Json:
    return {name: value for name, value in message.body.items() if name not in PRIVATE_FIELDS}


def repeat(world: World, args: Args, content: Json) -> Message:
    chat = writable(world, args)
    kind = next((name for name in content if name not in ("entities", "caption", "caption_entities")), "text")
    check_permission(world, chat, kind)
    content |= reply_fields(world, chat, args.object("reply_parameters"))
    content |= thread_fields(world, chat, args.integer("message_thread_id"), content.get("reply_to_message"))
    return messages.create(world, chat, world.bot_id, content)


def copy_message(world: World, args: Args) -> Json:
    _, original = source(world, args, args.integer("message_id"))
    content = copied(world, original)
    if "caption" in args and "text" not in content:
        content = {k: v for k, v in content.items() if k not in ("caption", "caption_entities")}
        content |= caption_content(world, args)
    if (markup := inline_keyboard(args.object("reply_markup"))) is not None:
        content["reply_markup"] = markup
    return {"message_id": registered(world, repeat(world, args, content)).id}


def copied(world: World, original: Message) -> Json:
    content = content_of(original)
    if "poll" in content:
        poll = content["poll"]
        fresh = polls.make(world, poll["question"], [option["text"] for option in poll["options"]], {})
        content["poll"] = {key: poll.get(key, value) for key, value in fresh.items()} | {
            key: fresh[key] for key in ("id", "options", "total_voter_count", "is_closed")
        }
    return content


def registered(world: World, message: Message) -> Message:
    if "poll" in message.body and "forward_origin" not in message.body:
        polls.register(world, world.chats[message.chat_id], message)
    return message


def many(one: Any) -> Any:
    """The batch form of copy or forward: what is not there is skipped, nothing found is an error."""

    def batch(world: World, args: Args) -> list[Json]:
        ids = [int(message_id) for message_id in args.items_of("message_ids")]
        refuse(not ids, bad(errors.DELETE_NO_IDS))
        refuse(len(ids) > 100, bad(errors.DELETE_TOO_MANY))
        refuse(ids != sorted(set(ids)), bad("message identifiers must be in a strictly increasing order"))
        chat = chat_of(world, args, "from_chat_id")
        there = [i for i in ids if (m := world.message(chat, i)) is not None and not m.service]
        refuse(not there, bad("there are no messages to forward"))
        sent = []
        for message_id in there:
            args["message_id"] = message_id
            sent.append({"message_id": one(world, args)["message_id"]})
        return sent

    return batch


def forward_message(world: World, args: Args) -> Json:
    chat, original = source(world, args, args.integer("message_id"))
    refuse("has_protected_content" in original.body, bad("message can't be forwarded"))
    origin = original.body.get("forward_origin") or origin_of(world, chat, original)
    return repeat(world, args, content_of(original) | {"forward_origin": origin}).body


def origin_of(world: World, chat: Chat, original: Message) -> Json:
    body = original.body
    if chat.kind == "channel":
        return forward_origin(world, {"channel": chat.id, "message_id": original.id, "date": original.date})
    if "sender_chat" in body:
        return {"type": "chat", "date": original.date, "sender_chat": body["sender_chat"]}
    return forward_origin(world, {"user": body["from"]["id"], "date": original.date})


METHODS: dict[str, Any] = {
    "sendPhoto": sender("photo"),
    "sendVideo": sender("video"),
    "sendAnimation": sender("animation"),
    "sendDocument": sender("document"),
    "sendAudio": sender("audio"),
    "sendVoice": sender("voice"),
    "sendVideoNote": sender("video_note"),
    "sendSticker": sender("sticker"),
    "sendLivePhoto": sender("live_photo"),
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "copyMessages": many(copy_message),
    "forwardMessage": forward_message,
    "forwardMessages": many(forward_message),
}
