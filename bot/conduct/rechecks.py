"""Looks again at the names of those who are read-only for theirs: a rename sends no update."""

import asyncio
import logging
import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from bot.clock import Clock
from bot.conduct.moderator import Moderator
from bot.gateway import Gateway, GatewayError, MemberInfo, Unavailable
from bot.limits import Limits
from bot.process.rounds import Pace, ask_each, rounds
from bot.storage import Storage, groups, members
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.checks import nickname_format
from rules.conduct.measures import name_fixed

AT_ONCE = 20
PACE = Pace("names", shortest=1.0, longest=30.0)

log = logging.getLogger(__name__)


class Waiting(NamedTuple):
    group: GroupRow
    user_id: int
    pause: float

    @property
    def key(self) -> tuple[int, int]:
        return self.group.id, self.user_id


class Rechecks:
    """Asks Telegram who they are now, every few minutes by policy, and frees whoever has mended the name.

    In a task of its own and within the limits, so that a slow Telegram holds up nothing else.
    """

    def __init__(
        self, storage: Storage, moderator: Moderator, gateway: Gateway, clock: Clock, limits: Limits,
        wake_outbox: Callable[[], None],
    ) -> None:  # fmt: skip
        self._storage, self._moderator, self._gateway = storage, moderator, gateway
        self._clock, self._limits, self._wake_outbox = clock, limits, wake_outbox
        self._asked: dict[tuple[int, int], int] = {}
        self._turn = asyncio.Lock()

    async def run(self) -> None:
        """Until cancelled."""
        await rounds(self.work, self._clock, PACE)

    async def work(self) -> float:
        """Recheck some of those whose turn it is. Unix seconds of the next turn, infinity while nobody waits."""
        async with self._turn:
            now = int(self._clock.now())
            async with self._storage.reading() as unit:
                waiting = await self._waiting(unit)
            self._asked = {each.key: self._asked[each.key] for each in waiting if each.key in self._asked}
            turn = [each for each in waiting if self._next(each) <= now][:AT_ONCE]
            wait = await ask_each(turn, partial(self._one, now=now), self._limits, PACE)
            return min((self._next(each) for each in waiting), default=math.inf) if wait is None else now + wait

    def _next(self, waiting: Waiting) -> float:
        last = self._asked.get(waiting.key)
        return 0.0 if last is None else last + waiting.pause

    async def _one(self, each: Waiting, now: int) -> None:
        """Raises Unavailable."""
        self._asked[each.key] = now
        try:
            seen = await self._gateway.member(each.group.chat_id, each.user_id)
        except Unavailable:
            raise
        except GatewayError as error:
            log.info("Telegram does not tell what a member is called: %s", error)
            return
        # Most rounds find what the last one found: then nobody waits for a writer, and nothing goes to the disk.
        async with self._storage.reading() as unit:
            news = await self._is_news(unit, each.group, seen, now)
        if news:
            await self._storage.write(partial(self._judge, group=each.group, seen=seen, now=now))
            self._wake_outbox()

    async def _waiting(self, unit: Unit) -> list[Waiting]:
        rows = await members.read_only_for_name(unit)
        known = await groups.by_ids(unit, {group_id for group_id, _ in rows})
        active = {g.id: g for g in known.values() if g.state == "active"}
        pauses = {
            g.id: 60.0 * (await self._moderator.policy_of(unit, g)).nickname_format.recheck_minutes
            for g in active.values()
        }
        return [Waiting(active[g], user_id, pauses[g]) for g, user_id in rows if g in active]

    async def _is_news(self, unit: Unit, group: GroupRow, seen: MemberInfo, now: int) -> bool:
        """Another name or tag, or one that the group's format has come to allow."""
        case = await self._moderator.case_of(unit, group, seen.user_id, now)
        policy = await self._moderator.policy_of(unit, group)
        known = (case.member.name, case.member.tag)
        return known != (seen.name, seen.tag or "") or not nickname_format.check(case, policy).hit

    async def _judge(self, unit: Unit, group: GroupRow, seen: MemberInfo, now: int) -> None:
        user_id = seen.user_id
        await members.update(unit, group.id, user_id, name=seen.name, tag=seen.tag or "")
        case = await self._moderator.case_of(unit, group, user_id, now)
        policy = await self._moderator.policy_of(unit, group)
        if nickname_format.check(case, policy).hit:
            return
        verdict = name_fixed(case, policy)
        if verdict.stands:
            await self._moderator.record(
                unit, case, verdict, issuer_kind="clock", issuer_id=0, key=f"name:{group.id}:{user_id}:{now}"
            )
