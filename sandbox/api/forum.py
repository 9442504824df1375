"""Topics of a forum: made, renamed, closed, opened, hidden, unpinned, deleted."""

from __future__ import annotations

from typing import Any

from sandbox import errors
from sandbox.api.access import group_of, refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, topics
from sandbox.world.records import Chat, Json, Topic
from sandbox.world.rights import allowed, can
from sandbox.world.threads import GENERAL

COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
NAME = 128


def forum(world: World, args: Args) -> Chat:
    chat = group_of(world, args)
    refuse(not chat.is_forum, bad(errors.NOT_A_FORUM))
    bot = world.bot_member(chat)
    plain = not bot.is_admin and "can_manage_topics" in allowed(chat, bot)
    refuse(not can(bot, "can_manage_topics") and not plain, bad(errors.TOPIC_RIGHTS))
    return chat


def topic_of(chat: Chat, args: Args) -> Topic:
    topic = chat.topics.get(args.integer("message_thread_id"))
    if topic is None:
        raise bad("TOPIC_ID_INVALID")
    return topic


def note(world: World, chat: Chat, topic: Topic, content: Json) -> None:
    topics.note(world, chat, topic, world.bot_id, content)


def create(world: World, args: Args) -> Json:
    chat = forum(world, args)
    name = args.text("name").strip()
    refuse(not 0 < len(name) <= NAME, bad("TOPIC_TITLE_EMPTY"))
    color = args.integer("icon_color", COLORS[0])
    refuse(color not in COLORS, bad("wrong icon color specified"))
    icon = args.text("icon_custom_emoji_id")
    thread = topics.add(world, chat, name, world.bot_id, color, icon)
    shown: Json = {"message_thread_id": thread, "name": name, "icon_color": color}
    return shown | ({"icon_custom_emoji_id": icon} if icon else {})


def edit(world: World, args: Args) -> bool:
    chat = forum(world, args)
    return rename(world, chat, topic_of(chat, args), args)


def edit_general(world: World, args: Args) -> bool:
    chat = forum(world, args)
    return rename(world, chat, chat.topics[GENERAL], args)


def rename(world: World, chat: Chat, topic: Topic, args: Args) -> bool:
    name, icon = args.text("name", topic.name) or topic.name, args.text("icon_custom_emoji_id", topic.icon)
    refuse((name, icon) == (topic.name, topic.icon), bad("TOPIC_NOT_MODIFIED"))
    changed: Json = {"name": name} if name != topic.name else {}
    if icon != topic.icon:
        changed["icon_custom_emoji_id"] = icon
    topic.name, topic.icon = name, icon
    note(world, chat, topic, {"forum_topic_edited": changed})
    return True


def switch(field: str, value: bool, event: str, *, general: bool) -> Any:
    """A method that closes, opens, hides or shows a topic."""

    def act(world: World, args: Args) -> bool:
        chat = forum(world, args)
        topic = chat.topics[GENERAL] if general else topic_of(chat, args)
        refuse(getattr(topic, field) == value, bad("TOPIC_NOT_MODIFIED"))
        setattr(topic, field, value)
        note(world, chat, topic, {event: {}})
        return True

    return act


def delete(world: World, args: Args) -> bool:
    chat = forum(world, args)
    topics.delete(world, chat, topic_of(chat, args), world.bot_id)
    return True


def unpin(general: bool) -> Any:
    def act(world: World, args: Args) -> bool:
        chat = group_of(world, args)
        refuse(not chat.is_forum, bad(errors.NOT_A_FORUM))
        refuse(not can(world.bot_member(chat), "can_pin_messages"), bad(errors.PIN_RIGHTS))
        thread = None if general else topic_of(chat, args).id
        chat.pinned[:] = [i for i in chat.pinned if chat.messages[i].body.get("message_thread_id") != thread]
        return True

    return act


def icons(world: World, args: Args) -> list[Json]:
    return []


METHODS: dict[str, Any] = {
    "createForumTopic": create,
    "editForumTopic": edit,
    "closeForumTopic": switch("closed", True, "forum_topic_closed", general=False),
    "reopenForumTopic": switch("closed", False, "forum_topic_reopened", general=False),
    "deleteForumTopic": delete,
    "unpinAllForumTopicMessages": unpin(general=False),
    "editGeneralForumTopic": edit_general,
    "closeGeneralForumTopic": switch("closed", True, "forum_topic_closed", general=True),
    "reopenGeneralForumTopic": switch("closed", False, "forum_topic_reopened", general=True),
    "hideGeneralForumTopic": switch("hidden", True, "general_forum_topic_hidden", general=True),
    "unhideGeneralForumTopic": switch("hidden", False, "general_forum_topic_unhidden", general=True),
    "unpinAllGeneralForumTopicMessages": unpin(general=True),
    "getForumTopicIconStickers": icons,
}
