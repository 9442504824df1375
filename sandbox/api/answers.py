"""Answers to presses and inline queries, and reactions."""

from __future__ import annotations

from typing import Any

from sandbox import errors
from sandbox.api.access import group_of, message_of, need, refuse
from sandbox.api.arguments import Args
from sandbox.errors import bad
from sandbox.world import World, presses, reactions
from sandbox.world.records import Json

ANSWER_LIMIT = 200


def answer_callback(world: World, args: Args) -> bool:
    text = args.text("text")
    refuse(len(text) > ANSWER_LIMIT, bad("MESSAGE_TOO_LONG"))
    given: Json = {"text": text, "show_alert": args.flag("show_alert"), "url": args.text("url")}
    refuse(not presses.answer(world, args.text("callback_query_id"), given), bad(errors.QUERY_TOO_OLD))
    return True


def answer_inline(world: World, args: Args) -> bool:
    query_id = args.text("inline_query_id")
    refuse(world.inline_answers.get(query_id, {}) is not None, bad(errors.QUERY_TOO_OLD))
    world.inline_answers[query_id] = {"results": args.items_of("results")}
    return True


def set_reaction(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    message = message_of(world, chat, args, errors.REACT_NOT_FOUND)
    wanted = args.items_of("reaction")
    refuse(len(wanted) > 1, bad("REACTIONS_TOO_MANY"))
    refuse(not all(reactions.valid(reaction) for reaction in wanted), bad(errors.REACTION_INVALID))
    reactions.react(world, chat, message, world.bot_id, wanted)
    return True


def delete_reaction(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    need(world, chat, "can_delete_messages", errors.NOT_ENOUGH_RIGHTS)
    message = message_of(world, chat, args, errors.REACT_NOT_FOUND)
    reactions.react(world, chat, message, actor(args), [])
    return True


def delete_all_reactions(world: World, args: Args) -> bool:
    chat = group_of(world, args)
    need(world, chat, "can_delete_messages", errors.NOT_ENOUGH_RIGHTS)
    for message in list(chat.messages.values()):
        if actor(args) in message.reactions:
            reactions.react(world, chat, message, actor(args), [])
    return True


def actor(args: Args) -> int:
    return args.integer("user_id") or args.integer("actor_chat_id")


METHODS: dict[str, Any] = {
    "answerCallbackQuery": answer_callback,
    "answerInlineQuery": answer_inline,
    "setMessageReaction": set_reaction,
    "deleteMessageReaction": delete_reaction,
    "deleteAllMessageReactions": delete_all_reactions,
}
