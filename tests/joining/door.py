"""A group whose door asks: people come to it, answer in private, and leaders decide."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import ManualClock
from bot.storage import audit, groups, joinrequests
from bot.storage.joinrequests import RequestRow
from tests.app.stage import ENFORCED, START, Stage, staged

ASKED = ["你的职业？", "在哪个城市？", "想达成什么？"]


@asynccontextmanager
async def door(database_url: str, **joining: Any) -> AsyncIterator[Stage]:
    """Its owner has started the bot, so cards come to them in private."""
    policy = {**ENFORCED, "joining": {"mode": "desk", **joining}}
    async with staged(database_url, policy, clock=ManualClock(START)) as stage:
        await stage.people.start(stage.owner)
        await stage.calm()
        yield stage


async def comes(stage: Stage, name: str = "王敏", **more: Any) -> int:
    """Somebody who has never spoken with the bot asks to join."""
    user = await stage.people.user_create(name, **more)
    await asks(stage, user)
    return user


async def asks(stage: Stage, user: int) -> None:
    await stage.people.join_request(stage.chat, user)
    await stage.calm()


async def says(stage: Stage, user: int, *answers: str) -> None:
    for answer in answers:
        await stage.people.open_private_text(user, answer)
        await stage.later(3)


async def told(stage: Stage, user: int) -> str:
    """All that the bot said to them in private."""
    return "\n".join(await stage.said(chat=user))


async def last(stage: Stage, user: int) -> str:
    said = await stage.said(chat=user)
    return said[-1] if said else ""


async def inside(stage: Stage, user: int) -> bool:
    return bool((await stage.people.member(stage.chat, user))["status"] in ("member", "restricted"))


async def request(stage: Stage, user: int) -> RequestRow:
    group = await stage.group()
    async with stage.app.services.storage.reading() as unit:
        row = await joinrequests.last_of(unit, group.id, user)
    assert row is not None
    return row


async def leader(stage: Stage, name: str = "班长", rights: object = "all") -> int:
    user = await stage.member(name)
    await stage.later(60)
    await stage.people.promote(stage.chat, user, rights)  # type: ignore[arg-type]
    await stage.people.start(user)
    await stage.calm()
    return user


async def desk(stage: Stage, *leaders: int) -> int:
    """The leaders' own chat: cards are posted there."""
    chat = await stage.people.chat_create("supergroup", "营主群", stage.owner)
    await stage.people.add_bot(chat, admin="all")
    for each in leaders:
        await stage.people.join(chat, each)
    await stage.calm()
    group = await stage.group()
    async with stage.app.services.storage.unit() as unit:
        await groups.update(unit, group.id, moderators_chat=chat)
    return chat


async def audited(stage: Stage, action: str) -> list[audit.AuditRow]:
    async with stage.app.services.storage.reading() as unit:
        return await audit.of(unit, action=action)
