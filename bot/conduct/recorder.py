"""The one place where a verdict becomes rows: decision, entries, acts, questions, deadlines, what is set aside."""

from bot import metrics, tongues
from bot.conduct import links
from bot.desks import approvals, cards, kept, observing
from bot.storage import acts, asides, audit, books, deadlines, groups, members
from bot.storage.books import Issue
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.case import Case
from rules.conduct.standing import sum_up
from rules.conduct.verdict import Verdict

# Nobody is any the worse or better for these.
NO_POWER = frozenset({"none", "hold", "record"})


async def record(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, issue: Issue) -> int | None:
    """The number of the decision; None where nothing was found and nothing follows."""
    if not verdict.stands:
        return None
    # The rest of a burst is no decision of its own: its messages go the way of the first.
    if verdict.joins_case:
        await write_acts(unit, group, case, verdict, verdict.joins_case, issue.key)
        if verdict.set_aside:
            await asides.extend(unit, verdict.joins_case, case.facts)
            await copied(unit, group, case, verdict)
        return verdict.joins_case
    decision_id, created = await books.add_decision(unit, case, verdict, issue)
    # The same update, delivered twice, finds its decision and everything that belongs to it.
    if created:
        await write_effects(unit, group, case, verdict, decision_id, issue.key)
        await note_power(unit, case, verdict, decision_id, issue)
        unit.afterwards.append(metrics.decisions.labels(verdict.rule, verdict.step, verdict.mode).inc)
    return decision_id


async def note_power(unit: Unit, case: Case, verdict: Verdict, decision_id: int, issue: Issue) -> None:
    """What a rule or the clock does to somebody stands in the audit; whoever orders something by hand writes it there
    themselves, with what they pressed or said.
    """
    if issue.kind == "person" or verdict.held or verdict.mode != "enforce" or verdict.step in NO_POWER:
        return
    await audit.add(
        unit, at=case.now, actor_kind=issue.kind, actor_id=0, action=verdict.step, group_id=case.group.group_id,
        target_id=case.member.user_id, after={"decision": decision_id, "rule": verdict.rule},
    )  # fmt: skip


async def write_effects(unit: Unit, group: GroupRow, case: Case, verdict: Verdict, decision_id: int, key: str) -> None:
    at, user_id = case.now, case.member.user_id
    if verdict.cancels:
        # What was settled stays settled, but its message was to go all the same.
        await call_off(unit, verdict.cancels, at, deletions=verdict.step != "settle")
    if verdict.entries and not verdict.held:
        await write_entries(unit, decision_id, group.id, user_id, at, verdict)
    await write_acts(unit, group, case, verdict, decision_id, key)
    for number, card in enumerate(verdict.cards):
        asked, by_when = f"{key}:{number}", approvals.promised(verdict) if card.kind == approvals.KIND else 0
        if card.kind == observing.KIND:
            await observing.ask(unit, group, card, key=asked, at=at, decision_id=decision_id, user_id=user_id)
        else:
            await cards.ask(
                unit, group, card, key=asked, at=at, decision_id=decision_id, user_id=user_id, due_at=by_when
            )
    if verdict.deadlines and not verdict.held:
        await deadlines.add(unit, group.id, user_id, decision_id, verdict.deadlines)
    if verdict.set_aside:
        await asides.put(unit, decision_id, group.id, user_id, case.facts)
        await copied(unit, group, case, verdict)


async def copied(unit: Unit, group: GroupRow, case: Case, verdict: Verdict) -> None:
    """Whoever leads can read what is gone."""
    if kept.is_copied(verdict):
        await kept.copy(unit, group, case.now)


async def write_entries(unit: Unit, decision_id: int, group_id: int, user_id: int, at: int, verdict: Verdict) -> None:
    await books.add_entries(unit, decision_id, group_id, user_id, at, verdict.entries)
    key, kinds = (group_id, user_id), {entry.kind for entry in verdict.entries}
    if "removal" in kinds:
        # Whoever is sent away has no way in left in their hands.
        await links.close(unit, (await groups.by_ids(unit, [group_id]))[group_id], user_id, at)
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
