"""Keeps people out of all groups of one owner, and lets them back: each group by a decision of its own."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from bot.conduct import reversing
from bot.conduct.policies import zone_of
from bot.storage import blacklist, books, deadlines, groups, welcomes
from bot.storage.blacklist import BlacklistRow
from bot.storage.blacklist import active as active
from bot.storage.books import DecisionRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import blacklist as rules
from rules.conduct.case import Case
from rules.conduct.effects import DAY, Deadline
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict
from rules.conduct.words import Params

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

OVER: Literal["blacklist_over"] = "blacklist_over"
OUT: Literal["blacklist_out"] = "blacklist_out"
# What is older is written down by nobody: the person has been there for days.
OLD = 2 * DAY


class New(NamedTuple):
    """Somebody who is to be kept out; `evidence` is the decision it rests on, or 0."""

    user_id: int
    name: str = ""
    username: str = ""
    reason: str = ""
    expires_at: int = 0
    evidence: int = 0
    source: Literal["person", "import", "rule"] = "person"


async def add(unit: Unit, moderator: "Moderator", group: GroupRow, new: New, *, by: int, at: int) -> int | None:
    """The number of the entry; None where the person is on the list already. `group` is where somebody decided it."""
    if not group.owner_id or await active(unit, group.owner_id, new.user_id, at) is not None:
        return None
    number = await suggest(unit, group.owner_id, new, by=by, at=at)
    return number if await accept(unit, moderator, group, number, by=by, at=at) else None


async def suggest(unit: Unit, owner_id: int, new: New, *, by: int, at: int) -> int:
    """Nothing happens to anybody: it waits for somebody who may say yes."""
    row = BlacklistRow(
        0, owner_id, new.user_id, new.name, new.username, new.reason, new.evidence, new.source, "suggested", by, at,
        new.expires_at, 0, 0,
    )  # fmt: skip
    return await blacklist.put(unit, row) or 0


async def accept(
    unit: Unit, moderator: "Moderator", group: GroupRow, number: int, *, by: int, at: int, soon: bool = False
) -> bool:
    """A suggestion comes into force, everywhere; False where it is none any more. `soon`: not within this Unit."""
    # Two who say yes at the same moment do so one after the other, in whichever group they are.
    await groups.by_ids(unit, (await blacklist.of_owner(unit, group.owner_id))[:1], lock=True)
    row = await blacklist.get(unit, number)
    over = row is not None and 0 < row.expires_at <= at
    if row is None or row.owner_id != group.owner_id or over or not await blacklist.accept(unit, number, by, at):
        return False
    await blacklist.refuse_others(unit, row.owner_id, row.user_id, by, at)
    here = {group.id: group, **{each.id: each for each in await places(unit, group.owner_id, row.user_id)}}
    told = False
    for each in here.values():
        # Wherever it holds: the bot may be gone from one of them by the day on which it ends.
        ends = [Deadline(OVER, row.expires_at)] if row.expires_at else []
        await deadlines.add(unit, each.id, row.user_id, None, [*ends, *([Deadline(OUT, at)] if soon else [])])
        if not soon:
            told |= await put_out(unit, moderator, each, row, by, at, told=not told, absent=each.id == group.id)
    return True


async def places(unit: Unit, owner_id: int, user_id: int) -> list[GroupRow]:
    """The groups of that owner in which the person is known to be."""
    mine = await blacklist.of_owner(unit, owner_id)
    here = [group_id for group_id, _ in await blacklist.present(unit, mine, [user_id])]
    found = await groups.by_ids(unit, here)
    return [found[number] for number in here]


async def put_out(
    unit: Unit, moderator: "Moderator", group: GroupRow, row: BlacklistRow, by: int, at: int, *, told: bool,
    absent: bool = False,
) -> bool:  # fmt: skip
    """Out of one group, by a decision of whoever said yes; False where that does nothing."""
    case, policy = await moderator.case_of(unit, group, row.user_id, at), await moderator.policy_of(unit, group)
    verdict = rules.removal(case, policy, said_of(row, group), told=told, absent=absent)
    if not verdict.stands:
        return False
    await moderator.record(
        unit, case, verdict, issuer_kind="person", issuer_id=by, key=key_of(row, group), reason=row.reason
    )
    return True


def key_of(row: BlacklistRow, group: GroupRow) -> str:
    """So that all that an entry caused can be taken back with it."""
    return f"blacklist:{row.id}:{group.id}"


def said_of(row: BlacklistRow, group: GroupRow) -> Params:
    until = f"{datetime.fromtimestamp(row.expires_at, zone_of(group)):%Y-%m-%d}" if row.expires_at else "–"
    return ("reason", row.reason or "–"), ("until", until)


async def kept_out(unit: Unit, moderator: "Moderator", group: GroupRow, policy: Policy, facts: Facts, now: int) -> bool:
    """Whether somebody on the list came in, and is being sent out again; nobody before it is known who leads here."""
    if facts.is_bot or not group.admins_at or facts.at < now - OLD:
        return False
    row = await active(unit, group.owner_id, facts.user_id, now)
    if row is None:
        return False
    case = await moderator.case_of(unit, group, facts.user_id, facts.at)
    if facts.kind == "message":
        case = case._replace(facts=facts)
    verdict = rules.came_in(case, policy, said_of(row, group), row.id)
    if not verdict.stands:
        return False
    key = f"{key_of(row, group)}:{facts.at}"
    await moderator.record(unit, case, verdict, issuer_kind="rule", issuer_id=0, key=key, reason=row.reason)
    await welcomes.remove(unit, group.id, facts.user_id)
    return True


async def heard(
    unit: Unit, moderator: "Moderator", known: Mapping[int, GroupRow], new: Sequence[Facts], now: int
) -> None:
    """Who is first seen by what they write may have been there before the bot, and on the list since: one question for
    all of a batch. What they wrote goes with them."""
    owners = {owner for each in new if (owner := known[each.chat_id].owner_id)}
    for owner in sorted(owners):
        mine = [each for each in new if known[each.chat_id].owner_id == owner]
        listed = await blacklist.known(unit, owner, [each.user_id for each in mine])
        for facts in mine:
            if listed.get(facts.user_id) == "active":
                group = known[facts.chat_id]
                await kept_out(unit, moderator, group, await moderator.policy_of(unit, group), facts, now)


async def lift(unit: Unit, moderator: "Moderator", number: int, *, by: int, at: int, state: str = "lifted") -> bool:
    """Off the list, and every door that it alone kept shut is open again; False where it was off before."""
    row = await blacklist.get(unit, number)
    if row is None or not await blacklist.end(unit, number, state, by, at):
        return False
    shut = await blacklist.caused(unit, number)
    rows = await groups.by_ids(unit, {each.group_id for each in shut})
    told = False
    for group_id in dict.fromkeys(each.group_id for each in shut if each.state != "held"):
        own = [each.id for each in shut if each.group_id == group_id]
        verdict, case = await back(unit, moderator, rows[group_id], row.user_id, own, at, told=not told)
        kind: Literal["person", "clock"] = "person" if by else "clock"
        await moderator.record(unit, case, verdict, issuer_kind=kind, issuer_id=by, key=f"unlisted:{number}:{group_id}")
        told = told or verdict.notifies
    for each in shut:
        if each.state == "held":
            await reversing.lapse(unit, each.id, at)
    return True


async def back(
    unit: Unit, moderator: "Moderator", group: GroupRow, user_id: int, own: Sequence[int], at: int, *, told: bool
) -> tuple[Verdict, Case]:
    """What the end means in one group, beside what else stands there."""
    case, policy = await moderator.case_of(unit, group, user_id, at), await moderator.policy_of(unit, group)
    entries = (await books.rows(unit, {(group.id, user_id)}, 0)).get((group.id, user_id), [])
    return rules.back(case, policy, entries, own, told=told), case


async def bound(unit: Unit, row: DecisionRow) -> list[int]:
    """The entries in force that end with this decision: those that rest on it, and the one that caused it."""
    own = int(row.key.split(":")[1]) if row.key.startswith("blacklist:") else 0
    entry = await blacklist.get(unit, own) if own else None
    mine = [entry] if entry is not None and entry.state == "active" else []
    return sorted({each.id for each in (*mine, *await blacklist.resting_on(unit, row.id))})


async def lift_of_decision(unit: Unit, decision_id: int, by: int, at: int) -> tuple[int, ...]:
    """The decision is taken back, and with it what is bound to it: the numbers of these entries. Whoever takes back
    opens the doors as well (`blacklist.caused`); the clock (`by` 0) ends no entry for having shown somebody out again.
    """
    row = await books.decision(unit, decision_id)
    found = await bound(unit, row) if row is not None and (by or row.issuer_kind == "person") else []
    return tuple([number for number in found if await blacklist.end(unit, number, "lifted", by, at)])


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, due: DeadlineRow, now: int) -> None:
    """The day has come on which an entry ends by itself; or one of many who were accepted goes."""
    if due.kind == OUT:
        row = await active(unit, group.owner_id, due.user_id, now)
        if row is not None:
            first = not await blacklist.caused(unit, row.id)
            await put_out(unit, moderator, group, row, row.added_by, now, told=first)
        return
    for row in await blacklist.run_out(unit, group.owner_id, due.user_id, now):
        await lift(unit, moderator, row.id, by=0, at=now, state="expired")
