"""Topics of a forum come to be, change and go; who may, is asked elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.errors import Refused, bad
from sandbox.world import messages
from sandbox.world.records import Chat, Json, Topic
from sandbox.world.threads import GENERAL

if TYPE_CHECKING:
    from sandbox.world.world import World

COLOR = 7322096


def add(world: World, chat: Chat, name: str, actor: int, color: int = COLOR, icon: str = "") -> int:
    """A new topic; its id is that of the message that tells of it."""
    if not chat.is_forum:
        raise Refused("the chat is not a forum")
    thread = chat.last_id + 1
    chat.topics[thread] = Topic(thread, name, icon)
    shown = {"name": name, "icon_color": color} | ({"icon_custom_emoji_id": icon} if icon else {})
    place = {"message_thread_id": thread, "is_topic_message": True}
    messages.service(world, chat, actor, {"forum_topic_created": shown} | place)
    return thread


def note(world: World, chat: Chat, topic: Topic, actor: int, content: Json) -> None:
    """The service message in the topic itself; General has no number there."""
    if topic.id != GENERAL:
        content |= {"message_thread_id": topic.id, "is_topic_message": True}
    messages.service(world, chat, actor, content)


def delete(world: World, chat: Chat, topic: Topic, actor: int) -> None:
    """With all that was said there; General stays."""
    if topic.id == GENERAL:
        raise bad("TOPIC_ID_INVALID")
    del chat.topics[topic.id]
    for message in list(chat.messages.values()):
        if message.exists and message.body.get("message_thread_id") == topic.id:
            messages.delete(world, chat, message, actor)
