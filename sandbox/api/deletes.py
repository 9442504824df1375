"""deleteMessage and deleteMessages: what may go, within two days; a batch goes whole or not at all."""

from __future__ import annotations

from sandbox import errors
from sandbox.api.access import group_of, message_of, refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, messages
from sandbox.world.records import Chat, Message
from sandbox.world.rights import can

BATCH = 100


def delete_message(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    message = message_of(world, chat, args, errors.DELETE_NOT_FOUND)
    refuse(not deletable(world, chat, message), bad(reason(chat)))
    messages.delete(world, chat, message, world.bot_id)
    return True


def delete_messages(world: World, args: Args) -> bool:
    ids = [int(message_id) for message_id in args.items_of("message_ids")]
    refuse(not ids, bad(errors.DELETE_NO_IDS))
    refuse(len(ids) > BATCH, bad(errors.DELETE_TOO_MANY))
    chat = group_of(world, args)
    known = [message for message in (world.message(chat, message_id) for message_id in dict.fromkeys(ids)) if message]
    refuse(not all(deletable(world, chat, message) for message in known), bad(reason(chat)))
    for message in known:
        messages.delete(world, chat, message, world.bot_id)
    return True


def reason(chat: Chat) -> str:
    return errors.CANNOT_DELETE if chat.kind in ("supergroup", "channel") else errors.CANNOT_DELETE_FOR_ALL


def deletable(world: World, chat: Chat, message: Message) -> bool:
    if messages.too_old(world, message) or messages.undeletable(message):
        return False
    if chat.kind == "private":
        return "dice" not in message.body or world.now() >= message.date + 86_400
    bot = world.bot_member(chat)
    if chat.kind == "group":
        return message.by_bot or bot.is_admin
    if chat.kind == "channel":
        return can(bot, "can_delete_messages") or (message.by_bot and can(bot, "can_post_messages"))
    own = message.by_bot and not message.service
    return message.id != 1 and (own or can(bot, "can_delete_messages"))


METHODS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
