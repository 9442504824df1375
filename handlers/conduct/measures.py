"""What leaders do about a person: remind, mute, free, remove, readmit. The rules decide how, the moderator records."""

from collections.abc import Callable

from bot import audit
from handlers.conduct.abilities import missing_for
from handlers.conduct.needless import away, removable, silenced, where
from handlers.conduct.receipts import details
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.reading.decisions import MEASURES
from handlers.reading.durations import HOUR, LONGEST, SHORTEST, seconds_of
from handlers.reading.targets import Target, find, group_row, measurable
from handlers.saying.answers import has_started, in_their_language, phrase, receipt, reply
from rules.conduct import measures
from rules.conduct.case import Case
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

Make = Callable[[Case, Policy], Verdict]

MUTE_SECONDS = HOUR
BAN = ("ban", "拉黑")


async def take(
    talk: Talk, target: Target, action: str, make: Make, reason: str = "", facts: Facts | None = None
) -> int | None:
    """Decide, record, audit, acknowledge; the number of the decision, None where there was nothing to do.

    What the bot has no right for is not written down: the leader hears which right is missing, nobody else hears.
    """
    case, verdict = await judged(talk, target, make, facts)
    lacking = missing_for(group_row(talk), verdict.acts)
    if not verdict.stands or lacking is not None:
        await reply(talk, lacking or phrase("nothing_to_do", name=target.mention))
        return None
    number = await put_down(talk, target, action, case, verdict, reason)
    if number is None or verdict.step not in MEASURES:
        await receipt(talk)
    else:
        if not talk.query_id and await has_started(talk, talk.actor.user_id):
            await in_their_language(talk)
        await receipt(talk, details(talk, target, case, verdict, number))
    return number


async def decide(
    talk: Talk, target: Target, action: str, make: Make, reason: str = "", facts: Facts | None = None
) -> int | None:
    """The same without a word. `facts` are the message it is about, so that it can be deleted or set aside."""
    case, verdict = await judged(talk, target, make, facts)
    return await put_down(talk, target, action, case, verdict, reason) if verdict.stands else None


async def judged(talk: Talk, target: Target, make: Make, facts: Facts | None) -> tuple[Case, Verdict]:
    case = await talk.services.moderator.case_of(talk.unit, group_row(talk), target.user_id, talk.at)
    if facts is not None:
        case = case._replace(facts=facts._replace(at=talk.at))
    return case, make(case, await talk.policy())


async def put_down(talk: Talk, target: Target, action: str, case: Case, verdict: Verdict, reason: str) -> int | None:
    # An update that comes a second time has the same key, so it records nothing.
    group, key = group_row(talk), f"talk:{talk.services.me.id}:{talk.update_id}"
    number = await talk.services.moderator.record(
        talk.unit, case, verdict, issuer_kind="person", issuer_id=talk.actor.user_id, key=key, reason=reason
    )
    await audit.done(
        talk.unit, talk.actor, action, talk.at, group_id=group.id, target_id=target.user_id,
        after={"decision": number, "step": verdict.step, "reason": reason},
    )  # fmt: skip
    return number


async def warn(talk: Talk, order: Order) -> None:
    target = await measurable(talk, order)
    if target is not None:
        reason = target.order.words
        await take(talk, target, "warn", lambda c, p: measures.warn(c, p, reason, talk.actor.name), reason)


async def mute(talk: Talk, order: Order) -> None:
    target = await measurable(talk, order)
    if target is None:
        return
    first = target.order.first()
    seconds = seconds_of(first) if first else MUTE_SECONDS
    if seconds is None or not SHORTEST <= seconds <= LONGEST:
        await reply(talk, phrase("usage_mute"))
        return
    reason = target.order.without_first().words
    await take(talk, target, "mute", lambda c, p: measures.mute(c, p, seconds, reason), reason)


async def unmute(talk: Talk, order: Order) -> None:
    target = await find(talk, order)
    if target is not None:
        await take(talk, target, "unmute", where(silenced, measures.unmute))


async def remove(talk: Talk, order: Order) -> None:
    target = await measurable(talk, order)
    if target is None:
        return
    ban = bool(one_of(target.order.first(), BAN))
    reason = (target.order.without_first() if ban else target.order).words
    await remove_now(talk, target, ban, reason)


async def remove_now(talk: Talk, target: Target, ban: bool, reason: str = "") -> int | None:
    """Beyond a person's own brake the rules hold it and ask (fairness 3)."""
    done = await removals(talk)
    gone = where(lambda case: removable(case, ban), lambda c, p: measures.remove(c, p, ban, reason, done))
    return await take(talk, target, "remove", gone, reason)


async def removals(talk: Talk) -> int:
    """How many people and channels the same person removed in the last hour, in whatever group."""
    actor, since = talk.actor.user_id, talk.at - HOUR
    return sum([await audit.count(talk.unit, actor, action, None, since) for action in ("remove", "sender.ban")])


async def readmit(talk: Talk, order: Order) -> None:
    target = await find(talk, order)
    if target is not None:
        await take(talk, target, "readmit", where(away, measures.readmit))
