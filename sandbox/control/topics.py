"""Topics from the people's side: made, renamed, closed, opened, deleted by whoever may."""

from __future__ import annotations

from typing import Any

from sandbox.control.groups import owner_or
from sandbox.control.reading import Key
from sandbox.errors import Refused
from sandbox.world import World, topics
from sandbox.world.records import Json, Topic


def topic_create(world: World, *, chat: Key, name: str, by: Key | None = None) -> Json:
    place = world.chat(chat)
    return {"thread": topics.add(world, place, name, owner_or(world, place, by))}


def topic_rename(world: World, *, chat: Key, thread: int, name: str, by: Key | None = None) -> bool:
    place = world.chat(chat)
    topic = the(world, chat, thread)
    topic.name = name
    topics.note(world, place, topic, owner_or(world, place, by), {"forum_topic_edited": {"name": name}})
    return True


def topic_close(world: World, *, chat: Key, thread: int, by: Key | None = None) -> bool:
    """Only who may manage topics writes there from now on."""
    return switch(world, chat, thread, by, closed=True)


def topic_reopen(world: World, *, chat: Key, thread: int, by: Key | None = None) -> bool:
    return switch(world, chat, thread, by, closed=False)


def topic_delete(world: World, *, chat: Key, thread: int, by: Key | None = None) -> bool:
    """With all that was said there; the bot is told nothing."""
    place = world.chat(chat)
    topics.delete(world, place, the(world, chat, thread), owner_or(world, place, by))
    return True


def switch(world: World, chat: Key, thread: int, by: Key | None, *, closed: bool) -> bool:
    place, topic = world.chat(chat), the(world, chat, thread)
    if topic.closed == closed:
        raise Refused("the topic is like that already")
    topic.closed = closed
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    topics.note(world, place, topic, owner_or(world, place, by), {event: {}})
    return True


def the(world: World, chat: Key, thread: int) -> Topic:
    topic = world.chat(chat).topics.get(thread)
    if topic is None:
        raise Refused(f"no such topic: {thread}")
    return topic


VERBS: dict[str, Any] = {
    verb.__name__: verb for verb in (topic_create, topic_rename, topic_close, topic_reopen, topic_delete)
}
