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
from bot.storage import Storage, StorageUnavailable, groups, members
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.checks import nickname_format
from rules.conduct.measures import name_fixed

AT_ONCE = 20
PAUSE = 1.0
LONGEST_PAUSE = 30.0

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
        while True:
            wait = LONGEST_PAUSE
            try:
                wait = await self.work() - self._clock.now()
            except StorageUnavailable as error:
                log.warning("names wait for the database: %s", error)
            except Exception:
                log.exception("looking at names fails")
            await self._clock.sleep(max(PAUSE, min(wait, LONGEST_PAUSE)))

    async def work(self) -> float:
        """Recheck some of those whose turn it is. Unix seconds of the next turn, infinity while nobody waits."""
        async with self._turn:
            now = int(self._clock.now())
            async with self._storage.reading() as unit:
                waiting = await self._waiting(unit)
            self._asked = {each.key: self._asked[each.key] for each in waiting if each.key in self._asked}
            turn = [each for each in waiting if self._next(each) <= now]
            try:
                for each in turn[:AT_ONCE]:
                    if (wait := self._limits.wait_to_ask()) > 0:
                        return now + wait
                    await self._one(each, now)
            except Unavailable as error:
                log.info("Telegram does not tell what members are called: %s", error)
                return now + max(LONGEST_PAUSE, error.retry_after)
            return min((self._next(each) for each in waiting), default=math.inf)

    def _next(self, waiting: Waiting) -> float:
        last = self._asked.get(waiting.key)
        return 0.0 if last is None else last + waiting.pause

    async def _one(self, each: Waiting, now: int) -> None:
        """Raises Unavailable: whoever comes next would only wait as long."""
        self._limits.asked()
        self._asked[each.key] = now
        await self.recheck(each.group, each.user_id, now)
        self._wake_outbox()

    async def _waiting(self, unit: Unit) -> list[Waiting]:
        rows = await members.read_only_for_name(unit)
        known = await groups.by_ids(unit, {group_id for group_id, _ in rows})
        active = {g.id: g for g in known.values() if g.state == "active"}
        pauses = {
            g.id: 60.0 * (await self._moderator.policy_of(unit, g)).policy.nickname_format.recheck_minutes
            for g in active.values()
        }
        return [Waiting(active[g], user_id, pauses[g]) for g, user_id in rows if g in active]

    async def recheck(self, group: GroupRow, user_id: int, now: int) -> bool:
        """Whether the name is right now; the question to Telegram stands outside any Unit."""
        try:
            seen = await self._gateway.member(group.chat_id, user_id)
        except Unavailable:
            raise
        except GatewayError as error:
            log.info("Telegram does not tell what a member is called: %s", error)
            return False
        return await self._storage.write(partial(self._judge, group=group, seen=seen, now=now))

    async def _judge(self, unit: Unit, group: GroupRow, seen: MemberInfo, now: int) -> bool:
        user_id = seen.user_id
        await members.update(unit, group.id, user_id, name=seen.name, tag=seen.tag or "")
        case = await self._moderator.case_of(unit, group, user_id, now)
        policy = (await self._moderator.policy_of(unit, group)).policy
        if nickname_format.check(case, policy).hit:
            return False
        verdict = name_fixed(case, policy)
        if verdict.stands:
            await self._moderator.record(
                unit, case, verdict, issuer_kind="clock", issuer_id=0, key=f"name:{group.id}:{user_id}:{now}"
            )
        return True
