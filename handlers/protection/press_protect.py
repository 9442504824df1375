"""Presses that protect a group at once: closed and opened again, somebody heard, a name like a leader's looked at."""

from collections.abc import Collection

from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.abilities import missing_for_card
from handlers.conduct.card_buttons import buttons_of
from handlers.conduct.cards import is_first, redraw, settle, still_open
from handlers.conduct.measures import decide, remove_now
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.protection import lockdown
from handlers.protection.press_raids import behind
from handlers.reading.durations import DAY, seconds_of
from handlers.reading.targets import Target, group_row, known, protection
from handlers.saying.answers import alert, phrase
from handlers.saying.panels import open_panel
from handlers.saying.times import moment
from rules.conduct import care, impersonation, measures
from rules.conduct.effects import Phrase

MUTE_SECONDS = DAY


@press(lockdown.BEGIN)
async def begin(talk: Talk, button: ButtonRow) -> None:
    """From a panel or from the card about many who joined, which stays with its other answers."""
    until = await lockdown.begin(talk, seconds_of(button.note) or 0)
    if not until:
        return
    if button.decision_id is None:
        await show_panel(talk)
        return
    raid = next((each for each in await behind(talk, button) if each.state == "open"), None)
    if raid is not None and raid.group_id == group_row(talk).id:
        line = lockdown.in_protect("outcome_lockdown", by=talk.actor.name, until=moment(talk, until))
        await redraw(talk, raid, (*raid.words, line), buttons_of(raid))


@press("care.seen")
async def care_seen(talk: Talk, button: ButtonRow) -> None:
    """Whoever takes care of it is named on the card, so that nobody waits for somebody else."""
    ticket = await asked(talk, button, care.RULES)
    if ticket is not None and await is_first(talk, ticket, button.action):
        await settle(talk, ticket, button.action, outcome(talk, "care"))


@press("staff.mute")
async def mute_alike(talk: Talk, button: ButtonRow) -> None:
    ticket = await asked(talk, button, {impersonation.RULE})
    target = await measured(talk, ticket) if ticket is not None else None
    if ticket is None or target is None:
        return
    number = await decide(talk, target, "mute", lambda c, p: measures.mute(c, p, MUTE_SECONDS, ""))
    if number and await is_first(talk, ticket, button.action):
        await settle(talk, ticket, button.action, outcome(talk, "alike_mute"))


@press("staff.remove")
async def remove_alike(talk: Talk, button: ButtonRow) -> None:
    ticket = await asked(talk, button, {impersonation.RULE})
    target = await measured(talk, ticket) if ticket is not None else None
    if ticket is None or target is None:
        return
    if await remove_now(talk, target, ban=False) and await is_first(talk, ticket, button.action):
        await settle(talk, ticket, button.action, outcome(talk, "alike_remove"))


@press("staff.fine")
async def fine_alike(talk: Talk, button: ButtonRow) -> None:
    """Both are known: this pair of names is not asked about again."""
    ticket = await asked(talk, button, {impersonation.RULE})
    if ticket is None or not await is_first(talk, ticket, button.action):
        return
    group, moderator = group_row(talk), talk.services.moderator
    case = await moderator.case_of(talk.unit, group, ticket.user_id, talk.at)
    key = f"talk:{talk.services.me.id}:{talk.update_id}"
    await moderator.record(
        talk.unit, case, impersonation.vouched(button.ref), issuer_kind="person", issuer_id=talk.actor.user_id, key=key
    )
    await settle(talk, ticket, button.action, outcome(talk, "alike_fine"))


async def asked(talk: Talk, button: ButtonRow, kinds: Collection[str]) -> TicketRow | None:
    return await still_open(talk, await behind(talk, button, kinds))


def outcome(talk: Talk, name: str) -> Phrase:
    return lockdown.in_protect(f"outcome_{name}", by=talk.actor.name)


async def measured(talk: Talk, ticket: TicketRow) -> Target | None:
    """Whom the card is about, if something may be done to them; else it was said why not."""
    target = await known(talk, ticket.user_id, "", Order("card"))
    shield = protection(talk, target)
    lacking = phrase(shield, name=target.mention) if shield else missing_for_card(group_row(talk), "scam.remove")
    if lacking is None:
        return target
    await alert(talk, lacking)
    return None


@press(lockdown.OFF)
async def off(talk: Talk, button: ButtonRow) -> None:
    if await lockdown.end(talk):
        await show_panel(talk)


async def show_panel(talk: Talk) -> None:
    """A press in private stands in a panel or below what was said of the lockdown: either becomes the panel."""
    if talk.private:
        await open_panel(talk, "lockdown")
