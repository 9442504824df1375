"""What pages follow: messages in portions, and events with the message they are about; changes nothing."""

from __future__ import annotations

from sandbox.control.state import of_message
from sandbox.world import World
from sandbox.world.records import Chat, Json
from sandbox.world.threads import GENERAL

ABOUT_A_MESSAGE = frozenset({"message", "edited", "deleted", "reaction", "vote", "poll"})


def messages(
    world: World, chat: Chat, *, after: int = 0, before: int = 0, limit: int = 0, thread: int = 0
) -> list[Json]:
    """Those with `after` < id < `before` (0: no bound) in that topic, oldest first; only the newest `limit` of them."""
    chosen = [
        message
        for message in chat.messages.values()
        if message.id > after
        and (not before or message.id < before)
        and (not thread or message.body.get("message_thread_id", GENERAL) == thread)
    ]
    return [of_message(world, message) for message in chosen[-limit if limit > 0 else 0 :]]


def event(world: World, kind: str, data: Json) -> Json:
    """The event with its message whole, as it stands now."""
    if kind not in ABOUT_A_MESSAGE:
        return data
    chat = world.chats.get(data["chat"])
    message = None if chat is None else chat.messages.get(data.get("message_id") or data["message"]["message_id"])
    return data if message is None else data | {"message": of_message(world, message)}
