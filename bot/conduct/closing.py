"""Questions about a decision that is settled: none of them stays open, and every card says how it ended."""

from collections.abc import Callable

from bot.storage import acts, appeals, tickets
from bot.storage.books import DecisionRow
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct import care
from rules.conduct.effects import Delete, Edit, Phrase, Planned, Repost, Say

# The brake's question is about all that it holds, not about the one decision it stands at.
STAYS = frozenset({"brake"})
Post = Callable[[int, int], bool]


def nowhere(_: int, __: int) -> bool:
    return False


async def close(
    unit: Unit, row: DecisionRow, outcome: Phrase, *, by: int, answer: str, at: int, key: str, only: str = "",
    pressed: Post = nowhere,
) -> None:  # fmt: skip
    """`only` questions of that kind; `pressed` is the card that says its outcome itself."""
    found = await tickets.of_decision(unit, row.id)
    waiting = [each for each in found if each.state == "open" and only in ("", each.kind)]
    # Somebody who may need help does so even where it was no fraud that they wrote beside it.
    apart = [each for each in waiting if each.kind in care.RULES and each.kind != row.rule]
    for ticket in waiting:
        if ticket.kind not in STAYS and ticket not in apart:
            await tickets.answer(unit, ticket.id, by, at, answer)
    others = [each for each in found if only and each.kind != only]
    for act in await acts.of_decision(unit, row.id):
        said = act.act if isinstance(act.act, Say) and act.act.purpose == "card" and act.state == "done" else None
        posted = acts.message_of(act.result) if said is not None else 0
        if said is None or not posted or pressed(act.chat_id, posted):
            continue
        if any(set(each.words) <= set(said.words) for each in (*apart, *others)):
            continue
        answered = Edit(words=(*said.words, outcome), language=said.language, message_id=posted, to_chat=act.chat_id)
        await acts.write(
            unit, key=f"{key}:{act.id}", group_id=None, chat_id=act.chat_id, planned=[Planned(answered)], at=at
        )


async def take_down(unit: Unit, group: GroupRow, decision_id: int, at: int) -> None:
    """What the group was told about it is not true any more, its buttons lead nowhere; what came back goes again."""
    said = [each for each in await acts.of_decision(unit, decision_id) if isinstance(each.act, Say | Repost)]
    for each in said:
        posted = tuple(filter(None, each.result.get("message_ids") or (acts.message_of(each.result),)))
        if posted and each.state == "done" and each.chat_id == group.chat_id:
            gone = Planned(Delete(message_ids=posted, own=True))
            await acts.write(
                unit, key=f"down:{each.id}", group_id=group.id, chat_id=group.chat_id, planned=[gone], at=at
            )


async def overtaken(unit: Unit, decision_id: int, by: int, at: int) -> None:
    """The decision was taken back before anybody answered its appeal: there is nothing left to look at."""
    waiting = await appeals.open_of(unit, decision_id)
    if waiting is not None:
        await appeals.end(unit, waiting.id, "closed", by, at)
