"""Brings a request before leaders: the first few of an hour as cards, a wave of them behind one line that counts."""

from dataclasses import replace

from bot.conduct.policies import zone_of
from bot.desks import cards
from bot.joining import card
from bot.joining.card import KIND, Hints
from bot.storage import acts, joinrequests, tickets
from bot.storage.groups import GroupRow
from bot.storage.joinrequests import RequestRow
from bot.storage.unit import Unit
from rules.conduct.deadlines import awake, stamp
from rules.conduct.effects import HOUR, Button, Card, Edit, Phrase, Planned, Say
from rules.conduct.joining import Joining, owes

AN_HOUR = 3
NIGHT_SECONDS = 10 * HOUR
# The panel of those who wait, in a post of its own.
LOOK = Button(Phrase("join.button_look"), "menu.open", "leaders", note="+joining")


def key_of(row: RequestRow) -> str:
    """A card is posted anew once more was answered."""
    return f"join:{row.id}:{row.answers.cards}"


async def bring(unit: Unit, group: GroupRow, policy: Joining, row: RequestRow, hints: Hints, at: int) -> None:
    """Open its ticket, with the time that was promised; nobody's telephone rings by night, or two hundred times."""
    zone, row = zone_of(group), row._replace(answers=row.answers._replace(cards=row.answers.cards + 1))
    words = card.words(policy, row, hints, stamp(hints.declined_at, zone) if hints.declined_at else "")
    shown = Card(KIND, words, card.buttons(row.user_id, owed=owes(policy, row.answers)))
    due, morning = awake(at + policy.promised_hours * HOUR, zone), awake(at, zone)
    before = await tickets.count_since(unit, group.id, KIND, at // HOUR * HOUR)
    few = before < AN_HOUR
    if morning == at and few:
        ticket = await cards.ask(unit, group, shown, key=key_of(row), at=at, user_id=row.user_id, due_at=due)
    else:
        # Of a wave nobody is reminded one by one: the line that counts stands for all of them.
        ticket = await tickets.open_ticket(
            unit, group_id=group.id, kind=KIND, decision_id=None, user_id=row.user_id, words=words, at=at,
            due_at=due if few else 0,
        )  # fmt: skip
    await joinrequests.update_open(unit, row.id, state="waiting", ticket_id=ticket, answers=row.answers)
    if morning != at and few:
        await cards.watch(unit, group, due)
    if morning != at or not few:
        await count(unit, group, at, morning if morning != at else 0)


async def count(unit: Unit, group: GroupRow, at: int, not_before: int) -> None:
    """One line an hour or a night, changed in place."""
    place = await cards.reach(unit, group, at=at)
    if place is None:
        return
    n = len(await joinrequests.waiting(unit, group.id))
    since = not_before - NIGHT_SECONDS if not_before else at // HOUR * HOUR
    key = f"{KIND}:wave:{group.id}:{since}"
    words = (Phrase("conduct.card_head", (("title", group.title),)), Phrase("join.wave", (("n", n),)))
    post = await acts.by_key(unit, key)
    if post is None:
        said = replace(place, words=words, buttons=((LOOK,),))
        until = max(not_before, at) + cards.CARD_SECONDS
        await cards.send(unit, group, place, Planned(said, not_before=not_before, expires_at=until), key=key, at=at)
    elif not isinstance(post.act, Say) or not await acts.rewrite(unit, post.id, replace(post.act, words=words)):
        await recount(unit, group, place, post, words, f"{key}:{n}", at)


async def recount(
    unit: Unit, group: GroupRow, place: Say, post: acts.ActRow, words: tuple[Phrase, ...], key: str, at: int
) -> None:
    """Of several changes that wait only the newest is sent."""
    number = acts.message_of(post.result)
    newer = Edit(words=words, language=place.language, message_id=number, to_chat=post.chat_id, buttons=((LOOK,),))
    edit = await cards.send(unit, group, place, Planned(newer), key=key, at=at)
    if not number:
        await acts.comes_after(unit, edit, post.id)


async def close(unit: Unit, group: GroupRow, row: RequestRow, outcome: Phrase, by: int, at: int) -> None:
    """The question is answered, and its card says how."""
    ticket = await tickets.get(unit, row.ticket_id) if row.ticket_id else None
    if ticket is None:
        return
    await tickets.answer(unit, ticket.id, by, at, outcome.key)
    post = await acts.by_key(unit, f"{key_of(row)}:card")
    number = acts.message_of(post.result) if post is not None else 0
    if post is None or not isinstance(post.act, Say):
        return
    head = Phrase("conduct.card_head", (("title", group.title),))
    newer = Edit(
        words=(head, *ticket.words, outcome), language=post.act.language, message_id=number, to_chat=post.chat_id
    )
    done = f"{key_of(row)}:closed:{outcome.key}"
    edit = await acts.write(
        unit, key=done, group_id=group.id, chat_id=post.chat_id, user_id=row.user_id, at=at, planned=[Planned(newer)]
    )
    if not number:
        await acts.comes_after(unit, edit[0], post.id)
