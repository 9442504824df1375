"""The newcomer's gate: closed when somebody joins, opened by their press, shown to leaders when nobody pressed."""

from typing import TYPE_CHECKING

from bot import membership
from bot.conduct.policies import Ruled
from bot.storage import gated, tickets
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import gate
from rules.conduct.effects import HOUR
from rules.conduct.facts import Facts

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator


async def close(unit: Unit, moderator: "Moderator", group: GroupRow, ruled: Ruled, facts: Facts, now: int) -> None:
    """Not for whom a leader brought, and not for a join that was heard of late (fairness 5)."""
    if facts.is_bot or now - facts.at > HOUR or await membership.brought(unit, group, facts):
        return
    case = await moderator.case_of(unit, group, facts.user_id, facts.at)
    verdict = gate.closed(case, ruled.policy)
    if verdict.stands:
        key = f"gate:{facts.update_id}:{facts.user_id}"
        await moderator.record(unit, case, verdict, issuer_kind="rule", issuer_id=0, key=key)


async def open_for(
    unit: Unit, moderator: "Moderator", group: GroupRow, user_id: int, *, by: int, at: int, key: str
) -> bool:
    """False where it was open."""
    case = await moderator.case_of(unit, group, user_id, at)
    verdict = gate.opened(case)
    if not verdict.stands:
        return False
    await moderator.record(unit, case, verdict, issuer_kind="person", issuer_id=by, key=f"{key}:gate:{user_id}")
    return True


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """Nothing follows but that leaders find them in their list: one entry for all, with the newest names."""
    waiting = await gated.people(unit, group.id)
    if row.user_id not in {each.user_id for each in waiting}:
        return
    policy = await moderator.policy_of(unit, group)
    before = now - policy.gate.hours * HOUR
    late = tuple(each.name for each in waiting if each.since <= before)
    for ticket in await tickets.pending(unit, [group.id]):
        if ticket.kind == gate.RULE:
            await tickets.answer(unit, ticket.id, 0, now, "gate.newer")
    await tickets.open_ticket(
        unit, group_id=group.id, kind=gate.RULE, decision_id=None, user_id=0, at=now,
        words=gate.said(late, policy.gate.hours),
    )  # fmt: skip
