"""The scene of the leaders' pictures: the first evening in a group, its cards, and every panel."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import ManualClock
from handlers.saying.panels import PANELS
from rules.conduct.effects import Phrase
from sandbox.control import VERBS
from sandbox.control.reading import invoke
from tests.app.stage import Stage, staged

EVENING = 1_741_000_800.0  # 2025-03-03 19:20 in Shanghai
PAUSE = 4.0
AD = "姐妹们，我家面膜今天特价99元一盒，加微信 mask_zhao88 下单，满三盒包邮"
SCAM = "USDT稳赚项目,带单老师一对一,日赚3000,拉人返佣,点 https://t.me/+AbCdEf123 进群"
DISTRESS = "最近真的撑不下去了，我不想活了"
# Words of each card that are the same in either script.
CARDS = {"observed": "mask_zhao88", "scam": "USDT", "distress": "不想活了", "raid": "60 秒"}
WAVE = 24
# The pages that are opened from another page than the first.
UNDER = {"setup.about": "setup", "roster": "joining", "shift": "team", "backup": "team"}


@asynccontextmanager
async def evening(database: str, language: str) -> AsyncIterator[Stage]:
    """The leader 苏禾 has pressed Start and chosen her language; time stands still but where the scene moves it."""
    async with staged(database, {}, clock=ManualClock(EVENING)) as camp:
        await camp.people.user_rename(camp.owner, "苏禾")
        await camp.calm()
        await camp.people.start(camp.owner)
        await camp.later(PAUSE)
        if language != "zh_Hans":
            await camp.people.open_private_text(camp.owner, f"/language {language}")
            await camp.later(PAUSE)
        yield camp


async def cards(camp: Stage) -> dict[str, int]:
    """Their post in the leader's private chat, by kind."""
    laozhao, liuge, zhouzhou = [await camp.member(name) for name in ("老赵", "刘哥", "周周")]
    await camp.later(PAUSE)
    for user, text in ((laozhao, AD), (liuge, SCAM), (zhouzhou, DISTRESS)):
        await camp.people.post(camp.chat, user, text)
        await camp.later(PAUSE)
    invoke(camp.world, VERBS["raid"], {"chat": camp.chat, "n": WAVE, "names": ["小树", "婷婷", "向阳"]})
    await camp.later(60.0)
    return {kind: await newest(camp, words) for kind, words in CARDS.items()}


async def newest(camp: Stage, words: str, chat: int = 0) -> int:
    """The bot's newest post with these words."""
    posts = await camp.people.messages(chat or camp.owner)
    found = [post for post in posts if post["from_bot"] and words in post.get("text", "")]
    assert found, f"nothing says {words}; the last is {posts[-1].get('text')}"
    return int(found[-1]["message_id"])


async def opened(camp: Stage, name: str, language: str) -> int:
    """A post with that panel, opened from the menu as a leader would."""
    posted = int((await camp.people.messages(camp.owner))[-1]["message_id"])
    await camp.people.open_private_text(camp.owner, "/menu")
    await camp.later(PAUSE)
    menu = await camp.people.bot_message(camp.owner, after=posted)
    if name != "front":
        if not has(menu, title(camp, name, language)) or name in UNDER:
            menu = await pressed(camp, menu, title(camp, UNDER.get(name, "setup"), language))
        menu = await pressed(camp, menu, title(camp, name, language))
    return int(menu["message_id"])


async def pressed(camp: Stage, post: dict[str, object], button: str) -> dict[str, object]:
    await camp.people.press(camp.owner, int(str(post["message_id"])), camp.owner, button)
    await camp.later(PAUSE)
    found = await camp.people.message(camp.owner, int(str(post["message_id"])))
    assert found is not None
    return found


def title(camp: Stage, name: str, language: str) -> str:
    return camp.app.services.texts.label(Phrase(PANELS[name].title.key), language)


def has(post: dict[str, object], button: str) -> bool:
    markup = post.get("reply_markup")
    rows = markup["inline_keyboard"] if isinstance(markup, dict) else []
    return any(each["text"] == button for row in rows for each in row)
