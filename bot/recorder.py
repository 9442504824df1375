"""The one place where a verdict becomes rows: decision, entries, acts, questions, deadlines, what is set aside."""

from typing import Literal, NamedTuple

from bot.desks import cards
from bot.storage import acts, asides, books, codec, deadlines
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.brakes import spends
from rules.conduct.case import Case
from rules.conduct.reverse import Recorded
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
    return decision_id


async def write_effects(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, decision_id: int, key: str) -> None:
    at, user_id = case.now, case.member.user_id
    if verdict.cancels:
        await call_off(unit, verdict.cancels, at)
    if verdict.entries and not verdict.held:
        await books.add_entries(unit, decision_id, group.id, user_id, at, verdict.entries)
    await write_acts(unit, group, case, verdict, decision_id, key)
    for number, card in enumerate(verdict.cards):
        await cards.ask(unit, group, card, key=f"{key}:{number}", at=at, decision_id=decision_id, user_id=user_id)
    if verdict.deadlines and not verdict.held:
        await deadlines.add(unit, group.id, user_id, decision_id, verdict.deadlines)
    if verdict.set_aside:
        await asides.put(unit, decision_id, group.id, user_id, case.facts)


async def write_acts(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, decision_id: int, key: str) -> None:
    if verdict.acts:
        await acts.write(
            unit, key=key, decision_id=decision_id, group_id=group.id, chat_id=group.chat_id,
            user_id=case.member.user_id, planned=verdict.acts, at=case.now,
        )  # fmt: skip


async def call_off(unit: Unit, decision_id: int, at: int) -> None:
    """What waited because of that decision waits no longer."""
    await acts.call_off(unit, decision_id, at)
    await deadlines.cancel(unit, decision_id=decision_id)


async def release(unit: Unit, decision_id: int, at: int) -> bool:
    """A held decision takes its course; False where somebody else answered before."""
    row = await books.decision(unit, decision_id)
    if row is None or not await books.set_state(unit, decision_id, "held", "standing"):
        return False
    verdict = codec.decode_verdict(row.verdict)
    if verdict.entries:
        await books.add_entries(unit, decision_id, row.group_id, row.user_id, at, verdict.entries)
    if verdict.deadlines:
        await deadlines.add(unit, row.group_id, row.user_id, decision_id, verdict.deadlines)
    await acts.resume(unit, decision_id=decision_id, cause=verdict.held, at=at)
    if spends(let_go(verdict)):
        await books.spend(unit, decision_id)
    return True


def let_go(verdict: Verdict) -> Verdict:
    """The verdict once the wait has ended with yes."""
    return verdict._replace(held="", acts=tuple(plan._replace(held="") for plan in verdict.acts))


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
    )
