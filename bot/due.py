"""What becomes of a moment that has come: the rules decide, or whoever planned it carries it out; finds none itself."""

from collections.abc import Awaitable, Callable, Mapping

from bot.arrival import admission, letter
from bot.conduct import appeals, caring, caring_back
from bot.conduct.moderator import Moderator
from bot.desks import alarms, approvals, cards, promises, terms
from bot.joining import deciding, waiting
from bot.protection import blacklist, gate, lockdown, raids
from bot.speech import questions
from bot.storage import deadlines, groups
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.due import due
from rules.conduct.gate import UNANSWERED

CarryOut = Callable[[Unit, Moderator, GroupRow, DeadlineRow, int], Awaitable[None]]
# Deadlines that are no question to `rules.conduct.due`: the hour itself is what they are about.
CARRIED_OUT: Mapping[str, CarryOut] = {
    raids.REMOVE: raids.carry_out,
    raids.BACK: raids.carry_out,
    lockdown.OVER: lockdown.carry_out,
    blacklist.OVER: blacklist.carry_out,
    blacklist.OUT: blacklist.carry_out,
    UNANSWERED: gate.carry_out,
    caring.OFFERED: caring.unanswered,
    caring.CLEAN: caring_back.clean,
    letter.DUE: letter.carry_out,
    admission.DUE: admission.unanswered,
    questions.DUE: questions.carry_out,
    appeals.DUE: appeals.carry_out,
    deciding.UNANSWERED: waiting.carry_out,
    cards.PROMISED: promises.carry_out,
    approvals.DUE: approvals.carry_out,
    approvals.ASK: approvals.carry_out,
    terms.OVER: terms.carry_out,
}


async def settle(unit: Unit, moderator: Moderator, row: DeadlineRow, now: int) -> None:
    """Once: whoever finds it done or cancelled meanwhile does nothing."""
    # In the Unit of what follows: done and carried out, or neither.
    if not await deadlines.done(unit, row.id):
        return
    group = (await groups.by_ids(unit, [row.group_id])).get(row.group_id)
    if group is None:
        return
    if (carry_out := CARRIED_OUT.get(row.kind)) is not None:
        await carry_out(unit, moderator, group, row, now)
    else:
        await decide(unit, moderator, group, row, now)


async def decide(unit: Unit, moderator: Moderator, group: GroupRow, row: DeadlineRow, now: int) -> None:
    """The rules look at the person as they are now; what they decide is written like any decision."""
    case = await moderator.case_of(unit, group, row.user_id, now)
    verdict = due(case, row.kind, row.decision_id, await moderator.policy_of(unit, group))
    if verdict.deadlines and not verdict.entries:
        # Not yet: it stays the same matter, and what is said about it is said of the first decision.
        await deadlines.add(unit, group.id, row.user_id, row.decision_id, verdict.deadlines)
        verdict = verdict._replace(deadlines=(), joins_case=row.decision_id)
    if verdict.stands:
        await moderator.record(unit, case, verdict, issuer_kind="clock", issuer_id=0, key=f"deadline:{row.id}")


async def set_aside(unit: Unit, row: DeadlineRow, reason: str, now: int) -> None:
    """One that cannot be settled is kept with its reason, leaders hear of it once, and the others go on."""
    await deadlines.failed(unit, row.id, reason)
    group = (await groups.by_ids(unit, [row.group_id])).get(row.group_id)
    if group is not None:
        await alarms.undecided(unit, group, -row.id, now)
