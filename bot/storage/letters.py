"""What a letter tells: the cases that were only observed, and which of them were wrong."""

from sqlalchemy import select, update

from bot.storage.tables import decisions
from bot.storage.unit import Unit
from rules.conduct.letter import Seen

WRONG = frozenset({"dismissed", "reversed"})
# `record` is what came too late to be judged.
OBSERVED = (decisions.c.mode == "observe", decisions.c.issuer_kind == "rule", decisions.c.step != "record")


async def observed(unit: Unit, group_id: int, since: int, until: int) -> list[Seen]:
    """The oldest first."""
    mine = (*OBSERVED, decisions.c.group_id == group_id, decisions.c.at >= since, decisions.c.at <= until)
    found = select(decisions.c.id, decisions.c.rule, decisions.c.state).where(*mine).order_by(decisions.c.id)
    return [Seen(row.id, row.rule, row.state in WRONG) for row in await unit.execute(found)]


async def mark(unit: Unit, group_id: int, decision_id: int, *, wrong: bool) -> bool:
    """Whether that changed anything; only what was observed in that group can be wrong in this sense."""
    before, after = ("standing", "dismissed") if wrong else ("dismissed", "standing")
    mine = (decisions.c.id == decision_id, decisions.c.group_id == group_id, decisions.c.state == before)
    return (await unit.execute(update(decisions).where(*mine, *OBSERVED).values(state=after))).rowcount > 0
