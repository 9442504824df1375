"""Cards about what was only observed: a few an hour by day, the rest and a whole night behind one line that counts."""

from dataclasses import replace
from typing import NamedTuple

from bot.conduct.policies import zone_of
from bot.desks import cards
from bot.storage import acts, tickets
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.deadlines import awake
from rules.conduct.effects import HOUR, Button, Card, Edit, Phrase, Planned, Say

KIND = "observed"
AN_HOUR = 5
NIGHT_SECONDS = 10 * HOUR
# The panel of the letter, in a post of its own.
LOOK = Button(Phrase("letter.button_look"), "menu.open", "leaders", note="+letter")


async def ask(
    unit: Unit, group: GroupRow, card: Card, *, key: str, at: int, decision_id: int | None, user_id: int
) -> None:
    """Every one of them can be answered in /inbox; nobody's telephone rings a hundred times in an hour, or by night."""
    morning = awake(at, zone_of(group))
    by_night = morning != at
    since, shown = (morning - NIGHT_SECONDS, 0) if by_night else (at // HOUR * HOUR, AN_HOUR)
    before = await tickets.count_since(unit, group.id, KIND, since)
    if before < shown:
        await cards.ask(unit, group, card, key=key, at=at, decision_id=decision_id, user_id=user_id)
        return
    await tickets.open_ticket(
        unit, group_id=group.id, kind=KIND, decision_id=decision_id, user_id=user_id, words=card.words, at=at
    )
    place = await cards.reach(unit, group, at=at)
    if place is not None:
        line = Line(before + 1 - shown, f"{KIND}:{group.id}:{since}", morning if by_night else 0)
        await count(unit, group, place, line, at)


class Line(NamedTuple):
    """So many cases stand behind it; it is said at `not_before`, or at once for 0."""

    n: int
    key: str
    not_before: int


async def count(unit: Unit, group: GroupRow, place: Say, line: Line, at: int) -> None:
    words = (Phrase("conduct.card_head", (("title", group.title),)), Phrase("letter.more", (("n", line.n),)))
    await put(unit, group, place, line, words, at, ((LOOK,),))


async def put(
    unit: Unit, group: GroupRow, place: Say, line: Line, words: tuple[Phrase, ...], at: int,
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> None:  # fmt: skip
    """One post an hour or a night, changed in place."""
    post = await acts.by_key(unit, line.key)
    if post is None:
        said = replace(place, words=words, buttons=buttons)
        until = max(line.not_before, at) + cards.CARD_SECONDS
        planned = Planned(said, not_before=line.not_before, expires_at=until)
        await cards.send(unit, group, place, planned, key=line.key, at=at)
    elif not isinstance(post.act, Say) or not await acts.rewrite(unit, post.id, replace(post.act, words=words)):
        newer = Edit(words=words, language=place.language, to_chat=post.chat_id, buttons=buttons)
        edit = await cards.send(unit, group, place, Planned(newer), key=f"{line.key}:{line.n}", at=at)
        await acts.comes_after(unit, edit, post.id)
