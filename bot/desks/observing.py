"""Cards about what was only observed: a few an hour are shown, the rest waits behind one line that counts them."""

from dataclasses import replace

from bot.desks import cards
from bot.storage import acts, letters, tickets
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.effects import HOUR, Button, Card, Edit, Phrase, Planned, Say

KIND = "observed"
AN_HOUR = 5
# The panel of the letter, in a post of its own.
LOOK = Button(Phrase("letter.button_look"), "menu.open", "leaders", note="+letter")


async def ask(
    unit: Unit, group: GroupRow, card: Card, *, key: str, at: int, decision_id: int | None, user_id: int
) -> None:
    """Every one of them can be answered in /inbox; nobody's telephone rings a hundred times in an hour."""
    hour = at // HOUR * HOUR
    before = await letters.asked_since(unit, group.id, KIND, hour)
    if before < AN_HOUR:
        await cards.ask(unit, group, card, key=key, at=at, decision_id=decision_id, user_id=user_id)
        return
    await tickets.open_ticket(
        unit, group_id=group.id, kind=KIND, decision_id=decision_id, user_id=user_id, words=card.words, at=at
    )
    place = await cards.reach(unit, group)
    if place is not None:
        await count(unit, group, place, before + 1 - AN_HOUR, f"{KIND}:{group.id}:{hour}", at)


async def count(unit: Unit, group: GroupRow, place: Say, n: int, key: str, at: int) -> None:
    """One line an hour, changed in place."""
    words = (Phrase("conduct.card_head", (("title", group.title),)), Phrase("letter.more", (("n", n),)))
    line = await letters.act_of(unit, key)
    if line is None:
        said = replace(place, words=words, buttons=((LOOK,),))
        await write(unit, group, place, Planned(said, expires_at=at + cards.CARD_SECONDS), key, at)
    elif not isinstance(line.act, Say) or not await letters.say_instead(unit, line.id, replace(line.act, words=words)):
        newer = Edit(words=words, language=place.language, to_chat=line.chat_id, buttons=((LOOK,),))
        (edit,) = await write(unit, group, place, Planned(newer), f"{key}:{n}", at)
        await letters.comes_after(unit, edit, line.id)


async def write(unit: Unit, group: GroupRow, place: Say, planned: Planned, key: str, at: int) -> list[int]:
    return await acts.write(
        unit, key=key, decision_id=None, group_id=group.id, chat_id=place.to_chat or place.to_user,
        user_id=place.to_user, planned=[planned], at=at,
    )  # fmt: skip
