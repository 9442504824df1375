"""In private somebody with a task in groups says which is meant; power is asked for there and nowhere else."""

from bot.powers import LEADERS, Role
from bot.roles import led_groups
from bot.storage import books, groups
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.numbers import decision_number, group_number
from handlers.saying.answers import Rows, answer, phrase
from rules.conduct.effects import Button, Phrase

# Of one group among several: its menu, or the page that the button notes.
GROUP = "menu.group"
WITH_A_PAGE = frozenset(
    {"doctor", "inbox", "letter", "lockdown", "notice", "policy", "setup", "shift", "backup", "team"}
)
MOST_BUTTONS = 12
# Whose first word may be the number of a decision.
BY_NUMBER = frozenset({"undo", "why"})


async def choose_group(talk: Talk, order: Order, who: frozenset[Role] = LEADERS) -> Order | None:
    """The order without its `#number`, the group set; None after having asked which group: never of one group."""
    wanted = group_number(order.first())
    led = {group.id: group for group in await mine(talk, who)}
    if wanted in led:
        talk.group = led[wanted]
        talk.numbered = f"/{order.name} #{wanted}" if len(led) > 1 else ""
        return order.without_first()
    told = await of_its_decision(talk, order)
    if told in led:
        talk.group = led[told]
        return order
    if len(led) == 1 and (not wanted or order.name in BY_NUMBER):
        (talk.group,) = led.values()
        return order
    await answer(talk, which(order, led), pages(order, led))
    return None


async def of_its_decision(talk: Talk, order: Order) -> int:
    """The group of the decision whose number is given, 0 where none is: a number says its group by itself."""
    number = decision_number(order.first()) if order.name in BY_NUMBER else None
    row = await books.decision(talk.unit, number) if number else None
    return row.group_id if row is not None else 0


async def mine(talk: Talk, who: frozenset[Role] = LEADERS) -> list[groups.GroupRow]:
    """The active groups that this person leads, or in which they are one of `who`."""
    found = await groups.all_active(talk.unit)
    led = await led_groups(talk.unit, talk.actor, frozenset(group.id for group in found), who)
    return [group for group in found if group.id in led]


def pages(order: Order, led: dict[int, groups.GroupRow]) -> Rows:
    """A command with a page of its own opens it by a press; further words would be lost on the way."""
    if order.words or order.name not in WITH_A_PAGE or len(led) > MOST_BUTTONS:
        return ()
    return tuple(
        (Button(label=Phrase("menu.group", (("title", row.title),)), action=GROUP, ref=number, note=order.name),)
        for number, row in sorted(led.items())
    )


def which(order: Order, led: dict[int, groups.GroupRow]) -> list[Phrase]:
    if not led:
        return [phrase("leads_nothing")]
    example = min(led)
    if pages(order, led):
        return [phrase("which_group_press", command=order.name, group=example)]
    listed = [phrase("group_line", group=number, title=row.title) for number, row in sorted(led.items())]
    wanted = 0 if order.name in BY_NUMBER else group_number(order.first())
    if wanted:
        return [phrase("no_group_of_yours", group=wanted), *listed]
    said = order.words.partition(" ")[2] if order.first().startswith("#") else order.words
    return [phrase("which_group", command=order.name, group=example, words=said and f" {said}"), *listed]
