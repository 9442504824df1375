"""The scenes of the fair procedure: the cards that come of it, what leaders have set up, and what a member reads."""

from functools import partial
from typing import Any

from bot.joining import card as joining
from rules.conduct import approvals, blacklist, caring, leaders
from rules.conduct.case import Case
from rules.conduct.effects import Card, Phrase
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict
from tests.app.stage import ENFORCED, INSULT, Stage
from tests.page.desk_pictures import Happens, of_message
from tests.page.first_evening import AD, PAUSE, has
from tests.page.seen_pictures import TEN_MINUTES

NOTES = "第三课的笔记整理好了 https://example.com/notes"
LISTED = (("reason", "私下给成员发诈骗链接"), ("until", "5月2日"))
CAMP_OF_CARE, WEEK = "暖心营", 7
QUESTIONS = ("你的职业？", "在哪个城市？", "想达成什么？")
JOINING: dict[str, Any] = {
    **ENFORCED,
    "joining": {"mode": "desk", "questions": list(QUESTIONS), "accept_rules": True},
}
LADDER: dict[str, Any] = {**ENFORCED, "welcome": {"enabled": False}, "ladder": {"highest": "ask_to_leave"}}
FROM_THE_EVENING_TO_NOON, TWO_HOURS = 16.5 * 3600, 7200.0
JOIN = joining.KIND
# What only the one whom it concerns reads of the procedure, in private.
MEMBERS = ("notice", "leave", "appeal", "record", "held", "join")


def after(step: str) -> Happens:
    """A step that the bot took without asking."""

    def made(case: Case, policy: Policy) -> Card:
        return leaders.told(case, policy, Verdict(rule="insult", step=step)).cards[0]  # type: ignore[arg-type]

    return of_message("刘哥", INSULT, made)


def came_in(case: Case, policy: Policy) -> Card:
    return blacklist.came_in(case, policy, LISTED, 12).cards[0]


def suggested(case: Case, _: Policy) -> Card:
    said = (("name", case.facts.name), ("by", "林晓"), *LISTED, ("number", 13))
    return Card(blacklist.SUGGESTION, (Phrase("blacklist.card_suggested", said),), blacklist.judging(13))


async def taken_back(camp: Stage) -> None:
    """Somebody who never pressed Start was sent away by mistake."""
    user = await camp.member("小树")
    await camp.later(PAUSE)
    post = await camp.people.post(camp.chat, user, "大家好")
    await camp.later(PAUSE)
    await camp.people.post(camp.chat, camp.owner, "/remove 反复发广告", reply_to=post)
    await camp.later(PAUSE)
    await presses(camp, camp.owner, "撤销", "撤銷")
    await camp.later(PAUSE)


async def quarrel(camp: Stage) -> None:
    """Another leader opens it."""
    user, leader = await camp.member("阿楠"), await camp.member("韩笑")
    await camp.later(PAUSE)
    await camp.people.promote(camp.chat, leader)
    await camp.calm()
    post = await camp.people.post(camp.chat, user, "凭什么每次都是我们组打扫？")
    await camp.later(PAUSE)
    await camp.people.post(camp.chat, leader, "/case open 打扫排班", reply_to=post)
    await camp.later(PAUSE)


# In the order in which they are pictured.
SCENES: dict[str, Happens] = {
    "asked": after("ask_to_leave"),
    "removed": after("remove"),
    approvals.CARD: of_message("林晓", NOTES, lambda case, _: approvals.card(case)),
    blacklist.RULE: of_message("老赵", AD, came_in),
    blacklist.SUGGESTION: of_message("老赵", AD, suggested),
    caring.UNUSED: of_message("婷婷", "", lambda case, _: caring.unused_card(case)),
    caring.READY: of_message("婷婷", "", lambda case, _: caring.ready_card(case, CAMP_OF_CARE, WEEK)),
    "invite_back": taken_back,
    "quarrel": quarrel,
}


async def prepared(camp: Stage) -> None:
    """A team, hours, words the group does not want, a list of who is expected: pages with something on them."""
    for name, username in (("林晓", "linxiao"), ("周周", "zhou")):
        user = await camp.people.user_create(name, username=username)
        await camp.people.join(camp.chat, user)
    await camp.later(PAUSE)
    for words in (
        "/grant #1 @linxiao 作业官 90d", "/grant #1 @zhou 复核人 30d", "/shift #1 @linxiao 周一 19:00-22:00",
        "/backup #1 @linxiao @zhou", "/filter #1 add 代写", "/policy #1 set joining.mode desk",
    ):  # fmt: skip
        await whispers(camp, camp.owner, words)


async def whispers(camp: Stage, user: int, words: str) -> None:
    await camp.people.open_private_text(user, words)
    await camp.later(PAUSE)


async def presses(camp: Stage, user: int, *labels: str) -> None:
    """The newest button with that label, in whichever script, in private."""
    posts = [post for post in await camp.people.messages(user) if post["from_bot"]]
    number, label = [(int(post["message_id"]), label) for post in posts for label in labels if has(post, label)][-1]
    await camp.people.press(user, number, user, label)


async def insults(camp: Stage, user: int) -> None:
    await camp.people.post(camp.chat, user, INSULT)
    await camp.later(PAUSE)
    await camp.later(TEN_MINUTES)


async def asks_for_a_second_look(camp: Stage, user: int) -> None:
    await presses(camp, user, "申诉", "申訴")
    await camp.later(PAUSE)


async def shares_notes(camp: Stage, user: int) -> None:
    for words in ("/approval #1 all", "/approval #1 on"):
        await whispers(camp, camp.owner, words)
    await camp.people.post(camp.chat, user, NOTES)
    await camp.later(PAUSE)


async def knocks(camp: Stage, user: int) -> None:
    """Asks to come in, and answers."""
    await camp.people.join_request(camp.chat, user)
    await camp.later(PAUSE)


async def answers(camp: Stage, user: int) -> None:
    await camp.press(user, "我同意", user)
    for words in ("老师", "上海", "早起读书"):
        await whispers(camp, user, words)


async def is_asked_to_leave(camp: Stage, user: int) -> None:
    """Two more times, each some hours later."""
    for _ in range(2):
        await camp.later(TWO_HOURS)
        await insults(camp, user)


async def is_reminded(camp: Stage, user: int) -> None:
    await camp.later(FROM_THE_EVENING_TO_NOON)
    await insults(camp, user)


def of_a_member(user: int) -> dict[str, Happens]:
    """In the order in which it happens to them."""

    return {
        "held": partial(shares_notes, user=user),
        "notice": partial(is_reminded, user=user),
        "leave": partial(is_asked_to_leave, user=user),
        "appeal": partial(asks_for_a_second_look, user=user),
        "record": partial(whispers, user=user, words="/record"),
    }
