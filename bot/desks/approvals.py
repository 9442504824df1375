"""What waits for a leader's look when its time has come: nothing is lost, whether somebody looked or not."""

from typing import TYPE_CHECKING

from bot.desks import cards
from bot.storage import acts, asides, books, codec, deadlines, tickets
from bot.storage.acts import ActRow
from bot.storage.deadlines import DeadlineRow
from bot.storage.groups import GroupRow
from bot.storage.tickets import TicketRow
from bot.storage.unit import Unit
from rules.conduct import approvals
from rules.conduct.effects import Edit, Phrase, Planned, Say
from rules.conduct.verdict import Verdict

if TYPE_CHECKING:
    from bot.conduct.moderator import Moderator

KIND, DUE, ASK = approvals.CARD, "approval_due", "approval_ask"
UNANSWERED = "approval.unanswered"


def promised(verdict: Verdict) -> int:
    """By when an answer was promised; 0 where none was."""
    return next((each.due_at for each in verdict.deadlines if each.kind == DUE), 0)


async def carry_out(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    found = [each for each in await tickets.of_decision(unit, row.decision_id) if each.kind == KIND]
    if row.kind == ASK:
        if not found:
            await ask(unit, group, row, now)
        return
    waiting = next((each for each in found if each.state == "open"), None)
    if waiting is not None and await tickets.answer(unit, waiting.id, 0, now, UNANSWERED):
        await unanswered(unit, moderator, group, row, now)
        await say_so(unit, group, waiting, now)


async def ask(unit: Unit, group: GroupRow, row: DeadlineRow, now: int) -> None:
    """What a brake had held is out of sight only now, so it is asked about only now."""
    decision = await books.decision(unit, row.decision_id)
    if decision is None or decision.state != "standing" or not decision.case:
        return
    card = approvals.card(codec.decode_case(decision.case))
    due_at = await deadlines.of_decision(unit, row.decision_id, DUE)
    await cards.ask(
        unit, group, card, key=f"{ASK}:{row.id}", at=now, decision_id=row.decision_id, user_id=row.user_id,
        due_at=due_at,
    )  # fmt: skip


async def unanswered(unit: Unit, moderator: "Moderator", group: GroupRow, row: DeadlineRow, now: int) -> None:
    case = await moderator.case_of(unit, group, row.user_id, now)
    policy = await moderator.policy_of(unit, group)
    if policy.needs_approval.unanswered == "post":
        kept = await asides.of_decision(unit, row.decision_id)
        verdict = approvals.posted(case, policy, kept, row.decision_id)
    else:
        verdict = approvals.returned(case, policy, approvals.UNANSWERED, row.decision_id)
    await moderator.record(unit, case, verdict, issuer_kind="clock", issuer_id=0, key=f"deadline:{row.id}")


async def say_so(unit: Unit, group: GroupRow, ticket: TicketRow, now: int) -> None:
    """The card loses its buttons and says that the time is over."""
    for each in await acts.of_decision(unit, ticket.decision_id or 0):
        message_id = acts.message_of(each.result) if is_card(each, ticket) else 0
        if message_id:
            words = (Phrase("conduct.card_head", (("title", group.title),)), *ticket.words, Phrase(UNANSWERED))
            edit = Edit(words=words, language=group.language, message_id=message_id, to_chat=each.chat_id)
            await acts.write(
                unit, key=f"{DUE}:{ticket.id}:{each.id}", group_id=group.id, chat_id=each.chat_id,
                planned=[Planned(edit)], at=now,
            )  # fmt: skip


def is_card(row: ActRow, ticket: TicketRow) -> bool:
    """Of that question: another one about the same message stays as it is."""
    said = row.act if row.state == "done" and isinstance(row.act, Say) and row.act.purpose == "card" else None
    return said is not None and set(ticket.words) <= set(said.words)
