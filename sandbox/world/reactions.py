"""Reactions to messages; the bot hears of them as an admin who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.world.records import Chat, Json, Message
from sandbox.world.views import chat_json, user_json

if TYPE_CHECKING:
    from sandbox.world.world import World

USUAL = """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨
    😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
    🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"""
EMOJI = frozenset(USUAL.split())


def valid(reaction: Json) -> bool:
    if reaction.get("type") == "custom_emoji":
        return bool(reaction.get("custom_emoji_id"))
    return reaction.get("type") == "emoji" and str(reaction.get("emoji", "")).rstrip("\ufe0f") in EMOJI


def react(world: World, chat: Chat, message: Message, actor: int, new: list[Json]) -> None:
    """Set someone's reactions to a message (an empty list takes them back)."""
    old = message.reactions.get(actor, [])
    if old == new:
        return
    message.reactions[actor] = new
    if not new:
        del message.reactions[actor]
    if actor != world.bot_id and (chat.kind == "private" or world.bot_member(chat).is_admin):
        _announce(world, chat, message, actor, old, new)
    world.record("reaction", {"chat": chat.id, "message_id": message.id, "user": actor, "reaction": new})
    world.touch()


def _announce(world: World, chat: Chat, message: Message, actor: int, old: list[Json], new: list[Json]) -> None:
    told: Json = {"chat": chat_json(world, chat), "message_id": message.id, "date": world.date()}
    if chat.kind == "channel":
        world.updates.emit("message_reaction_count", told | {"reactions": counts(message)}, f"reaction{chat.id}")
        return
    by = {"user": user_json(world.users[actor])} if actor in world.users else {"actor_chat": {"id": actor}}
    world.updates.emit("message_reaction", told | by | {"old_reaction": old, "new_reaction": new}, f"reaction{chat.id}")


def counts(message: Message) -> list[Json]:
    totals: dict[str, tuple[Json, int]] = {}
    for given in message.reactions.values():
        for reaction in given:
            key = str(sorted(reaction.items()))
            totals[key] = (reaction, totals.get(key, (reaction, 0))[1] + 1)
    return [{"type": reaction, "total_count": total} for reaction, total in totals.values()]
