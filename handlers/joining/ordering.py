"""/approve and /decline: a request by its number, wherever it is said, or by answering its card."""

import re

from bot.joining import desk
from bot.joining.card import phrase as in_join
from bot.roles import Place, authorize
from bot.storage import acts, groups, joinrequests
from bot.storage.joinrequests import RequestRow
from handlers.frame.anonymous import ask_who
from handlers.frame.context import Talk
from handlers.frame.obey import refuse
from handlers.frame.orders import Order
from handlers.joining.press_desk import let_in, turn_away, wanted
from handlers.reading.choosing import mine
from handlers.reading.numbers import decision_number, group_number
from handlers.saying.answers import answer
from handlers.saying.panels import open_panel

PANEL = "joining"
# As a card names its request, in whichever language it is read.
NAMED = re.compile(r"#(\d{1,18})")
MOST_NUMBERS = 8


async def approve(talk: Talk, order: Order) -> None:
    row = await meant(talk, order)
    if row is not None:
        await let_in(talk, row)


async def decline(talk: Talk, order: Order) -> None:
    row = await meant(talk, order)
    if row is not None:
        await turn_away(talk, row)


async def meant(talk: Talk, order: Order) -> RequestRow | None:
    """Its number says which group is meant, in the leaders' own chat and in private too; power is asked for there."""
    number = 0 if await names_a_group(talk, order) else named(order) or await of_card(talk, order)
    row = await joinrequests.get(talk.unit, number) if number else None
    if row is not None:
        talk.group = (await groups.by_ids(talk.unit, [row.group_id])).get(row.group_id)
    if talk.group is None:
        await answer(talk, in_join("no_request_there" if await mine(talk) else "no_request_of_yours"))
        return None
    action = f"command.{order.name}.of"
    decision = await authorize(talk.unit, talk.actor, action, Place(talk.group.id, talk.private))
    if decision.why == "confirm":
        await ask_who(talk, order)
    elif not decision.allowed:
        await refuse(talk, action, decision)
    elif not number:
        await open_panel(talk, PANEL)
    else:
        return await wanted(talk, row)
    return None


async def names_a_group(talk: Talk, order: Order) -> bool:
    """`#7` alone, in private, is a group of theirs before it is a request: to show is harmless, to let in is not."""
    number = group_number(order.words.strip()) if talk.private else 0
    group = (await groups.by_ids(talk.unit, [number])).get(number) if number else None
    if group is None or not (await authorize(talk.unit, talk.actor, "lead", Place(group.id, private=True))).allowed:
        return False
    talk.group = group
    return True


def named(order: Order) -> int:
    """`12`, `#12`, also after the number of a group (`#7 12`); 0: none."""
    words = order.words.split()
    if len(words) > 1 and group_number(words[0]):
        words = words[1:]
    return (decision_number(words[0]) if words else None) or 0


async def of_card(talk: Talk, order: Order) -> int:
    """Only that of the request whose card it is: any other card may quote whatever somebody wrote."""
    card = order.answered
    found = NAMED.findall(card.facts.text)[:MOST_NUMBERS] if card is not None and card.kind == "bot" else []
    for number in dict.fromkeys(map(int, found)):
        row = await joinrequests.get(talk.unit, number)
        post = await acts.by_key(talk.unit, f"{desk.key_of(row)}:card") if row is not None else None
        shown = (post.chat_id, acts.message_of(post.result)) if post is not None else None
        if card is not None and shown == (talk.chat_id, card.message_id):
            return number
    return 0
