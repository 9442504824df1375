"""Groups and channels come to be, become supergroups, get topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.world import messages
from sandbox.world.records import Chat, Member, Topic
from sandbox.world.rights import USUAL_PERMISSIONS
from sandbox.world.threads import GENERAL

if TYPE_CHECKING:
    from sandbox.world.world import World

KINDS = {"group": "group", "supergroup": "supergroup", "forum": "supergroup", "channel": "channel"}
CREATED = {"group": "group_chat_created", "supergroup": "supergroup_chat_created", "channel": "channel_chat_created"}


def create(world: World, kind: str, title: str, owner: int, chat_id: int | None = None) -> Chat:
    if kind not in KINDS:
        raise Refused(f"kind is one of {', '.join(KINDS)}")
    if chat_id is not None and (chat_id in world.chats or chat_id >= 0):
        raise Refused(f"{chat_id} is taken or not negative")
    chat = Chat(chat_id or world.new_chat_id(kind), KINDS[kind], title, owner=owner, is_forum=kind == "forum")
    chat.permissions = USUAL_PERMISSIONS
    chat.members[owner] = Member(owner, "creator", joined_at=world.now())
    if chat.is_forum:
        chat.topics[GENERAL] = Topic(GENERAL, "General")
    world.chats[chat.id] = chat
    messages.service(world, chat, owner, {CREATED[chat.kind]: True})
    return chat


def upgrade(world: World, old: Chat) -> Chat:
    """Everybody moves; the messages stay under the old id."""
    if old.kind != "group" or old.migrated_to:
        raise Refused("only a basic group can become a supergroup, once")
    new = Chat(world.new_chat_id("supergroup"), "supergroup", old.title, owner=old.owner, permissions=old.permissions)
    new.members = {user_id: move(member) for user_id, member in old.members.items()}
    new.privacy, new.uses_tags = old.privacy, old.uses_tags
    world.chats[new.id] = new
    messages.service(world, old, old.owner, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    messages.service(world, new, old.owner, {"migrate_from_chat_id": old.id})
    return new


def move(member: Member) -> Member:
    return Member(
        member.user_id,
        member.status,
        member.rights,
        title=member.title,
        tag=member.tag,
        appointed_by=member.appointed_by,
        joined_at=member.joined_at,
    )
