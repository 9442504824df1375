"""Performs one act: the calls it takes, in order, and what became of it. It retries nothing and keeps nothing."""

import logging
from collections.abc import Awaitable, Callable

from telegram import Bot

from bot.gateway import posts
from bot.gateway.calls import CALLS
from bot.gateway.outcomes import (
    DELETED_AT_ONCE,
    EXPIRED,
    Done,
    GatewayError,
    Held,
    Outcome,
    Performable,
    Place,
    Refused,
    Renderer,
)
from bot.gateway.permissions import change, permissions_of, restriction
from bot.gateway.posts import Call
from bot.gateway.refusals import NEEDS_SUPERGROUP, TAG_FORBIDDEN, UNDELETABLE, judge
from bot.gateway.wire import Answer, NotSentError, Silence
from rules.conduct.effects import (
    Act,
    Delete,
    Remove,
    Repost,
    Restrict,
    SetPermissions,
    SetTag,
)

# Telegram takes an end nearer than 30 s or farther than 366 days as "for ever".
SHORTEST, LONGEST = 35, 365 * 86_400
MISTAKE = "mistake:"

Send = Callable[[Callable[[], Awaitable[object]]], Awaitable[Answer | Silence]]

log = logging.getLogger(__name__)


class Performer:
    """The acts as calls of the library's Bot; `send` performs a call and tells what came of it."""

    def __init__(self, bot: Bot, bot_id: int, render: Renderer, send: Send, now: Callable[[], float]) -> None:
        self._bot = bot
        self._bot_id = bot_id
        self._render = render
        self._send = send
        self._now = now

    async def perform(self, errand: Performable, place: Place) -> Outcome:
        """All calls of an act are made up before the first is sent, so what fails in making them has not been done."""
        try:
            return await self._perform(errand, place)
        except posts.NoResult:
            return Refused("predecessor")
        except posts.TooLong:
            log.warning("a post is longer than Telegram takes", extra={"act": type(errand.act).__name__})
            return Refused("too_long")
        except GatewayError:
            raise
        except Exception as error:
            log.exception("an act could not be made into calls", extra={"act": type(errand.act).__name__})
            return Refused(f"{MISTAKE} {type(error).__name__}")

    async def _perform(self, errand: Performable, place: Place) -> Outcome:
        match act := errand.act:
            case Delete():
                return await self._delete(act, place)
            case Restrict():
                return await self._restrict(act, errand.created_at, place)
            case Remove(ban=False):
                return await self._kick(act, place)
            case SetTag():
                outcome = await self._single(act, place)
                return await self._unless_right_missing(outcome, TAG_FORBIDDEN, "can_manage_tags", place.chat_id)
            case Repost():
                return await self._repost(act, place)
            case SetPermissions():
                return await self._set_permissions(act, place)
            case _:
                return await self._single(act, place)

    async def _call(self, act: Act, place: Place, call: Call) -> Outcome:
        parameters = {name: value for name, value in call.parameters.items() if value is not None}
        try:
            reply = await self._send(lambda: getattr(self._bot, call.method)(**parameters))
        except NotSentError as error:
            log.exception("a call could not be sent", extra={"method": call.method})
            return Refused(f"{MISTAKE} {error}")
        return judge(act, reply, place.chat_id)

    async def _single(self, act: Act, place: Place) -> Outcome:
        return await self._call(act, place, CALLS[type(act)](act, place, self._render))

    async def _restrict(self, act: Restrict, created_at: int, place: Place) -> Outcome:
        until = min(act.until, created_at + LONGEST)
        if until and until - self._now() < SHORTEST:
            return Refused(EXPIRED)
        outcome = await self._call(act, place, restriction(place.chat_id, act.user_id, until))
        capped = isinstance(outcome, Done) and until != act.until
        return Done({"until": until, "asked": act.until}) if capped else outcome

    async def _kick(self, act: Remove, place: Place) -> Outcome:
        """Ban and lift the ban; a repeat from the start ends the same."""
        who = {"chat_id": place.chat_id, "user_id": act.user_id}
        outcome = await self._call(act, place, Call("ban_chat_member", who))
        if not isinstance(outcome, Done):
            return outcome
        # In a basic group nobody stays banned, so there is nothing to lift.
        lifted = await self._call(act, place, Call("unban_chat_member", {**who, "only_if_banned": True}))
        return Done() if lifted == Refused(NEEDS_SUPERGROUP) else lifted

    async def _set_permissions(self, act: SetPermissions, place: Place) -> Outcome:
        reply = await self._send(lambda: self._bot.get_chat(place.chat_id))
        if not (isinstance(reply, Answer) and reply.ok):
            return judge(act, reply, place.chat_id)
        call, meanwhile = change(act, place.chat_id, permissions_of(reply.result))
        outcome = await self._call(act, place, call) if call else Done()
        return Done(meanwhile) if isinstance(outcome, Done) else outcome

    async def _delete(self, act: Delete, place: Place) -> Outcome:
        ids = act.message_ids or tuple(place.after.get("message_ids") or filter(None, [place.after.get("message_id")]))
        undeletable: list[int] = []
        for start in range(0, len(ids), DELETED_AT_ONCE):
            outcome = await self._delete_some(act, place, ids[start : start + DELETED_AT_ONCE])
            if not isinstance(outcome, Done):
                return outcome
            undeletable += outcome.result.get(UNDELETABLE, ())
        return Done({UNDELETABLE: undeletable}) if undeletable else Done()

    async def _delete_some(self, act: Delete, place: Place, ids: tuple[int, ...]) -> Outcome:
        """One message that cannot go fails a whole batch, so then each goes alone."""
        if len(ids) == 1:
            return await self._delete_one(act, place, ids[0])
        call = Call("delete_messages", {"chat_id": place.chat_id, "message_ids": ids})
        outcome = await self._call(act, place, call)
        if not isinstance(outcome, Refused):
            return outcome
        undeletable: list[int] = []
        for message_id in ids:
            outcome = await self._delete_one(act, place, message_id)
            if not isinstance(outcome, Done):
                return outcome
            undeletable += outcome.result.get(UNDELETABLE, ())
        return Done({UNDELETABLE: undeletable})

    async def _delete_one(self, act: Delete, place: Place, message_id: int) -> Outcome:
        """Too old and lacking the right read the same, so the right is looked up."""
        call = Call("delete_message", {"chat_id": place.chat_id, "message_id": message_id})
        outcome = await self._call(act, place, call)
        outcome = await self._unless_right_missing(outcome, UNDELETABLE, "can_delete_messages", place.chat_id)
        return Done({UNDELETABLE: [message_id]}) if outcome == Refused(UNDELETABLE) else outcome

    async def _unless_right_missing(self, outcome: Outcome, reason: str, right: str, chat_id: int) -> Outcome:
        if outcome != Refused(reason) or chat_id > 0:
            return outcome
        reply = await self._send(lambda: self._bot.get_chat_member(chat_id, self._bot_id))
        if isinstance(reply, Answer) and reply.ok:
            return outcome if reply.result.get(right) or reply.result["status"] == "creator" else Held(f"right:{right}")
        return judge(Delete(message_ids=()), reply, chat_id)

    async def _repost(self, act: Repost, place: Place) -> Outcome:
        """Once a part is out, the rest must not make the whole come again."""
        first: Done | None = None
        for call in posts.repost(act, place, self._render):
            outcome = await self._call(act, place, call)
            if not isinstance(outcome, Done):
                return Done({**first.result, "partly": str(outcome)}) if first else outcome
            first = first or outcome
        return first or Done()
