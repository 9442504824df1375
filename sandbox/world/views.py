"""Records as the Bot API shows them; reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.world.records import Chat, Json, Link, Member, User
from sandbox.world.rights import PERMISSIONS, editable, flags, rights_of

if TYPE_CHECKING:
    from sandbox.world.world import World

NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def user_json(user: User) -> Json:
    shown: Json = {"id": user.id, "is_bot": user.is_bot, "first_name": user.first_name}
    if user.last_name:
        shown["last_name"] = user.last_name
    if user.username:
        shown["username"] = user.username
    if user.language:
        shown["language_code"] = user.language
    if user.is_premium:
        shown["is_premium"] = True
    return shown


def chat_json(world: World, chat: Chat) -> Json:
    shown: Json = {"id": chat.id, "type": chat.kind}
    if chat.kind == "private":
        user = world.users[chat.id]
        shown["first_name"] = user.first_name
        if user.last_name:
            shown["last_name"] = user.last_name
    else:
        shown["title"] = chat.title
    if username := chat.username or (world.users[chat.id].username if chat.kind == "private" else ""):
        shown["username"] = username
    if chat.is_forum:
        shown["is_forum"] = True
    return shown


def member_json(world: World, chat: Chat, member: Member) -> Json:
    shown: Json = {"status": member.status, "user": user_json(world.users[member.user_id])}
    if member.status == "creator":
        shown["is_anonymous"] = member.anonymous
    elif member.status == "administrator":
        bot = chat.members.get(world.bot_id)
        shown["can_be_edited"] = bot is not None and editable(bot, member)
        shown["is_anonymous"] = member.anonymous
        shown.update(flags(rights_of(chat), member.rights))
    elif member.status == "restricted":
        shown["is_member"] = member.is_member
        shown.update(flags(PERMISSIONS, member.permissions))
        shown["until_date"] = member.until
    elif member.status == "kicked":
        shown["until_date"] = member.until
    if member.title and member.is_admin:
        shown["custom_title"] = member.title
    if member.tag and member.status in ("member", "restricted"):
        shown["tag"] = member.tag
    return shown


def link_json(world: World, chat: Chat, link: Link) -> Json:
    shown: Json = {
        "invite_link": link.url,
        "creator": user_json(world.users[link.creator]),
        "creates_join_request": link.by_request,
        "is_primary": link.primary,
        "is_revoked": link.revoked,
    }
    if link.name:
        shown["name"] = link.name
    if link.expires:
        shown["expire_date"] = link.expires
    if link.member_limit:
        shown["member_limit"] = link.member_limit
    if waiting := sum(request.link == link.url for request in chat.requests.values()):
        shown["pending_join_request_count"] = waiting
    return shown


def full_chat(world: World, chat: Chat) -> Json:
    """ChatFullInfo, the answer of getChat."""
    shown = chat_json(world, chat)
    shown |= {"accent_color_id": chat.id % 7, "max_reaction_count": 11, "accepted_gift_types": dict(NO_GIFTS)}
    if chat.kind == "private":
        if bio := world.users[chat.id].bio:
            shown["bio"] = bio
        return shown
    optional = {
        "active_usernames": [chat.username] if chat.username else None,
        "description": chat.description,
        "permissions": flags(PERMISSIONS, chat.permissions) if chat.is_group else None,
        "slow_mode_delay": chat.slow_mode,
        "linked_chat_id": chat.linked,
        "has_hidden_members": chat.hidden_members,
        "join_by_request": chat.join_by_request,
        "photo": chat_photo(chat.photo) if chat.photo else None,
    }
    return shown | {name: value for name, value in optional.items() if value} | _pinned_and_link(chat)


def _pinned_and_link(chat: Chat) -> Json:
    shown: Json = {}
    # The newest by when it was sent, not by when it was pinned.
    for message_id in sorted(chat.pinned, reverse=True):
        message = chat.messages.get(message_id)
        if message is not None and message.exists:
            shown["pinned_message"] = without_reply(message.body)
            break
    for link in chat.links.values():
        if link.primary and not link.revoked:
            shown["invite_link"] = link.url
    return shown


def without_reply(body: Json) -> Json:
    """A message inside another one: its own reply is not nested."""
    return {key: value for key, value in body.items() if key not in ("reply_to_message", "pinned_message")}


def chat_photo(sizes: list[Json]) -> Json:
    small, big = sizes[0], sizes[-1]
    return {
        "small_file_id": small["file_id"],
        "small_file_unique_id": small["file_unique_id"],
        "big_file_id": big["file_id"],
        "big_file_unique_id": big["file_unique_id"],
    }
