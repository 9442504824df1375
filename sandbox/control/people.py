"""Verbs about people and their private chat with the bot."""

from __future__ import annotations

from typing import Any

from sandbox.control.reading import Key
from sandbox.errors import Refused
from sandbox.world import World, media, posting, presses
from sandbox.world.records import Json, Member, User
from sandbox.world.views import chat_json, member_json, user_json

TAG_LENGTH = 16


def user_create(
    world: World,
    *,
    first_name: str,
    id: int | None = None,  # noqa: A002 - the name is the contract
    last_name: str = "",
    username: str = "",
    language: str = "",
    is_premium: bool = False,
    is_bot: bool = False,
    bio: str = "",
    photos: int = 0,
) -> Json:
    if id is not None and id in world.users:
        raise Refused(f"user {id} exists")
    if username and username.lower() in world.names:
        raise Refused(f"@{username} is taken")
    user = User(id or world.new_user_id(), first_name, last_name, username, language, bio, is_bot, is_premium)
    user.photos = [media.photo_sizes(world) for _ in range(photos)]
    world.add_user(user)
    world.record("user", user_json(user))
    return user_json(user)


def user_rename(
    world: World, *, user: Key, first_name: str, last_name: str | None = None, username: str | None = None
) -> Json:
    """Nothing tells the bot of a rename."""
    person = world.user(user)
    person.first_name = first_name
    if last_name is not None:
        person.last_name = last_name
    if username is not None:
        world.rename(person, username)
    world.record("user", user_json(person))
    return user_json(person)


def user_delete(world: World, *, user: Key) -> bool:
    """The account is gone: writing to it is refused."""
    world.user(user).deactivated = True
    return True


def start(world: World, *, user: Key, payload: str = "") -> Json:
    """Open the bot in private and press start (with a deep link's payload)."""
    person = world.user(user)
    if person.blocked:
        unblock(world, user=person.id)
    text = f"/start {payload}".strip()
    return {"message_id": posting.post(world, posting.Post(person.id, person.id, text))[0].id}


def open_private_text(world: World, *, user: Key, text: str) -> Json:
    person = world.user(user)
    return {"message_id": posting.post(world, posting.Post(person.id, person.id, text))[0].id}


def block(world: World, *, user: Key) -> bool:
    return _set_blocked(world, world.user(user), True)


def unblock(world: World, *, user: Key) -> bool:
    return _set_blocked(world, world.user(user), False)


def _set_blocked(world: World, person: User, blocked: bool) -> bool:
    if person.blocked == blocked:
        return True
    chat = world.private(person.id)
    standing = ("member", "kicked") if blocked else ("kicked", "member")
    old, new = (member_json(world, chat, Member(world.bot_id, status)) for status in standing)
    told = {"chat": chat_json(world, chat), "from": user_json(person), "date": world.date()}
    person.blocked = blocked
    world.updates.emit("my_chat_member", told | {"old_chat_member": old, "new_chat_member": new}, f"mine{chat.id}")
    world.record("blocked", {"user": person.id, "blocked": blocked})
    return True


def press(
    world: World,
    *,
    chat: Key,
    message_id: int,
    user: Key,
    data: str | None = None,
    button: str | None = None,
    text: str | None = None,
) -> Json:
    """Press a button by its text, or send any (forged) data; `id` finds the answer in `alerts`."""
    made = presses.press(world, world.chat(chat), message_id, world.user(user).id, data=data, text=button or text)
    return {"id": made.id, "data": made.data}


def alerts(world: World, *, user: Key) -> list[Json]:
    return presses.alerts(world, world.user(user).id)


def inline_query(world: World, *, user: Key, query: str = "", offset: str = "") -> Json:
    query_id = str(8_000_000_000_000 + world.serial())
    world.inline_answers[query_id] = None
    told = {"id": query_id, "from": user_json(world.user(user)), "query": query, "offset": offset}
    world.updates.emit("inline_query", told, f"press{world.user(user).id}")
    return {"id": query_id}


def set_tag(world: World, *, chat: Key, user: Key, tag: str) -> bool:
    """Nothing tells the bot of a tag."""
    member = world.member(world.chat(chat), world.user(user).id)
    if not member.inside:
        raise Refused("not in the chat")
    if len(tag) > TAG_LENGTH:
        raise Refused(f"a tag has at most {TAG_LENGTH} characters")
    member.tag = tag
    world.record("tag", {"chat": world.chat(chat).id, "user": member.user_id, "tag": member.tag})
    return True


VERBS: dict[str, Any] = {
    verb.__name__: verb
    for verb in (
        user_create, user_rename, user_delete, start, open_private_text, block, unblock, press, alerts, inline_query,
        set_tag,
    )
}  # fmt: skip
