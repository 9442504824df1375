"""Questions to people that the bot must not decide alone."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import case, func, select, update

from bot.storage import codec
from bot.storage.tables import clean, tickets
from bot.storage.unit import Unit
from rules.conduct.effects import Phrase


class TicketRow(NamedTuple):
    """`state` is open, answered or expired; `words` is the question; `answered_by` 0 while nobody has answered.

    An open one with `taken_by` has been taken; `due_at` is by when an answer was promised, 0 for none; `audience` names
    who may answer, `not_by` who may not all the same; `escalated_at`: it went on to somebody else because of silence.
    """

    id: int
    group_id: int
    kind: str
    decision_id: int | None
    user_id: int
    words: tuple[Phrase, ...]
    state: str
    opened_at: int
    answered_by: int
    answered_at: int
    answer: str
    taken_by: int = 0
    taken_at: int = 0
    due_at: int = 0
    audience: str = "leaders"
    not_by: int = 0
    escalated_at: int = 0


COLUMNS = [tickets.c[name] for name in TicketRow._fields]
OPEN = tickets.c.state == "open"


async def open_ticket(
    unit: Unit, *, group_id: int, kind: str, decision_id: int | None, user_id: int, words: Sequence[Phrase], at: int,
    audience: str = "leaders", due_at: int = 0, not_by: int = 0,
) -> int:  # fmt: skip
    row = {
        "group_id": group_id, "kind": kind, "decision_id": decision_id, "user_id": user_id,
        "words": codec.encode_words(tuple(words)), "state": "open", "opened_at": at, "answered_by": 0, "answered_at": 0,
        "answer": "", "audience": audience, "due_at": due_at, "not_by": not_by,
    }  # fmt: skip
    return int(await unit.scalar(unit.insert(tickets).values(row).returning(tickets.c.id)))


async def answer(unit: Unit, ticket_id: int, by: int, at: int, words: str) -> bool:
    """False where somebody else answered before."""
    change = update(tickets).where(tickets.c.id == ticket_id, OPEN)
    new = {"state": "answered", "answered_by": by, "answered_at": at, "answer": words}
    return (await unit.execute(change.values(new))).rowcount > 0


async def reword(unit: Unit, ticket_id: int, words: Sequence[Phrase]) -> None:
    """The question as it stands by now, where something in it was settled."""
    change = update(tickets).where(tickets.c.id == ticket_id, OPEN)
    await unit.execute(change.values(words=codec.encode_words(tuple(words))))


async def take(unit: Unit, ticket_id: int, by: int, at: int, due_at: int = 0) -> bool:
    """False where somebody else took it, or it is answered; a promise made before stays as it is."""
    free = update(tickets).where(tickets.c.id == ticket_id, OPEN, tickets.c.taken_by == 0)
    promised = case((tickets.c.due_at > 0, tickets.c.due_at), else_=due_at)
    return (await unit.execute(free.values(taken_by=by, taken_at=at, due_at=promised))).rowcount > 0


async def let_go(unit: Unit, ticket_id: int) -> None:
    """Whoever may answer it may take it again."""
    await unit.execute(update(tickets).where(tickets.c.id == ticket_id, OPEN).values(taken_by=0, taken_at=0))


async def escalated(unit: Unit, ticket_id: int, to: int, at: int) -> bool:
    """It is `to`'s now (0: everybody's again); False where that was done before, or it is answered."""
    change = update(tickets).where(tickets.c.id == ticket_id, OPEN, tickets.c.escalated_at == 0)
    new = {"taken_by": to, "taken_at": at if to else 0, "escalated_at": at}
    return (await unit.execute(change.values(new))).rowcount > 0


async def reassign(unit: Unit, group_id: int, old: int, new: int, audiences: Collection[str], at: int) -> int:
    """What `old` has taken there is `new`'s, from now on; how many. What `new` may not answer stays where it is."""
    held = (OPEN, tickets.c.taken_by == old, tickets.c.group_id == group_id, tickets.c.not_by != new)
    theirs = update(tickets).where(*held, tickets.c.audience.in_(sorted(audiences)))
    return (await unit.execute(theirs.values(taken_by=new, taken_at=at))).rowcount


async def promised(unit: Unit, group_id: int) -> list[TicketRow]:
    """Open ones with a promise that have not gone on to anybody yet."""
    return await some(unit, OPEN, tickets.c.group_id == group_id, tickets.c.due_at > 0, tickets.c.escalated_at == 0)


async def get(unit: Unit, ticket_id: int) -> TicketRow | None:
    return next(iter(await some(unit, tickets.c.id == ticket_id)), None)


async def of_decision(unit: Unit, decision_id: int) -> list[TicketRow]:
    return await some(unit, tickets.c.decision_id == decision_id)


async def pending(unit: Unit, group_ids: Collection[int]) -> list[TicketRow]:
    """The oldest first."""
    return await some(unit, OPEN, tickets.c.group_id.in_(list(group_ids)))


async def opened_since(unit: Unit, group_id: int, kind: str, since: int) -> list[TicketRow]:
    return await some(unit, tickets.c.group_id == group_id, tickets.c.kind == clean(kind), tickets.c.opened_at >= since)


async def count_since(unit: Unit, group_id: int, kind: str, since: int) -> int:
    mine = (tickets.c.group_id == group_id, tickets.c.kind == clean(kind), tickets.c.opened_at >= since)
    return int(await unit.scalar(select(func.count()).select_from(tickets).where(*mine)))


async def expire(unit: Unit, before: int) -> int:
    """Questions opened before, which nobody will answer any more."""
    change = update(tickets).where(OPEN, tickets.c.opened_at < before).values(state="expired")
    return (await unit.execute(change)).rowcount


async def some(unit: Unit, *conditions: Any) -> list[TicketRow]:
    rows = await unit.execute(select(*COLUMNS).where(*conditions).order_by(tickets.c.id))
    return [row._replace(words=codec.decode_words(str(row.words))) for row in map(TicketRow._make, rows)]


async def last_answers(unit: Unit, group_ids: Collection[int], kind: str, words: str, since: int) -> dict[int, int]:
    """When a question of that kind was last answered with `words`, by group; since then only."""
    answered = select(tickets.c.group_id, func.max(tickets.c.answered_at)).where(
        tickets.c.group_id.in_(list(group_ids)), tickets.c.kind == kind, tickets.c.answer == words,
        tickets.c.answered_at >= since,
    )  # fmt: skip
    return {int(group): int(at) for group, at in await unit.execute(answered.group_by(tickets.c.group_id))}
