"""Sees to it that a group and its administrators are known before a Unit opens, for no Unit waits for the network."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import NamedTuple

from bot import membership
from bot.clock import Clock
from bot.conduct.moderator import Moderator
from bot.gateway import CallRefused, Gateway, GatewayError
from bot.intake.incoming import MEMBERSHIP, MIGRATION, Incoming
from bot.intake.shapes import Chat
from bot.membership import Answers
from bot.storage import Storage, Unit, groups
from bot.storage.groups import GroupRow

GOOD_FOR_SECONDS = 24 * 3600
REFUSED_FOR_SECONDS = 600
# Shorter where Telegram did not answer at all: until it does the group's rules only observe.
AWAY_FOR_SECONDS = 5
MOST_KNOWN = 20_000
ATTEMPTS = 3
PAUSE = 0.5

# Called for a group nobody told of: (unit, its row, its administrators, how many are in it, when); the row afterwards.
Admit = Callable[[Unit, GroupRow, Sequence[int], int, int], Awaitable[GroupRow]]

log = logging.getLogger(__name__)


class Known(NamedTuple):
    """A chat as it was last seen; at `until` the books are asked again whether Telegram has to be."""

    title: str
    until: float


class Places:
    """Where Telegram cannot be asked, the group's rules only observe until it can (`admins_at` 0)."""

    def __init__(
        self, storage: Storage, moderator: Moderator, gateway: Gateway, clock: Clock, bot_id: int,
        admit: Admit | None = None,
    ) -> None:  # fmt: skip
        self._storage = storage
        self._moderator = moderator
        self._gateway = gateway
        self._clock = clock
        self._bot_id = bot_id
        self._admit = admit
        self._known: dict[int, Known] = {}

    async def prepare(self, work: Sequence[Incoming]) -> None:
        """Ask about the groups of `work` that are new, renamed, or were last asked about a day ago."""
        now = self._clock.now()
        for each in work:
            chat = each.chat
            # What tells that the bot came or went says itself what it may do there.
            if chat is None or each.reason == MEMBERSHIP:
                continue
            known = self._known.get(chat.id)
            if known is None or known.until < now:
                await self._get_to_know(chat, each)
            elif known.title != chat.title and chat.title:
                await self._renamed(chat, known)

    def changed(self, work: Sequence[Incoming]) -> None:
        """The bot's own place in a chat may have changed: look again before its next update."""
        for each in work:
            if each.chat is not None and each.reason in (MEMBERSHIP, MIGRATION):
                self._known.pop(each.chat.id, None)

    async def _get_to_know(self, chat: Chat, incoming: Incoming) -> None:
        now, good_for = int(self._clock.now()), REFUSED_FOR_SECONDS
        async with self._storage.reading() as unit:
            row = (await groups.by_chats(unit, [chat.id])).get(chat.id)
        if row is not None and row.state in groups.OUTSIDE:
            return
        away = row is not None and row.state != "active"
        if row is None or away or row.admins_at + GOOD_FOR_SECONDS < now:
            # Rules begin with the first message, not with the moment it is read after an outage.
            at = min(now, incoming.facts.at if incoming.facts is not None else now)
            answered = await self._ask(chat, at, away=away)
            good_for = REFUSED_FOR_SECONDS if answered else AWAY_FOR_SECONDS
        self._known[chat.id] = Known(chat.title or "", now + good_for)
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]

    async def _ask(self, chat: Chat, at: int, *, away: bool) -> bool:
        """Whether Telegram answered, if only with a no. `away`: the bot is believed to be put out; a message from there
        says otherwise, if it was not late."""
        for attempt in range(ATTEMPTS):
            try:
                if away and (await self._gateway.member(chat.id, self._bot_id)).status in membership.GONE:
                    return True
                answers = await self._answers(chat.id)
            except CallRefused as error:
                log.info("Telegram does not tell who leads a group: %s", error, extra={"chat_id": chat.id})
                await self._unasked(chat, at)
                return True
            except GatewayError as error:
                log.info("Telegram cannot be asked who leads a group: %s", error, extra={"chat_id": chat.id})
                await asyncio.sleep(PAUSE * attempt)
            else:
                await self._storage.write(partial(self._note, chat=chat, answers=answers, at=at))
                return True
        await self._unasked(chat, at)
        return False

    async def _answers(self, chat_id: int) -> Answers:
        return Answers(
            await self._gateway.chat(chat_id),
            await self._gateway.administrators(chat_id),
            await self._gateway.member_count(chat_id),
        )

    async def _unasked(self, chat: Chat, at: int) -> None:
        """Nobody told anything of the group. Where not everybody may bring the bot, an unknown one stays unknown."""
        if self._admit is None:
            await self._storage.write(lambda unit: self._ensure(unit, chat, at))

    async def _ensure(self, unit: Unit, chat: Chat, at: int, state: str = "active") -> GroupRow:
        return await groups.ensure(
            unit, chat.id, title=chat.title or "", kind=chat.type, owner_id=0, at=at, state=state
        )

    async def _let_in(self, unit: Unit, chat: Chat, answers: Answers, at: int) -> GroupRow:
        """The bot is in a group that nobody told of; unless an operator leads it, one is asked."""
        if self._admit is None or await groups.by_chats(unit, [chat.id]):
            return await self._ensure(unit, chat, at)
        new = await self._ensure(unit, chat, at, groups.PENDING)
        await groups.update(unit, new.id, title=answers.chat.title)
        leaders = [each.user_id for each in answers.administrators]
        return await self._admit(unit, new, leaders, answers.member_count, at)

    async def _note(self, unit: Unit, chat: Chat, answers: Answers, at: int) -> None:
        now = int(self._clock.now())
        group = await self._let_in(unit, chat, answers, at)
        own = next((a for a in answers.administrators if a.user_id == self._bot_id), None)
        status, rights = ("administrator", own.rights) if own is not None else ("member", frozenset[str]())
        if group.state in groups.OUTSIDE:
            await membership.bot_changed(unit, group, status, rights, now)
            return
        await membership.described(unit, group, answers, status, rights, now)
        await membership.begin_rules(unit, group, await self._moderator.policy_of(unit, group), at)

    async def _renamed(self, chat: Chat, known: Known) -> None:
        async def rename(unit: Unit) -> None:
            for group in (await groups.by_chats(unit, [chat.id])).values():
                await groups.update(unit, group.id, title=chat.title)

        await self._storage.write(rename)
        self._known[chat.id] = known._replace(title=chat.title or "")
