"""Notices that many join at once and has it asked; carries out, person by person, what a leader answered."""

from collections import defaultdict, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from bot.conduct import reversing
from bot.conduct.policies import Ruled
from bot.storage import books, deadlines, joins, tickets, welcomes
from bot.storage.books import DecisionRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.tickets import TicketRow
from bot.storage.unit import Unit
from rules.conduct import raids
from rules.conduct.effects import Deadline, Entry
from rules.conduct.policy import Policy
from rules.conduct.raids import ASKING_SECONDS, RULE, Join
from rules.conduct.verdict import Verdict

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

REMOVE: Literal["raid_remove"] = "raid_remove"
BACK: Literal["raid_back"] = "raid_back"
REMOVED, LET_BE = "raid.remove", "raid.let_be"
MOST_REMEMBERED = 1000


class Pace:
    """How fast people came to each group lately: it only spares questions, the books decide."""

    def __init__(self) -> None:
        self._lately: defaultdict[int, deque[int]] = defaultdict(lambda: deque(maxlen=MOST_REMEMBERED))

    async def fast(self, unit: Unit, group_id: int, at: int, policy: Policy) -> bool:
        least, seconds = policy.raid.joins, policy.raid.seconds
        if group_id not in self._lately:
            # After a restart: the one who comes now is among them.
            known = await joins.between(unit, group_id, at - seconds, at)
            self._lately[group_id].extend(join.at for join in known[:-1])
        lately = self._lately[group_id]
        lately.append(at)
        return len(lately) >= least and at - lately[-least] <= seconds


async def held(unit: Unit, moderator: "Moderator", group: GroupRow, ruled: Ruled, at: int) -> bool:
    """Whether whoever came `at` belongs to a wave that leaders are asked about; the first one that makes it a wave
    has the question asked."""
    terms = ruled.policy.raid
    told = await tickets.opened_since(unit, group.id, RULE, at - ASKING_SECONDS)
    dealt_with = max((each.answered_at + 1 for each in told if each.answer == REMOVED), default=0)
    together = await joins.between(unit, group.id, max(at - terms.seconds, dealt_with), at)
    if len(together) < terms.joins or any(each.answer == LET_BE for each in told):
        return False
    if all(each.state != "open" for each in told):
        await ask(unit, moderator, group, ruled.policy, together, at)
    return True


async def ask(
    unit: Unit, moderator: "Moderator", group: GroupRow, policy: Policy, together: Sequence[Join], at: int
) -> None:
    """A decision about nobody, and the card that asks."""
    case = await moderator.case_of(unit, group, 0, at)
    case = case._replace(member=case.member._replace(name=group.title))
    key = f"raid:{group.id}:{together[0].at}:{together[-1].at}"
    await moderator.record(unit, case, raids.asked(case, policy, together), issuer_kind="rule", issuer_id=0, key=key)


async def people(unit: Unit, group: GroupRow, policy: Policy, ticket: TicketRow, now: int) -> list[Join]:
    """Who belongs to the wave of that question by now."""
    terms, until = policy.raid, min(now, ticket.opened_at + ASKING_SECONDS)
    came = await joins.between(unit, group.id, ticket.opened_at - terms.seconds, until)
    return raids.wave(came, terms.joins, terms.seconds)


async def remove(unit: Unit, group: GroupRow, decision_id: int, wave: list[Join], now: int) -> None:
    """Each is decided about in a Unit of its own, soon: five hundred in one would keep everybody waiting."""
    who = [join.user_id for join in wave]
    await deadlines.for_each(unit, group.id, who, decision_id, Deadline(REMOVE, now))
    await welcomes.forget(unit, group.id, who)


async def take_back(unit: Unit, moderator: "Moderator", row: DecisionRow, group: GroupRow, by: int, now: int) -> bool:
    """Whoever was not removed yet stays, the others may come back; False where that was done before."""
    if not await books.set_state(unit, row.id, "standing", "reversed"):
        return False
    await deadlines.cancel(unit, decision_id=row.id)
    case = await moderator.case_of(unit, group, 0, now)
    undone = Verdict(rule=RULE, step="undo", entries=(Entry("void", RULE, ref=row.id),))
    await moderator.record(
        unit, case, undone, issuer_kind="person", issuer_id=by, key=f"undo:{row.id}", reverses=row.id
    )
    away = await joins.removed(unit, group.id, row.id)
    await deadlines.for_each(unit, group.id, away, row.id, Deadline(BACK, now))
    return True


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """One person of the wave goes, or may come back: a decision of whoever pressed."""
    key = joins.key_of(row.decision_id, row.user_id)
    if row.kind == BACK:
        taken_back = await books.reversed_by(unit, row.decision_id)
        gone = await books.by_key(unit, key)
        if taken_back is not None and gone is not None:
            await reversing.undo(unit, moderator, gone.id, taken_back.issuer_id, now, reversing.IN_A_WAVE)
        return
    answered = [each for each in await tickets.of_decision(unit, row.decision_id) if each.answer == REMOVED]
    case = await moderator.case_of(unit, group, row.user_id, now)
    verdict = raids.removal(case, await moderator.policy_of(unit, group))
    if answered and verdict.stands:
        by = answered[0].answered_by
        await moderator.record(unit, case, verdict, issuer_kind="person", issuer_id=by, key=key)
