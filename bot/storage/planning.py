"""Writes acts into the outbox together with their buttons; performs none of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from bot.storage import buttons, codec, edits, topics
from bot.storage.actrows import ActRow
from bot.storage.quiet import FREE, WAITS
from bot.storage.tables import acts, clean
from bot.storage.unit import Unit, missing
from rules.conduct.effects import Act, Edit, Planned, Say, SendFile, against_member, lane, lifetime
from rules.conduct.gathering import unasked, with_way_out


async def write(
    unit: Unit, *, key: str, group_id: int | None, chat_id: int, planned: Sequence[Planned], at: int,
    decision_id: int | None = None, user_id: int = 0,
) -> list[int]:  # fmt: skip
    """The numbers of the acts, under `key:0`, `key:1`, …; a key that is there is not written again.

    Without `expires_at` an act is worth doing for its usual lifetime from `at` on.
    """
    if not planned:
        return []
    planned = [each._replace(act=with_way_out(each.act)) for each in planned]
    planned = await topics.placed(unit, group_id, planned)
    base = {"decision_id": decision_id, "group_id": group_id, "user_id": user_id}
    keys = [f"{clean(key)}:{number}" for number in range(len(planned))]
    rows = [{**base, "key": k, **columns(p, chat_id, at, group_id)} for k, p in zip(keys, planned, strict=True)]
    insert = missing(unit, acts).returning(acts.c.id, acts.c.key)
    new = {row.key: int(row.id) for row in await unit.execute(insert, rows)}
    for number, plan in ((new[k], p) for k, p in zip(keys, planned, strict=True) if k in new):
        if isinstance(plan.act, Edit) and plan.act.message_id and not plan.simulated:
            await edits.newest(unit, number, destination(plan.act, chat_id), plan.act.message_id, at)
    await add_buttons(unit, new, dict(zip(keys, planned, strict=True)), group_id, decision_id, at)
    known = new if len(new) == len(keys) else await ids_of(unit, keys)
    links = [
        {"link": known[keys[p.after]], "which": new[k]}
        for k, p in zip(keys, planned, strict=True)
        if p.after >= 0 and k in new
    ]
    if links:
        linking = update(acts).where(acts.c.id == bindparam("which")).values(after_id=bindparam("link"))
        await unit.execute(linking, links)
    return [known[k] for k in keys]


async def say_here(unit: Unit, row: ActRow, line: Say, chat_id: int, at: int, ends: int) -> bool:
    """What could not be said in private becomes a line in the group: the same act, so that what comes after it still
    does. `line` has one more row of buttons, the first. False where it was called off meanwhile.
    """
    (plan,) = await topics.placed(unit, row.group_id, [Planned(line)])
    shown = await buttons.make(unit, line.buttons[:1], group_id=row.group_id, decision_id=row.decision_id, at=at)
    new = columns(plan._replace(expires_at=ends), chat_id, at, row.group_id)
    names = ("chat_id", "act", "purpose", "state", "not_before", "expires_at", "quiet")
    mine = update(acts).where(acts.c.id == row.id, acts.c.state == "sending", acts.c.reason == "")
    again = mine.values(buttons=codec.encode_ids((*shown, *row.buttons)), **{name: new[name] for name in names})
    return (await unit.execute(again)).rowcount > 0


def columns(plan: Planned, chat_id: int, at: int, group_id: int | None) -> dict[str, Any]:
    act = plan.act
    state = "simulated" if plan.simulated else "held" if plan.held else "pending"
    return {
        "chat_id": destination(act, chat_id), "kind": codec.act_kind(act), "act": codec.encode_act(act),
        "purpose": act.purpose if isinstance(act, Say) else "", "against_member": against_member(act), "erased": False,
        "buttons": NO_IDS, "lane": lane(act), "state": state, "cause": "" if plan.simulated else plan.held,
        "not_before": plan.not_before, "expires_at": plan.expires_at or at + lifetime(act), "attempts": 0,
        "created_at": at, "settled_at": at if plan.simulated else 0, "message_id": 0, "result": NO_RESULT,
        "reason": "", "after_id": None, "quiet": WAITS if group_id and unasked(act) else FREE,
    }  # fmt: skip


NO_IDS = codec.encode_ids(())
NO_RESULT = codec.encode_table({})


def destination(act: Act, chat_id: int) -> int:
    """The chat where it happens: some posts name their own."""
    match act:
        case Say(to_user=user_id, to_chat=other):
            return user_id or other or chat_id
        case Edit(to_chat=other):
            return other or chat_id
        case SendFile(to_user=user_id):
            return user_id or chat_id
        case _:
            return chat_id


async def add_buttons(
    unit: Unit, new: Mapping[str, int], planned: Mapping[str, Planned], group_id: int | None, decision_id: int | None,
    at: int,
) -> None:  # fmt: skip
    for key, act_id in new.items():
        act = planned[key].act
        if isinstance(act, Say | Edit) and act.buttons and not planned[key].simulated:
            ids = await buttons.make(unit, act.buttons, group_id=group_id, decision_id=decision_id, at=at)
            await unit.execute(update(acts).where(acts.c.id == act_id).values(buttons=codec.encode_ids(ids)))


async def ids_of(unit: Unit, keys: Sequence[str]) -> dict[str, int]:
    rows = await unit.execute(select(acts.c.key, acts.c.id).where(acts.c.key.in_(keys)))
    return {row.key: int(row.id) for row in rows}
