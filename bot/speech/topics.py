"""What becomes of a group's topics; leaders hear once of one where posts cannot go any more, and how to mend it."""

from collections.abc import Sequence

from bot.desks import cards
from bot.gateway.refusals import THREAD_CLOSED, THREAD_GONE
from bot.storage import audit, groups, tickets, topics
from bot.storage.groups import GroupRow
from bot.storage.unit import Unit
from rules.conduct.effects import Act, Card, Phrase, Repost, Say

PURPOSES = ("announcement", "checkin", "welcome", "reminder", "chat")
CLOSED, GONE = "topic_closed", "topic_gone"


async def refused(unit: Unit, group_id: int | None, act: Act, reason: str, at: int) -> None:
    """A post could not go into its topic: named, told once, and for a topic that is gone General takes over."""
    if reason not in (THREAD_CLOSED, THREAD_GONE) or group_id is None or not isinstance(act, Say | Repost):
        return
    thread = act.thread or topics.GENERAL
    group = (await groups.by_ids(unit, [group_id])).get(group_id)
    if group is not None:
        await (closed if reason == THREAD_CLOSED else gone)(unit, group, thread, at)


async def closed(unit: Unit, group: GroupRow, thread: int, at: int) -> None:
    await topics.note(unit, group.id, thread, closed=True)
    if any(is_about(ticket.words, thread) for ticket in await open_ones(unit, group)):
        return
    words = (Phrase("menu.topic_closed", (("topic", await name_of(unit, group, thread)), ("thread", thread))),)
    await cards.ask(unit, group, Card(CLOSED, words), key=f"{CLOSED}:{group.id}:{thread}:{at}", at=at)


async def gone(unit: Unit, group: GroupRow, thread: int, at: int) -> None:
    """Whatever was bound to it goes to General from now on."""
    if await audit.of(unit, group_id=group.id, target_id=thread, action=GONE, limit=1):
        await topics.forget(unit, group.id, thread)
        return
    name = await name_of(unit, group, thread)
    freed = await topics.forget(unit, group.id, thread)
    lines = tuple(Phrase(f"menu.falls_back_{purpose}") for purpose in freed)
    words = (Phrase("menu.topic_gone", (("topic", name), ("thread", thread))), *lines)
    await audit.add(
        unit, at=at, actor_kind="telegram", actor_id=0, action=GONE, group_id=group.id, target_id=thread,
        before={"purposes": list(freed)},
    )  # fmt: skip
    await cards.ask(unit, group, Card(GONE, words), key=f"{GONE}:{group.id}:{thread}", at=at)


async def reopened(unit: Unit, group: GroupRow, thread: int, at: int) -> None:
    """A question about a topic that is open again needs no answer any more."""
    await topics.note(unit, group.id, thread, closed=False)
    for ticket in await open_ones(unit, group):
        if is_about(ticket.words, thread):
            await tickets.answer(unit, ticket.id, 0, at, "topic.open")


async def open_ones(unit: Unit, group: GroupRow) -> list[tickets.TicketRow]:
    return [ticket for ticket in await tickets.pending(unit, [group.id]) if ticket.kind == CLOSED]


def is_about(words: Sequence[Phrase], thread: int) -> bool:
    return any(dict(said.params).get("thread") == thread for said in words)


async def name_of(unit: Unit, group: GroupRow, thread: int) -> str:
    row = await topics.get(unit, group.id, thread)
    return row.name if row is not None and row.name else "General" if thread == topics.GENERAL else f"#{thread}"
