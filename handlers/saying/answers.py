"""How a handler answers: with acts, quietly, and personal things only to the person; it never calls Telegram."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot import tongues
from bot.storage import acts, quiet, users
from bot.storage.groups import GroupRow
from handlers.frame.context import Talk
from handlers.saying.fitting import fitting
from rules.conduct.effects import Act, AnswerPress, Button, Delete, Phrase, Planned, React, Say, Value

Rows = tuple[tuple[Button, ...], ...]

TIDY_AFTER, TIDY_WITHIN = 60, 600
DONE = "👌"


class Sentences(Protocol):
    def __call__(self, key: str, /, **params: Value) -> Phrase: ...


def catalogue(name: str) -> Sentences:
    """What makes phrases of the sentences in `locales/*/NAME.po`, by their keys there."""

    def sentence(key: str, /, **params: Value) -> Phrase:
        return Phrase(f"{name}.{key}", tuple(params.items()))

    return sentence


phrase = catalogue("talk")


def word(talk: Talk, key: str, /, **params: Value) -> str:
    return plain(talk, phrase(key, **params))


def plain(talk: Talk, said: Phrase) -> str:
    """A short text that becomes part of a sentence, in the language of the conversation."""
    return talk.services.texts.plain(said, talk.language)


async def act(talk: Talk, one: Act | Planned) -> None:
    """Write `one` to the outbox, for the chat the update came from."""
    # An act of a group waits while the bot is out of it; what is said elsewhere does not.
    home = None if talk.private or talk.group is None or talk.chat_id != talk.group.chat_id else talk.group.id
    await write(talk, one, talk.chat_id, home)


async def act_in_group(talk: Talk, one: Act) -> None:
    """The same for the group that is meant, wherever the update came from."""
    if talk.group is not None:
        await write(talk, one, talk.group.chat_id, talk.group.id)


async def write(
    talk: Talk, one: Act | Planned, chat_id: int, group_id: int | None, decision_id: int | None = None, *, key: str = ""
) -> None:
    """With a `key` of its own it is written once, however many updates ask for it."""
    key = key or f"talk:{talk.services.me.id}:{talk.update_id}:{talk.said}"
    talk.said += 1
    await acts.write(
        talk.unit, key=key, decision_id=decision_id, group_id=group_id, chat_id=chat_id, user_id=talk.actor.user_id,
        planned=await tongues.addressed(talk.unit, [one if isinstance(one, Planned) else Planned(one)]), at=talk.at,
    )  # fmt: skip


async def answer(talk: Talk, words: Phrase | Sequence[Phrase], buttons: Rows = ()) -> None:
    """Say it where it was asked: in private for good, in a group for a minute."""
    lines = (words,) if isinstance(words, Phrase) else tuple(words)
    if talk.private:
        if talk.numbered and any(".usage" in each.key or "_usage" in each.key for each in lines):
            lines = (*lines, phrase("with_group", command=talk.numbered))
        await whisper(talk, lines, buttons)
        return
    seconds = (await talk.policy()).notices.answers_seconds
    said = Say(
        words=lines,
        language=talk.public_language,
        buttons=buttons,
        thread=talk.thread,
        delete_after=seconds,
        purpose="answer",
    )
    await act(talk, said)


async def answer_of_each(
    talk: Talk, found: Sequence[GroupRow], words: Callable[[], Awaitable[Sequence[Phrase]]], otherwise: Sequence[Phrase]
) -> None:
    """Of each of these groups in a post of its own: in private somebody may mean any they are in."""
    for group in found:
        talk.group = group
        await answer(talk, await words())
    if not found:
        await answer(talk, otherwise)


async def whisper(talk: Talk, words: Sequence[Phrase], buttons: Rows = (), decision_id: int | None = None) -> None:
    """In private; only to somebody who has started the bot (`has_started`)."""
    user_id = talk.actor.user_id
    said = Say(words=tuple(words), language=talk.language, buttons=buttons, to_user=user_id, purpose="answer")
    await write(talk, said, user_id, talk.group.id if talk.group else None, decision_id)


async def receipt(talk: Talk, details: Sequence[Phrase] = (), buttons: Rows = ()) -> None:
    """Done: a reaction in the group, an alert for a press, a line in private.

    `details` are for whoever ordered it alone: in a group they are said in private, where that is possible, with
    `buttons` below.
    """
    if talk.query_id:
        await alert(talk, (phrase("done"), *details))
        return
    if talk.private:
        await answer(talk, (phrase("done"), *details), buttons)
        return
    await act(talk, React(message_id=talk.message_id, emoji=DONE))
    if details and await has_started(talk, talk.actor.user_id):
        await whisper(talk, details, buttons)


async def in_private(talk: Talk, words: Callable[[], Awaitable[Sequence[Phrase]]], buttons: Rows = ()) -> bool:
    """What only whoever asked shall read, made in the language they read; False where they cannot be written to."""
    if talk.private:
        await answer(talk, await words(), buttons)
        return True
    if not await has_started(talk, talk.actor.user_id):
        return False
    await in_their_language(talk)
    await whisper(talk, await words(), buttons)
    await receipt(talk)
    return True


async def in_their_language(talk: Talk) -> None:
    """What follows is for whoever asked, alone."""
    talk.language = await tongues.of_person(talk.unit, talk.actor.user_id, talk.language)


async def alert(talk: Talk, words: Phrase | Sequence[Phrase]) -> None:
    """To the person who pressed, and to nobody else. Only the first answer to a press counts."""
    if talk.press_answered:
        return
    lines = fitting(talk.services.texts, (words,) if isinstance(words, Phrase) else words, talk.language)
    talk.press_answered = True
    await act(talk, AnswerPress(query_id=talk.query_id, words=lines, language=talk.language, alert=bool(lines)))


async def reply(talk: Talk, words: Phrase | Sequence[Phrase]) -> None:
    """An alert to a press, an answer to everything else."""
    if talk.query_id and not talk.press_answered:
        await alert(talk, words)
    else:
        await answer(talk, words)


async def tidy(talk: Talk) -> None:
    """The command itself disappears from the group as its answer does."""
    if not talk.private and talk.message_id:
        after = talk.at + TIDY_AFTER
        gone = Delete(message_ids=(talk.message_id,))
        await act(talk, Planned(gone, not_before=after, expires_at=after + TIDY_WITHIN))


async def take_down(talk: Talk) -> None:
    """The post that was pressed has done its work, and its buttons lead nowhere; one that speaks to others stays."""
    if talk.private or not talk.message_id:
        return
    shared = talk.group is not None and await quiet.shared_in(talk.unit, talk.group.id, talk.message_id)
    if not shared:
        await act(talk, Delete(message_ids=(talk.message_id,), own=True))


async def has_started(talk: Talk, user_id: int) -> bool:
    return bool(await users.reachable(talk.unit, [user_id]))
