"""Invite links and the requests of those who want in."""

from __future__ import annotations

from typing import Any

from sandbox import errors
from sandbox.api.access import group_of, need, refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, invitations
from sandbox.world.records import Chat, Json, Link
from sandbox.world.views import link_json

NAME, LIMIT = 32, 99_999


def managed(world: World, args: Args) -> Chat:
    chat = group_of(world, args)
    refuse(chat.kind == "private", bad("can't create invite link for the chat"))
    need(world, chat, "can_invite_users", errors.LINK_RIGHTS)
    return chat


def checked(args: Args) -> dict[str, Any]:
    by_request, limit = args.flag("creates_join_request"), args.integer("member_limit")
    refuse(by_request and limit > 0, bad(errors.LINK_LIMIT_WITH_APPROVAL))
    refuse(len(args.text("name")) > NAME, bad("invite link name is too long"))
    refuse(not 0 <= limit <= LIMIT, bad("wrong member limit specified"))
    return {
        "name": args.text("name"),
        "expires": args.integer("expire_date"),
        "member_limit": limit,
        "by_request": by_request,
    }


def create(world: World, args: Args) -> Json:
    chat = managed(world, args)
    return link_json(world, chat, invitations.make(world, chat, world.bot_id, **checked(args)))


def export(world: World, args: Args) -> str:
    return invitations.primary(world, managed(world, args), world.bot_id).url


def own(world: World, chat: Chat, args: Args) -> Link:
    link = chat.links.get(args.text("invite_link"))
    if link is None or link.creator != world.bot_id:
        raise bad("INVITE_HASH_EXPIRED")
    return link


def edit(world: World, args: Args) -> Json:
    chat = managed(world, args)
    link = own(world, chat, args)
    refuse(link.revoked or link.primary, bad("INVITE_HASH_EXPIRED"))
    for name, value in checked(args).items():
        setattr(link, name, value)
    return link_json(world, chat, link)


def revoke(world: World, args: Args) -> Json:
    chat = managed(world, args)
    link = own(world, chat, args)
    link.revoked = True
    if link.primary:
        invitations.primary(world, chat, world.bot_id)
    return link_json(world, chat, link)


def answer(approve: bool) -> Any:
    def decide(world: World, args: Args) -> bool:
        chat = group_of(world, args)
        user_id = args.integer("user_id")
        need(world, chat, "can_invite_users", errors.REQUEST_RIGHTS)
        refuse(world.member(chat, user_id).inside, bad(errors.ALREADY_PARTICIPANT))
        refuse(user_id not in chat.requests, bad(errors.REQUEST_MISSING))
        invitations.decide(world, chat, user_id, world.bot_id, approve=approve)
        return True

    return decide


METHODS: dict[str, Any] = {
    "createChatInviteLink": create,
    "exportChatInviteLink": export,
    "editChatInviteLink": edit,
    "revokeChatInviteLink": revoke,
    "approveChatJoinRequest": answer(True),
    "declineChatJoinRequest": answer(False),
}
