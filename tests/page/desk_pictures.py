"""The scene of the cards that leaders get on other days: what can happen happens, the rest is written by the rules."""

from collections.abc import Awaitable, Callable
from functools import partial

from bot.arrival import defaults
from bot.desks import alarms, cards
from bot.protection import lockdown
from bot.speech import digest, pinwatch, topics
from bot.storage import Unit
from bot.storage import topics as stored
from bot.storage.groups import GroupRow
from rules.conduct import ads, brakes, channel, due, hijack, ladder, measures
from rules.conduct.case import Case
from rules.conduct.effects import Card, Phrase
from rules.conduct.findings import Finding
from rules.conduct.pinned import Difference
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict
from tests.app.stage import INSULT, Stage
from tests.page.first_evening import AD, PAUSE, SCAM

LEADER, ALIKE = "灯塔营长林晓", "灯塔营長林 晓"
COMPLAINT = "说好能退的，我要投诉，请退钱"
THREAD, TOPIC = 7, "作业打卡"
UNTIL_THE_DIGEST = 45 * 60.0

Write = Callable[[Unit, GroupRow, int], Awaitable[object]]
Happens = Callable[[Stage], Awaitable[None]]


async def latest(camp: Stage, happens: Happens, chat: int = 0) -> int:
    """The post of the bot that came of it, the newest."""
    return (await came(camp, happens, chat))[-1]


async def came(camp: Stage, happens: Happens, chat: int = 0) -> list[int]:
    """The posts of the bot that came of it, the oldest first."""
    before = {int(post["message_id"]) for post in await camp.people.messages(chat or camp.owner)}
    await happens(camp)
    posts = await camp.people.messages(chat or camp.owner)
    new = [int(post["message_id"]) for post in posts if post["from_bot"] and int(post["message_id"]) not in before]
    assert new, f"nothing was posted; the last is {posts[-1:]}"
    return new


async def written(camp: Stage, write: Write) -> None:
    group, now = await camp.group(), int(camp.app.services.clock.now())
    await camp.app.services.storage.write(partial(write, group=group, at=now))  # type: ignore[call-arg]
    await camp.later(PAUSE)


async def shown(camp: Stage, name: str, text: str, made: Callable[[Case, Policy], Card]) -> None:
    """The card that the rules make of this person's message."""
    user = await camp.member(name)
    await camp.later(PAUSE)
    case = await camp.case(user)
    group = await camp.group()
    async with camp.app.services.storage.reading() as unit:
        policy = await camp.app.services.moderator.policy_of(unit, group)
    card = made(case._replace(facts=case.facts._replace(text=text, name=name)), policy)
    await asked(camp, card, user)


async def asked(camp: Stage, card: Card, user: int = 0) -> None:
    async def write(unit: Unit, group: GroupRow, at: int) -> None:
        await cards.ask(unit, group, card, key=f"picture:{card.kind}", at=at, user_id=user)

    await written(camp, write)


def of_message(name: str, text: str, made: Callable[[Case, Policy], Card]) -> Happens:
    return partial(shown, name=name, text=text, made=made)


def card(kind: str, *words: Phrase) -> Happens:
    return partial(asked, card=Card(kind, words))


def held_back(case: Case, policy: Policy) -> Card:
    return ladder.capped(case, policy, Verdict(rule="insult", step="ask_to_leave")).cards[0]


def silenced(case: Case, policy: Policy) -> Card:
    return hijack.consequence(case, policy, Finding(hijack.RULE, hit=True)).cards[0]


def as_channel(case: Case, policy: Policy) -> Card:
    return channel.consequence(case, policy, Finding("ad_without_red_packet", hit=True)).cards[0]


def too_many(case: Case, policy: Policy) -> Card:
    full = brakes.limit(policy.brakes, case.group.member_count)
    busy = case._replace(group=case.group._replace(measures=(case.now,) * full))
    return brakes.card(busy, policy, Verdict(rule="insult"))


def many_removals(case: Case, policy: Policy) -> Card:
    return measures.second_look(case, policy, Verdict(), policy.brakes.removals_per_person).cards[0]


async def complaint(camp: Stage) -> None:
    await camp.people.post(camp.chat, await camp.member("周周"), COMPLAINT)
    await camp.later(PAUSE)


async def impostor(camp: Stage) -> None:
    leader = await camp.member(LEADER)
    await camp.people.promote(camp.chat, leader)
    await camp.calm()
    await camp.member(ALIKE)
    await camp.later(60.0)


async def appeal(camp: Stage) -> None:
    user = await camp.member("刘哥")
    await camp.people.post(camp.chat, user, INSULT)
    await camp.later(60.0)
    await camp.people.post(camp.chat, user, "/appeal 我是在引用课文")
    await camp.later(PAUSE)


async def topic_closed(unit: Unit, group: GroupRow, at: int) -> None:
    await stored.note(unit, group.id, THREAD, name=TOPIC)
    await topics.closed(unit, group, THREAD, at)


async def topic_gone(unit: Unit, group: GroupRow, at: int) -> None:
    await topics.gone(unit, group, THREAD, at)


async def right_lost(unit: Unit, group: GroupRow, at: int) -> None:
    await alarms.rights_lost(unit, group, {"can_delete_messages"}, "picture:right", at)


async def undecided(unit: Unit, group: GroupRow, at: int) -> None:
    await alarms.undecided(unit, group, 1, at)


async def newer_defaults(camp: Stage) -> None:
    found = (Difference("flooding.mode", "observe", "enforce"), Difference("raid.seconds", 90, 60))
    await asked(camp, Card(defaults.KIND, defaults.words(found), defaults.buttons()))


async def evening_comes(camp: Stage) -> None:
    await camp.later(UNTIL_THE_DIGEST)


# In the order in which they are pictured; the digest comes at eight and counts what was before.
SCENES: dict[str, Happens] = {
    "ad": of_message("老赵", AD, ads.card),
    "appeal": appeal,
    "complaint": complaint,
    "impersonates_staff": impostor,
    digest.KIND: evening_comes,
    "hijack": of_message("林晓", SCAM, silenced),
    "channel": of_message("发财频道", AD, as_channel),
    "ladder": of_message("刘哥", INSULT, held_back),
    "ladder_ask": of_message("刘哥", INSULT, lambda case, policy: ladder.ask_card(case, policy, "ask_to_leave")),
    "unanswered": of_message("婷婷", "", lambda case, policy: due.unanswered_card(case, policy)),
    "brake": of_message("向阳", INSULT, too_many),
    "person_brake": of_message("小树", "", many_removals),
    defaults.KIND: newer_defaults,
    pinwatch.OTHER: partial(asked, card=Card(pinwatch.OTHER, (Phrase("menu.notice_other"),), pinwatch.buttons())),
    pinwatch.NO_RIGHT: card(pinwatch.NO_RIGHT, Phrase("menu.notice_right")),
    topics.CLOSED: partial(written, write=topic_closed),
    topics.GONE: partial(written, write=topic_gone),
    lockdown.CHANGED: card(lockdown.CHANGED, Phrase("protect.lockdown_changed")),
    alarms.RIGHT_LOST: partial(written, write=right_lost),
    "undecided": partial(written, write=undecided),
}
