"""Looks again at the names of those who are read-only for theirs: a rename sends no update."""

import logging
import math
from functools import partial
from typing import NamedTuple

from bot.gateway import Gateway, GatewayError, MemberInfo
from bot.moderator import Moderator
from bot.storage import Storage, groups, members
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.checks import nickname_format
from rules.conduct.measures import name_fixed

log = logging.getLogger(__name__)


class Waiting(NamedTuple):
    group: GroupRow
    user_id: int


class Rechecks:
    """Asks Telegram who they are now, every few minutes by policy, and frees whoever has mended the name."""

    def __init__(self, storage: Storage, moderator: Moderator, gateway: Gateway) -> None:
        self._storage, self._moderator, self._gateway = storage, moderator, gateway
        self._next = 0.0

    async def work(self, now: int) -> float:
        """Recheck those whose turn it is. Unix seconds of the next turn, infinity while nobody waits."""
        if now < self._next:
            return self._next
        async with self._storage.reading() as unit:
            waiting, pause = await self._waiting(unit)
        for each in waiting:
            await self.recheck(each.group, each.user_id, now)
        self._next = now + pause if waiting else 0.0
        return self._next or math.inf

    async def _waiting(self, unit: Unit) -> tuple[list[Waiting], float]:
        rows = await members.read_only_for_name(unit)
        known = await groups.by_ids(unit, {group_id for group_id, _ in rows})
        active = {g.id: g for g in known.values() if g.state == "active"}
        pauses = [
            (await self._moderator.policy_of(unit, g)).policy.nickname_format.recheck_minutes for g in active.values()
        ]
        waiting = [Waiting(active[group_id], user_id) for group_id, user_id in rows if group_id in active]
        return waiting, 60.0 * min(pauses, default=10)

    async def recheck(self, group: GroupRow, user_id: int, now: int) -> bool:
        """Whether the name is right now; the question to Telegram stands outside any Unit."""
        try:
            seen = await self._gateway.member(group.chat_id, user_id)
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
