"""What Telegram tells of a forum's topics: made, renamed, closed, opened again; nothing is answered."""

from typing import Any

from telegram import Message, Update
from telegram.ext import Application, MessageHandler, filters

from bot.speech import topics as service
from bot.storage import groups, topics
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk

TOLD = filters.StatusUpdate
EVENTS = (
    TOLD.FORUM_TOPIC_CREATED | TOLD.FORUM_TOPIC_EDITED | TOLD.FORUM_TOPIC_CLOSED | TOLD.FORUM_TOPIC_REOPENED
    | TOLD.GENERAL_FORUM_TOPIC_HIDDEN | TOLD.GENERAL_FORUM_TOPIC_UNHIDDEN
)  # fmt: skip


def add_to(application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
    application.add_handler(MessageHandler(EVENTS, changed))


async def changed(update: Update, talk: Talk) -> None:
    message = update.message
    if message is None or talk.group is None:
        return
    if not talk.group.is_forum:
        await groups.update(talk.unit, talk.group.id, is_forum=True)
    await note(talk, talk.group, message, talk.thread or topics.GENERAL)


async def note(talk: Talk, group: GroupRow, message: Message, thread: int) -> None:
    made, edited = message.forum_topic_created, message.forum_topic_edited
    if made is not None:
        await topics.note(talk.unit, group.id, thread, name=made.name, closed=False)
    elif edited is not None:
        await topics.note(talk.unit, group.id, thread, name=edited.name)
    elif message.forum_topic_reopened is not None:
        await service.reopened(talk.unit, group, thread, talk.at)
    elif message.general_forum_topic_unhidden is None:
        await topics.note(talk.unit, group.id, thread, closed=True)
