"""A busy week of two hundred people in one group, by chance but the same for the same seed; it acts, never looks."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.app.stage import INSULT, Stage

MINUTE, HOUR = 60, 3600
SLOT = 30 * MINUTE
CITIES = ("上海", "北京", "广州", "成都", "杭州", "西安", "南京", "武汉")
TALK = (
    "今天的课我听了两遍，第{n}段最有用", "作业写到第{n}题，先去做饭", "第{n}天了，感觉自己在变",
    "谢谢大家，昨天聊得很开心", "我把笔记整理了{n}页", "早上跑了{n}公里，回来听课", "这一课让我想起小时候的事",
    "明天几点开始？我{n}点才下班", "笑死，我家猫也这样",
)  # fmt: skip
QUESTIONS = (
    "请问第{n}课的资料在哪里？", "有人知道作业几点截止吗？", "情绪上来的时候怎么停下来？",
)  # fmt: skip
ADS = (
    "姐妹们，我家面膜今天特价{n}9元一盒，加微信 mask_{n}wm 下单，满三盒包邮",
    "转让二手相机，只要2{n}00元，需要的加V信 cam{n}88 私聊，先到先得",
    "招代理啦！躺赚佣金，日赚{n}00元，加微信 zhou{n}200 了解，名额有限",
)
SCAM = "USDT稳赚项目，带单老师一对一，日赚3000，拉人返佣，点 https://t.me/+AbCdEf123 进群"
MEMBERS = ("/rules", "/record", "/points", "/help", "/privacy", "/nick 07营-小新-北京", "/record", "/points")
LEADERS = ("/warn 跑题了", "/mute 10m 先冷静一下", "/policy", "/why", "/record", "/undo", "/help")
BUTTONS = ("查看", "签到", "我已阅读", "群规", "登记昵称", "申诉", "改好了，帮我看看")
# How often each thing happens on a day, between half past six and half past eleven at night.
A_DAY = {
    "ad": 4, "flood": 2, "insult": 6, "question": 6, "ask": 14, "order": 7, "press": 60, "join": 9, "leave": 4,
    "mend": 15,
}  # fmt: skip
STUBBORN = 5


@dataclass
class Week:
    """`commands` are the numbers of messages with commands that were said in this half hour; the names of `strangers`
    do not fit.
    """

    stage: Stage
    chance: random.Random
    people: list[int] = field(default_factory=list)
    strangers: list[tuple[int, str]] = field(default_factory=list)
    newcomers: int = 0
    commands: list[int] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    async def join(self) -> None:
        """Four in five know how names are written here."""
        self.newcomers += 1
        n, city = self.newcomers, self.chance.choice(CITIES)
        fitting = f"07营-学员{n}-{city}"
        fits = self.chance.random() < 0.8
        user = await self.stage.people.user_create(fitting if fits else f"新来的{n}")
        await self.stage.people.join(self.stage.chat, user)
        self.people.append(user)
        if not fits:
            self.strangers.append((user, fitting))
        if self.chance.random() < 0.15:
            await self.stage.people.start(user)
        if self.chance.random() < 0.03:
            await self.say(user, SCAM)

    async def leave(self) -> None:
        user = self.people.pop(self.chance.randrange(len(self.people)))
        await self.stage.people.leave(self.stage.chat, user)

    async def mend(self) -> None:
        """Whoever was asked for another name takes one, sooner or later; a few never do."""
        user, fitting = self.strangers.pop(self.chance.randrange(len(self.strangers)))
        await self.stage.people.user_rename(user, fitting)

    async def say(self, user: int, text: str) -> int:
        return await self.stage.people.post(self.stage.chat, user, text)

    def somebody(self) -> int:
        """Who may write at this moment."""
        world, chat = self.stage.world, self.stage.world.chat(self.stage.chat)
        while world.member(chat, user := self.chance.choice(self.people)).status != "member":
            pass
        return user

    def worded(self, texts: tuple[str, ...]) -> str:
        return self.chance.choice(texts).format(n=self.chance.randrange(2, 9))

    async def ad(self) -> None:
        await self.say(self.somebody(), self.worded(ADS))

    async def insult(self) -> None:
        await self.say(self.somebody(), INSULT)

    async def question(self) -> None:
        await self.say(self.somebody(), self.worded(QUESTIONS))

    async def flood(self) -> None:
        user = self.somebody()
        await self.stage.people.post_many([{"chat": self.stage.chat, "user": user, "text": "哈哈哈哈哈"}] * 9)

    async def talk(self, count: int) -> None:
        chat = self.stage.chat
        posts = [{"chat": chat, "user": self.somebody(), "text": self.worded(TALK)} for _ in range(count)]
        await self.stage.people.post_many(posts)
        self.note("messages", count)

    async def ask(self) -> None:
        self.commands.append(await self.say(self.somebody(), self.chance.choice(MEMBERS)))

    async def order(self) -> None:
        """A leader answers somebody's message with a command."""
        about = await self.say(self.somebody(), self.worded(TALK))
        order = self.chance.choice(LEADERS)
        said = await self.stage.people.post(self.stage.chat, self.stage.owner, order, reply_to=about)
        self.commands.append(said)

    async def press(self) -> None:
        """Somebody presses a button that stands there, theirs or not."""
        wanted = self.chance.choice(BUTTONS)
        chat = self.stage.world.chat(self.stage.chat)
        for number, message in reversed(list(chat.messages.items())[-150:]):
            if message.by_bot and wanted in str(message.body.get("reply_markup")):
                await self.stage.people.press(self.stage.chat, number, self.somebody(), wanted)
                return

    def note(self, what: str, count: int = 1) -> None:
        self.counted[what] = self.counted.get(what, 0) + count

    async def half_hour(self, hour: float) -> None:
        """What people do then; the bot answers as they go on, and the half hour is over at the end."""
        self.commands.clear()
        end = (self.now() // SLOT + 1) * SLOT
        awake = 6.5 <= hour < 23.5
        for deed in self.deeds(awake):
            self.stage.pass_(self.chance.randrange(3, 25))
            await deed()
        if awake:
            await self.stage.calm()
            await self.stage.later(90)
        while (left := end - self.now()) > 0:
            await self.stage.later(min(left, 9 * MINUTE) if awake else left)

    def now(self) -> int:
        return int(self.stage.world.clock.now())

    def deeds(self, awake: bool) -> list[Callable[[], Awaitable[None]]]:
        if not awake:
            return [lambda: self.talk(self.chance.randrange(3))]
        found: list[Callable[[], Awaitable[None]]] = [lambda: self.talk(self.chance.randrange(8, 16))]
        for what, often in A_DAY.items():
            count = sum(self.chance.random() < often / 34 / 3 for _ in range(3))
            if what in ("leave", "join") and not 100 < len(self.people) < 220:
                continue
            if what == "mend":
                count = min(count, max(0, len(self.strangers) - STUBBORN))
            found += [getattr(self, what)] * count
            self.note(what, count)
        self.chance.shuffle(found)
        return found
