"""What leaders do about a person: remind, mute, free, remove, readmit. The rules decide how, the moderator records."""

from collections.abc import Callable
from typing import NamedTuple

from bot import audit
from handlers.conduct import previewing
from handlers.conduct.abilities import missing_for
from handlers.conduct.needless import away, removable, silenced, where
from handlers.conduct.receipts import details, undo_button
from handlers.frame.context import Talk
from handlers.frame.orders import Order, one_of
from handlers.reading.decisions import MEASURES
from handlers.reading.durations import HOUR, LONGEST, SHORTEST, seconds_of
from handlers.reading.targets import Target, find, group_row, measurable
from handlers.saying.answers import has_started, in_their_language, phrase, receipt, reply
from rules.conduct import codes, measures
from rules.conduct.case import Case
from rules.conduct.effects import Phrase
from rules.conduct.facts import Facts
from rules.conduct.policy import Policy
from rules.conduct.verdict import Verdict

Make = Callable[[Case, Policy], Verdict]

MUTE_SECONDS = HOUR
BAN = ("ban", "拉黑")


async def take(
    talk: Talk, target: Target, action: str, make: Make, reason: str = "", facts: Facts | None = None, code: str = ""
) -> int | None:
    """Decide, record, audit, acknowledge; the number of the decision, None where there was nothing to do.

    What the bot has no right for is not written down: the leader hears which right is missing, nobody else hears.
    """
    case, verdict = await judged(talk, target, make, facts)
    lacking = missing_for(group_row(talk), verdict.acts)
    if not verdict.stands or lacking is not None:
        await reply(talk, lacking or phrase("nothing_to_do", name=target.mention))
        return None
    if await previewing.shown(talk, target, action, verdict):
        return None
    number = await put_down(talk, target, action, case, verdict, reason, code)
    if number is None or verdict.step not in MEASURES:
        await receipt(talk)
    else:
        if not talk.query_id and await has_started(talk, talk.actor.user_id):
            await in_their_language(talk)
        await receipt(talk, details(talk, target, case, verdict, number, code), ((undo_button(number),),))
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
    return case, previewing.praised(make(case, await talk.policy()))


async def put_down(
    talk: Talk, target: Target, action: str, case: Case, verdict: Verdict, reason: str, code: str = ""
) -> int | None:
    # An update that comes a second time has the same key, so it records nothing.
    group, key = group_row(talk), f"talk:{talk.services.me.id}:{talk.update_id}"
    number = await talk.services.moderator.record(
        talk.unit, case, verdict, issuer_kind="person", issuer_id=talk.actor.user_id, key=key, reason=reason,
        code=code,
    )  # fmt: skip
    await audit.done(
        talk.unit, talk.actor, action, talk.at, group_id=group.id, target_id=target.user_id,
        after={"decision": number, "step": verdict.step, "reason": reason, **({"code": code} if code else {})},
    )  # fmt: skip
    return number


async def warn(talk: Talk, order: Order) -> None:
    target = await measurable(talk, order)
    why = await cited(talk, target.order) if target is not None else None
    if target is not None and why is not None:
        code, reason = why
        name = talk.actor.name
        await take(talk, target, "warn", lambda c, p: measures.warn(c, p, reason, name, code), reason, code=code)


async def mute(talk: Talk, order: Order) -> None:
    target = await measurable(talk, order)
    if target is None:
        return
    first = target.order.first()
    seconds = seconds_of(first) if first else MUTE_SECONDS
    if seconds is None or not SHORTEST <= seconds <= LONGEST:
        await reply(talk, phrase("usage_mute"))
        return
    why = await cited(talk, target.order.without_first())
    if why is not None:
        code, reason = why
        await take(talk, target, "mute", lambda c, p: measures.mute(c, p, seconds, reason, code), reason, code=code)


async def unmute(talk: Talk, order: Order) -> None:
    target = await find(talk, order)
    if target is not None:
        await take(talk, target, "unmute", where(silenced, measures.unmute))


async def remove(talk: Talk, order: Order) -> None:
    target = await measurable(talk, order)
    if target is None:
        return
    ban = bool(one_of(target.order.first(), BAN))
    why = await cited(talk, target.order.without_first() if ban else target.order)
    if why is not None:
        await remove_now(talk, target, ban, why.reason, why.code)


class Why(NamedTuple):
    """The point of the rules a leader names (R3), and the words after it."""

    code: str
    reason: str


async def cited(talk: Talk, order: Order) -> Why | None:
    """None after having said that the rules have no such point."""
    code, policy = codes.typed(order.first()), await talk.policy()
    if not code:
        return Why("", order.words)
    if codes.exists(policy, code):
        return Why(code, order.without_first().words)
    await reply(talk, Phrase("codes.no_such", (("code", code), ("n", codes.how_many(policy)))))
    return None


async def remove_now(talk: Talk, target: Target, ban: bool, reason: str = "", code: str = "") -> int | None:
    """Beyond a person's own brake the rules hold it and ask (fairness 3)."""
    done = await removals(talk)
    gone = where(lambda case: removable(case, ban), lambda c, p: measures.remove(c, p, ban, reason, done, code))
    return await take(talk, target, "remove", gone, reason, code=code)


async def removals(talk: Talk) -> int:
    """How many people and channels the same person removed in the last hour, in whatever group."""
    actor, since = talk.actor.user_id, talk.at - HOUR
    return sum([await audit.count(talk.unit, actor, action, None, since) for action in ("remove", "sender.ban")])


async def readmit(talk: Talk, order: Order) -> None:
    target = await find(talk, order)
    if target is not None:
        await take(talk, target, "readmit", where(away, measures.readmit))
