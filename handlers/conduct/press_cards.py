"""What leaders press on a card: the question is answered once, whoever is first, and the card says how."""

from collections.abc import Awaitable, Callable

from bot import audit
from bot.conduct import reversing
from bot.roles import roles_of
from bot.storage import books, letters, lookups, tickets
from bot.storage.books import DecisionRow
from bot.storage.buttons import ButtonRow
from bot.storage.tickets import TicketRow
from handlers.conduct.abilities import missing_for_card
from handlers.conduct.appeals import APPEAL
from handlers.conduct.cards import close, is_first
from handlers.conduct.measures import Make, decide, removals, remove_now
from handlers.conduct.reviewing import accept, is_of_old
from handlers.conduct.undoing import undo_one
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.frame.presses import press
from handlers.reading.kept import facts_of, name_of
from handlers.reading.targets import Target, group_row, known
from handlers.saying.answers import alert, phrase
from rules.conduct import care, impersonation, measures
from rules.conduct.effects import Phrase

# A card may stand beside one of these, which have answers of their own.
APART = care.RULES | {impersonation.RULE, APPEAL}

Work = Callable[[Talk, DecisionRow], Awaitable[None]]


def on_card(*actions: str) -> Callable[[Work], Work]:
    """Register the answer to a card: the first press does it, every later one hears that it is done."""

    def registered(work: Work) -> Work:
        async def answered(talk: Talk, button: ButtonRow) -> None:
            await first_only(talk, button, work)

        press(*actions)(answered)
        return work

    return registered


async def first_only(talk: Talk, button: ButtonRow, work: Work) -> None:
    group = group_row(talk)
    row = await books.decision(talk.unit, button.decision_id) if button.decision_id else None
    ticket = await open_ticket(talk, button.decision_id or 0)
    if ticket is None and button.action == "case.undo" and await is_of_old(talk, button):
        await accept(talk, button)
        return
    if row is None or row.group_id != group.id or ticket is None:
        await alert(talk, phrase("card_answered"))
        return
    if await is_own_brake(talk, row, button.action):
        await alert(talk, phrase("another_leader"))
        return
    lacking = missing_for_card(group, button.action) or await not_agreed(talk, row, button.action)
    if lacking is not None:
        await alert(talk, lacking)
        return
    if not await is_first(talk, ticket, button.action):
        return
    await work(talk, row)
    await audit.done(
        talk.unit, talk.actor, button.action, talk.at, group_id=group.id, target_id=row.user_id,
        before={"decision": row.id, "state": row.state},
    )  # fmt: skip
    await close(talk, ticket.words, outcome(talk, button.action))
    await alert(talk, phrase("done"))


def outcome(talk: Talk, action: str) -> Phrase:
    return phrase(f"outcome_{action.replace('.', '_')}", by=talk.actor.name)


async def is_own_brake(talk: Talk, row: DecisionRow, action: str) -> bool:
    """A person's brake asks somebody else: another leader, or the operator."""
    if row.waits_for != measures.PERSON_BRAKE or action != "case.release" or row.issuer_id != talk.actor.user_id:
        return False
    return "operator" not in await roles_of(talk.unit, talk.actor, row.group_id)


async def not_agreed(talk: Talk, row: DecisionRow, action: str) -> Phrase | None:
    """A packet is asked for only from somebody who accepted the rules: the other answers of the card stay open."""
    if action != "case.fine":
        return None
    whom = await person(talk, row)
    agreed = whom.row is not None and whom.row.rules_accepted_at is not None
    return None if agreed else phrase("fine_not_agreed", name=whom.mention)


async def open_ticket(talk: Talk, decision_id: int) -> TicketRow | None:
    """The question that still waits and offers this answer: an appeal has answers of its own (`reviewing`), and a late
    press on another card about the same decision is none of them.
    """
    waiting = [each for each in await tickets.of_decision(talk.unit, decision_id) if each.state == "open"]
    return next((each for each in waiting if each.kind not in APART), None)


async def measure(talk: Talk, row: DecisionRow, action: str, make: Make) -> int | None:
    """A measure about the message of that decision: the case carries it, so that it goes aside or away."""
    return await decide(talk, await person(talk, row), action, make, facts=facts_of(row))


async def person(talk: Talk, row: DecisionRow) -> Target:
    return await known(talk, row.user_id, name_of(row), Order("card"))


async def let_go(talk: Talk, row: DecisionRow) -> None:
    await reversing.dismiss(talk.unit, talk.services.moderator, row.id, talk.actor.user_id, talk.at)


@on_card("case.release")
async def release(talk: Talk, row: DecisionRow) -> None:
    await reversing.release(talk.unit, row.id, talk.at)


@on_card("case.ok", "case.not_now")
async def leave_it(talk: Talk, row: DecisionRow) -> None:
    """What was only observed was seen wrongly: the letter and whoever teaches the rule count on it."""
    if row.mode == "observe":
        await letters.mark(talk.unit, row.group_id, row.id, wrong=True)
    await let_go(talk, row)


@on_card("case.fine")
async def fine(talk: Talk, row: DecisionRow) -> None:
    """[是广告]: what was held gives way to a fine that a person opened."""
    await let_go(talk, row)
    await measure(talk, row, "fine.open", lambda c, p: measures.open_fine(c, p, ""))


@on_card("case.ad")
async def call_an_ad(talk: Talk, row: DecisionRow) -> None:
    """[是广告] where no packet was agreed on as well: the message goes, and its author is reminded once."""
    await let_go(talk, row)
    await measure(talk, row, "case.ad", measures.called_an_ad)


@on_card("case.delete")
async def delete(talk: Talk, row: DecisionRow) -> None:
    await let_go(talk, row)
    await measure(talk, row, "delete", measures.delete_message)


@on_card("case.undo")
async def undo(talk: Talk, row: DecisionRow) -> None:
    await undo_one(talk, row.id)


@on_card("scam.remove")
async def remove_scam(talk: Talk, row: DecisionRow) -> None:
    await remove_now(talk, await person(talk, row), ban=True)


@on_card("ladder.remove")
async def remove(talk: Talk, row: DecisionRow) -> None:
    await remove_now(talk, await person(talk, row), ban=(await talk.policy()).ladder.removal == "ban")


@on_card("ladder.warn")
async def warn(talk: Talk, row: DecisionRow) -> None:
    await decide(talk, await person(talk, row), "warn", lambda c, p: measures.warn(c, p, "", talk.actor.name))


@on_card("ladder.ask_to_leave")
async def ask_to_leave(talk: Talk, row: DecisionRow) -> None:
    await decide(
        talk, await person(talk, row), "ask_to_leave", lambda c, p: measures.ask_to_leave(c, p, "", talk.actor.name)
    )


@on_card("ladder.stay")
async def let_stay(talk: Talk, row: DecisionRow) -> None:
    await decide(talk, await person(talk, row), "stay", measures.stay)


@on_card("sender.ban")
async def ban_sender(talk: Talk, row: DecisionRow) -> None:
    facts = facts_of(row)
    chat_id = facts.sender_chat_id if facts else row.user_id
    done = await removals(talk)
    await measure(talk, row, "sender.ban", lambda c, p: measures.ban_sender(c, p, chat_id, done))


@on_card("brake.go_on")
async def go_on(talk: Talk, _: DecisionRow) -> None:
    """What is held takes its course. The moderator also lifts the brake for an hour: the ticket's answer says so."""
    for number in await lookups.held_for(talk.unit, group_row(talk).id, "brake"):
        await reversing.release(talk.unit, number, talk.at)


@on_card("brake.stop")
async def stop(talk: Talk, _: DecisionRow) -> None:
    for number in await lookups.held_for(talk.unit, group_row(talk).id, "brake"):
        await reversing.dismiss(talk.unit, talk.services.moderator, number, talk.actor.user_id, talk.at)


@press("ticket.seen")
async def seen(talk: Talk, button: ButtonRow) -> None:
    """What leaders only had to know is put away."""
    ticket = await tickets.get(talk.unit, button.ref)
    if ticket is None or ticket.group_id != group_row(talk).id:
        await alert(talk, phrase("press_unknown"))
    elif await is_first(talk, ticket, button.action):
        await close(talk, ticket.words, outcome(talk, button.action))
        await alert(talk, phrase("done"))
