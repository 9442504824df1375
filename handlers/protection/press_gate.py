"""What leaders press about newcomers who have not read the rules: let them all write, or leave it as it is."""

from bot import audit
from bot.protection import gate
from bot.storage import gated, tickets
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.abilities import missing_for_card
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.protection.lockdown import said
from handlers.protection.press_raids import show
from handlers.reading.targets import group_row
from handlers.saying.answers import alert, phrase
from rules.conduct.gate import RULE

MOST_AT_ONCE = 200


@press("gate.free")
async def free(talk: Talk, button: ButtonRow) -> None:
    lacking = missing_for_card(group_row(talk), "scam.remove")
    if lacking is not None:
        await alert(talk, lacking)
        return
    ticket = await answered(talk, button)
    if ticket is None:
        return
    group, n = group_row(talk), 0
    for each in (await gated.people(talk.unit, group.id))[:MOST_AT_ONCE]:
        n += await open_gate(talk, each.user_id)
    await close(talk, ticket, "outcome_gate_free", n)


@press("gate.keep")
async def keep(talk: Talk, button: ButtonRow) -> None:
    ticket = await answered(talk, button)
    if ticket is not None:
        await close(talk, ticket, "outcome_gate_keep", 0)


async def answered(talk: Talk, button: ButtonRow) -> TicketRow | None:
    """The question, for the first who answers it."""
    ticket = await tickets.get(talk.unit, button.ref)
    mine = ticket is not None and ticket.group_id == group_row(talk).id and ticket.kind == RULE
    if ticket is None or not mine:
        await alert(talk, phrase("press_unknown"))
        return None
    if not await tickets.answer(talk.unit, ticket.id, talk.actor.user_id, talk.at, button.action):
        await alert(talk, said("answered"))
        return None
    return ticket


async def close(talk: Talk, ticket: TicketRow, outcome: str, n: int) -> None:
    await audit.done(talk.unit, talk.actor, outcome, talk.at, group_id=ticket.group_id, after={"people": n})
    await show(talk, ticket, (*ticket.words, said(outcome, by=talk.actor.name, n=n)))
    await alert(talk, phrase("done"))


async def open_gate(talk: Talk, user_id: int) -> bool:
    """By whoever presses: the newcomer, or a leader."""
    return await gate.open_for(
        talk.unit, talk.services.moderator, group_row(talk), user_id, by=talk.actor.user_id, at=talk.at,
        key=f"talk:{talk.services.me.id}:{talk.update_id}",
    )  # fmt: skip
