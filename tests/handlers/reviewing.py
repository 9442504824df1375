"""Somebody else who leads, and what they press on the card of an appeal."""

from bot import due
from bot.storage import deadlines
from rules.conduct.effects import HOUR
from tests.handlers.camp import Camp


async def another(camp: Camp, desk: int = 0, name: str = "苏禾") -> int:
    """A second leader, who decided nothing."""
    user = camp.telegram.member(name)
    await camp.go()
    camp.clock.advance(60)
    camp.telegram.do("promote", chat=camp.chat, user=user, rights="all")
    if desk:
        camp.telegram.do("join", chat=desk, user=user)
    await camp.go()
    return user


async def keep(camp: Camp, who: int, chat: int, reason: str = "约定里写明了") -> None:
    await answer(camp, who, chat, "维持", reason)


async def shorten(camp: Camp, who: int, chat: int, reason: str = "这次可以轻一点") -> None:
    await answer(camp, who, chat, "缩短", reason)


async def answer(camp: Camp, who: int, chat: int, button: str, reason: str) -> None:
    camp.clock.advance(5)
    await camp.presses(who, button, chat)
    camp.clock.advance(5)
    await camp.presses(who, reason, chat)
    await camp.later(10)


async def passes(camp: Camp, seconds: int, step: int = 6 * HOUR) -> None:
    """Time as a calendar sees it; each moment is settled soon after it has come."""
    for _ in range(max(seconds // step, 1)):
        camp.clock.advance(min(step, seconds))
        now = int(camp.clock.now())
        async with camp.storage.unit() as unit:
            for row in await deadlines.due(unit, now, 50):
                await due.settle(unit, camp.services.moderator, row, now)
        await camp.go()
