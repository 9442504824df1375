"""Who is in a chat and as what: every change of standing goes through `change`, which tells the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.errors import Refused
from sandbox.world import messages
from sandbox.world.records import Chat, Json, Link, Member
from sandbox.world.rights import EVERY_PERMISSION, can, named_rights
from sandbox.world.views import chat_json, link_json, member_json, user_json

if TYPE_CHECKING:
    from sandbox.world.world import World

BLANK: dict[str, Any] = {
    "rights": frozenset(),
    "permissions": frozenset(),
    "is_member": False,
    "until": 0,
    "title": "",
    "anonymous": False,
    "appointed_by": 0,
}


def change(
    world: World,
    chat: Chat,
    user_id: int,
    actor: int,
    *,
    link: Link | None = None,
    via_request: bool = False,
    **fields: Any,
) -> Member:
    """Set someone's standing; the bot hears of its own always, of others' as an admin who asked for it."""
    member = chat.members.setdefault(user_id, Member(user_id))
    world.member(chat, user_id)
    before = member_json(world, chat, member)
    was_inside = member.inside
    for name, value in fields.items():
        setattr(member, name, value)
    if member.inside and not was_inside:
        member.joined_at = world.now()
    if not member.inside:
        member.tag = ""
    after = member_json(world, chat, member)
    if before != after:
        _announce(world, chat, user_id, actor, before, after, link, via_request)
    return member


def _announce(
    world: World, chat: Chat, user_id: int, actor: int, before: Json, after: Json, link: Link | None, via: bool
) -> None:
    told: Json = {
        "chat": chat_json(world, chat),
        "from": user_json(world.users[actor]),
        "date": world.date(),
        "old_chat_member": before,
        "new_chat_member": after,
    }
    if link is not None:
        told["invite_link"] = link_json(world, chat, link)
    if via:
        told["via_join_request"] = True
    if user_id == world.bot_id:
        world.updates.emit("my_chat_member", told, f"mine{chat.id}")
    elif world.bot_member(chat).is_admin:
        world.updates.emit("chat_member", told, f"user{user_id}")
    world.record("member", {"chat": chat.id, "user": user_id, "by": actor, "from": before, "to": after})
    world.touch()


def announces_joins(chat: Chat) -> bool:
    return chat.is_group and not chat.big and not chat.hidden_members


def enter(
    world: World, chat: Chat, user_id: int, actor: int, *, link: Link | None = None, via_request: bool = False
) -> None:
    """Someone comes in; a restricted one stays restricted."""
    member = world.member(chat, user_id)
    if member.inside:
        raise Refused("already in the chat")
    chat.requests.pop(user_id, None)
    if member.status == "restricted":
        change(world, chat, user_id, actor, link=link, via_request=via_request, is_member=True)
    else:
        change(world, chat, user_id, actor, link=link, via_request=via_request, **BLANK | {"status": "member"})
    if announces_joins(chat):
        messages.service(world, chat, actor, {"new_chat_members": [user_json(world.users[user_id])]})


def leave(world: World, chat: Chat, user_id: int) -> None:
    member = world.member(chat, user_id)
    if not member.inside:
        raise Refused("not in the chat")
    gone = {"is_member": False} if member.status == "restricted" else BLANK | {"status": "left"}
    change(world, chat, user_id, user_id, **gone)
    _say_left(world, chat, user_id, user_id)


def remove(world: World, chat: Chat, user_id: int, actor: int, *, ban: bool, until: int = 0) -> None:
    """Put someone out, for good (`ban`, maybe until a moment) or free to come back."""
    was_inside = world.member(chat, user_id).inside
    status = "kicked" if ban else "left"
    change(world, chat, user_id, actor, **BLANK | {"status": status, "until": until if ban else 0})
    if was_inside:
        _say_left(world, chat, user_id, actor)


def _say_left(world: World, chat: Chat, user_id: int, actor: int) -> None:
    if announces_joins(chat):
        messages.service(world, chat, actor, {"left_chat_member": user_json(world.users[user_id])})


def unban(world: World, chat: Chat, user_id: int, actor: int) -> None:
    change(world, chat, user_id, actor, **BLANK | {"status": "left"})


def restrict(world: World, chat: Chat, user_id: int, actor: int, permissions: frozenset[str], until: int) -> None:
    """Leave someone only these permissions; all of them lifts the restriction."""
    member = world.member(chat, user_id)
    inside = member.inside
    if permissions == EVERY_PERMISSION:
        change(world, chat, user_id, actor, **BLANK | {"status": "member" if inside else "left"})
        return
    standing = {"status": "restricted", "permissions": permissions, "is_member": inside, "until": until}
    change(world, chat, user_id, actor, **BLANK | standing)


def promote(
    world: World,
    chat: Chat,
    user_id: int,
    actor: int,
    rights: frozenset[str],
    *,
    title: str | None = None,
    anonymous: bool = False,
) -> None:
    member = world.member(chat, user_id)
    was_inside = member.inside
    standing = {"status": "administrator", "rights": rights, "anonymous": anonymous, "appointed_by": actor}
    if member.status == "administrator":
        standing["appointed_by"] = member.appointed_by
    change(world, chat, user_id, actor, **BLANK | {"title": member.title if title is None else title} | standing)
    if not was_inside and announces_joins(chat):
        messages.service(world, chat, actor, {"new_chat_members": [user_json(world.users[user_id])]})


def demote(world: World, chat: Chat, user_id: int, actor: int) -> None:
    change(world, chat, user_id, actor, **BLANK | {"status": "member"})


def add_bot(world: World, chat: Chat, by: int, admin: list[str] | str | None) -> None:
    """Bring the bot in; from now on today's privacy setting holds for it there."""
    if world.bot_member(chat).inside:
        raise Refused("the bot is in the chat already")
    if chat.kind == "channel" and admin is None:
        raise Refused("a bot can be in a channel only as an administrator")
    chat.privacy, chat.bot_spoke_last = world.privacy, False
    if admin is None:
        enter(world, chat, world.bot_id, by)
    else:
        promote(world, chat, world.bot_id, by, named_rights(chat, admin))


def require(world: World, chat: Chat, actor: int, right: str) -> None:
    """People act only by rights they have; the owner has all."""
    if not can(world.member(chat, actor), right):
        raise Refused(f"{actor} lacks {right}")


def count(world: World, chat: Chat) -> int:
    return sum(world.member(chat, user_id).inside for user_id in list(chat.members))
