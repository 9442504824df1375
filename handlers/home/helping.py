"""/help, and which commands are shown at all: to members, to leaders, beside Telegram's text field."""

from bot.powers import LEADERS, OPERATORS
from bot.roles import roles_of
from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.reading.choosing import mine
from handlers.saying.answers import answer, phrase, word
from rules.conduct.effects import Phrase

# At most six and twelve: everything else is a button of /menu, and works when it is typed.
FOR_MEMBERS = ("menu", "rules", "record", "appeal", "privacy", "help")
FOR_LEADERS = (
    "menu", "warn", "mute", "remove", "undo", "why", "record", "fine", "inbox", "lockdown", "doctor", "policy",
)  # fmt: skip
# Telegram shows these in the chat with the bot.
IN_PRIVATE = ("menu", "record", "appeal", "language", "privacy", "help")


async def help_(talk: Talk, _: Order) -> None:
    """For members what members may ask; for leaders theirs as well, where nobody is disturbed."""
    led = [] if talk.group else await mine(talk)
    leads = await leads_here(talk) if talk.group else bool(led)
    lines = [phrase("help_head"), *(help_line(talk, name) for name in FOR_MEMBERS)]
    if leads:
        theirs = [name for name in FOR_LEADERS if name not in FOR_MEMBERS]
        lines += [phrase("help_leaders"), *(help_line(talk, name) for name in theirs), phrase("help_more")]
        if talk.private:
            lines += [phrase("help_in_private", group=min(group.id for group in led))]
    if talk.private and await roles_of(talk.unit, talk.actor, 0) & OPERATORS:
        lines += [phrase("help_operators"), help_line(talk, "status")]
    await answer(talk, [*lines, Phrase("menu.rest")])


def help_line(talk: Talk, name: str) -> Phrase:
    return phrase("help_line", command=name, what=word(talk, f"menu_{name}"))


async def leads_here(talk: Talk) -> bool:
    return bool(talk.group and await roles_of(talk.unit, talk.actor, talk.group.id) & LEADERS)
