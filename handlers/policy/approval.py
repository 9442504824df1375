"""/approval: whose messages a leader looks at first, and whether anybody's; what waits is answered on its card."""

from handlers.frame.context import Talk
from handlers.frame.orders import Order
from handlers.policy.changing import change
from handlers.reading.kept import person_name
from handlers.reading.targets import find, group_row
from handlers.saying.answers import answer, catalogue, in_private, receipt
from rules.conduct.effects import Phrase
from rules.conduct.policy_rules import NeedsApproval

in_approval = catalogue("approval")

YES, NO = frozenset({"on", "开", "开启", "打开"}), frozenset({"off", "关", "关闭"})
MODES = {**dict.fromkeys(YES, "enforce"), **dict.fromkeys(NO, "off"), "observe": "observe", "观察": "observe"}
WHOM = {
    "all": "all", "所有人": "all", "全部": "all", "newcomers": "newcomers", "新人": "newcomers",
    "chosen": "chosen", "指定": "chosen",
}  # fmt: skip
MOST_SHOWN = 20


async def approval(talk: Talk, order: Order) -> None:
    first = order.first().lower()
    if first in MODES and order.mention is None and order.answered is None:
        await change(talk, "approval.set", {"needs_approval.mode": MODES[first]})
        await tell(talk)
    elif first in WHOM:
        await change(talk, "approval.set", {"needs_approval.whom": WHOM[first]})
        await tell(talk)
    elif first or order.mention is not None or order.answered is not None:
        await of_person(talk, order)
    else:
        await tell(talk)


async def of_person(talk: Talk, order: Order) -> None:
    """`/approval @x on`: of this member always, whoever else is asked."""
    target = await find(talk, order)
    if target is None:
        return
    wish = target.order.first().lower() or "on"
    if wish not in YES | NO:
        await answer(talk, in_approval("usage"))
        return
    kept = [each for each in (await terms(talk)).user_ids if each != target.user_id]
    chosen = [*kept, target.user_id] if wish in YES else kept
    await change(talk, "approval.person", {"needs_approval.user_ids": chosen})
    said = in_approval("person_on" if wish in YES else "person_off", name=target.mention)
    off = [in_approval("is_off")] if wish in YES and (await terms(talk)).mode == "off" else []
    # Of one person the group reads nothing.
    if not await in_private(talk, lambda: itself([said, *off])):
        await (answer(talk, off) if off else receipt(talk))


async def itself(words: list[Phrase]) -> list[Phrase]:
    return words


async def tell(talk: Talk) -> None:
    """How it stands, and how it is changed; whose messages wait always is for whoever asked alone."""
    if not await in_private(talk, lambda: state(talk, named=True)):
        await answer(talk, await state(talk, named=False))


async def state(talk: Talk, *, named: bool) -> list[Phrase]:
    now = await terms(talk)
    kinds = "、".join(word_of(talk, f"kind_{kind}") for kind in now.kinds) or "–"
    lines = [
        in_approval(f"mode_{now.mode}", title=group_row(talk).title),
        in_approval(f"whom_{now.whom}", kinds=kinds, days=now.new_member_days, messages=now.new_member_messages),
        in_approval(f"unanswered_{now.unanswered}", hours=now.hours),
    ]
    if now.user_ids and named:
        names = [await person_name(talk, group_row(talk).id, each) for each in now.user_ids[:MOST_SHOWN]]
        lines.append(in_approval("chosen", names="、".join(names)))
    return [*lines, in_approval("usage")]


async def terms(talk: Talk) -> NeedsApproval:
    return (await talk.policy()).needs_approval


def word_of(talk: Talk, key: str) -> str:
    return talk.services.texts.plain(in_approval(key), talk.language)
