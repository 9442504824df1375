"""Until when what a decision left behind holds after it was made shorter: one end, wherever it is read."""

from bot.conduct import reversing
from bot.storage import books
from bot.storage.books import DecisionRow
from handlers.frame.context import Talk
from rules.conduct.shorten import COUNTING
from rules.conduct.standing import BookRow


async def ends(talk: Talk, row: DecisionRow) -> dict[str, int]:
    """By what it is the end of, `mute` or `counts`; empty where nothing was shortened."""
    later = await books.by_key(talk.unit, reversing.shortening(row.id))
    if later is None or later.state != "standing":
        return {}
    found = [each for each in await books.rows_of(talk.unit, later.id) if each.until and not each.voided]
    return {"counts" if each.kind == "shortened" else each.kind: each.until for each in found}


def end_of(row: BookRow, shorter: dict[str, int]) -> int:
    """0 for what has no end."""
    set_first = row.due_at or row.until or row.valid_until
    now = shorter.get("counts" if row.kind in COUNTING else row.kind, 0)
    return min(set_first, now) if set_first and now else set_first
