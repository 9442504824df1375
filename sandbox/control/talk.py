"""Verbs about what is said: posted, edited, deleted, reacted to, voted on, in ones or in waves."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import msgspec

from sandbox.control.reading import Key
from sandbox.errors import Refused
from sandbox.world import World, entities, invitations, messages, polls, posting, reactions
from sandbox.world.records import Chat, Json, Message, User
from sandbox.world.rights import can
from sandbox.world.views import user_json

POST_FIELDS = frozenset(field.name for field in fields(posting.Post))


def read_post(given: Json) -> posting.Post:
    if unknown := given.keys() - POST_FIELDS:
        raise Refused(f"post does not take {', '.join(sorted(unknown))}; it takes {', '.join(sorted(POST_FIELDS))}")
    try:
        return msgspec.convert(given, posting.Post)
    except msgspec.ValidationError as error:
        raise Refused(f"post: {error}") from None


def post(world: World, **given: Any) -> Json:
    """Say something; see the README for the fields. `message_id` is the first one's."""
    sent = posting.post(world, read_post(given))
    return {"message_id": sent[0].id, "message_ids": [message.id for message in sent]}


def post_many(world: World, *, posts: list[Json], stop: bool = False) -> list[Json]:
    """Many posts in one go; a refused one has `error` instead of `message_id` (`stop`: refuse at the first)."""
    results: list[Json] = []
    for given in posts:
        try:
            results.append({"message_id": posting.post(world, read_post(given))[0].id})
        except Refused as error:
            if stop:
                raise
            results.append({"error": str(error)})
    return results


def existing(world: World, chat: Key, message_id: int) -> tuple[Chat, Message]:
    place = world.chat(chat)
    message = world.message(place, message_id)
    if message is None:
        raise Refused(f"no message {message_id} in {chat}")
    return place, message


def edit(world: World, *, chat: Key, message_id: int, user: Key, text: str, silent: bool = False) -> bool:
    """`silent`: an edit that shows nothing (Telegram tells bots of some)."""
    place, message = existing(world, chat, message_id)
    if message.author != world.user(user).id:
        raise Refused("only the author edits a message")
    name, marks = ("text", "entities") if "text" in message.body else ("caption", "caption_entities")
    messages.edit(world, place, message, {name: text, marks: entities.detect(text) or None}, silent=silent)
    return True


def delete(world: World, *, chat: Key, message_id: int, by: Key | None = None) -> bool:
    """Nothing tells the bot of a deletion."""
    place, message = existing(world, chat, message_id)
    actor = message.author if by is None else world.user(by).id
    others = actor != message.author and place.kind != "private"
    if others and not can(world.member(place, actor), "can_delete_messages"):
        raise Refused(f"{actor} may not delete that")
    messages.delete(world, place, message, actor)
    return True


def react(world: World, *, chat: Key, message_id: int, user: Key, emoji: str | list[str] = "👍") -> bool:
    """An empty emoji takes the reaction back."""
    place, message = existing(world, chat, message_id)
    chosen = [emoji] if isinstance(emoji, str) else emoji
    new = [{"type": "emoji", "emoji": one} for one in chosen if one]
    reactions.react(world, place, message, world.user(user).id, new)
    return True


def vote(world: World, *, chat: Key, message_id: int, user: Key, options: list[int] | int) -> bool:
    """No options take the vote back."""
    _, message = existing(world, chat, message_id)
    if "poll" not in message.body:
        raise Refused("not a poll")
    chosen = [options] if isinstance(options, int) else options
    polls.vote(world, message.body["poll"]["id"], world.user(user).id, chosen)
    return True


def pin(world: World, *, chat: Key, message_id: int, by: Key | None = None) -> bool:
    place, message = existing(world, chat, message_id)
    place.pinned.append(message.id)
    actor = place.owner if by is None else world.user(by).id
    messages.service(world, place, actor, {"pinned_message": messages.accessible(world, place, message.id)})
    return True


def unpin(world: World, *, chat: Key, message_id: int) -> bool:
    """The bot is told nothing."""
    place, message = existing(world, chat, message_id)
    if message.id not in place.pinned:
        raise Refused("not pinned")
    place.pinned.remove(message.id)
    return True


def raid(
    world: World,
    *,
    chat: Key,
    n: int,
    names: list[str] | None = None,
    text: str | None = None,
    seconds: float = 0.0,
) -> Json:
    """`n` newcomers join, spread over virtual `seconds`, and each says `text` ({n}: their number)."""
    place = world.chat(chat)
    people = [newcomer(world, names[i % len(names)] if names else f"Raider {i + 1}") for i in range(n)]
    begin = world.now()
    for i, person in enumerate(people):

        def arrive(person: User = person, number: int = i + 1) -> None:
            invitations.join(world, place, person.id, url=None, added_by=None)
            if text is not None:
                try:
                    posting.post(world, posting.Post(place.id, person.id, text.replace("{n}", str(number))))
                except Refused as error:
                    world.record("refused", {"user": person.id, "error": str(error)})

        world.at(begin + seconds * i / max(1, n), arrive)
    world.run_due()
    return {"users": [person.id for person in people]}


def newcomer(world: World, name: str) -> User:
    user = world.add_user(User(world.new_user_id(), name))
    world.record("user", user_json(user))
    return user


VERBS: dict[str, Any] = {verb.__name__: verb for verb in (post, post_many, edit, delete, react, vote, pin, unpin, raid)}
