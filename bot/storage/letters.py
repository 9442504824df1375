"""What a letter tells: the cases that were only observed, which of them were wrong, and the line about further ones."""

from collections.abc import Collection

from sqlalchemy import func, select, update

from bot.storage import codec
from bot.storage.actrows import ActRow, some
from bot.storage.books import COLUMNS, DecisionRow
from bot.storage.tables import acts, clean, deadlines, decisions, tickets
from bot.storage.unit import Unit
from rules.conduct.effects import Act
from rules.conduct.letter import Seen

WRONG = frozenset({"dismissed", "reversed"})
# `record` is what came too late to be judged.
OBSERVED = (decisions.c.mode == "observe", decisions.c.issuer_kind == "rule", decisions.c.step != "record")


async def observed(unit: Unit, group_id: int, since: int, until: int) -> list[Seen]:
    """The oldest first."""
    mine = (*OBSERVED, decisions.c.group_id == group_id, decisions.c.at >= since, decisions.c.at <= until)
    found = select(decisions.c.id, decisions.c.rule, decisions.c.state).where(*mine).order_by(decisions.c.id)
    return [Seen(row.id, row.rule, row.state in WRONG) for row in await unit.execute(found)]


async def whole(unit: Unit, ids: Collection[int]) -> list[DecisionRow]:
    found = select(*COLUMNS).where(decisions.c.id.in_(sorted(ids))).order_by(decisions.c.id)
    return [DecisionRow._make(row) for row in await unit.execute(found)]


async def mark(unit: Unit, group_id: int, decision_id: int, *, wrong: bool) -> bool:
    """Whether that changed anything; only what was observed in that group can be wrong in this sense."""
    before, after = ("standing", "dismissed") if wrong else ("dismissed", "standing")
    mine = (decisions.c.id == decision_id, decisions.c.group_id == group_id, decisions.c.state == before)
    return (await unit.execute(update(decisions).where(*mine, *OBSERVED).values(state=after))).rowcount > 0


async def due_at(unit: Unit, group_id: int, kind: str) -> int:
    """When something of that kind is due in the group, 0 where nothing is."""
    mine = (deadlines.c.group_id == group_id, deadlines.c.kind == clean(kind), deadlines.c.state == "open")
    found = await unit.scalar(select(func.min(deadlines.c.due_at)).where(*mine))
    return int(found or 0)


async def asked_since(unit: Unit, group_id: int, kind: str, since: int) -> int:
    """How many questions of that kind were opened since then."""
    mine = (tickets.c.group_id == group_id, tickets.c.kind == clean(kind), tickets.c.opened_at >= since)
    return int(await unit.scalar(select(func.count()).select_from(tickets).where(*mine)))


async def act_of(unit: Unit, key: str) -> ActRow | None:
    """The first act that was written under `key`."""
    return next(iter(await some(unit, acts.c.key == f"{clean(key)}:0")), None)


async def say_instead(unit: Unit, act_id: int, act: Act) -> bool:
    """Before it begins, a post may say something else; its buttons stay. False where it began."""
    waiting = update(acts).where(acts.c.id == act_id, acts.c.state.in_(("pending", "held")))
    return (await unit.execute(waiting.values(act=codec.encode_act(act)))).rowcount > 0


async def comes_after(unit: Unit, act_id: int, other: int) -> None:
    """It uses what `other` made, once that is done."""
    await unit.execute(update(acts).where(acts.c.id == act_id).values(after_id=other))
