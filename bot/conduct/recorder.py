"""The one place where a verdict becomes rows: decision, entries, acts, questions, deadlines, what is set aside."""

from typing import Literal, NamedTuple

from bot import metrics, tongues
from bot.conduct.policies import zone_of
from bot.desks import cards, observing
from bot.storage import acts, asides, books, codec, deadlines, groups, members
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.brakes import spends
from rules.conduct.case import Case
from rules.conduct.release import later, let_go, new_stamps
from rules.conduct.reverse import Recorded
from rules.conduct.standing import sum_up
from rules.conduct.verdict import RULES_VERSION, Verdict

IssuerKind = Literal["rule", "person", "clock"]


class Issue(NamedTuple):
    """Who decided, under which key (the same key is never recorded twice), under which policy, and why."""

    kind: IssuerKind
    by: int
    key: str
    fingerprint: str
    reason: str = ""
    reverses: int | None = None


async def record(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, issue: Issue) -> int | None:
    """The number of the decision; None where nothing was found and nothing follows."""
    if not verdict.stands:
        return None
    if verdict.joins_case:
        await write_acts(unit, group, case, verdict, verdict.joins_case, issue.key)
        if verdict.set_aside:
            await asides.extend(unit, verdict.joins_case, case.facts)
        return verdict.joins_case
    decision_id, created = await books.add_decision(
        unit, key=issue.key, group_id=group.id, user_id=case.member.user_id, issuer_kind=issue.kind,
        issuer_id=issue.by, at=case.now, rule=verdict.rule, step=verdict.step, mode=verdict.mode,
        state="held" if verdict.held else "standing", update_id=case.facts.update_id,
        message_id=case.facts.message_id, policy_fingerprint=issue.fingerprint, rules_version=RULES_VERSION, case=case,
        verdict=verdict, reverses=issue.reverses, reason=issue.reason, spends=spends(verdict),
    )  # fmt: skip
    if created:
        await write_effects(unit, group, case, verdict, decision_id, issue.key)
        unit.afterwards.append(metrics.decisions.labels(verdict.rule, verdict.step, verdict.mode).inc)
    return decision_id


async def write_effects(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, decision_id: int, key: str) -> None:
    at, user_id = case.now, case.member.user_id
    if verdict.cancels:
        # What was settled stays settled, but its message was to go all the same.
        await call_off(unit, verdict.cancels, at, deletions=verdict.step != "settle")
    if verdict.entries and not verdict.held:
        await write_entries(unit, decision_id, group.id, user_id, at, verdict)
    await write_acts(unit, group, case, verdict, decision_id, key)
    for number, card in enumerate(verdict.cards):
        ask = observing.ask if card.kind == observing.KIND else cards.ask
        await ask(unit, group, card, key=f"{key}:{number}", at=at, decision_id=decision_id, user_id=user_id)
    if verdict.deadlines and not verdict.held:
        await deadlines.add(unit, group.id, user_id, decision_id, verdict.deadlines)
    if verdict.set_aside:
        await asides.put(unit, decision_id, group.id, user_id, case.facts)


async def write_entries(unit: Unit, decision_id: int, group_id: int, user_id: int, at: int, verdict: Verdict) -> None:
    await books.add_entries(unit, decision_id, group_id, user_id, at, verdict.entries)
    key, kinds = (group_id, user_id), {entry.kind for entry in verdict.entries}
    if "nick_registered" in kinds or ("void" in kinds and key in await members.load(unit, [key])):
        # The member's row only repeats what the books say.
        rows = (await books.rows(unit, {key}, 0)).get(key, [])
        await members.update(unit, group_id, user_id, nick=sum_up(rows, at).nick)


async def write_acts(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, decision_id: int, key: str) -> None:
    if verdict.acts:
        await acts.write(
            unit, key=key, decision_id=decision_id, group_id=group.id, chat_id=group.chat_id,
            user_id=case.member.user_id, planned=await tongues.addressed(unit, verdict.acts), at=case.now,
        )  # fmt: skip


async def call_off(unit: Unit, decision_id: int, at: int, *, deletions: bool = True) -> None:
    """What waited because of that decision waits no longer."""
    await acts.call_off(unit, decision_id, at, deletions=deletions)
    await deadlines.cancel(unit, decision_id=decision_id)


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
    if spends(verdict):
        await books.spend(unit, decision_id)
    return True


async def dismiss(unit: Unit, decision_id: int, at: int) -> bool:
    """A held decision comes to nothing; False where somebody else answered before."""
    if not await books.set_state(unit, decision_id, "held", "dismissed"):
        return False
    await call_off(unit, decision_id, at)
    return True


async def recorded(unit: Unit, decision_id: int) -> Recorded | None:
    """A decision as `reverse` wants it."""
    row = await books.decision(unit, decision_id)
    if row is None:
        return None
    entries = await books.rows_of(unit, decision_id)
    done = await acts.of_decision(unit, decision_id)
    aside = await asides.get(unit, decision_id)
    return Recorded(
        decision_id,
        row.rule,
        row.step,
        tuple(entries),
        tuple((each.act, each.state) for each in done),
        aside is not None,
        row.group_id,
        row.user_id,
    )
