"""Somebody who had asked to join is in the group: what they have answered is carried over, so nobody is asked twice."""

from typing import TYPE_CHECKING

from bot.joining import deciding
from bot.storage import joinrequests, members
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from bot.storage.unit import Unit
from rules.conduct import measures
from rules.conduct.case import Case
from rules.conduct.effects import DAY
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

# Longer ago it was another coming.
CARRIED_WITHIN = 2 * DAY


async def came_in(unit: Unit, moderator: "Moderator", group: GroupRow, policy: Policy, facts: Facts) -> None:
    """Also whom an administrator of Telegram let in by hand: their open request is answered by that."""
    row = await joinrequests.last_of(unit, group.id, facts.user_id)
    if row is None or facts.is_bot:
        return
    if row.state in ("asking", "waiting"):
        by = facts.by_user_id if facts.by_user_id != facts.user_id else 0
        known = (await members.load(unit, [(group.id, by)])).get((group.id, by)) if by else None
        await deciding.by_hand(unit, group, row, by, known.name if known is not None else "", facts.at)
    elif row.state != "approved" or row.answers.carried or facts.at > row.decided_at + CARRIED_WITHIN:
        return
    await carry_over(unit, moderator, group, policy, row, facts.at)


async def carry_over(
    unit: Unit, moderator: "Moderator", group: GroupRow, policy: Policy, row: RequestRow, at: int
) -> None:
    answers, user_id = row.answers, row.user_id
    if answers.rules_at:
        await members.update(unit, group.id, user_id, rules_accepted_at=answers.rules_at)
        case = await moderator.case_of(unit, group, user_id, at)
        await record(unit, moderator, row, case, measures.accept_rules(case, policy), "rules")
    if answers.nick:
        case = await moderator.case_of(unit, group, user_id, at)
        await record(unit, moderator, row, case, measures.register_nick(case, policy, answers.nick), "nick")
    await joinrequests.carried(unit, row)


async def record(unit: Unit, moderator: "Moderator", row: RequestRow, case: Case, verdict: Verdict, name: str) -> None:
    key = f"join:{row.id}:{name}"
    if verdict.stands:
        await moderator.record(unit, case, verdict, issuer_kind="person", issuer_id=row.user_id, key=key)
