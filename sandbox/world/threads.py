"""Forum topics: where a message stands, whether one may speak there."""

from __future__ import annotations

from sandbox.errors import Refused
from sandbox.world.records import Chat, Json, Member
from sandbox.world.rights import can

GENERAL = 1


def check_open(chat: Chat, thread: int | None, member: Member) -> None:
    if not thread or not chat.is_forum:
        return
    topic = chat.topics.get(thread)
    if topic is None:
        raise Refused(f"no such topic: {thread}")
    if topic.closed and not can(member, "can_manage_topics"):
        raise Refused("the topic is closed")


def placed(chat: Chat, thread: int | None, replied: Json | None) -> Json:
    """The thread fields of a message; a reply stands where the original does, General has none."""
    if not chat.is_forum:
        return {}
    place = thread or (replied or {}).get("message_thread_id")
    return {"message_thread_id": place, "is_topic_message": True} if place and place != GENERAL else {}
