"""Changing what the bot said: text, caption, media, buttons; closing its polls."""

from __future__ import annotations

from sandbox import errors
from sandbox.api.access import group_of, message_of, refuse
from sandbox.api.arguments import Args
from sandbox.api.attachments import input_media
from sandbox.api.speech import caption_content, text_content
from sandbox.errors import bad
from sandbox.world import World, messages, polls
from sandbox.world.keyboards import inline_keyboard
from sandbox.world.records import Chat, Json, Message
from sandbox.world.rights import can

CAPTION_FIELDS = ("caption", "caption_entities", "show_caption_above_media")


def editable(world: World, args: Args) -> tuple[Chat, Message]:
    """The bot's own message that the call names (in channels also others', by right)."""
    refuse(bool(args.text("inline_message_id")), bad("MESSAGE_ID_INVALID"))
    chat = group_of(world, args)
    message = message_of(world, chat, args, errors.EDIT_NOT_FOUND)
    in_channel = chat.kind == "channel" and can(world.bot_member(chat), "can_edit_messages")
    refuse(not message.by_bot and not in_channel, bad(errors.EDIT_FOREIGN))
    refuse(bool(message.service) or "forward_origin" in message.body, bad(errors.EDIT_FOREIGN))
    return chat, message


def replace(world: World, chat: Chat, message: Message, content: Json, args: Args, *, silent: bool = False) -> Json:
    """Apply an edit; a keyboard that is not given again is gone, an edit that changes nothing is refused."""
    content["reply_markup"] = inline_keyboard(args.object("reply_markup"))
    same = all(message.body.get(name) == value for name, value in content.items())
    refuse(same, bad(errors.NOT_MODIFIED))
    messages.edit(world, chat, message, content, silent=silent)
    return message.body


def edit_text(world: World, args: Args) -> Json:
    content = {"entities": None, "link_preview_options": None}
    content |= text_content(world, args, too_long=errors.EDIT_TOO_LONG)
    chat, message = editable(world, args)
    refuse("text" not in message.body, bad("there is no text in the message to edit"))
    return replace(world, chat, message, content, args)


def edit_caption(world: World, args: Args) -> Json:
    content: Json = dict.fromkeys(CAPTION_FIELDS) | caption_content(world, args)
    chat, message = editable(world, args)
    refuse("text" in message.body or "poll" in message.body, bad("there is no caption in the message to edit"))
    return replace(world, chat, message, content, args)


def edit_markup(world: World, args: Args) -> Json:
    chat, message = editable(world, args)
    return replace(world, chat, message, {}, args, silent=True)


def edit_media(world: World, args: Args) -> Json:
    chat, message = editable(world, args)
    given = args.object("media") or {}
    _, content = input_media(world, args, given)
    gone = dict.fromkeys((*CAPTION_FIELDS, "text", "entities", "photo", "video", "animation", "audio", "document"))
    return replace(world, chat, message, gone | content | caption_content(world, given), args)


def stop_poll(world: World, args: Args) -> Json:
    chat = group_of(world, args)
    message = message_of(world, chat, args, "message with poll to stop not found")
    refuse("poll" not in message.body, bad("message with poll to stop not found"))
    refuse(not message.by_bot, bad("poll can't be stopped"))
    refuse(message.body["poll"]["is_closed"], bad("poll has already been closed"))
    body = polls.close(world, message.body["poll"]["id"])
    messages.edit(world, chat, message, {"reply_markup": inline_keyboard(args.object("reply_markup"))}, silent=True)
    return body


METHODS = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_markup,
    "editMessageMedia": edit_media,
    "stopPoll": stop_poll,
}
