"""Buttons are pressed, rightly or with forged data, and answered once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sandbox.errors import Refused
from sandbox.world import keyboards, messages
from sandbox.world.records import Chat, Json, Press
from sandbox.world.views import user_json

if TYPE_CHECKING:
    from sandbox.world.world import World

QUERY_LIFE = 150.0


def press(world: World, chat: Chat, message_id: int, user_id: int, *, data: str | None, text: str | None) -> Press:
    """Press a button by its text, or send any data: a client can forge it. Refused where the person cannot press."""
    message = chat.messages.get(message_id)
    if message is None:
        raise Refused(f"no message {message_id}")
    if chat.is_group and world.member(chat, user_id).status == "kicked":
        raise Refused(f"{user_id} is banned in the chat")
    if data is None:
        button = keyboards.find(message.body.get("reply_markup"), text or "")
        data = button.get("callback_data")
        if data is None:
            raise Refused(f"the button {button['text']!r} sends nothing to the bot")
    if len(data.encode()) > keyboards.DATA_BYTES:
        raise Refused("callback data is longer than 64 bytes")
    made = Press(str(9_000_000_000_000 + world.serial()), user_id, chat.id, message_id, data, world.now())
    world.presses[made.id] = made
    told: Json = {
        "id": made.id,
        "from": user_json(world.users[user_id]),
        "chat_instance": hashlib.sha256(str(chat.id).encode()).hexdigest()[:16],
        "message": messages.accessible(world, chat, message_id),
        "data": data,
    }
    world.updates.emit("callback_query", told, f"press{user_id}")
    label = keyboards.label(message.body.get("reply_markup"), data)
    pressed = {"chat": chat.id, "message_id": message_id, "user": user_id, "data": data, "button": label, "id": made.id}
    world.record("press", pressed)
    world.touch()
    return made


def answer(world: World, press_id: str, given: Json) -> bool:
    """Answer a press once and in time; False when it is unknown, answered already or too old."""
    made = world.presses.get(press_id)
    if made is None or made.answer is not None or world.now() - made.at > QUERY_LIFE:
        return False
    made.answer = given
    world.record("answered", {"id": press_id, "user": made.user, **given})
    return True


def alerts(world: World, user_id: int) -> list[Json]:
    """What the person was told after pressing, oldest first."""
    return [
        {"id": made.id, "chat": made.chat, "message_id": made.message_id, "data": made.data, **made.answer}
        for made in world.presses.values()
        if made.user == user_id and made.answer is not None
    ]
