"""Once a day, what leaders need to know and need not decide; only where there is something, where cards go."""

from collections.abc import Collection

from bot.conduct.policies import zone_of
from bot.desks import cards
from bot.speech import questions
from bot.storage import daily, occurrences, tickets
from bot.storage.daily import Today
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.effects import DAY, HOUR, Card, Phrase, Planned
from rules.conduct.policy import Policy
from rules.programme import prompts
from rules.programme.localtime import parse_clock
from rules.programme.prompts import Occurrence

NAME, KIND = "digest", "digest"
LATE_SECONDS = 3 * HOUR
MOST_TOLD = 5


def planned(group: GroupRow, policy: Policy, now: int) -> Occurrence:
    """The newest whose moment has come."""
    return prompts.latest(group.id, now, parse_clock(policy.quiet.digest_at), zone_of(group), NAME)


def next_moment(group: GroupRow, policy: Policy, now: int, settled: Collection[str]) -> float:
    """In the past: now."""
    last = planned(group, policy, now)
    if last.key not in settled:
        return last.at
    return prompts.next_at(now, parse_clock(policy.quiet.digest_at), zone_of(group))


async def write(unit: Unit, group: GroupRow, policy: Policy, now: int) -> str:
    """The newest, once, unless its evening is over; the key: it is settled."""
    last = planned(group, policy, now)
    if not await occurrences.claim(unit, last.key, group.id, last.at, now):
        return last.key
    words = await said(unit, group, last.at)
    place = await cards.reach(unit, group, at=now) if words else None
    if place is None or now > last.at + LATE_SECONDS or last.at < group.bot_joined_at:
        await occurrences.mark(unit, last.key, "missed" if words else "planned", None)
        return last.key
    post = cards.post(group, Card(KIND, words), place)
    act = await cards.send(unit, group, place, Planned(post, expires_at=last.at + DAY // 2), key=last.key, at=now)
    await occurrences.mark(unit, last.key, "planned", act)
    return last.key


async def said(unit: Unit, group: GroupRow, until: int) -> tuple[Phrase, ...]:
    """Nothing where nothing happened and nothing waits."""
    since = until - DAY
    today = await daily.counted(unit, group.id, since, until)
    open_now = await tickets.pending(unit, [group.id])
    quietly = [each for each in open_now if not cards.pushed(each.kind) and each.opened_at > since][:MOST_TOLD]
    told = [phrase for each in quietly for phrase in each.words[:1]]
    lines = [*numbers(today), *told, *await questions.digest(unit, group, since), *waiting(len(open_now))]
    return (Phrase("quiet.digest_head"), *lines) if lines else ()


def numbers(today: Today) -> list[Phrase]:
    found = []
    if today.joined or today.left:
        found.append(Phrase("quiet.digest_people", (("joined", today.joined), ("left", today.left))))
    if today.measures:
        found.append(Phrase("quiet.digest_measures", (("n", today.measures),)))
    if today.observed:
        found.append(Phrase("quiet.digest_observed", (("n", today.observed),)))
    return found


def waiting(count: int) -> list[Phrase]:
    return [Phrase("quiet.digest_waiting", (("n", count),))] if count else []
