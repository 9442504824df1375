"""Invite links and requests to join: made, used up, expired, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.world import membership
from sandbox.world.records import Chat, JoinRequest, Json, Link
from sandbox.world.rights import can
from sandbox.world.views import chat_json, link_json, user_json

if TYPE_CHECKING:
    from sandbox.world.world import World


def make(world: World, chat: Chat, creator: int, **fields: object) -> Link:
    link = Link(f"https://t.me/+{world.random.getrandbits(64):016x}", creator)
    for name, value in fields.items():
        setattr(link, name, value)
    chat.links[link.url] = link
    return link


def primary(world: World, chat: Chat, creator: int) -> Link:
    """A new primary link; the one before is revoked."""
    for link in chat.links.values():
        if link.primary and link.creator == creator:
            link.revoked = True
    return make(world, chat, creator, primary=True)


def usable(world: World, chat: Chat, url: str) -> Link:
    link = chat.links.get(url)
    if link is None:
        raise Refused("no such invite link")
    if link.revoked:
        raise Refused("the invite link has been revoked")
    if link.expires and link.expires <= world.now():
        raise Refused("the invite link has expired")
    if link.member_limit and link.used >= link.member_limit:
        raise Refused("the invite link is used up")
    return link


def join(world: World, chat: Chat, user_id: int, *, url: str | None, added_by: int | None) -> str:
    """Come in by oneself, by a link or brought by someone; says `joined` or `requested`."""
    member = world.member(chat, user_id)
    if chat.migrated_to:
        raise Refused(f"the group has become a supergroup: {chat.migrated_to}")
    if member.status == "kicked" and not (added_by and can(world.member(chat, added_by), "can_restrict_members")):
        raise Refused(f"{user_id} is banned in the chat")
    if added_by is not None:
        if not world.member(chat, added_by).inside:
            raise Refused(f"{added_by} is not in the chat")
        membership.enter(world, chat, user_id, added_by)
        return "joined"
    link = None if url is None else usable(world, chat, url)
    if link.by_request if link else chat.join_by_request:
        ask(world, chat, user_id, link)
        return "requested"
    membership.enter(world, chat, user_id, user_id, link=link)
    if link is not None:
        link.used += 1
    return "joined"


def ask(world: World, chat: Chat, user_id: int, link: Link | None) -> None:
    """Ask to join; the bot hears of it with the right to invite."""
    member = world.member(chat, user_id)
    if member.inside or member.status == "kicked":
        raise Refused(f"{user_id} is {member.status} in the chat")
    if user_id in chat.requests:
        raise Refused(f"{user_id} has asked already")
    chat.requests[user_id] = JoinRequest(user_id, world.date(), link.url if link else "")
    told: Json = {
        "chat": chat_json(world, chat),
        "from": user_json(world.users[user_id]),
        "user_chat_id": user_id,
        "date": world.date(),
    }
    if bio := world.users[user_id].bio:
        told["bio"] = bio
    if link is not None:
        told["invite_link"] = link_json(world, chat, link)
    if can(world.bot_member(chat), "can_invite_users"):
        world.updates.emit("chat_join_request", told, f"user{user_id}")
    world.record("join_request", {"chat": chat.id, "user": user_id})
    world.touch()


def decide(world: World, chat: Chat, user_id: int, actor: int, *, approve: bool) -> None:
    """Answer a request; the approved come in as `via_join_request`."""
    request = chat.requests.pop(user_id)
    link = chat.links.get(request.link)
    if approve:
        membership.enter(world, chat, user_id, actor, link=link, via_request=True)
        if link is not None:
            link.used += 1
    world.record("join_answer", {"chat": chat.id, "user": user_id, "by": actor, "approved": approve})
    world.touch()
