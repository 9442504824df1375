"""What a chat is and shows: getChat, title, photo, description, permissions, pins; the bot leaves."""

from __future__ import annotations

from typing import Any

from sandbox import errors
from sandbox.api.access import chat_of, group_of, message_of, need, refuse, user_of
from sandbox.api.arguments import Args
from sandbox.api.attachments import attached
from sandbox.errors import bad
from sandbox.world import World, membership, messages
from sandbox.world.records import Chat, Json
from sandbox.world.rights import allowed, can, read_permissions
from sandbox.world.views import full_chat


def get_chat(world: World, args: Args) -> Json:
    return full_chat(world, chat_of(world, args))


def leave_chat(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    refuse(chat.kind == "private", bad("chat not found"))
    membership.leave(world, chat, world.bot_id)
    return True


def may_change_info(world: World, args: Args, reason: str) -> Chat:
    chat = group_of(world, args)
    refuse(chat.kind == "private", bad("can't change private chat"))
    bot = world.bot_member(chat)
    plain = not bot.is_admin and "can_change_info" in allowed(chat, bot)
    refuse(not can(bot, "can_change_info") and not plain, bad(reason))
    return chat


def set_title(world: World, args: Args) -> bool:
    title = args.text("title").strip()
    chat = may_change_info(world, args, errors.CHANGE_TITLE_RIGHTS)
    refuse(not title, bad("title must be non-empty"))
    if title[:128] == chat.title:
        return True
    chat.title = title[:128]
    messages.service(world, chat, world.bot_id, {"new_chat_title": chat.title})
    return True


def set_description(world: World, args: Args) -> bool:
    chat = may_change_info(world, args, errors.DESCRIPTION_RIGHTS)
    description = args.text("description")
    refuse(description == chat.description, bad("chat description is not modified"))
    chat.description = description[:255]
    return True


def set_photo(world: World, args: Args) -> bool:
    chat = may_change_info(world, args, errors.CHANGE_PHOTO_RIGHTS)
    chat.photo = attached(world, args, "photo", "photo", args)
    messages.service(world, chat, world.bot_id, {"new_chat_photo": chat.photo})
    return True


def delete_photo(world: World, args: Args) -> bool:
    chat = may_change_info(world, args, errors.CHANGE_PHOTO_RIGHTS)
    if chat.photo:
        chat.photo = []
        messages.service(world, chat, world.bot_id, {"delete_chat_photo": True})
    return True


def set_permissions(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    refuse(not chat.is_group, bad("can't change default permissions"))
    need(world, chat, "can_restrict_members", errors.PERMISSIONS_RIGHTS)
    given = args.object("permissions") or {}
    permissions = read_permissions(given, independent=args.flag("use_independent_chat_permissions"))
    refuse(permissions == chat.permissions, bad("CHAT_NOT_MODIFIED"))
    chat.permissions = permissions
    world.record("permissions", {"chat": chat.id, "permissions": sorted(permissions)})
    return True


def may_pin(world: World, args: Args) -> Chat:
    chat = group_of(world, args)
    if chat.kind == "private":
        return chat
    bot = world.bot_member(chat)
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    plain = chat.is_group and not bot.is_admin and "can_pin_messages" in allowed(chat, bot)
    refuse(not can(bot, right) and not plain, bad(errors.PIN_RIGHTS))
    return chat


def pin(world: World, args: Args) -> bool:
    chat = may_pin(world, args)
    message = message_of(world, chat, args, errors.PIN_NOT_FOUND)
    refuse(bool(message.service), bad("message can't be pinned"))
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    messages.service(world, chat, world.bot_id, {"pinned_message": messages.accessible(world, chat, message.id)})
    return True


def unpin(world: World, args: Args) -> bool:
    chat = may_pin(world, args)
    wanted = args.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    refuse(wanted not in chat.pinned, bad("message to unpin not found"))
    chat.pinned.remove(wanted)
    world.record("unpinned", {"chat": chat.id, "message_id": wanted})
    return True


def unpin_all(world: World, args: Args) -> bool:
    chat = may_pin(world, args)
    chat.pinned.clear()
    world.record("unpinned", {"chat": chat.id})
    return True


def profile_photos(world: World, args: Args) -> Json:
    user = user_of(world, args)
    start, limit = args.integer("offset"), args.integer("limit", 100)
    return {"total_count": len(user.photos), "photos": user.photos[start : start + limit]}


METHODS: dict[str, Any] = {
    "getChat": get_chat,
    "leaveChat": leave_chat,
    "setChatTitle": set_title,
    "setChatDescription": set_description,
    "setChatPhoto": set_photo,
    "deleteChatPhoto": delete_photo,
    "setChatPermissions": set_permissions,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
    "getUserProfilePhotos": profile_photos,
}
