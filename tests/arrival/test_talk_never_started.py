"""Forty members of whom six have pressed Start: every measure reaches everybody in a way they can read and answer."""

from typing import Any, NamedTuple

from bot.storage import members
from rules.conduct.effects import HOUR
from tests.app.stage import ENFORCED, INSULT, Stage, standing
from tests.programme.conftest import Camping
from tests.programme.conftest import camping as camping

EVERYBODY, STARTED = 40, (0, 8, 16, 24, 32, 39)
MEASURES = ("remind", "warn", "mute", "fine", "name", "leave", "remove")
# What each measure says of itself, and the button that answers it on the spot.
SAYS = {
    "remind": "提醒", "warn": "提醒", "mute": "安静", "fine": "红包", "name": "昵称", "leave": "选", "remove": "离开",
}  # fmt: skip
ANSWERS = {"fine": "我要撤回这条广告", "name": "登记昵称", "leave": "继续并遵守"}
HEARD_AFTER = 12  # half hours
FREE_HAND = {"percent": 100, "least": 100, "most": 100, "installation_most": 1000, "removals_per_person": 100}
POLICY: dict[str, Any] = ENFORCED | {
    "nickname_format": {"mode": "enforce"},
    "ad_without_red_packet": {"mode": "enforce", "fines": True},
    "brakes": FREE_HAND,
    "raid": {"enabled": False},
    "ladder": {"highest": "ask_to_leave"},
}
NOT_FOR_THEM = ("不在了", "没有给你", "留给当事人")


class Person(NamedTuple):
    id: int
    number: int
    measure: str

    @property
    def started(self) -> bool:
        return self.number in STARTED


async def crowd(camp: Stage) -> list[Person]:
    people = []
    for number in range(EVERYBODY):
        measure = MEASURES[number % len(MEASURES)]
        user = await camp.people.user_create(named(Person(0, number, measure)))
        if number in STARTED:
            await camp.people.start(user)
        await camp.people.join(camp.chat, user)
        people.append(Person(user, number, measure))
    await camp.later(60)
    group = await camp.group()
    async with camp.app.services.storage.unit() as unit:
        for person in people:
            await members.update(unit, group.id, person.id, rules_accepted_at=int(camp.app.services.clock.now()))
    return people


async def measured(camp: Stage, person: Person) -> None:
    owner = camp.owner
    match person.measure:
        case "remind":
            await camp.people.post(camp.chat, person.id, INSULT)
        case "warn":
            await camp.people.post(camp.chat, owner, f"/warn {person.id} 聊得有点远")
        case "mute":
            await camp.people.post(camp.chat, owner, f"/mute {person.id} 6h 消息太多")
        case "fine":
            ad = await camp.people.post(camp.chat, person.id, f"我的第 {person.number} 期课今晚开讲")
            await camp.people.post(camp.chat, owner, "/fine open", reply_to=ad)
        case "leave":
            await camp.people.post(camp.chat, owner, f"/warn {person.id} 聊得有点远")
        case "remove":
            await camp.people.post(camp.chat, owner, f"/remove {person.id} 反复刷屏")
    await camp.calm()


async def reads(camp: Stage, person: Person, chat: int) -> str:
    """What this person can read there: the text of a post to them, else what [查看] shows to them alone."""
    for post in reversed(await camp.people.messages(chat)):
        if not standing(post):
            continue
        text = str(post.get("text", ""))
        if SAYS[person.measure] in text and (chat == person.id or named(person) in text):
            return text
        if chat != person.id and "查看" in buttons(post):
            shown = await press(camp, person, post, "查看")
            if not any(words in shown for words in NOT_FOR_THEM):
                return shown
    return ""


def named(person: Person) -> str:
    return f"小{person.number}" if person.measure == "name" else f"07营-林{person.number}-上海"


async def answers(camp: Stage, person: Person, chat: int) -> str:
    """What they hear who press the button of their measure, or [申诉]."""
    wanted = ANSWERS.get(person.measure, "申诉")
    for post in reversed(await camp.people.messages(chat)):
        if standing(post) and wanted in buttons(post):
            shown = await press(camp, person, post, wanted)
            if shown and not any(words in shown for words in NOT_FOR_THEM):
                return shown
    return ""


async def press(camp: Stage, person: Person, post: dict[str, Any], button: str) -> str:
    await camp.people.press(post["chat"]["id"], post["message_id"], person.id, button)
    await camp.calm()
    told = await camp.people.alerts(person.id)
    return str(told[-1]["text"]) if told else ""


def buttons(post: dict[str, Any]) -> list[str]:
    rows = (post.get("reply_markup") or {}).get("inline_keyboard", ())
    return [str(button["text"]) for row in rows for button in row]


def present(person: Person) -> bool:
    return person.measure != "remove"


async def reached(camp: Stage, person: Person) -> bool:
    """Whether they have read what happened, and what they pressed was answered."""
    private = [person.id] if person.started or not present(person) else []
    for chat in (*private, camp.chat):
        if SAYS[person.measure] in await reads(camp, person, chat) and await answers(camp, person, chat):
            return True
    return False


async def asked_to_leave(camp: Stage, people: list[Person]) -> None:
    """The second reminder, after the first was heard, asks them to choose."""
    for person in people:
        if person.measure == "leave":
            await camp.people.post(camp.chat, camp.owner, f"/warn {person.id} 还是有点远")
            await camp.calm()


async def test_nobody_of_forty_is_left_without_a_way(camping: Camping) -> None:  # X14
    async with camping(POLICY) as camp:
        people = await crowd(camp)
        for person in people:
            await measured(camp, person)
        waiting = [person for person in people if person.measure != "leave"]
        for half_hour in range(24):
            await camp.later(HOUR // 2)
            if half_hour == HEARD_AFTER:
                await asked_to_leave(camp, people)
                waiting += [person for person in people if person.measure == "leave"]
            for person in waiting:
                if not present(person) and not person.started and not half_hour:
                    await camp.people.start(person.id)
            await camp.later(5)
            waiting = [person for person in waiting if not await reached(camp, person)]
        assert not waiting, "\n".join(str(person) for person in waiting)
