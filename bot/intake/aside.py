"""Updates that could not be decided: why, in words without personal data, and the leaders told once."""

import traceback

from bot.desks import cards
from bot.intake.wire import Incoming
from bot.storage import Unit, groups, tickets
from rules.conduct.effects import Card, Phrase

KIND = "undecided"


def reason_of(error: BaseException) -> str:
    """The error's name and where it arose; its message may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {frames[-1].name}" if frames else type(error).__name__


async def report(unit: Unit, incoming: Incoming, at: int) -> None:
    """One open question a group, however many updates fail there."""
    chat_id = incoming.chat.id if incoming.chat is not None else 0
    group = (await groups.by_chats(unit, [chat_id])).get(chat_id)
    if group is None or any(ticket.kind == KIND for ticket in await tickets.pending(unit, [group.id])):
        return
    card = Card(KIND, (Phrase("conduct.card_undecided", (("title", group.title),)),))
    await cards.ask(unit, group, card, key=f"undecided:{group.id}:{incoming.update_id}", at=at)
