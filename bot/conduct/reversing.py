"""What becomes of a decision afterwards: a held one goes on or comes to nothing, one that stands is taken back."""

from typing import TYPE_CHECKING, NamedTuple

from bot.conduct.inviting import invite
from bot.conduct.policies import zone_of
from bot.conduct.recorder import call_off, write_entries
from bot.storage import acts, asides, blacklist, books, codec, deadlines, groups, merit
from bot.storage.books import DecisionRow, IssuerKind
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import words
from rules.conduct.brakes import spends
from rules.conduct.release import later, let_go, new_stamps
from rules.conduct.reverse import OFFERING, Recorded, has_deleted, invites, offer, offers, reopened, reverse

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator


class Way(NamedTuple):
    """How a decision is taken back: by a person or the clock, with which sentence, and whether who is away is invited
    (of a wave of hundreds nobody is, one by one)."""

    issuer: IssuerKind = "person"
    said: str = "undone"
    invites: bool = True


BY_HAND = Way()
IN_A_WAVE = Way(invites=False)
NOBODY_LOOKED = Way("clock", "lifted")


async def release(unit: Unit, decision_id: int, at: int) -> bool:
    """A held decision takes its course; False where somebody else answered before."""
    row = await books.decision(unit, decision_id)
    if row is None or not await books.set_state(unit, decision_id, "held", "standing"):
        return False
    held = codec.decode_verdict(row.verdict)
    zone = zone_of((await groups.by_ids(unit, [row.group_id]))[row.group_id])
    verdict = let_go(held, row.at, at, zone)
    if verdict.entries:
        await write_entries(unit, decision_id, row.group_id, row.user_id, at, verdict)
    if verdict.deadlines:
        await deadlines.add(unit, row.group_id, row.user_id, decision_id, verdict.deadlines)
    said = new_stamps(held, at - row.at, zone)
    for each in await acts.of_decision(unit, decision_id):
        if (each.state, each.cause) == ("held", held.held):
            await acts.rewrite(unit, each.id, later(each.act, at - row.at, said))
    await acts.resume(unit, decision_id=decision_id, cause=held.held, at=at)
    # Only now: while it waited it slowed nobody else's measures down.
    if spends(verdict):
        await books.spend(unit, decision_id)
    return True


async def lapse(unit: Unit, decision_id: int, at: int) -> bool:
    """A held decision comes to nothing; False where somebody answered before."""
    if not await books.set_state(unit, decision_id, "held", "dismissed"):
        return False
    await call_off(unit, decision_id, at)
    return True


async def dismiss(unit: Unit, moderator: "Moderator", decision_id: int, by: int, at: int) -> bool:
    """Somebody says no to a held decision: what was done at once is taken back. False: it was answered before."""
    if not await lapse(unit, decision_id, at):
        return False
    known = await recorded(unit, decision_id)
    if known is not None and has_deleted(known):
        await take_back(unit, moderator, known, by, at)
    return True


async def undo(
    unit: Unit, moderator: "Moderator", decision_id: int, by: int, at: int, way: Way = BY_HAND
) -> int | None:  # fmt: skip
    """Take a decision back, by a decision of its own; None where it was taken back before or never stood."""
    row = await books.decision(unit, decision_id)
    known = await recorded(unit, decision_id)
    if row is None or known is None:
        return None
    if row.state == "held":
        return decision_id if await dismiss(unit, moderator, decision_id, by, at) else None
    if not await books.set_state(unit, decision_id, "standing", "reversed"):
        return None
    for number in known.also:
        await books.set_state(unit, number, "standing", "reversed")
    return await take_back(unit, moderator, known, by, at, way)


async def recorded(unit: Unit, decision_id: int) -> Recorded | None:
    """A decision as `reverse` wants it, with what a shortening added to it."""
    row = await books.decision(unit, decision_id)
    if row is None:
        return None
    shorter = await books.by_key(unit, shortening(decision_id))
    also = () if shorter is None else (shorter.id,)
    entries, done = [], []
    for number in (decision_id, *also):
        entries += await books.rows_of(unit, number)
        done += [(each.act, each.state) for each in await acts.of_decision(unit, number)]
    return Recorded(
        decision_id, row.rule, row.step, tuple(entries), tuple(done), await kept(unit, row), row.group_id, row.user_id,
        also,
    )  # fmt: skip


def shortening(decision_id: int) -> str:
    """The key of the decision that shortened it."""
    return f"shorten:{decision_id}"


async def kept(unit: Unit, row: DecisionRow) -> bool:
    """Whether the words are kept that would be posted again: set aside, or with the decision itself."""
    if await asides.get(unit, row.id) is not None:
        return True
    facts = codec.decode_case(row.case).facts if row.case else None
    return facts is not None and facts.sender == "member" and bool(facts.text or facts.media)


async def take_back(
    unit: Unit, moderator: "Moderator", known: Recorded, by: int, at: int, way: Way = BY_HAND
) -> int | None:  # fmt: skip
    """The number of the decision that takes it back."""
    key = f"undo:{known.decision_id}"
    group = (await groups.by_ids(unit, [known.group_id]))[known.group_id]
    case = await moderator.case_of(unit, group, known.user_id, at)
    rows = (await books.rows(unit, {(group.id, known.user_id)}, 0)).get((group.id, known.user_id), [])
    policy = await moderator.policy_of(unit, group)
    verdict = reverse(known, case, policy, rows, way.said)
    done = await moderator.record(
        unit, case, verdict, issuer_kind=way.issuer, issuer_id=by, key=key, reverses=known.decision_id
    )
    for number in known.also:
        await call_off(unit, number, at)
    await merit.reverse(unit, group.id, known.decision_id, at=at, by=by)
    # Whoever is kept out of all groups by the list would only be sent away again.
    listed = await blacklist.beside(unit, group.owner_id, known.user_id, known.decision_id, at)
    if way.invites and done is not None and listed is None and invites(verdict, case):
        offered = offers(known, rows)
        said = words.good_news(case, policy, OFFERING[way.said] if offered else way.said)
        await invite(
            unit, group, case, said, key=f"{key}:back", decision_id=done, at=at, more=offer(case) if offered else ()
        )
    await reopen(unit, moderator, group, known, by, at, way.issuer)
    return done


async def reopen(
    unit: Unit, moderator: "Moderator", group: GroupRow, known: Recorded, by: int, at: int, issuer: IssuerKind
) -> None:
    """Read anew: less stands against the person by now, and what it had put an end to may begin again."""
    case = await moderator.case_of(unit, group, known.user_id, at)
    for verdict in reopened(known, case, await moderator.policy_of(unit, group)):
        await deadlines.add(unit, group.id, known.user_id, verdict.joins_case, verdict.deadlines)
        again = f"undo:{known.decision_id}:{verdict.joins_case}"
        await moderator.record(unit, case, verdict, issuer_kind=issuer, issuer_id=by, key=again)
