"""What the tests of set-up share: whoever set the group up has started the bot, and presses buttons on its card."""

from typing import Any

from bot.storage import policies
from rules.conduct.policy import Policy
from tests.handlers.camp import Camp, labels

PAUSE = 4


def cards(camp: Camp, chat: int) -> list[dict[str, Any]]:
    return [post for post in camp.telegram.said(chat) if "的设置" in str(post["text"])]


async def tap(camp: Camp, user: int, *buttons: str, chat: int = 0) -> str:
    """One after the other, a while after they have been read; what the person is shown last."""
    shown = ""
    for button in buttons:
        camp.clock.advance(PAUSE)
        shown = await camp.presses(user, button, chat or user)
    return shown


async def write(camp: Camp, user: int, text: str) -> str:
    """In private; what the bot said last."""
    camp.clock.advance(PAUSE)
    await camp.whispers(user, text)
    return camp.last(user)


async def added(camp: Camp, title: str, rights: object = "all", **more: Any) -> int:
    """The owner adds the bot to one more group."""
    camp.clock.advance(PAUSE)
    chat = camp.telegram.supergroup(title, rights=rights, **more)
    await camp.go()
    return chat


async def policy_of(camp: Camp, chat: int = 0) -> Policy:
    group = await camp.group(chat)
    async with camp.storage.reading() as unit:
        return await camp.services.moderator.policy_of(unit, group)


async def versions(camp: Camp, chat: int = 0) -> list[dict[str, Any]]:
    """What was changed, the newest first."""
    group = await camp.group(chat)
    async with camp.storage.reading() as unit:
        return [row.changes for row in await policies.history(unit, "group", group.id)]


def buttons(camp: Camp, chat: int) -> list[str]:
    return labels(camp.telegram.said(chat)[-1])
