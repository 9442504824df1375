"""The scene of the pictures: a morning in a camp before the real bot, with an advertisement that does not stay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import ManualClock
from tests.app.stage import ENFORCED, Stage, staged
from tests.page.window import address

MORNING = 1_772_500_980.0  # 2026-03-03 09:23 in Shanghai, when a bot may greet
AD = "姐妹们，我家面膜今天特价99元一盒，加微信 mask_wang 下单，满三盒包邮"
POLICY = {**ENFORCED, "ad_without_red_packet": {"mode": "enforce", "fines": True}}
MINUTE = 60.0


@asynccontextmanager
async def morning(database: str) -> AsyncIterator[Stage]:
    """Time stands still but where the scene moves it."""
    async with staged(database, POLICY, clock=ManualClock(MORNING)) as camp:
        await camp.people.user_rename(camp.owner, "何老师")
        await camp.calm()
        await talk(camp, await people(camp))
        yield camp


async def people(camp: Stage) -> dict[str, int]:
    known = {name: await camp.member(name) for name in ("林晓", "周敏", "苏禾", "陈一鸣", "王敏")}
    await camp.people.promote(camp.chat, known["苏禾"], "all", title="班长")
    for title in ("07营 营主室", "早读打卡"):
        other = await camp.people.chat_create("supergroup", title, camp.owner)
        await camp.people.add_bot(other, admin="all")
    await camp.people.start(known["周敏"])
    await camp.later(MINUTE)
    for user in known.values():
        await camp.press(user, "我已阅读")
    return known


async def talk(camp: Stage, known: dict[str, int]) -> None:
    said = camp.people.post
    call = await said(camp.chat, camp.owner, "大家早！今天 9:30 操场见，跑三公里，量力而行。")
    await said(camp.chat, known["林晓"], "收到，已经在路上了 🏃", reply_to=call)
    sunrise = await said(camp.chat, known["周敏"], "今天的日出", media="photo")
    for name in ("林晓", "陈一鸣"):
        await camp.people.react(camp.chat, sunrise, known[name], "❤")
    await camp.later(3 * MINUTE)
    await said(camp.chat, known["陈一鸣"], "第 12 天打卡：跑步 3 km，读书 30 分钟 📖")
    await said(camp.chat, known["王敏"], AD)
    await camp.later(MINUTE)
    await said(camp.chat, known["苏禾"], "一鸣太棒了，继续保持！")
    await camp.later(MINUTE)


def looked_at(camp: Stage, *, panel: bool) -> str:
    """The camp as its owner sees it, on a wide screen with the log of calls."""
    columns = f"{camp.chat}:{camp.owner}:all"
    return address(columns, panel=f"calls:{camp.chat}" if panel else "", zone="Asia/Shanghai")
