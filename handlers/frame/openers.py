"""What /start shows before anything else: whatever waits for this person, in a fixed order, with its buttons."""

from collections.abc import Awaitable, Callable

from handlers.frame.context import Talk

Opener = Callable[[Talk], Awaitable[bool]]
"""Called in private with no group set; True where it showed something."""

# Open matters come before what a group's founder is asked, and that before cards about others.
ORDER = ("adding", "joining", "matters", "setup", "letter", "cards")
OPENERS: dict[str, Opener] = {}


def on_start(name: str) -> Callable[[Opener], Opener]:
    """Register what may wait for a person under one of the names of ORDER."""

    def registered(made: Opener) -> Opener:
        OPENERS[name] = made
        return made

    return registered


async def opened(talk: Talk) -> bool:
    """Whether anything waited."""
    shown = False
    for name in ORDER:
        if name in OPENERS:
            talk.group = None
            shown = await OPENERS[name](talk) or shown
    talk.group = None
    return shown
