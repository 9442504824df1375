"""What an appeal promises, how its author hears of it, and what follows where nobody looked; people answer it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot import tongues
from bot.conduct import closing, everywhere, reversing
from bot.conduct.policies import zone_of
from bot.desks import cards, people
from bot.protection import blacklist
from bot.storage import acts, appeals, audit, books, deadlines, members, tickets
from bot.storage.appeals import AppealRow
from bot.storage.books import DecisionRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.members import GONE
from bot.storage.unit import Unit
from rules.conduct import plan, words
from rules.conduct.case import Case
from rules.conduct.deadlines import deadline, stamp
from rules.conduct.effects import Button, Card, Deadline, Mention, Phrase, Planned, Value
from rules.conduct.plan import Buttons

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

KIND = "appeal"
DUE = "appeal_due"
SHORT = 50


def buttons() -> Buttons:
    """The three answers, for whoever may look again."""
    accept, keep, shorten = (button(name) for name in ("accept", "keep", "shorten"))
    return (accept, keep), (shorten,)


def button(name: str, note: str = "") -> Button:
    return Button(Phrase(f"appeals.button_{name}"), f"appeal.{name}", "reviewers", note=note)


async def lifts(unit: Unit, row: DecisionRow) -> bool:
    """Whether it is taken back where nobody looks in time: what no person decided needs a person to stand. The list of
    all groups is a person's decision: a door that opens for an hour would only send somebody away a second time."""
    return row.issuer_kind != "person" and not await blacklist.bound(unit, row)


async def promised_at(unit: Unit, moderator: "Moderator", group: GroupRow, at: int) -> int:
    hours = (await moderator.policy_of(unit, group)).appeals.promised_hours
    return deadline(at, hours, zone_of(group))


async def begin(
    unit: Unit, group: GroupRow, row: DecisionRow, said: tuple[Phrase, ...], own: str, *, key: str, at: int, due_at: int
) -> AppealRow | None:
    """Once about a decision: the card for whoever may look, never for who decided; None where one is open."""
    number = await appeals.begin(
        unit, decision_id=row.id, group_id=group.id, user_id=row.user_id, words=own, at=at, due_at=due_at
    )
    if number is None:
        return None
    ticket = await cards.ask(
        unit, group, Card(KIND, said, buttons()), key=key, at=at, decision_id=row.id, user_id=row.user_id,
        # What opens the doors of all groups is not for those of one of them to decide.
        audience="officers" if await blacklist.bound(unit, row) else "reviewers",
        due_at=due_at, not_by=issuer(row), about=row.user_id,
    )  # fmt: skip
    await appeals.change(unit, number, ticket_id=ticket)
    await watch(unit, group, row.user_id, due_at)
    return await appeals.get(unit, number)


def issuer(row: DecisionRow) -> int:
    """Who may not look at it: whoever decided it."""
    return row.issuer_id if row.issuer_kind == "person" else 0


async def watch(unit: Unit, group: GroupRow, user_id: int, due_at: int) -> None:
    # Of no decision: what calls that off must not call off the promise.
    await deadlines.add(unit, group.id, user_id, None, [Deadline("appeal_due", due_at)])


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    """The promised time is over: what a rule did is taken back, what a person did goes to those in charge."""
    for appeal in await appeals.overdue(unit, group.id, row.user_id, now):
        decision = await books.decision(unit, appeal.decision_id)
        if decision is None or decision.state != "standing":
            await appeals.end(unit, appeal.id, "closed", 0, now)
        elif await lifts(unit, decision):
            await lift(unit, moderator, group, appeal, decision, now)
        else:
            await pass_on(unit, moderator, group, appeal, decision, now)


async def lift(
    unit: Unit, moderator: "Moderator", group: GroupRow, appeal: AppealRow, row: DecisionRow, now: int
) -> None:
    if not await appeals.end(unit, appeal.id, "lifted", 0, now):
        return
    await everywhere.undo(unit, moderator, row.id, 0, now, reversing.NOBODY_LOOKED)
    await closing.take_down(unit, group, row.id, now)
    await noted(unit, group, appeal, "appeal.lifted", now)
    outcome = Phrase("appeals.outcome_lifted")
    await closing.close(unit, row, outcome, by=0, answer="appeal.lifted", at=now, key=f"appeal:{appeal.id}:lifted")


async def pass_on(
    unit: Unit, moderator: "Moderator", group: GroupRow, appeal: AppealRow, row: DecisionRow, now: int
) -> None:
    """To those in charge, once; where nobody can be found it stays open, and its author is told so."""
    ticket = await tickets.get(unit, appeal.ticket_id)
    person = await people.stand_in(unit, group, "officers", {issuer(row), row.user_id}, now)
    if ticket is None or person is None or ticket.audience == "officers":
        await appeals.change(unit, appeal.id, due_at=0)
        await noted(unit, group, appeal, "appeal.stays", now)
        await tell(unit, moderator, group, appeal, "stays", now)
        return
    due_at = await promised_at(unit, moderator, group, now)
    outcome, key = Phrase("appeals.outcome_late"), f"appeal:{appeal.id}:late"
    await closing.close(unit, row, outcome, by=0, answer="appeal.late", at=now, key=key, only=KIND)
    said = (Phrase("appeals.card_late"), *ticket.words)
    number = await tickets.open_ticket(
        unit, group_id=group.id, kind=KIND, decision_id=row.id, user_id=row.user_id, words=said, at=now,
        audience="officers", due_at=due_at, not_by=issuer(row),
    )  # fmt: skip
    await appeals.change(unit, appeal.id, ticket_id=number, due_at=due_at)
    await watch(unit, group, row.user_id, due_at)
    place = cards.private(group, person)
    shown = Planned(cards.post(group, Card(KIND, said, buttons()), place), expires_at=now + cards.CARD_SECONDS)
    await cards.send(unit, group, place, shown, key=f"{key}:card", at=now, decision_id=row.id)
    await noted(unit, group, appeal, "appeal.late", now)
    await tell(unit, moderator, group, appeal, "late", now, due=stamp(due_at, zone_of(group)))


async def noted(unit: Unit, group: GroupRow, appeal: AppealRow, action: str, now: int) -> None:
    await audit.add(
        unit, at=now, actor_kind="clock", actor_id=0, action=action, group_id=group.id, target_id=appeal.user_id,
        before={"decision": appeal.decision_id}, after={"appeal": appeal.id},
    )  # fmt: skip


async def tell(
    unit: Unit, moderator: "Moderator", group: GroupRow, appeal: AppealRow, what: str, at: int, **params: Value
) -> None:
    """One step of it, to its author alone; whoever is gone and cannot be written to reads it at /start."""
    case = await moderator.case_of(unit, group, appeal.user_id, at)
    if not await hears(unit, group, case):
        return
    policy = await moderator.policy_of(unit, group)
    said, short = (sentence(case, appeal, what, **given) for given in (params, in_short(params)))
    closing_line = words.aim(policy, words.known_of(case, policy))
    told = plan.alone(case, policy, (said, closing_line), (short,), (), line="talk.line_message")
    await acts.write(
        unit, key=f"appeal:{appeal.id}:{what}", decision_id=appeal.decision_id, group_id=group.id,
        chat_id=group.chat_id, user_id=appeal.user_id, planned=await tongues.addressed(unit, [told]), at=at,
    )  # fmt: skip


def in_short(params: Mapping[str, Value]) -> dict[str, Value]:
    """For an alert, which holds 200 characters: the reason gives way."""
    reason = str(params.get("reason", ""))
    return {**params, "reason": f"{reason[: SHORT - 1]}…"} if len(reason) > SHORT else dict(params)


def sentence(case: Case, appeal: AppealRow, what: str, **params: Value) -> Phrase:
    name = Mention(appeal.user_id, case.member.name)
    return Phrase(f"appeals.{what}", (("name", name), ("number", str(appeal.decision_id)), *params.items()))


async def hears(unit: Unit, group: GroupRow, case: Case) -> bool:
    """In private, or by a line in the group they are in; a channel hears nothing."""
    if case.member.user_id < 0 or case.member.started_bot:
        return case.member.user_id > 0
    row = (await members.load(unit, [(group.id, case.member.user_id)])).get((group.id, case.member.user_id))
    return row is not None and row.status not in GONE
