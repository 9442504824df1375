"""What leaders press about newcomers who have not read the rules: let them all write, or leave it as it is."""

from bot import audit
from bot.protection import gate
from bot.storage import gated, tickets
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.abilities import missing_for_card
from handlers.conduct.cards import is_first, settle, still_open
from handlers.frame.context import Talk
from handlers.frame.presses import press
from handlers.protection.lockdown import in_protect
from handlers.reading.targets import group_row
from handlers.saying.answers import alert
from rules.conduct.gate import RULE

MOST_AT_ONCE = 200


@press("gate.free")
async def free(talk: Talk, button: ButtonRow) -> None:
    lacking = missing_for_card(group_row(talk), "scam.remove")
    if lacking is not None:
        await alert(talk, lacking)
        return
    ticket = await asked(talk, button)
    if ticket is None or not await is_first(talk, ticket, button.action):
        return
    group, n = group_row(talk), 0
    for each in (await gated.people(talk.unit, group.id))[:MOST_AT_ONCE]:
        freed = await open_gate(talk, each.user_id)
        if freed:
            await audit.done(talk.unit, talk.actor, button.action, talk.at, group_id=group.id, target_id=each.user_id)
        n += freed
    said_so = in_protect("outcome_gate_free", by=talk.actor.name, n=n)
    await settle(talk, ticket, button.action, said_so, after={"people": n})


@press("gate.keep")
async def keep(talk: Talk, button: ButtonRow) -> None:
    ticket = await asked(talk, button)
    if ticket is not None and await is_first(talk, ticket, button.action):
        await settle(talk, ticket, button.action, in_protect("outcome_gate_keep", by=talk.actor.name, n=0))


async def asked(talk: Talk, button: ButtonRow) -> TicketRow | None:
    """No decision stands behind this question, so the button names it."""
    ticket = await tickets.get(talk.unit, button.ref)
    return await still_open(talk, [ticket] if ticket is not None and ticket.kind == RULE else [])


async def open_gate(talk: Talk, user_id: int) -> bool:
    """By whoever presses: the newcomer, or a leader."""
    return await gate.open_for(
        talk.unit, talk.services.moderator, group_row(talk), user_id, by=talk.actor.user_id, at=talk.at,
        key=f"talk:{talk.services.me.id}:{talk.update_id}",
    )  # fmt: skip
