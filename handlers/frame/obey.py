"""The one way a command goes: timely, in a group, allowed, done, tidied away; what is refused leaves a trace."""

from collections.abc import Awaitable, Callable
from typing import Literal, NamedTuple

from bot import audit
from bot.audit import REFUSED
from bot.powers import ASKED, OPERATORS, STAFF
from bot.roles import Decision, authorize
from handlers.frame.anonymous import ask_who
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.choosing import choose_group
from handlers.saying.answers import answer, phrase, tidy

HOUR, DAY = 3600, 24 * 3600

Run = Callable[[Talk, Order], Awaitable[None]]


class Command(NamedTuple):
    """`chinese` are names that people type after a slash, `in_reply` words that leaders say in a reply instead, and
    `reply_means` what such a word says beside the name.

    `guessed`: it only shows something ("alone": where no words follow), so a mistyped name is understood as well.
    Who may is said in `bot.powers.ASKED`, which of them stand in Telegram's own list in `handlers.home.helping`.
    """

    name: str
    run: Run
    chinese: tuple[str, ...] = ()
    in_reply: tuple[str, ...] = ()
    reply_means: str = ""
    guessed: Literal["never", "alone", "always"] = "never"

    @property
    def action(self) -> str:
        return f"command.{self.name}"

    @property
    def for_leaders(self) -> bool:
        """Whether it is for people with a task in a group, so that a group must be meant."""
        return ASKED[self.action].who <= STAFF and ASKED[self.action].who != OPERATORS


async def obey(talk: Talk, order: Order, command: Command) -> None:
    """Carry out `order`, or say kindly why not."""
    if talk.services.clock.now() - talk.at > DAY or not (talk.private or talk.group):
        return
    if talk.private and command.for_leaders:
        chosen = await choose_group(talk, order, ASKED[command.action].who)
        if chosen is None:
            return
        order = chosen
    decision = await authorize(talk.unit, talk.actor, command.action, talk.place)
    if decision.allowed:
        await command.run(talk, order)
    elif decision.why == "confirm":
        await ask_who(talk, order)
    else:
        await refuse(talk, command.action, decision)
    await tidy(talk)


async def refuse(talk: Talk, action: str, decision: Decision) -> None:
    """Kindly, and in a group once an hour to one person: nobody shall make the bot talk."""
    group_id = talk.group.id if talk.group else 0
    heard = await audit.count(talk.unit, talk.actor.user_id, REFUSED, group_id, talk.at - HOUR)
    await audit.refused(talk.unit, talk.actor, action, talk.at, decision, group_id)
    if talk.private or not heard:
        await answer(talk, phrase(f"refused_{decision.why}"))
