"""Verbs about groups and channels: made, filled, led, changed, moved to a supergroup."""

from __future__ import annotations

from typing import Any

from sandbox.control.reading import Key
from sandbox.errors import Refused
from sandbox.world import World, groups, invitations, membership, messages, posting
from sandbox.world.records import Chat, Json
from sandbox.world.rights import editable, named_rights, read_permissions
from sandbox.world.views import chat_json, link_json

Rights = list[str] | str | None


def owner_or(world: World, chat: Chat, by: Key | None) -> int:
    return chat.owner if by is None else world.user(by).id


def chat_create(
    world: World,
    *,
    kind: str,
    title: str,
    owner: Key,
    id: int | None = None,  # noqa: A002 - the name is the contract
    username: str = "",
    big: bool = False,
    uses_tags: bool = False,
    hidden_members: bool = False,
    join_by_request: bool = False,
) -> Json:
    chat = groups.create(world, kind, title, world.user(owner).id, id)
    chat.big, chat.uses_tags = big, uses_tags
    chat.hidden_members, chat.join_by_request = hidden_members, join_by_request
    if username:
        world.rename(chat, username)
    return chat_json(world, chat)


def add_bot(world: World, *, chat: Key, by: Key | None = None, admin: Rights = None, payload: str = "") -> bool:
    """`payload` is that of a ?startgroup= link: the one who adds the bot says /start with it."""
    place = world.chat(chat)
    actor = owner_or(world, place, by)
    membership.add_bot(world, place, actor, admin)
    if payload:
        posting.post(world, posting.Post(place.id, actor, f"/start@{world.bot_username} {payload}"))
    return True


def remove_bot(world: World, *, chat: Key, by: Key | None = None, ban: bool = True) -> bool:
    place = world.chat(chat)
    if not world.bot_member(place).inside:
        raise Refused("the bot is not in the chat")
    membership.remove(world, place, world.bot_id, owner_or(world, place, by), ban=ban and place.kind != "group")
    return True


def set_bot_rights(world: World, *, chat: Key, rights: Rights, by: Key | None = None) -> bool:
    return promote(world, chat=chat, user=world.bot_id, rights=rights, by=by)


def promote(
    world: World,
    *,
    chat: Key,
    user: Key,
    rights: Rights = "all",
    by: Key | None = None,
    title: str | None = None,
    anonymous: bool = False,
) -> bool:
    place, person = world.chat(chat), world.user(user)
    actor = owner_or(world, place, by)
    if person.id == place.owner:
        member = world.member(place, person.id)
        member.anonymous, member.title = anonymous, title or member.title
        return True
    if actor != place.owner:
        membership.require(world, place, actor, "can_promote_members")
        target = world.member(place, person.id)
        if target.is_admin and not editable(world.member(place, actor), target):
            raise Refused(f"{actor} did not appoint {person.id}")
    chosen = named_rights(place, rights)
    membership.promote(world, place, person.id, actor, chosen, title=title, anonymous=anonymous)
    return True


def demote(world: World, *, chat: Key, user: Key, by: Key | None = None) -> bool:
    place = world.chat(chat)
    if world.member(place, world.user(user).id).status != "administrator":
        raise Refused("not an administrator")
    membership.demote(world, place, world.user(user).id, owner_or(world, place, by))
    return True


def join(world: World, *, chat: Key, user: Key, via_link: str | None = None, added_by: Key | None = None) -> str:
    adder = None if added_by is None else world.user(added_by).id
    return invitations.join(world, world.chat(chat), world.user(user).id, url=via_link, added_by=adder)


def join_request(world: World, *, chat: Key, user: Key, link: str | None = None) -> bool:
    place = world.chat(chat)
    invitations.ask(world, place, world.user(user).id, invitations.usable(world, place, link) if link else None)
    return True


def answer_request(world: World, *, chat: Key, user: Key, approve: bool, by: Key | None = None) -> bool:
    """An administrator decides instead of the bot."""
    place, person = world.chat(chat), world.user(user)
    if person.id not in place.requests:
        raise Refused("no such request")
    invitations.decide(world, place, person.id, owner_or(world, place, by), approve=approve)
    return True


def invite_link(
    world: World, *, chat: Key, by: Key | None = None, by_request: bool = False, member_limit: int = 0, expires: int = 0
) -> Json:
    place = world.chat(chat)
    fields = {"by_request": by_request, "member_limit": member_limit, "expires": expires}
    link = link_json(world, place, invitations.make(world, place, owner_or(world, place, by), **fields))
    world.record("link", {"chat": place.id, "link": link["invite_link"]})
    return link


def leave(world: World, *, chat: Key, user: Key) -> bool:
    membership.leave(world, world.chat(chat), world.user(user).id)
    return True


def kick(world: World, *, chat: Key, user: Key, by: Key | None = None) -> bool:
    """Put out, free to come back."""
    return _remove(world, chat, user, by, ban=False, until=0)


def ban(world: World, *, chat: Key, user: Key, by: Key | None = None, until: int = 0) -> bool:
    return _remove(world, chat, user, by, ban=True, until=until)


def _remove(world: World, chat: Key, user: Key, by: Key | None, *, ban: bool, until: int) -> bool:
    place, person = world.chat(chat), world.user(user)
    actor = owner_or(world, place, by)
    membership.require(world, place, actor, "can_restrict_members")
    if person.id == place.owner or (world.member(place, person.id).is_admin and actor != place.owner):
        raise Refused("administrators cannot be removed by others than the owner")
    membership.remove(world, place, person.id, actor, ban=ban, until=until)
    return True


def unban(world: World, *, chat: Key, user: Key, by: Key | None = None) -> bool:
    place = world.chat(chat)
    membership.unban(world, place, world.user(user).id, owner_or(world, place, by))
    return True


def restrict(
    world: World, *, chat: Key, user: Key, permissions: Json | None = None, until: int = 0, by: Key | None = None
) -> bool:
    """An administrator restricts someone; without permissions: read-only."""
    place = world.chat(chat)
    chosen = read_permissions(permissions or {}, independent=False)
    membership.restrict(world, place, world.user(user).id, owner_or(world, place, by), chosen, until)
    return True


def set_title(world: World, *, chat: Key, title: str, by: Key | None = None) -> bool:
    place = world.chat(chat)
    place.title = title
    messages.service(world, place, owner_or(world, place, by), {"new_chat_title": title})
    return True


def set_default_permissions(world: World, *, chat: Key, permissions: Json) -> bool:
    place = world.chat(chat)
    place.permissions = read_permissions(permissions, independent=False)
    world.record("permissions", {"chat": place.id, "permissions": sorted(place.permissions)})
    return True


def set_slow_mode(world: World, *, chat: Key, seconds: int) -> bool:
    place = world.chat(chat)
    place.slow_mode = seconds
    world.record("chat", {"chat": place.id})
    return True


def upgrade(world: World, *, chat: Key) -> Json:
    """A basic group becomes a supergroup with a new id."""
    return chat_json(world, groups.upgrade(world, world.chat(chat)))


def link_channel(world: World, *, chat: Key, channel: Key) -> bool:
    """From now on the channel's posts come into the group by themselves."""
    group, source = world.chat(chat), world.chat(channel)
    if group.kind != "supergroup" or source.kind != "channel":
        raise Refused("a supergroup and a channel are needed")
    group.linked, source.linked = source.id, group.id
    world.record("chat", {"chat": group.id})
    return True


VERBS: dict[str, Any] = {
    verb.__name__: verb
    for verb in (
        chat_create, add_bot, remove_bot, set_bot_rights, promote, demote, join, join_request, answer_request,
        invite_link, leave, kick, ban, unban, restrict, set_title, set_default_permissions, set_slow_mode, upgrade,
        link_channel,
    )
}  # fmt: skip
