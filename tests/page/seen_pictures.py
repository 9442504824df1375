"""The scenes of what members see in the group and alone, and of what an operator is asked."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bot.clock import ManualClock
from bot.storage import groups
from tests.app.stage import ENFORCED, INSULT, Stage, staged
from tests.arrival.owning import SUHE, Owned, owned
from tests.page.first_evening import EVENING, PAUSE

CLIENTS = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant"}
MEMBERS = ("line", "alert", "name", "locked", "gate")
OPERATORS = ("claimed", "first_step", "may_it_stay")
QUIET: dict[str, Any] = {**ENFORCED, "welcome": {"enabled": False}, "nickname_format": {"mode": "enforce"}}
GATED: dict[str, Any] = {**ENFORCED, "gate": {"enabled": True}}
TEN_MINUTES, OVER_A_DAY = 600.0, 86_520.0
MEMBER, NEWCOMER = "07营-林晓-上海", "老赵"


@asynccontextmanager
async def group(database: str, policy: dict[str, Any], language: str) -> AsyncIterator[Stage]:
    """The group speaks that language; nobody but its leader has pressed Start."""
    async with staged(database, policy, clock=ManualClock(EVENING)) as camp:
        await camp.people.user_rename(camp.owner, "苏禾")
        await camp.calm()
        known = await camp.group()
        await camp.app.services.storage.write(lambda unit: groups.update(unit, known.id, language=language))
        await camp.people.start(camp.owner)
        await camp.later(PAUSE)
        await camp.people.open_private_text(camp.owner, f"/language {language}")
        await camp.later(PAUSE)
        yield camp


async def person(camp: Stage, name: str, language: str) -> int:
    return int(await camp.people.user_create(name, language=CLIENTS[language]))


async def comes(camp: Stage, user: int) -> None:
    await camp.people.join(camp.chat, user)
    await camp.later(PAUSE)
    await camp.later(TEN_MINUTES)


async def is_reminded(camp: Stage, user: int) -> None:
    await camp.people.post(camp.chat, user, INSULT)
    await camp.later(PAUSE)
    await camp.later(TEN_MINUTES)


async def looks_into_the_list(camp: Stage) -> None:
    await camp.people.open_private_text(camp.owner, "/inbox #1")
    await camp.later(PAUSE)


async def locks(camp: Stage) -> None:
    await camp.people.post(camp.chat, camp.owner, "/lockdown 15m 有人在刷广告")
    await camp.later(PAUSE)


@asynccontextmanager
async def installation(database: str, language: str, operators: Sequence[int]) -> AsyncIterator[Owned]:
    """苏禾 has a client in that language; who the operators are is given, or a link says it."""
    async with owned(database, operators, started=()) as camp:
        camp.world.users[SUHE].language = CLIENTS[language]
        yield camp


async def claims(camp: Stage, link: str) -> None:
    await camp.people.start(SUHE, link)
    await camp.calm()


async def brings_it(camp: Stage) -> None:
    lin = await camp.people.user_create("林晓", username="linxiao")
    camp.chat = await camp.people.chat_create("supergroup", "读书会", lin)
    await camp.people.add_bot(camp.chat, by=lin, admin="all")
    await camp.calm()
