"""What was promised, put into the outbox: greetings, the daily prompt, check-ins and their points."""

import math
from collections.abc import Collection
from datetime import date
from functools import partial
from typing import NamedTuple

from bot import metrics, tongues
from bot.conduct.policies import zone_of
from bot.desks import alarms
from bot.membership import CHECKIN
from bot.protection import care, raids
from bot.storage import acts, merit, occurrences, quiet, tickets, welcomes
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from bot.storage.welcomes import Wave
from rules.conduct.effects import DAY, Button, Delete, Mention, Phrase, Planned, Say
from rules.conduct.policy import Policy
from rules.conduct.raids import ASKING_SECONDS, RULE
from rules.merit.checkin import contribution, streak
from rules.programme import prompts, welcome
from rules.programme.localtime import business_day, parse_clock

# Public speech that is later is not said at all (fairness 5).
SPEECH_SECONDS = 10 * 60


class CheckedIn(NamedTuple):
    """The answer to a press on [签到]. `points` is 0 for a second press on the same day."""

    new: bool
    streak: int
    points: int


async def check_in(unit: Unit, group: GroupRow, policy: Policy, user_id: int, at: int) -> CheckedIn:
    """Once per business day of the group; a second time changes nothing and is answered alike."""
    day = business_day(at, zone_of(group), parse_clock(policy.checkin.day_starts_at))
    new = await merit.checkin(unit, group.id, user_id, day.isoformat(), at)
    points = policy.checkin.points if new else 0
    if points:
        given = contribution(group.id, user_id, day, points)
        await merit.post(unit, group.id, given, at=at, by=user_id)
    days = [date.fromisoformat(d) for d in await merit.checkins(unit, group.id, user_id)]
    return CheckedIn(new, streak(days, day), points)


async def prompt(unit: Unit, group: GroupRow, policy: Policy, now: int) -> str:
    """Plan the newest check-in prompt whose time has come; its key lets it happen once. The key: it is settled."""
    if not policy.checkin.enabled:
        return ""
    planned = prompts.latest(group.id, now, parse_clock(policy.checkin.prompt_at), zone_of(group))
    promised = planned.at >= max(group.bot_joined_at, group.rule_began.get(CHECKIN, now))
    if not await occurrences.claim(unit, planned.key, group.id, planned.at, now):
        return planned.key
    rests = await care.paused(unit, group.id, now)
    if rests or prompts.ripe(planned, now) == "missed" or planned.at < group.bot_joined_at:
        await occurrences.mark(unit, planned.key, "missed", None)
        if promised and not rests:
            await alarms.prompt_missed(unit, group, planned.day, planned.key, now)
            unit.afterwards.append(metrics.scheduled_missed.inc)
        return planned.key
    # Telegram may be away for a while: what it takes later than this is reported as missed, not posted.
    post = Planned(prompt_post(group, planned.day), expires_at=planned.at + SPEECH_SECONDS)
    ids = await acts.write(
        unit, key=planned.key, group_id=group.id, chat_id=group.chat_id, planned=[post], at=now
    )  # fmt: skip
    await occurrences.mark(unit, planned.key, "planned", ids[0])
    unit.afterwards.append(partial(metrics.scheduled_late.observe, now - planned.at))
    return planned.key


def prompt_post(group: GroupRow, day: str) -> Say:
    press = Button(Phrase("programme.button_checkin"), action="checkin", note=day)
    words = (Phrase("programme.checkin_prompt", (("day", day[5:]),)),)
    return Say(words=words, language=group.language, buttons=tongues.labels(group, ((press,),)), purpose="prompt")


async def give_up(unit: Unit, group: GroupRow, policy: Policy, asked_at: int, now: int) -> None:
    """Nobody answered the question about many who joined at once: by now it is too late to greet them."""
    for ticket in await tickets.opened_since(unit, group.id, RULE, asked_at):
        wave = await raids.people(unit, group, policy, ticket, now)
        await welcomes.forget(unit, group.id, [join.user_id for join in wave])


async def greet(unit: Unit, group: GroupRow, policy: Policy, now: int) -> bool:
    """One post for everybody who joined together; the greeting before it is taken down after it stands (J01), unless
    it speaks to others as well.

    Whoever would be greeted more than ten minutes late is not (fairness 5).
    """
    wave = (await welcomes.waves(unit)).get(group.id)
    if wave is None or now < (due := greeting_due(wave, policy)):
        return False
    if wave.asked_at:
        await give_up(unit, group, policy, wave.asked_at, now)
    waiting = await welcomes.waiting(unit, group.id)
    # Where the gate is on, the greeting is how newcomers learn to open it: it never rests.
    rests = not policy.gate.enabled and await care.paused(unit, group.id, now)
    if rests or now > due + SPEECH_SECONDS:
        for each in waiting:
            await welcomes.remove(unit, group.id, each.user_id)
        unit.afterwards.append(metrics.scheduled_missed.inc)
        return False
    if not waiting:
        return False
    people = [Mention(w.user_id, w.name) for w in waiting]
    _, last_message = await welcomes.last_post(unit, group.id)
    post = Planned(
        welcome_post(group, policy, people, await task_of(unit, group, policy)), expires_at=due + SPEECH_SECONDS
    )
    # Telegram deletes nothing that is older than two days.
    before = (
        [Planned(Delete(message_ids=(last_message,), own=True), after=0, expires_at=now + 2 * DAY)]
        if last_message and not await quiet.shared_in(unit, group.id, last_message)
        else []
    )
    ids = await acts.write(
        unit, key=f"welcome:{group.id}:{waiting[-1].id}", group_id=group.id, chat_id=group.chat_id,
        planned=[post, *before], at=now,
    )  # fmt: skip
    await welcomes.greeted(unit, group.id, [w.id for w in waiting], ids[0], now)
    return True


async def task_of(unit: Unit, group: GroupRow, policy: Policy) -> str:
    """The address of the newest prompt; a basic group has no addresses."""
    chat, _, inner = str(group.chat_id).partition("-100")
    found = await acts.message_ids(unit, "prompt", group.id) if policy.checkin.enabled and not chat else []
    return f"https://t.me/c/{inner}/{found[0]}" if found else ""


def welcome_post(group: GroupRow, policy: Policy, people: list[Mention], task: str = "") -> Say:
    named_so = policy.nickname_format.mode != "off"
    words = welcome.words(people, group.title, policy.notices.group_goal, policy.welcome.text, named_so)
    if policy.gate.enabled:
        words = (*words, Phrase("protect.gate_welcome"))
    said, buttons = tongues.both(group, words), tongues.labels(group, welcome.buttons(named_so, task))
    return Say(
        words=said, language=group.language, buttons=buttons, purpose="answer" if policy.gate.enabled else "welcome"
    )


def next_moment(group: GroupRow, policy: Policy, wave: Wave | None, now: int, settled: Collection[str]) -> float:
    """When this group next needs a look (in the past: now): its prompt, unless in `settled`, or those who wait."""
    moments = [math.inf]
    if policy.checkin.enabled:
        clock, zone = parse_clock(policy.checkin.prompt_at), zone_of(group)
        last = prompts.latest(group.id, now, clock, zone)
        moments.append(last.at if last.key not in settled else prompts.next_at(now, clock, zone))
    if wave is not None:
        moments.append(greeting_due(wave, policy))
    return min(moments)


def greeting_due(wave: Wave, policy: Policy) -> int:
    """While leaders are asked about many who joined at once, nobody is greeted."""
    merge, pause = policy.welcome.merge_seconds, policy.welcome.pause_minutes
    due = welcome.due_at(wave.first_at, wave.last_at, wave.last_post, merge, pause)
    return max(due, wave.asked_at + ASKING_SECONDS) if wave.asked_at else due
